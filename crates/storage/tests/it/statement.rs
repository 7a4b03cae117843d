//! Every statement prepares on both databases, and none forgets its tenant.

use crate::harness::Database;
use regex::Regex;

on_both_backends!(every_statement_prepares);

async fn every_statement_prepares(db: Database) {
    for statement in signet_storage::catalogue() {
        let prepared = db.store.prepare(statement.sql).await;
        assert!(prepared.is_ok(), "{}: {prepared:?}\n{}", statement.name, statement.sql);
    }
    assert!(db.store.prepare("SELECT nothing FROM tenants WHERE tenant_id = $1").await.is_err());
}

#[test]
fn no_statement_forgets_its_tenant() {
    let catalogue = signet_storage::catalogue();
    assert!(!catalogue.is_empty());
    for statement in catalogue {
        let checked = check(statement.sql);
        assert!(checked.is_ok(), "{}: {}\n{}", statement.name, checked.unwrap_err(), statement.sql);
    }
}

/// Rows that somebody is about to lose because of their age. A long delete would keep every writer waiting.
#[test]
fn what_is_too_old_is_deleted_a_few_rows_at_a_time() {
    // There are a few of them for each hour, and for each administrator.
    let few = ["hourly_counts", "own_proofs"];
    let of_age = pattern(r"^DELETE FROM (\w+) .*\b(\w+_at|id|day|hour) <=? \$\d");
    let mut found = 0;
    for statement in signet_storage::catalogue() {
        let Some(deleted) = of_age.captures(statement.sql) else { continue };
        found += 1;
        let is_bounded = pattern(r" LIMIT [1-5]\d\d\)$").is_match(statement.sql);
        assert!(is_bounded || few.contains(&&deleted[1]), "{}: {}", statement.name, statement.sql);
    }
    assert!(found > 15, "{found}");
}

#[test]
fn statements_that_forget_their_tenant_are_told() {
    for (why, sql) in [
        ("no condition", "SELECT name FROM roles"),
        ("no condition on the tenant", "SELECT name FROM roles WHERE id = $1"),
        ("another parameter", "SELECT name FROM roles WHERE tenant_id = $2 AND id = $1"),
        ("a parameter that only looks like the first", "SELECT name FROM roles WHERE tenant_id = $10"),
        ("another way in", "SELECT name FROM roles WHERE tenant_id = $1 AND id = $2 OR name = $3"),
        ("the opposite", "SELECT name FROM roles WHERE NOT tenant_id = $1"),
        ("another comparison", "SELECT name FROM roles WHERE tenant_id <> $1"),
        ("another column", "SELECT name FROM roles WHERE not_tenant_id = $1"),
        (
            "a joined table without its own",
            "SELECT roles.name FROM roles JOIN roles_scopes ON roles_scopes.role_id = roles.id WHERE roles.tenant_id = $1",
        ),
        (
            "a second table after a comma",
            "SELECT roles.name FROM roles, scopes WHERE roles.tenant_id = $1 AND roles.id = scopes.id",
        ),
        (
            "a query inside without its own",
            "DELETE FROM roles WHERE tenant_id = $1 AND id IN (SELECT role_id FROM roles_scopes WHERE scope_id = $2)",
        ),
        (
            "only the query inside has one",
            "DELETE FROM roles WHERE id IN (SELECT role_id FROM roles_scopes WHERE tenant_id = $1)",
        ),
        ("an alias", "SELECT r.name FROM roles r WHERE r.tenant_id = $1"),
        ("a delete of all", "DELETE FROM roles"),
        ("an update of all", "UPDATE roles SET name = $2"),
        ("a move to another tenant", "UPDATE roles SET tenant_id = $2 WHERE tenant_id = $1"),
        ("an insert for another tenant", "INSERT INTO roles (tenant_id, id) VALUES ($2, $1)"),
        ("an insert without a tenant", "INSERT INTO roles (id, tenant_id) VALUES ($1, $2)"),
        ("a condition in a text", "SELECT name FROM roles WHERE name = 'tenant_id = $1'"),
        ("no table that the check can see", "TRUNCATE roles"),
    ] {
        assert!(check(sql).is_err(), "{why}: {sql}");
    }
}

#[test]
fn statements_that_keep_to_their_tenant_pass() {
    for sql in [
        "SELECT name FROM roles WHERE tenant_id = $1",
        "SELECT name FROM roles WHERE tenant_id = $1 AND (id = $2 OR name = $3) ORDER BY name",
        "SELECT a.x FROM a JOIN b ON b.tenant_id = $1 AND b.x = a.x WHERE a.tenant_id = $1",
        "INSERT INTO roles (tenant_id, id) VALUES ($1, $2) ON CONFLICT (tenant_id, id) DO UPDATE SET id = excluded.id",
        "SELECT id FROM roles WHERE tenant_id = $1 AND name IN (SELECT name FROM roles WHERE tenant_id = $1 GROUP BY name HAVING COUNT(*) > 1)",
        "DELETE FROM logs WHERE tenant_id = $1 AND id IN (SELECT id FROM logs WHERE tenant_id = $1 LIMIT 5)",
    ] {
        assert_eq!(check(sql), Ok(()), "{sql}");
    }
}

/// Whether each table that `sql` names is held to `tenant_id = $1`. It understands the few shapes that we write and
/// refuses all others.
fn check(sql: &str) -> Result<(), String> {
    let text = pattern("'[^']*'").replace_all(sql, "''").into_owned();
    // A count names no table, and its parentheses would hide the query that it stands in.
    let mut rest = text.replace("COUNT(*)", "COUNT");
    // From the inside out, so that each query is looked at alone.
    while let Some(inner) = pattern(r"\((SELECT [^()]*)\)").captures(&rest) {
        check_one(&inner[1])?;
        let outer = rest.replacen(&inner[0], "''", 1);
        rest = outer;
    }
    check_one(&rest)
}

fn check_one(sql: &str) -> Result<(), String> {
    if let Some(insert) = pattern(r"^INSERT INTO \w+ \(tenant_id, [^()]*\) VALUES \(\$1, [^()]*\)(.*)$").captures(sql) {
        let conflict = pattern(r"^( ON CONFLICT( \(tenant_id, [^()]*\))? DO (NOTHING|UPDATE SET .*))?$");
        return if conflict.is_match(&insert[1]) && !insert[1].contains("tenant_id =") {
            Ok(())
        } else {
            Err("an insert ends in a way that the check does not know".to_owned())
        };
    }
    let tables = tables(sql)?;
    if tables.is_empty() {
        return Err("no table".to_owned());
    }
    // What stands in parentheses can only narrow a conjunction.
    let mut flat = sql.to_owned();
    while pattern(r"\([^()]*\)").is_match(&flat) {
        flat = pattern(r"\([^()]*\)").replace_all(&flat, "''").into_owned();
    }
    if pattern(r"\bOR\b").is_match(&flat) {
        return Err("an OR may go around the tenant".to_owned());
    }
    if pattern(r"\bSET\b[^W]*\btenant_id\b").is_match(&flat) {
        return Err("a row changes its tenant".to_owned());
    }
    for table in &tables {
        let column = if tables.len() == 1 { format!(r"({table}\.)?") } else { format!(r"{table}\.") };
        if !pattern(&format!(r"\b(WHERE|AND|ON) {column}tenant_id = \$1( |$)")).is_match(&flat) {
            return Err(format!("`{table}` is not held to the tenant"));
        }
    }
    Ok(())
}

/// The tables of one query.
fn tables(sql: &str) -> Result<Vec<String>, String> {
    let words: Vec<&str> = sql.split(' ').collect();
    let named = words.iter().enumerate().filter(|(_, word)| ["FROM", "JOIN", "UPDATE"].contains(word));
    named
        .map(|(at, _)| {
            let table = words.get(at + 1).copied().unwrap_or_default();
            let next = words.get(at + 2).copied().unwrap_or_default();
            let is_name = pattern(r"^\w+$").is_match(table);
            match next {
                "LEFT" if is_name && words.get(at + 3) == Some(&"JOIN") => Ok(table.to_owned()),
                "" | "WHERE" | "JOIN" | "ON" | "SET" if is_name => Ok(table.to_owned()),
                _ => Err(format!("`{table} {next}` is not one table without an alias")),
            }
        })
        .collect()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}
