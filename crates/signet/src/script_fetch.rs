//! `fetch` of claims scripts, through the egress guard.

use http::HeaderMap;
use signet_egress::{Egress, EgressError, Purpose, Redirect, Request, Response};
use signet_sandbox::{FetchRequest, FetchResponse, Fetcher, RedirectMode};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub(crate) struct ScriptFetch(pub(crate) Arc<Egress>);

impl Fetcher for ScriptFetch {
    fn fetch(&self, request: FetchRequest) -> Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>> {
        let egress = self.0.clone();
        Box::pin(async move {
            let sent = match outbound(request) {
                Ok(request) => egress.send(Purpose::Script, request).await,
                Err(refused) => Err(refused),
            };
            // The script reads this, so it is the guard's text and nothing of what lies below.
            sent.map(answer).map_err(|error| error.to_string())
        })
    }
}

fn outbound(request: FetchRequest) -> Result<Request, EgressError> {
    let FetchRequest { url, method, headers, redirect, body } = request;
    let mut outbound = Request::new(&method, &url)?.redirect(match redirect {
        RedirectMode::Follow => Redirect::Follow,
        RedirectMode::Error => Redirect::Error,
        RedirectMode::Manual => Redirect::Manual,
    });
    for (name, value) in &headers {
        outbound = outbound.header(name, value)?;
    }
    Ok(match body {
        Some(body) => outbound.body(body),
        None => outbound,
    })
}

fn answer(response: Response) -> FetchResponse {
    FetchResponse {
        status: response.status.as_u16(),
        status_text: response.status_text,
        headers: texts(&response.headers),
        url: response.url.into(),
        redirected: response.redirected,
        body: response.body.into(),
    }
}

/// Header values are bytes, and become one character each (Fetch standard, "isomorphic decode").
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| value.iter().copied().map(char::from).collect();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}
