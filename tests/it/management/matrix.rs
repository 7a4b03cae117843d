//! Who may do what: every operation of the OpenAPI document, asked for by everybody who could ask. What each is
//! answered is written down in `matrix.txt`; whoever adds an operation adds its line, and looks at it.

use super::access::admin_token;
use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use signet_tests::Signet;
use std::fmt::Write as _;
use std::path::Path;

const WRITTEN_DOWN: &str = include_str!("matrix.txt");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Nobody has this id, so that what is allowed changes nothing. A body is empty for the same reason.
const ABSENT: &str = "none";

struct Operation {
    method: String,
    path: String,
}

async fn operations(signet: &Signet) -> Vec<Operation> {
    let document = signet.get("/api/swagger.json").await.expect(200);
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let known = METHODS.iter().filter(|method| !item[**method].is_null());
        operations.extend(known.map(|method| Operation { method: method.to_uppercase(), path: path.clone() }));
    }
    operations.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
    operations
}

impl Operation {
    fn request(&self, token: Option<&str>) -> Request<Body> {
        let parts = self.path.split('/').map(|part| if part.starts_with('{') { ABSENT } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        let mut request = Request::builder().method(&*self.method).uri(path).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.body(Body::from(if self.method == "GET" { "" } else { "{}" })).unwrap()
    }
}

/// A token for the Management API that may do nothing there.
async fn without_scope(signet: &Signet) -> String {
    let robot = signet.machine("robot").await;
    let granted = robot.token_for(signet, "https://default.logto.app/api", "all").await.expect(200);
    assert_eq!(granted.get("scope").and_then(Value::as_str).unwrap_or_default(), "");
    granted["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn attack_53_every_operation_answers_each_caller_as_is_written_down() {
    let signet = signet().await;
    let (right, without) = (signet.management_token().await, without_scope(&signet).await);
    let other_tenant = admin_token(&signet, "https://admin.logto.app/api").await;

    let mut found = String::from("anonymous, without the scope, of another tenant, right\n");
    for operation in operations(&signet).await {
        let mut statuses = Vec::new();
        for token in [None, Some(&without), Some(&other_tenant), Some(&right)] {
            let answer = signet.send(operation.request(token.map(String::as_str))).await;
            statuses.push(answer.status.as_u16().to_string());
        }
        writeln!(found, "{} {} {}", statuses.join(" "), operation.method, operation.path).unwrap();
    }

    if found != WRITTEN_DOWN {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("matrix.txt");
        std::fs::write(&path, &found).unwrap();
        let differs = |line: &&str| !WRITTEN_DOWN.lines().any(|known| known == *line);
        let new: Vec<&str> = found.lines().filter(differs).collect();
        panic!("not in tests/it/management/matrix.txt: {new:#?}\nwhat was found is in {}", path.display());
    }
}

#[tokio::test]
async fn attack_53_a_token_of_the_default_tenant_opens_nothing_of_the_tenant_of_administrators() {
    let signet = signet().await;
    let token = signet.management_token().await;

    for operation in operations(&signet).await {
        let anonymous = signet.send_admin(operation.request(None)).await;
        let answer = signet.send_admin(operation.request(Some(&token))).await;

        assert_eq!(answer.status, anonymous.status, "{} {}", operation.method, operation.path);
    }
}
