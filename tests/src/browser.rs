//! A browser without a screen: it keeps cookies as RFC 6265 has it, and follows redirects until one leaves Signet.

use crate::answer::Answer;
use crate::signet::{ENDPOINTS, Signet, form_request};
use axum::body::Body;
use axum::http::header::{COOKIE, HeaderName, SET_COOKIE};
use axum::http::{HeaderValue, Request};
use std::sync::Mutex;

/// Which tenant a browser talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tenant {
    Default,
    Admin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// Both tenants are on one host to it, as on a machine where they differ in their port.
pub struct Browser<'s> {
    signet: &'s Signet,
    cookies: Mutex<Vec<Cookie>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// Redirects in a row that no honest sign-in needs.
const MOST_HOPS: usize = 12;

impl Signet {
    /// A browser that has never been here.
    pub fn browser(&self) -> Browser<'_> {
        Browser { signet: self, cookies: Mutex::default(), headers: Vec::new() }
    }
}

impl Browser<'_> {
    /// A header of every request.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.parse().unwrap(), value.parse().unwrap()));
        self
    }

    pub fn signet(&self) -> &Signet {
        self.signet
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Tenant::Default, Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn get_admin(&self, path: &str) -> Answer {
        self.send(Tenant::Admin, Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form that is written out.
    pub async fn post(&self, path: &str, form: &str) -> Answer {
        self.send(Tenant::Default, form_request(path, form)).await
    }

    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        let request = Request::post(path).header("content-type", "application/json");
        self.send(Tenant::Default, request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Sends a request with the cookies for its path, and keeps those of the answer.
    pub async fn send(&self, tenant: Tenant, mut request: Request<Body>) -> Answer {
        let path = request.uri().path().to_owned();
        let cookies = self.cookies_for(&path);
        if !cookies.is_empty() {
            request.headers_mut().insert(COOKIE, cookies.parse().unwrap());
        }
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        let answer = match tenant {
            Tenant::Default => self.signet.send(request).await,
            Tenant::Admin => self.signet.send_admin(request).await,
        };
        for line in answer.headers.get_all(SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        answer
    }

    /// Follows redirects within Signet. Ends with the answer that has none, or whose redirect leads elsewhere.
    pub async fn follow(&self, answer: Answer) -> Answer {
        let mut answer = answer;
        for _ in 0..MOST_HOPS {
            let location = answer.header("location").to_owned();
            let Some(path) =
                location.strip_prefix(ENDPOINTS.0).or_else(|| location.starts_with('/').then_some(&*location))
            else {
                return answer;
            };
            answer = self.get(path).await;
        }
        panic!("more than {MOST_HOPS} redirects, last to {}", answer.header("location"));
    }

    fn cookies_for(&self, path: &str) -> String {
        let cookies = self.cookies.lock().unwrap();
        let sent = cookies.iter().filter(|cookie| is_below(&cookie.path, path));
        sent.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let attributes: Vec<&str> = parts.collect();
        let path = attributes.iter().find_map(|attribute| attribute.strip_prefix("Path=")).unwrap_or("/");
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|cookie| cookie.name != name || cookie.path != path);
        if !attributes.contains(&"Max-Age=0") {
            cookies.push(Cookie { name: name.to_owned(), value: value.to_owned(), path: path.to_owned() });
        }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value.clone())
    }

    /// Plants a cookie, as whoever controls a neighbouring host could.
    pub fn plant(&self, name: &str, value: &str) {
        self.keep(&format!("{name}={value}; Path=/"));
    }

    /// Forgets everything.
    pub fn forget(&self) {
        self.cookies.lock().unwrap().clear();
    }
}

/// RFC 6265 §5.1.4.
fn is_below(cookie: &str, path: &str) -> bool {
    path == cookie || path.strip_prefix(cookie).is_some_and(|rest| cookie.ends_with('/') || rest.starts_with('/'))
}
