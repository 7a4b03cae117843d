//! The arguments of a script's `fetch` as the server gets them: the head as JSON on the first line, then the body.
//!
//! A worker has checked nothing of this, as its script may own it. What may be reached is decided by the guard behind the
//! `Fetcher`; its rules belong into [`vet`].

use serde_json::Value;
use signet_sandbox::FetchRequest;
use signet_sandbox::fuzzing::fetch_request;

const MAX_HEAD: usize = 64 << 10;
const MAX_BODY: usize = 1 << 20;

pub fn run(data: &[u8]) {
    let (head, body) = match data.iter().position(|byte| *byte == b'\n') {
        Some(line) => (&data[..line], Some(&data[line + 1..])),
        None => (data, None),
    };
    let Some(request) = fetch_request(head, body) else { return };
    assert!(head.len() <= MAX_HEAD && body.is_none_or(|body| body.len() <= MAX_BODY), "too large and passed on");
    assert_eq!(request.body.as_deref(), body);

    let written: Value = serde_json::from_slice(head).expect("a head that was understood is JSON");
    assert_eq!(written["url"], *request.url);
    assert_eq!(written["method"], *request.method);
    let headers = written["headers"].as_array().expect("headers are a list");
    assert!(headers.iter().zip(&request.headers).all(|(pair, (name, value))| pair[0] == **name && pair[1] == **value));
    assert_eq!(headers.len(), request.headers.len());
    vet(&request);
}

/// What the guard makes of a request that reached it: its promises about addresses, methods and headers stand here.
fn vet(request: &FetchRequest) {
    assert!(request.url.len() <= MAX_HEAD);
}
