//! A database per story on the server that `scripts/with-postgres` started.

use std::sync::atomic::{AtomicU32, Ordering};
use tokio_postgres::{Client, NoTls};

/// The server's address. Stories do not skip silently: without a server they fail.
#[expect(clippy::disallowed_methods, reason = "the address comes from the script that started the server")]
fn server() -> String {
    std::env::var("SIGNET_TEST_POSTGRES")
        .expect("SIGNET_TEST_POSTGRES is not set; run `make test`, or `scripts/with-postgres cargo test …`")
}

/// The server's address with another database.
pub(super) fn url_of(database: &str) -> String {
    let mut url: url::Url = server().parse().unwrap();
    url.set_path(database);
    url.into()
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

pub(super) async fn create_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("story_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    execute(&server(), &format!("CREATE DATABASE {name}")).await;
    name
}

pub(super) async fn drop_database(name: &str) {
    execute(&server(), &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

pub(super) async fn execute(url: &str, sql: &str) {
    connect(url).await.batch_execute(sql).await.unwrap();
}

pub(super) async fn ask(url: &str, sql: &str) -> i64 {
    connect(url).await.query_one(sql, &[]).await.unwrap().get(0)
}

/// A plan that reads a whole table only where nothing else is possible: in a story's small tables it would always be
/// the cheapest.
pub(super) async fn explain(url: &str, sql: &str) -> String {
    let client = connect(url).await;
    client.batch_execute("SET enable_seqscan = off").await.unwrap();
    let lines = client.query(&format!("EXPLAIN {sql}"), &[]).await.unwrap();
    lines.iter().map(|line| line.get::<_, String>(0)).collect::<Vec<_>>().join("\n")
}
