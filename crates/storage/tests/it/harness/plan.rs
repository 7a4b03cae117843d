//! Which statements run, how the database finds what each asks for, and what that takes.

use super::{Database, postgres};
use regex::Regex;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, StatementStatus};
use signet_storage::DatabaseUrl;
use std::fmt::Debug;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// How a statement finds its rows.
pub(crate) struct Plan {
    pub(crate) text: String,
    pub(crate) entries: Vec<Entry>,
    pub(crate) reads_a_whole_table: bool,
}

/// A table that is looked into by an index.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) table: String,
    /// The first columns of the index, as far as each is held to a value. What comes after a column that is not only
    /// leaves rows out that were read.
    pub(crate) columns: Vec<String>,
}

impl Database {
    /// How the database would find what a statement asks for. PostgreSQL's way depends on what is in the tables, and on
    /// which values are looked for; SQLite's does not.
    pub(crate) async fn plan(&self, sql: &str, values: &[&str]) -> Plan {
        match &self.url {
            DatabaseUrl::Sqlite(path) => sqlite_plan(path, &sql.replace('$', "?")),
            DatabaseUrl::Postgres(url) => postgres_plan(url, &with_values(sql, values)).await,
        }
    }

    /// What it takes to answer a statement once: steps of SQLite's machine, pages that PostgreSQL looks at.
    pub(crate) async fn cost(&self, sql: &str, values: &[&str]) -> i64 {
        let sql = with_values(sql, values);
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                let connection = Connection::open(path).unwrap();
                let mut statement = connection.prepare(&sql).unwrap();
                let mut rows = statement.raw_query();
                while rows.next().unwrap().is_some() {}
                drop(rows);
                i64::from(statement.get_status(StatementStatus::VmStep))
            }
            DatabaseUrl::Postgres(url) => {
                let plan = postgres::run(url, &sql).await.join("\n");
                // The first line counts for the whole plan.
                let pages = Regex::new(r"(?m)^ *Buffers: shared (?:hit=(\d+))?").unwrap();
                let found = pages.captures(&plan).and_then(|pages| pages.get(1)).map_or("0", |pages| pages.as_str());
                found.parse().unwrap()
            }
        }
    }
}

/// The statement with its parameters in it: the tenant, then `values`, then ones, which are texts, numbers and flags.
fn with_values(sql: &str, values: &[&str]) -> String {
    let parameter = Regex::new(r"\$(\d+)").unwrap();
    let value = |found: &regex::Captures<'_>| match found[1].parse::<usize>().unwrap() {
        1 => "'default'".to_owned(),
        place => format!("'{}'", values.get(place - 2).unwrap_or(&"1")),
    };
    parameter.replace_all(sql, value).into_owned()
}

fn sqlite_plan(path: &Path, sql: &str) -> Plan {
    let connection = Connection::open(path).unwrap();
    // As the store has it: one plan, whatever the values are.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).unwrap();
    let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = explain.raw_query();
    let mut lines: Vec<String> = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(row.get(3).unwrap());
    }
    let search = Regex::new(r"^SEARCH \S+ USING (?:COVERING )?INDEX (\S+) \(([^)]*)\)").unwrap();
    let column = Regex::new(r"(\w+)[=<>]").unwrap();
    let of_index = "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = ?";
    let entry = |line: &String| {
        let found = search.captures(line)?;
        let table = connection.query_row(of_index, [&found[1]], |row| row.get(0)).unwrap();
        Some(Entry { table, columns: column.captures_iter(&found[2]).map(|column| column[1].to_owned()).collect() })
    };
    Plan {
        text: lines.join("\n"),
        entries: lines.iter().filter_map(entry).collect(),
        reads_a_whole_table: lines.iter().any(|line| line.starts_with("SCAN ")),
    }
}

async fn postgres_plan(url: &str, sql: &str) -> Plan {
    let lines = postgres::explain(url, sql).await;
    let scan = Regex::new(r"Index (?:Only )?Scan(?: Backward)? using (\S+) on (\S+)").unwrap();
    let column = Regex::new(r"\((\w+)\)?(?:::text)? (?:=|<|>)").unwrap();
    let mut entries = Vec::new();
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        let Some(found) = scan.captures(line) else { continue };
        let held: Vec<&str> = match next.trim_start().strip_prefix("Index Cond: ") {
            Some(condition) => column.captures_iter(condition).map(|held| held.get(1).unwrap().as_str()).collect(),
            None => Vec::new(),
        };
        let columns = postgres::columns(url, &found[1]).await;
        let columns = columns.into_iter().take_while(|column| held.contains(&column.as_str())).collect();
        entries.push(Entry { table: found[2].to_owned(), columns });
    }
    Plan { entries, reads_a_whole_table: lines.iter().any(|line| line.contains("Seq Scan")), text: lines.join("\n") }
}

/// Hears which statements run on the thread of the story.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    pub(crate) fn listen(&self) -> tracing::subscriber::DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// What ran since it was last asked, each once.
    pub(crate) fn heard(&self) -> Vec<String> {
        let mut heard = std::mem::take(&mut *self.0.lock().unwrap());
        heard.sort();
        heard.dedup();
        heard
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && metadata.target() == "signet_storage::db"
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Sql(&self.0));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Sql<'s>(&'s Mutex<Vec<String>>);

impl Visit for Sql<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.lock().unwrap().push(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
