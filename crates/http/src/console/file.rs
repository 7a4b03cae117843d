//! The files of a built console. Compressing takes longer than serving, so the build has done it: beside `app.js` lie
//! `app.js.br` and `app.js.gz`. The few clients that read neither get what is unpacked from the second.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::read::GzDecoder;
use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use std::collections::HashMap;
use std::io::Read;

const PAGE: &str = "index.html";
/// Files whose name says which version they are.
const HASHED: &str = "assets/";
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// By path below `/console/`.
#[derive(Debug, Default)]
pub struct ConsoleFiles(HashMap<String, File>);

#[derive(Debug, Default)]
struct File {
    plain: Option<Bytes>,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl File {
    fn plain(&self) -> Option<Bytes> {
        if let Some(plain) = &self.plain {
            return Some(plain.clone());
        }
        let mut plain = Vec::new();
        // Of our own build, so its size is known to be fine.
        GzDecoder::new(self.gzip.as_deref()?).read_to_end(&mut plain).ok()?;
        Some(plain.into())
    }
}

impl ConsoleFiles {
    /// The files of a folder. None at all: there is no console.
    pub fn of(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut all = HashMap::<String, File>::new();
        for (path, content) in files {
            if let Some(path) = path.strip_suffix(".br") {
                all.entry(path.to_owned()).or_default().brotli = Some(content);
            } else if let Some(path) = path.strip_suffix(".gz") {
                all.entry(path.to_owned()).or_default().gzip = Some(content);
            } else {
                all.entry(path).or_default().plain = Some(content);
            }
        }
        Self(all)
    }

    pub(super) fn page(&self) -> Option<&str> {
        self.0.get(PAGE).and_then(|page| std::str::from_utf8(page.plain.as_deref()?).ok())
    }

    /// A file in the smallest form that the client reads.
    pub(super) fn answer(&self, path: &str, asked: &HeaderMap) -> Option<Response> {
        let file = self.0.get(path).filter(|_| path != PAGE)?;
        let (encoding, content) = match (&file.brotli, &file.gzip) {
            (Some(content), _) if accepts(asked, "br") => (Some("br"), content.clone()),
            (_, Some(content)) if accepts(asked, "gzip") => (Some("gzip"), content.clone()),
            _ => (None, file.plain()?),
        };
        let cache = if path.starts_with(HASHED) { FOR_GOOD } else { FOR_AN_HOUR };
        let head = [(CONTENT_TYPE, content_type(path)), (CACHE_CONTROL, cache), (VARY, "accept-encoding")];
        let mut response = (head, content).into_response();
        if let Some(encoding) = encoding {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }

    /// Whether an unknown path is a file that is missing, and no page of the console.
    pub(super) fn is_file(path: &str) -> bool {
        path.starts_with(HASHED)
    }
}

/// RFC 9110 §12.5.3, for codings that are asked for by name.
fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    let lists = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok());
        is_named && weight.is_some_and(|weight: f32| weight > 0.0)
    })
}

/// Browsers are told not to guess (`nosniff`), so what is not known here is bytes.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
