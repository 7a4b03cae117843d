//! HTTP/1.1 on a connection that stays open, so that nothing but the request lies between the start and the server.

use anyhow::{Context as _, Result, ensure};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Connection {
    port: u16,
    stream: Option<BufReader<TcpStream>>,
}

/// A request: method, path, headers, body with its type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<(&'static str, String)>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(is, _)| is == name).map(|(_, value)| value.as_str())
    }
}

impl Connection {
    pub(crate) fn to(port: u16) -> Self {
        Self { port, stream: None }
    }

    /// Connects, unless it is connected.
    pub(crate) fn open(&mut self) -> Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_nodelay(true)?;
            self.stream = Some(BufReader::new(stream));
        }
        Ok(())
    }

    pub(crate) fn send(&mut self, request: &Request) -> Result<Answer> {
        self.open()?;
        let stream = self.stream.as_mut().context("no connection")?;
        stream.get_mut().write_all(text(request, self.port)?.as_bytes())?;
        let answer = read(stream)?;
        if answer.header("connection").any(|value| value.eq_ignore_ascii_case("close")) {
            self.stream = None;
        }
        Ok(answer)
    }
}

fn text(request: &Request, port: u16) -> Result<String> {
    let Request { method, path, headers, body } = request;
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n")?;
    }
    match body {
        Some((kind, body)) => write!(text, "Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())?,
        None => text.push_str("\r\n"),
    }
    Ok(text)
}

fn read(stream: &mut BufReader<TcpStream>) -> Result<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("the answer has no status")?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        ensure!(stream.read_line(&mut line)? > 0, "the answer has no end of headers");
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let answer = Answer { status, headers, body: String::new() };
    ensure!(answer.header("transfer-encoding").next().is_none(), "the answer comes in pieces");
    let length = answer.header("content-length").next().map_or(Ok(0), str::parse)?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(Answer { body: String::from_utf8(body)?, ..answer })
}
