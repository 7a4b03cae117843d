//! Enough of HTTP for setting up: one request a connection, answered in whole.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Answer {
    /// The body of a success.
    pub(crate) fn json(&self) -> Result<Json> {
        ensure!((200..300).contains(&self.status), "answered {}: {}", self.status, self.body);
        serde_json::from_str(&self.body).context("the answer is not JSON")
    }
}

/// A body with its type.
pub(crate) enum Body<'a> {
    None,
    Json(&'a Json),
    Form(&'a str),
}

/// HTTP/1.0: the answer ends with the connection.
pub(crate) fn send(
    address: SocketAddr,
    (method, path): (&str, &str),
    authorization: &str,
    body: &Body<'_>,
) -> Result<Answer> {
    let (kind, text) = match body {
        Body::None => (None, String::new()),
        Body::Json(json) => (Some("application/json"), json.to_string()),
        Body::Form(form) => (Some("application/x-www-form-urlencoded"), (*form).to_owned()),
    };
    let mut request = format!("{method} {path} HTTP/1.0\r\nHost: {address}\r\nAuthorization: {authorization}\r\n");
    if let Some(kind) = kind {
        write!(request, "Content-Type: {kind}\r\nContent-Length: {}\r\n", text.len())?;
    }
    request.push_str("\r\n");
    request.push_str(&text);
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("the answer has no end of headers")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("the answer has no status")?;
    Ok(Answer { status, body: body.to_owned() })
}
