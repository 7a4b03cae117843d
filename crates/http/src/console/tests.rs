//! What of a built console is served how.

use super::*;
use crate::testing::text_of;
use bytes::Bytes;
use http::HeaderValue;
use http::header::ACCEPT_ENCODING;
use std::io::Write as _;

fn files() -> ConsoleFiles {
    let files = [
        ("index.html", "<html><base href=\"/console/\"></html>"),
        ("assets/a-1.js", "plain"),
        ("assets/a-1.js.br", "brotli"),
        ("assets/a-1.js.gz", "gzip"),
        ("icon.svg", "<svg/>"),
    ];
    ConsoleFiles::of(files.map(|(path, content)| (path.to_owned(), Bytes::from_static(content.as_bytes()))))
}

#[tokio::test]
async fn who_reads_no_coding_gets_what_was_packed() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"let a = 1;").unwrap();
    let files = ConsoleFiles::of([("assets/a-1.js.gz".to_owned(), packed.finish().unwrap().into())]);

    let answer = files.answer("assets/a-1.js", &HeaderMap::new()).unwrap();

    assert!(!answer.headers().contains_key("content-encoding"));
    assert_eq!(text_of(answer).await, "let a = 1;");
    assert!(files.answer("assets/b.js", &HeaderMap::new()).is_none());
}

#[tokio::test]
async fn a_file_is_sent_in_the_smallest_form_that_is_read() {
    for (accepted, encoding, content) in [
        ("gzip, deflate, br, zstd", "br", "brotli"),
        ("gzip;q=1.0, br;q=0", "gzip", "gzip"),
        ("GZIP", "gzip", "gzip"),
        ("brotli", "", "plain"),
        ("br;q=nonsense", "", "plain"),
        ("", "", "plain"),
    ] {
        let asked = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_str(accepted).unwrap())]);
        let answer = files().answer("assets/a-1.js", &asked).unwrap();
        let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        assert_eq!(header("content-encoding"), encoding, "{accepted}");
        assert_eq!(header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header("vary"), "accept-encoding");
        assert_eq!(text_of(answer).await, content, "{accepted}");
    }
    let icon = files().answer("icon.svg", &HeaderMap::new()).unwrap();
    assert_eq!(icon.headers()["cache-control"], "public, max-age=3600");
    assert!(files().answer("index.html", &HeaderMap::new()).is_none(), "the page is not one of its files");
}

#[test]
fn a_page_knows_below_which_path_it_is() {
    for (endpoint, base) in [
        ("https://admin.example", "/console/"),
        ("https://admin.example/auth", "/auth/console/"),
        ("https://admin.example/a%22b", "/a%22b/console/"),
    ] {
        let page = page::below(files().page().unwrap(), endpoint);
        assert_eq!(page, format!("<html><base href=\"{base}\"></html>"), "{endpoint}");
    }
}
