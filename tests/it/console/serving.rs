//! Where the console is, and with what it is sent.

use crate::{signet, start};
use axum::body::Body;
use axum::http::Request;
use signet_tests::{Answer, CONSOLE_PAGE, Signet};

async fn get(signet: &Signet, path: &str) -> Answer {
    signet.send_admin(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn whoever_comes_first_is_welcomed_and_the_others_find_the_console() {
    let signet = signet().await;
    for path in ["/", "/console"] {
        let answer = get(&signet, path).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (302, "/console/welcome"), "{path}");
    }
    assert_eq!(get(&signet, "/console/welcome").await.text, CONSOLE_PAGE);

    signet.administrator("root").await;

    for path in ["/", "/console/welcome"] {
        let answer = get(&signet, path).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (302, "/console"), "{path}");
    }
    assert_eq!(get(&signet, "/console").await.text, CONSOLE_PAGE);
    let elsewhere = signet.get("/console").await;
    let there = (elsewhere.status.as_u16(), elsewhere.header("location"));
    assert_eq!(there, (302, "https://admin.id.example/console"));
}

#[tokio::test]
async fn every_address_of_the_console_is_its_page_and_is_never_kept() {
    let signet = signet().await;
    for path in ["/console/applications", "/console/a/b/c", "/console/users/x.y", "/console/callback?code=1"] {
        let answer = get(&signet, path).await;
        assert_eq!(answer.expect(200), serde_json::Value::Null);
        assert_eq!(answer.text, CONSOLE_PAGE, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache, no-store, must-revalidate");
    }
    get(&signet, "/console/assets/gone.js").await.expect(404);
    get(&signet, "/console/assets/../index.html").await.expect(404);
}

#[tokio::test]
async fn hashed_files_are_kept_for_good_in_the_form_that_the_browser_reads() {
    let signet = signet().await;
    let file = |encoding: &str| Request::get("/console/assets/index-1.js").header("accept-encoding", encoding);

    let brotli = signet.send_admin(file("gzip, br").body(Body::empty()).unwrap()).await;
    let plain = get(&signet, "/console/assets/index-1.js").await;

    assert_eq!((brotli.text.as_str(), brotli.header("content-encoding")), ("brotli", "br"));
    assert_eq!((plain.text.as_str(), plain.header("content-encoding")), ("console.log('plain')", ""));
    for answer in [brotli, plain] {
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
    }
}

#[tokio::test]
async fn the_page_is_told_where_it_is() {
    let signet = signet().await;

    let config = get(&signet, "/console/config.json").await;

    assert_eq!(config.header("cache-control"), "no-cache, no-store, must-revalidate");
    let config = config.expect(200);
    for (name, value) in [
        ("endpoint", "https://id.example"),
        ("adminEndpoint", "https://admin.id.example"),
        ("issuer", "https://admin.id.example/oidc"),
        ("clientId", "admin-console"),
        ("managementApi", "https://default.logto.app/api"),
        ("meApi", "https://admin.logto.app/me"),
    ] {
        assert_eq!(config[name], value);
    }
    assert_eq!(config["isDevelopment"], false);
}

#[tokio::test]
async fn below_a_path_the_console_and_everything_it_leads_to_is_below_it_too() {
    let builder = Signet::with().flag("admin-endpoint", "https://admin.id.example/admin");
    let signet = start(builder.flag("endpoint", "https://id.example/auth")).await;

    let first = get(&signet, "/admin/console").await;
    let page = get(&signet, "/admin/console/welcome").await;
    let elsewhere = signet.get("/auth/console").await;

    assert_eq!(first.header("location"), "/admin/console/welcome");
    assert_eq!(page.text, CONSOLE_PAGE.replace("/console/", "/admin/console/"));
    assert_eq!(elsewhere.header("location"), "https://admin.id.example/admin/console");
    let config = get(&signet, "/admin/console/config.json").await.expect(200);
    assert_eq!(config["issuer"], "https://admin.id.example/admin/oidc");
    get(&signet, "/admin/console/assets/index-2.css").await.expect(200);
}

#[tokio::test]
async fn attack_56_what_others_wrote_cannot_run_in_the_console() {
    let signet = signet().await;
    for path in ["/console/welcome", "/console/assets/index-1.js", "/console/config.json", "/console/assets/gone.js"] {
        let answer = get(&signet, path).await;

        let policy = answer.header("content-security-policy").to_owned();
        let directive = |name: &str| {
            let found = policy.split("; ").find_map(|directive| directive.strip_prefix(name)?.strip_prefix(' '));
            found.unwrap_or_else(|| panic!("no {name} in {policy}")).to_owned()
        };
        assert_eq!(directive("default-src"), "'none'", "{path}");
        assert_eq!(directive("script-src"), "'self'", "{path}");
        assert_eq!(directive("worker-src"), "'self'");
        assert_eq!(directive("style-src"), "'self' 'unsafe-inline'");
        assert_eq!(directive("connect-src"), "'self' https://id.example https://admin.id.example");
        assert_eq!((directive("base-uri"), directive("form-action")), ("'self'".into(), "'self'".into()));
        assert_eq!(directive("frame-ancestors"), "'none'");
        assert!(!policy.contains("unsafe-eval") && !policy.contains("object-src"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn attack_56_apis_never_answer_with_what_a_browser_would_run() {
    let signet = signet().await;
    let evil = "<script>alert(1)</script>";
    let made = signet.api("POST", "/applications", serde_json::json!({"name": evil, "type": "SPA"})).await;
    let id = made.expect(200)["id"].as_str().unwrap().to_owned();
    for path in [format!("/applications/{id}"), "/applications".to_owned(), format!("/users/{evil}")] {
        let answer = signet.api("GET", &path.replace('<', "%3C").replace('>', "%3E"), serde_json::Value::Null).await;

        assert!(answer.header("content-type").starts_with("application/json"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}
