//! Objects that are kept as JSON.

use super::*;
use crate::extract::shape::scalar::{integer, text};
use serde_json::json;

fn shape() -> Members {
    let square = members().required("side", integer());
    let circle = members().required("radius", integer());
    members()
        .required("id", text().max(3))
        .nullable("note", text())
        .optional("aud", text_or_texts())
        .optional("labels", record_of(text()))
        .optional("figures", list_of(tagged("kind", vec![("square", square), ("circle", circle)])))
}

fn read(shape: &Members, value: Value) -> Result<Value, usize> {
    let mut issues = Issues::default();
    shape.read(value, &mut issues).map(Value::from).map_err(|_| issues.count())
}

#[test]
fn what_is_described_is_kept_and_the_rest_dropped() {
    let given = json!({"figures": [{"side": 1.0, "x": 1, "kind": "square"}], "aud": ["a"], "id": "i", "note": null,
        "labels": {"a": "b"}, "other": 1});
    let kept = json!({"id": "i", "note": null, "aud": ["a"], "labels": {"a": "b"},
        "figures": [{"side": 1, "kind": "square"}]});
    assert_eq!(read(&shape(), given).unwrap().to_string(), kept.to_string());
    assert_eq!(read(&shape().partial(), json!({"aud": "a"})).unwrap(), json!({"aud": "a"}));
}

#[test]
fn every_issue_is_noted() {
    for (value, issues) in [
        (json!([]), 1),
        (json!({}), 2),
        (json!({"id": "long", "note": 1, "aud": 5, "labels": {"a": 1, "b": 2}}), 5),
        (json!({"id": "i", "note": null, "figures": [{}, {"kind": "star"}, {"kind": "circle"}, 1]}), 4),
    ] {
        assert_eq!(read(&shape(), value.clone()), Err(issues), "{value}");
    }
    assert_eq!(read(&shape().strict(), json!({"id": "i", "note": null, "other": 1})), Err(1));
}
