//! The server's side of a script's `fetch`: a worker has no network, so the server sends the request for it.
//!
//! What may be reached is the [`Fetcher`]'s decision; this crate only counts and caps.

use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// Sends one request for a script. Dropping the future aborts it.
pub trait Fetcher: Send + Sync + 'static {
    fn fetch(&self, request: FetchRequest) -> Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>>;
}

/// What the script asked for. Nothing in it has been checked but its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchRequest {
    pub url: String,
    pub method: String,
    pub headers: Vec<(String, String)>,
    pub redirect: RedirectMode,
    pub body: Option<Vec<u8>>,
}

/// The `redirect` member of a request, as the Fetch standard defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RedirectMode {
    #[default]
    Follow,
    Error,
    Manual,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchResponse {
    pub status: u16,
    pub status_text: String,
    pub headers: Vec<(String, String)>,
    /// The URL that answered, after redirects.
    pub url: String,
    pub redirected: bool,
    pub body: Vec<u8>,
}

/// Refuses every request.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNetwork;

impl Fetcher for NoNetwork {
    fn fetch(&self, _request: FetchRequest) -> Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>> {
        Box::pin(std::future::ready(Err("scripts have no network access on this server".to_owned())))
    }
}
