//! Bodies and what is said about them.

use super::compound::{checked, json_object, list, object, record};
use super::issue::{Issues, Noted, invalid_input};
use super::scalar::{anything, boolean, digits, flag, integer, number, one_of, text, url};
use super::*;
use crate::error::ApiError;
use crate::testing::refusal_of;
use proptest::prelude::*;
use serde_json::json;
use signet_core::role::RoleType;

#[derive(Debug, PartialEq)]
struct Sample {
    name: String,
    kind: Option<RoleType>,
    note: Patch<String>,
    days: Option<i64>,
    links: Option<Vec<String>>,
    nested: Option<Nested>,
    vars: Option<Vec<(String, String)>>,
}

#[derive(Debug, PartialEq)]
struct Nested {
    on: bool,
}

impl FromFields for Sample {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", text().min(1).max(8));
        let kind = fields.optional("type", one_of(&[RoleType::User, RoleType::MachineToMachine], RoleType::as_str));
        let note = fields.patch("note", text());
        let days = fields.optional("days", integer().min(1).max(180));
        let links = fields.optional("links", list(url()).min(1).max(3));
        let nested = fields.optional("nested", object());
        let vars = fields.optional("vars", record(text()));
        Ok(Self { name: name?, kind: kind?, note: note?, days: days?, links: links?, nested: nested?, vars: vars? })
    }
}

impl FromFields for Nested {
    const STRICT: bool = true;

    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let on = fields.required("on", boolean());
        Ok(Self { on: on? })
    }
}

fn lines_of(error: ApiError) -> Vec<String> {
    let body = refusal_of(error);
    assert_eq!(body["code"], "guard.invalid_input");
    assert_eq!(body["data"]["name"], "ZodError");
    let lines: Vec<String> = body["details"].as_str().unwrap().lines().map(str::to_owned).collect();
    assert_eq!(body["data"]["issues"].as_array().unwrap().len(), lines.len());
    lines
}

fn lines(value: Value) -> Vec<String> {
    let issues = read::<Sample>(value).expect_err("the sample is invalid");
    lines_of(invalid_input("body", &issues))
}

#[test]
fn a_valid_body_is_read_and_unknown_members_are_dropped() {
    let sample: Sample = read(json!({
        "name": "a", "type": "User", "note": null, "days": 3.0, "links": ["https://a.example"],
        "nested": {"on": true}, "vars": {"k": "v"}, "nobody": "asked",
    }))
    .unwrap();

    assert_eq!((sample.kind, sample.note, sample.days), (Some(RoleType::User), Patch::Clear, Some(3)));
    assert_eq!(sample.vars, Some(vec![("k".to_owned(), "v".to_owned())]));
}

#[test]
fn each_issue_has_its_line() {
    for (value, expected) in [
        (json!({}), r#"Error in key path "name": (invalid_type) Expected string but received undefined."#),
        (json!([]), r#"Error in key path "": (invalid_type) Expected object but received array."#),
        (json!({"name": 5}), r#"Error in key path "name": (invalid_type) Expected string but received number."#),
        (json!({"name": null}), r#"Error in key path "name": (invalid_type) Expected string but received null."#),
        (json!({"name": ""}), r#"Error in key path "name": (too_small) String must contain at least 1 character(s)"#),
        (
            json!({"name": "123456789"}),
            r#"Error in key path "name": (too_big) String must contain at most 8 character(s)"#,
        ),
        (json!({"name": "a\0"}), r#"Error in key path "name": (custom) must not contain U+0000"#),
        (
            json!({"name": "a", "type": "Nonsense"}),
            "Error in key path \"type\": (invalid_enum_value) \
             Invalid enum value. Expected 'User' | 'MachineToMachine', received 'Nonsense'",
        ),
        (
            json!({"name": "a", "days": 1.5}),
            r#"Error in key path "days": (invalid_type) Expected integer but received float."#,
        ),
        (
            json!({"name": "a", "days": 181}),
            r#"Error in key path "days": (too_big) Number must be less than or equal to 180"#,
        ),
        (
            json!({"name": "a", "links": ["https://a.example", "x"]}),
            r#"Error in key path "links.1": (invalid_string) Invalid url"#,
        ),
        (
            json!({"name": "a", "nested": {"on": true, "off": false}}),
            r#"Error in key path "nested": (unrecognized_keys) Unrecognized key(s) in object: 'off'"#,
        ),
        (
            json!({"name": "a", "vars": {"k": 1}}),
            r#"Error in key path "vars.k": (invalid_type) Expected string but received number."#,
        ),
    ] {
        assert_eq!(lines(value.clone()), [expected], "{value}");
    }
}

#[test]
fn all_issues_are_told_at_once() {
    assert_eq!(lines(json!({"type": 1, "days": 0, "links": ["x", 1]})).len(), 5);
}

#[test]
fn issues_keep_their_facts_for_programs() {
    let body = refusal_of(invalid_input("body", &read::<Sample>(json!({"name": "a", "links": [5]})).unwrap_err()));
    assert_eq!(body["message"], "Invalid input in the request's body.");
    assert_eq!(
        body["data"]["issues"],
        json!([{
            "code": "invalid_type", "expected": "string", "received": "number", "path": ["links", 0],
            "message": "Expected string, received number",
        }])
    );
}

#[test]
fn attack_54_a_large_body_does_not_grow_into_a_larger_answer() {
    let many = lines(json!({"name": "a", "vars": vec![1; 1000].into_iter().enumerate()
        .map(|(i, v)| (i.to_string(), json!(v))).collect::<Map<_, _>>()}));
    assert_eq!(many.len(), 50);

    let long = lines(json!({"name": "a", "type": "x".repeat(1_000_000)}));
    assert!(long[0].len() < 300);
}

#[test]
fn flags_and_digits_read_query_strings() {
    let mut issues = Issues::default();
    for (value, expected) in [("1", true), ("TRUE", true), ("yep", true), ("no", false), ("", false)] {
        assert_eq!(flag().read(json!(value), &mut issues), Ok(expected), "{value}");
    }
    for (value, expected) in [("12", Some(12)), ("", None), ("-1", None), ("1e3", None), ("99999999999999999999", None)]
    {
        assert_eq!(digits().read(json!(value), &mut issues).ok(), expected, "{value}");
    }
}

#[test]
fn an_update_keeps_clears_or_sets() {
    for (patch, expected) in [(Patch::Keep, Some(1)), (Patch::Clear, None), (Patch::Set(2), Some(2))] {
        let mut stored = Some(1);
        patch.apply(&mut stored);
        assert_eq!(stored, expected);
    }
}

#[test]
fn rules_between_members_and_of_ones_own() {
    struct Window;
    impl FromFields for Window {
        fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
            let from = fields.required("from", checked(integer(), "must be even", |number| number % 2 == 0));
            let to = fields.required("to", number());
            let _ = (fields.optional("any", anything()), fields.nullish("free", json_object()));
            if Some(from?) > to?.as_i64() {
                return Err(fields.refuse("to", "must not be before `from`"));
            }
            Ok(Self)
        }
    }

    for (value, valid) in [
        (json!({"from": 2, "to": 3, "any": [1], "free": {}}), true),
        (json!({"from": 1, "to": 3}), false),
        (json!({"from": 4, "to": 3}), false),
    ] {
        assert_eq!(read::<Window>(value.clone()).is_ok(), valid, "{value}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = prop_oneof![".{0,6}", "name|type|note|days|links|nested|vars|on"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reading_never_panics_and_refusals_say_why(value in any_json()) {
        if let Err(issues) = read::<Sample>(value) {
            prop_assert!(!issues.is_empty());
        }
    }
}
