//! Where a response sends a request, and what goes along.

use super::*;

fn post(url: &str) -> Hop {
    let request = Request::new("POST", url).unwrap().body("{}");
    let request = request.header("content-type", "application/json").unwrap();
    Hop::first(request.header("authorization", "Bearer key").unwrap().header("x-api-key", "key").unwrap()).unwrap()
}

fn follow(hop: &Hop, status: u16, location: &str) -> Result<Option<Hop>, EgressError> {
    let headers = HeaderMap::from_iter([(LOCATION, location.parse().unwrap())]);
    hop.next(StatusCode::from_u16(status).unwrap(), &headers)
}

#[test]
fn the_method_survives_what_promises_to_keep_it() {
    for (status, method, has_body) in
        [(301, "GET", false), (302, "GET", false), (303, "GET", false), (307, "POST", true), (308, "POST", true)]
    {
        let next = follow(&post("https://api.example/a/b"), status, "c?d#e").unwrap().unwrap();

        assert_eq!(next.method.as_str(), method, "{status}");
        assert_eq!(next.body.is_some(), has_body, "{status}");
        assert_eq!(next.headers.contains_key("content-type"), has_body, "{status}");
        assert_eq!(next.url.as_str(), "https://api.example/a/c?d");
        assert_eq!(next.headers["authorization"], "Bearer key", "the origin is the same");
    }
    let head = Hop { method: Method::HEAD, ..post("https://api.example/") };
    assert_eq!(follow(&head, 303, "/").unwrap().unwrap().method, Method::HEAD);
    let put = Hop { method: Method::PUT, ..post("https://api.example/") };
    assert_eq!(follow(&put, 302, "/").unwrap().unwrap().method, Method::PUT);
}

#[test]
fn attack_18_credentials_do_not_follow_to_another_origin() {
    for location in ["https://other.example/", "https://api.example:8443/", "//other.example"] {
        let next = follow(&post("https://api.example/"), 307, location).unwrap().unwrap();

        assert!(!next.headers.contains_key("authorization") && !next.headers.contains_key("x-api-key"), "{location}");
        assert!(next.headers.contains_key("content-type"), "{location}");
    }
}

#[test]
fn attack_18_a_redirect_is_checked_like_a_request() {
    let hop = post("https://api.example/");
    for (location, refusal) in [
        ("file:///etc/passwd", EgressError::Scheme("file".to_owned())),
        ("gopher://api.example/", EgressError::Scheme("gopher".to_owned())),
        ("data:,x", EgressError::Scheme("data".to_owned())),
        ("https://user:secret@api.example/", EgressError::UrlCredentials),
        ("http://api.example/", EgressError::Downgrade),
        ("https://[::1", EgressError::InvalidUrl),
    ] {
        assert_eq!(follow(&hop, 302, location).unwrap_err(), refusal, "{location}");
    }
}

#[test]
fn the_mode_decides_what_a_redirect_is() {
    let error = Hop { redirect: Redirect::Error, ..post("https://api.example/") };
    assert_eq!(follow(&error, 302, "/").unwrap_err(), EgressError::Redirected);
    assert!(follow(&error, 304, "/").unwrap().is_none());
    let manual = Hop { redirect: Redirect::Manual, ..post("https://api.example/") };
    assert!(follow(&manual, 302, "/").unwrap().is_none());
    let no_location = post("https://api.example/").next(StatusCode::FOUND, &HeaderMap::new()).unwrap();
    assert!(no_location.is_none());
}

#[test]
fn attack_19_only_http_is_spoken() {
    for url in
        ["file:///etc/passwd", "gopher://a.example/", "data:,x", "unix:/run/db.sock", "ftp://a.example/", "blob:x"]
    {
        let refusal = Hop::first(Request::get(url).unwrap()).unwrap_err();
        assert!(matches!(refusal, EgressError::Scheme(_)), "{url}: {refusal}");
    }
}
