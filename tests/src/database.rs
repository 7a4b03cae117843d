//! A fresh database for each story.

use signet_storage::DatabaseUrl;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// Which kind of database the stories run on.
const KIND: &str = "SIGNET_TEST_DB";
/// A server that stories may make databases on.
const SERVER: &str = "SIGNET_TEST_POSTGRES";

#[expect(clippy::disallowed_methods, reason = "the harness has no configuration of its own")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// `directory` is the story's own.
pub(crate) async fn fresh(directory: &Path) -> DatabaseUrl {
    match variable(KIND).as_deref() {
        None | Some("sqlite") => DatabaseUrl::Sqlite(directory.join("signet.db")),
        Some("postgres") => postgres().await,
        Some(other) => panic!("{KIND} is `{other}`; use `sqlite` or `postgres`"),
    }
}

async fn postgres() -> DatabaseUrl {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = variable(SERVER).unwrap_or_else(|| panic!("{SERVER} must name a server; run through `make test`"));
    let name = format!("story_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    DatabaseUrl::Postgres(url.into())
}
