//! Search modes answer the same on both databases.

use crate::harness::Database;
use crate::harness::sample::{application, id, resource, role, scope};
use signet_core::application::Application;
use signet_core::role::Role;
use signet_core::search::{Condition, Joint, Mode, Search};
use signet_storage::{ApplicationFilter, RoleFilter, StoreError};
use std::time::Duration;

on_both_backends!(
    each_mode_matches_what_it_says,
    conditions_are_joined_as_asked,
    unknown_fields_are_left_out,
    roles_and_scopes_are_searched_too,
    a_pattern_that_is_none_is_refused,
    attack_55_no_pattern_keeps_the_database_busy,
);

const NAMES: &[&str] = &[
    "foo",
    "Foo",
    "foobar",
    "barfoo",
    "a.b",
    "axb",
    "100%",
    "1000",
    "under_score",
    "underXscore",
    "Ärger",
    "ärger",
    "ΣΟΦΟΣ",
    "Яблоко",
    "яблоко",
    "two\nlines",
    "[x]",
    "x",
    "^x",
    "a|b",
    "back\\slash",
    "(foo)",
    "aaa",
    "",
];

async fn applications(db: &Database) {
    db.write(async |tx| {
        for (number, name) in NAMES.iter().enumerate() {
            let stored = Application { name: (*name).to_owned(), ..application(&format!("a{number:02}")) };
            tx.insert_application(&stored).await?;
        }
        Ok(())
    })
    .await;
}

fn condition(field: &str, mode: Mode, case_sensitive: bool, values: &[&str]) -> Condition {
    let values = values.iter().map(|&value| value.to_owned()).collect();
    Condition { field: field.to_owned(), mode, values, case_sensitive }
}

fn one(mode: Mode, case_sensitive: bool, value: &str) -> Search {
    Search { joint: Joint::Or, conditions: vec![condition("name", mode, case_sensitive, &[value])] }
}

async fn found(db: &Database, search: Search) -> Result<Vec<String>, StoreError> {
    let filter = ApplicationFilter { search: Some(search), ..Default::default() };
    let listed = db.tenant.read().await.unwrap().applications(&filter, None).await?;
    Ok(listed.items.into_iter().map(|application| application.name).collect())
}

async fn each_mode_matches_what_it_says(db: Database) {
    applications(&db).await;

    for (mode, case_sensitive, value, expected) in [
        (Mode::Like, true, "foo%", &["foo", "foobar"][..]),
        (Mode::Like, false, "foo%", &["foo", "Foo", "foobar"]),
        (Mode::Like, true, "foo", &["foo"]),
        (Mode::Like, true, "a_b", &["a.b", "axb", "a|b"]),
        (Mode::Like, true, "a.b", &["a.b"]),
        (Mode::Like, true, "100\\%", &["100%"]),
        (Mode::Like, true, "under\\_score", &["under_score"]),
        (Mode::Like, true, "back\\\\slash", &["back\\slash"]),
        (Mode::Like, true, "two%lines", &["two\nlines"]),
        (Mode::Like, false, "äRGER", &["Ärger", "ärger"]),
        (Mode::Like, true, "äRGER", &[]),
        (Mode::Like, false, "σοφοσ", &["ΣΟΦΟΣ"]),
        (Mode::Like, true, "", &[""]),
        (Mode::Exact, true, "Foo", &["Foo"]),
        (Mode::Exact, true, "foo%", &[]),
        (Mode::Exact, false, "FOO", &["foo", "Foo"]),
        (Mode::Exact, false, "ЯБЛОКО", &["Яблоко", "яблоко"]),
        (Mode::SimilarTo, false, "foo", &["foo"]),
        (Mode::SimilarTo, true, "(foo|bar)%", &["foo", "foobar", "barfoo"]),
        (Mode::SimilarTo, true, "a.b", &["a.b"]),
        (Mode::SimilarTo, true, "a_b", &["a.b", "axb", "a|b"]),
        (Mode::SimilarTo, true, "a[.x]b", &["a.b", "axb"]),
        (Mode::SimilarTo, true, "a[^.x]b", &["a|b"]),
        (Mode::SimilarTo, true, "a{3}", &["aaa"]),
        (Mode::SimilarTo, true, "10{2,3}", &["1000"]),
        (Mode::SimilarTo, true, "100[%]", &["100%"]),
        (Mode::SimilarTo, true, "under[_]score", &["under_score"]),
        (Mode::SimilarTo, true, "\\(foo\\)", &["(foo)"]),
        (Mode::SimilarTo, true, "^x", &["^x"]),
        (Mode::SimilarTo, true, "(a|x)+", &["x", "aaa"]),
        (Mode::Posix, true, "^foo", &["foo", "foobar"]),
        (Mode::Posix, false, "^foo$", &["foo", "Foo"]),
        (Mode::Posix, true, "a.b", &["a.b", "axb", "a|b"]),
        (Mode::Posix, true, "^a{3}$", &["aaa"]),
        (Mode::Posix, true, "two.lines", &["two\nlines"]),
        (Mode::Posix, true, "^lines", &[]),
        (Mode::Posix, true, r"^\d+$", &["1000"]),
        (Mode::Posix, true, r"^[[:digit:]]+%?$", &["100%", "1000"]),
        (Mode::Posix, false, "^яблоко$", &["Яблоко", "яблоко"]),
        (Mode::Posix, true, "^(foo|x)$", &["foo", "x"]),
    ] {
        let answer = found(&db, one(mode, case_sensitive, value)).await.unwrap();
        assert_eq!(answer, expected, "{mode:?} `{value}`, case sensitive: {case_sensitive}");
    }
}

async fn conditions_are_joined_as_asked(db: Database) {
    applications(&db).await;
    let conditions =
        vec![condition("name", Mode::Like, true, &["foo%"]), condition("id", Mode::Exact, true, &["a02", "a05"])];

    let both = Search { joint: Joint::And, conditions: conditions.clone() };
    assert_eq!(found(&db, both).await.unwrap(), ["foobar"]);
    let either = Search { joint: Joint::Or, conditions };
    assert_eq!(found(&db, either).await.unwrap(), ["foo", "foobar", "axb"]);
}

async fn unknown_fields_are_left_out(db: Database) {
    applications(&db).await;
    let unknown = condition("tenant_id", Mode::Exact, true, &["default"]);

    let only = Search { joint: Joint::And, conditions: vec![unknown.clone()] };
    assert_eq!(found(&db, only).await.unwrap().len(), NAMES.len());
    let beside =
        Search { joint: Joint::And, conditions: vec![unknown, condition("name", Mode::Exact, true, &["foo"])] };
    assert_eq!(found(&db, beside).await.unwrap(), ["foo"]);
    let no_description = condition("description", Mode::Like, false, &["%"]);
    let no_description = Search { joint: Joint::Or, conditions: vec![no_description] };
    assert!(found(&db, no_description).await.unwrap().is_empty());
}

async fn roles_and_scopes_are_searched_too(db: Database) {
    db.write(async |tx| {
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("read", "api")).await?;
        tx.insert_scope(&scope("write", "api")).await?;
        tx.insert_role(&Role { description: "Größe".into(), ..role("tall") }).await?;
        tx.insert_role(&role("small")).await?;
        tx.add_scope_to_role(&id("tall"), &id("read")).await?;
        tx.add_scope_to_role(&id("tall"), &id("write")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    let search =
        |field, value| Search { joint: Joint::Or, conditions: vec![condition(field, Mode::Like, false, &[value])] };

    let filter = RoleFilter { search: Some(search("description", "GRÖ%")), ..Default::default() };
    assert_eq!(reader.roles(&filter, None).await.unwrap().items[0].id, id("tall"));
    let writing = search("name", "WRITE%");
    let scopes = reader.resource_scopes(&id("api"), Some(&writing), None).await.unwrap();
    assert_eq!((scopes.items[0].id.clone(), scopes.total), (id("write"), 1));
    assert_eq!(reader.role_scopes(&id("tall"), Some(&writing), None).await.unwrap().total, 1);
}

/// With an engine that goes back and tries again, each of these would take longer than anybody lives.
async fn attack_55_no_pattern_keeps_the_database_busy(db: Database) {
    let stored = Application { name: format!("{}!", "a".repeat(120)), ..application("long") };
    db.write(async |tx| tx.insert_application(&stored).await).await;

    for (mode, pattern) in [
        (Mode::Posix, "^(a+)+$"),
        (Mode::Posix, "^(a|aa)+$"),
        (Mode::Posix, "^(a|a?)+$"),
        (Mode::Posix, "(a+a+)+y"),
        (Mode::Posix, "((a{1,100}){1,100}){1,100}b"),
        (Mode::Posix, r"^(a*)(a*)(a*)(a*)(a*)(a*)\1\2b$"),
        (Mode::SimilarTo, "((a+)+)+b"),
        (Mode::Like, "%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b"),
    ] {
        let search = found(&db, one(mode, true, pattern));
        let answer = tokio::time::timeout(Duration::from_secs(10), search).await.expect("an answer in time");
        // What one of the databases does not know it refuses.
        let is_told = matches!(&answer, Ok(names) if names.is_empty()) || matches!(answer, Err(StoreError::Pattern(_)));
        assert!(is_told, "{mode:?} `{pattern}`: {answer:?}");
    }
}

async fn a_pattern_that_is_none_is_refused(db: Database) {
    applications(&db).await;

    for (mode, value) in
        [(Mode::Posix, "("), (Mode::Posix, "[a"), (Mode::Posix, "a{2"), (Mode::SimilarTo, "(a"), (Mode::Like, "foo\\")]
    {
        let refused = found(&db, one(mode, true, value)).await;
        assert!(matches!(refused, Err(StoreError::Pattern(_))), "{mode:?} `{value}`: {refused:?}");
    }
}
