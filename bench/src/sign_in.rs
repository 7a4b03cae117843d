//! What a sign-in with a password costs beside its hash: from the authorization request to the code, one person after
//! the other over one connection, as a browser does.
//!
//! Passwords are hashed on threads of their own, whose CPU is left out.

use crate::Plan;
use crate::database::Kind;
use crate::http::{Body, send};
use crate::say;
use crate::server::{BOOTSTRAP, Installation, Server};
use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

const PASSWORD: &str = "Tr1cky-Zebra-Kite";
const REDIRECT_URI: &str = "https://bench.example/callback";
/// Redirects in a row that no sign-in needs.
const MOST_HOPS: usize = 8;

/// CPU milliseconds of one sign-in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignIn {
    pub(crate) kind: Kind,
    /// Everything but the hash.
    pub(crate) cpu: f64,
    pub(crate) hash: f64,
    pub(crate) requests: usize,
}

impl SignIn {
    pub(crate) async fn measure(kind: Kind, program: &Path, plan: &Plan) -> Result<Self> {
        say(format_args!("{}, sign-ins with a password", kind.name()));
        let installation = Installation::new(kind, program).await?;
        let server = installation.start()?;
        let client = set_up(&server)?;
        let mut runs = Vec::new();
        for round in 0..=plan.rounds {
            let run = sign_in_often(&server, &client, (kind, plan.sign_ins))?;
            // The first one warms caches.
            if round > 0 {
                runs.push(run);
            }
        }
        server.stop()?;
        installation.remove().await?;
        runs.sort_by(|one, other| one.cpu.total_cmp(&other.cpu));
        runs.get(runs.len() / 2).copied().context("nothing was measured")
    }
}

/// Makes an application and a person, and returns the application's id.
fn set_up(server: &Server) -> Result<String> {
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", BOOTSTRAP.0, BOOTSTRAP.1)));
    let form = "grant_type=client_credentials&scope=all&resource=https%3A%2F%2Fdefault.logto.app%2Fapi";
    let granted = send(server.address, ("POST", "/oidc/token"), &basic, &Body::Form(form))?.json()?;
    let token = granted.get("access_token").and_then(Json::as_str).context("no token")?;
    let bearer = format!("Bearer {token}");
    let api = |path: &str, body: &Json| send(server.address, ("POST", path), &bearer, &Body::Json(body))?.json();
    api("/api/users", &json!({"username": "ada", "password": PASSWORD}))?;
    let metadata = json!({"redirectUris": [REDIRECT_URI], "postLogoutRedirectUris": []});
    let application = json!({"name": "Bench", "type": "Traditional", "oidcClientMetadata": metadata});
    let made = api("/api/applications", &application)?;
    made.get("id").and_then(Json::as_str).map(str::to_owned).context("no id")
}

fn sign_in_often(server: &Server, client: &str, (kind, count): (Kind, u32)) -> Result<SignIn> {
    let before = Used::by(server.pid())?;
    let mut requests = 0;
    for _ in 0..count {
        let mut browser = Browser::new(server)?;
        browser.sign_in(client)?;
        requests = browser.requests;
    }
    let after = Used::by(server.pid())?;
    let each = |after: Duration, before: Duration| after.saturating_sub(before).as_secs_f64() * 1e3 / f64::from(count);
    Ok(SignIn { kind, cpu: each(after.others, before.others), hash: each(after.hashing, before.hashing), requests })
}

/// CPU time of a server, by what its threads do.
struct Used {
    hashing: Duration,
    others: Duration,
}

impl Used {
    /// Of all threads, to the nanosecond.
    fn by(pid: u32) -> Result<Self> {
        let (mut hashing, mut others) = (Duration::ZERO, Duration::ZERO);
        for thread in std::fs::read_dir(format!("/proc/{pid}/task"))? {
            let path = thread?.path();
            let name = std::fs::read_to_string(path.join("comm"))?;
            let text = std::fs::read_to_string(path.join("schedstat"))?;
            let nanos = text.split_whitespace().next().and_then(|number| number.parse().ok());
            let used = nanos.map(Duration::from_nanos).context("a thread's CPU time")?;
            *(if name.starts_with("hashing") { &mut hashing } else { &mut others }) += used;
        }
        Ok(Self { hashing, others })
    }
}

/// One connection with its cookies.
struct Browser {
    connection: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
    requests: usize,
}

struct Answer {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Browser {
    fn new(server: &Server) -> Result<Self> {
        let connection = TcpStream::connect(server.address)?;
        connection.set_nodelay(true)?;
        Ok(Self { connection: BufReader::new(connection), cookies: BTreeMap::new(), requests: 0 })
    }

    /// To the redirect that carries the code.
    fn sign_in(&mut self, client: &str) -> Result<()> {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", client)
            .append_pair("redirect_uri", REDIRECT_URI)
            .append_pair("response_type", "code")
            .append_pair("scope", "openid")
            .append_pair("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
            .append_pair("code_challenge_method", "S256")
            .finish();
        let begun = self.ask("GET", &format!("/oidc/auth?{query}"), None)?;
        ensure!(begun.status == 303, "the authorization request was answered {}: {}", begun.status, begun.body);
        self.step("PUT", "", &json!({"interactionEvent": "SignIn"}))?;
        let identifier = json!({"type": "username", "value": "ada"});
        let proof = json!({"identifier": identifier, "password": PASSWORD});
        let verified = self.step("POST", "/verification/password", &proof)?;
        self.step("POST", "/identification", &json!({"verificationId": verified.get("verificationId")}))?;
        let submitted = self.step("POST", "/submit", &json!({}))?;
        let mut next = submitted.get("redirectTo").and_then(Json::as_str).context("no way on")?.to_owned();
        for _ in 0..MOST_HOPS {
            if next.starts_with(REDIRECT_URI) {
                ensure!(next.contains("code="), "the sign-in ended at {next}");
                return Ok(());
            }
            let path = next.find("://").and_then(|at| next.get(at + 3..)?.find('/').map(|slash| at + 3 + slash));
            let path = next.get(path.unwrap_or(0)..).unwrap_or_default().to_owned();
            let answer = self.ask("GET", &path, None)?;
            next =
                answer.location.with_context(|| format!("{path} was answered {}: {}", answer.status, answer.body))?;
        }
        anyhow::bail!("more than {MOST_HOPS} redirects")
    }

    fn step(&mut self, method: &str, path: &str, body: &Json) -> Result<Json> {
        let answer = self.ask(method, &format!("/api/experience{path}"), Some(body))?;
        ensure!((200..300).contains(&answer.status), "{path} was answered {}: {}", answer.status, answer.body);
        Ok(serde_json::from_str(&answer.body).unwrap_or_default())
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<&Json>) -> Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            write!(request, "Cookie: {}\r\n", cookies.join("; "))?;
        }
        let text = body.map(ToString::to_string).unwrap_or_default();
        if body.is_some() {
            write!(request, "Content-Type: application/json\r\nContent-Length: {}\r\n", text.len())?;
        }
        write!(request, "\r\n{text}")?;
        self.connection.get_mut().write_all(request.as_bytes())?;
        self.requests += 1;
        self.answer()
    }

    fn answer(&mut self) -> Result<Answer> {
        let mut line = String::new();
        self.connection.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        let (mut length, mut location) = (0, None);
        loop {
            line.clear();
            self.connection.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "location" => location = Some(value.to_owned()),
                "set-cookie" => self.keep(value),
                "transfer-encoding" => anyhow::bail!("the answer comes in chunks"),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body)?;
        Ok(Answer { status, location, body: String::from_utf8_lossy(&body).into_owned() })
    }

    /// Paths do not matter: nothing here has two cookies of a name.
    fn keep(&mut self, line: &str) {
        let pair = line.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
