//! Who may depend on whom (ARCHITECTURE.md). Dependencies of tests alone are free.

use super::Problem;
use anyhow::{Context as _, Result, ensure};
use serde_json::Value as Json;
use std::path::Path;
use std::process::Command;

/// A crate missing from this table is a problem.
const LAYERS: &[(&str, &[&str])] = &[
    ("signet-core", &[]),
    ("signet-sandbox", &[]),
    ("signet-egress", &[]),
    ("signet-storage", &["signet-core"]),
    ("signet-identity", &["signet-core", "signet-storage"]),
    ("signet-oidc", &["signet-core", "signet-storage", "signet-sandbox", "signet-egress"]),
    (
        "signet-http",
        &["signet-core", "signet-storage", "signet-sandbox", "signet-egress", "signet-identity", "signet-oidc"],
    ),
    (
        "signet",
        &[
            "signet-core",
            "signet-storage",
            "signet-sandbox",
            "signet-egress",
            "signet-identity",
            "signet-oidc",
            "signet-http",
        ],
    ),
    (
        "signet-tests",
        &[
            "signet-core",
            "signet-storage",
            "signet-sandbox",
            "signet-egress",
            "signet-identity",
            "signet-oidc",
            "signet-http",
            "signet",
        ],
    ),
    (
        "signet-bench",
        &["signet-core", "signet-storage", "signet-sandbox", "signet-identity", "signet-oidc", "signet-http", "signet"],
    ),
    ("xtask", &[]),
];

const DATABASES: &[&str] = &["rusqlite", "libsqlite3", "tokio-postgres", "postgres", "deadpool", "sqlx", "diesel"];
const ASYNC_AND_HTTP: &[&str] =
    &["tokio", "futures", "async-", "axum", "hyper", "http", "reqwest", "tower", "rustls", "mio"];

/// Beginnings of crate names that a crate does without, its tests included.
const DOES_WITHOUT: &[(&str, &[&[&str]])] =
    &[("signet-core", &[DATABASES, ASYNC_AND_HTTP]), ("signet-sandbox", &[DATABASES]), ("signet-egress", &[DATABASES])];

/// Libraries that send HTTP requests. Only the egress guard has one, so that nothing gets past its rules (ADR 9).
const HTTP_CLIENTS: &[&str] = &["hyper-rustls", "hyper-tls", "reqwest", "ureq", "isahc", "curl", "attohttpc", "minreq"];

pub(super) fn check(root: &Path) -> Result<Vec<Problem>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(root)
        .output()
        .context("cargo metadata did not start")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Json = serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    Ok(check_metadata(&metadata))
}

fn check_metadata(metadata: &Json) -> Vec<Problem> {
    let packages = list(metadata, "packages").iter();
    packages.flat_map(|package| check_package(text(package, "name"), list(package, "dependencies"))).collect()
}

fn check_package(name: &str, dependencies: &[Json]) -> Vec<Problem> {
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
        return vec![Problem::new(name, 0, "this crate has no layer; give it one in xtask/src/tidy/layers.rs")];
    };
    let mut problems = Vec::new();
    for dependency in dependencies {
        let (other, kind) = (text(dependency, "name"), text(dependency, "kind"));
        let is_ours = LAYERS.iter().any(|(layer, _)| *layer == other);
        if is_ours && kind != "dev" && !allowed.contains(&other) {
            problems.push(Problem::new(name, 0, format!("must not depend on `{other}`")));
        }
        if HTTP_CLIENTS.contains(&other) && kind != "dev" && name != "signet-egress" {
            problems.push(Problem::new(name, 0, format!("sends requests with `{other}`; only `signet-egress` may")));
        }
        let unwanted = DOES_WITHOUT.iter().filter(|(layer, _)| *layer == name).flat_map(|(_, lists)| lists.concat());
        for beginning in unwanted {
            if other.starts_with(beginning) {
                problems.push(Problem::new(name, 0, format!("does without `{other}`")));
            }
        }
    }
    problems
}

fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json.get(name).and_then(Json::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problems(name: &str, dependency: &str, kind: &Json) -> Vec<String> {
        let package = json!({ "name": name, "dependencies": [{ "name": dependency, "kind": kind }] });
        let found = check_metadata(&json!({ "packages": [package] }));
        found.into_iter().map(|problem| problem.to_string()).collect()
    }

    #[test]
    fn dependencies_point_inwards() {
        assert_eq!(
            problems("signet-core", "signet-storage", &Json::Null),
            ["signet-core: must not depend on `signet-storage`"]
        );
        assert_eq!(problems("signet-storage", "signet-oidc", &json!("build")).len(), 1);
        assert!(problems("signet-oidc", "signet-storage", &Json::Null).is_empty());
        assert_eq!(problems("signet-oidc", "signet-identity", &Json::Null).len(), 1);
        assert_eq!(problems("signet-identity", "signet-oidc", &Json::Null).len(), 1);
        assert!(problems("signet-storage", "signet-tests", &json!("dev")).is_empty());
        assert_eq!(problems("signet-new", "serde", &Json::Null).len(), 1);
    }

    #[test]
    fn only_the_guard_has_an_http_client() {
        assert_eq!(
            problems("signet-oidc", "reqwest", &Json::Null),
            ["signet-oidc: sends requests with `reqwest`; only `signet-egress` may"]
        );
        assert!(problems("signet-egress", "hyper-rustls", &Json::Null).is_empty());
        assert!(problems("signet-tests", "reqwest", &json!("dev")).is_empty());
    }

    #[test]
    fn the_core_names_no_runtime_database_or_http_even_in_its_tests() {
        for (crate_name, dependency) in [
            ("signet-core", "tokio"),
            ("signet-core", "rusqlite"),
            ("signet-core", "futures-util"),
            ("signet-core", "http"),
            ("signet-sandbox", "tokio-postgres"),
        ] {
            assert!(!problems(crate_name, dependency, &json!("dev")).is_empty(), "{crate_name} {dependency}");
        }
        assert!(problems("signet-sandbox", "tokio", &Json::Null).is_empty());
        assert!(problems("signet-core", "url", &Json::Null).is_empty());
    }
}
