//! The shortest proof that a release binary works: it starts on nothing, hands out a token that its Management API
//! accepts, and stops when asked.

use crate::server::{APP_ID, Server};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value as Json;
use std::path::Path;

pub(crate) fn run(binary: &Path) -> Result<()> {
    let server = Server::start(&std::path::absolute(binary)?, &[])?;
    let outcome = ask(&server);
    if outcome.is_err() {
        println!("{}", server.log());
    }
    outcome?;
    let status = server.stop()?;
    ensure!(status.success(), "the server stopped with {status}");
    println!("smoke: the release binary starts, issues a token, accepts it and stops");
    Ok(())
}

fn ask(server: &Server) -> Result<()> {
    let form = format!(
        "grant_type=client_credentials&scope=all&resource=https%3A%2F%2Fdefault.logto.app%2Fapi\
         &client_id={APP_ID}&client_secret={}",
        server.app_secret
    );
    let answer = server.post_form("/oidc/token", &form)?;
    ensure!(answer.status == 200, "the token request was answered {}: {}", answer.status, answer.body);
    let body: Json = serde_json::from_str(&answer.body).context("the token answer is not JSON")?;
    let token = body.get("access_token").and_then(Json::as_str).context("the answer holds no token")?;
    ensure!(token.split('.').count() == 3, "the token is no JWT");
    let answer = server.get("/api/resources", token)?;
    ensure!(answer.status == 200, "the Management API answered {}: {}", answer.status, answer.body);
    let refused = server.get("/api/resources", "nonsense")?;
    ensure!(refused.status == 401, "a nonsense token was answered {}", refused.status);
    Ok(())
}
