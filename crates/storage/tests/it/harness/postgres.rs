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

/// The lines of a plan that reads a whole table, or gathers one before it looks into it, only where nothing else is
/// possible: in a story's small tables that would often be the cheapest.
pub(super) async fn explain(url: &str, sql: &str) -> Vec<String> {
    let client = connect(url).await;
    for way in ["seqscan", "bitmapscan", "hashjoin", "mergejoin", "material", "memoize"] {
        client.batch_execute(&format!("SET enable_{way} = off")).await.unwrap();
    }
    lines(&client, &format!("EXPLAIN {sql}")).await
}

/// The lines of the plan that the database chooses by itself, with what running it took. Nothing of it stays.
pub(super) async fn run(url: &str, sql: &str) -> Vec<String> {
    let client = connect(url).await;
    client.batch_execute("BEGIN").await.unwrap();
    lines(&client, &format!("EXPLAIN (ANALYZE, BUFFERS) {sql}")).await
}

async fn lines(client: &Client, sql: &str) -> Vec<String> {
    let lines = client.query(sql, &[]).await.unwrap_or_else(|error| panic!("{error:?}\n{sql}"));
    lines.iter().map(|line| line.get(0)).collect()
}

/// The columns of an index, in order.
pub(super) async fn columns(url: &str, index: &str) -> Vec<String> {
    let sql = "SELECT a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relname = $1 ORDER BY a.attnum";
    let rows = connect(url).await.query(sql, &[&index]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
