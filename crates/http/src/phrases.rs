//! The text of error messages: the one place that turns a code into words of a language.
//!
//! English only. A second language is a table here and a choice by `locale` and `Accept-Language`.

use signet_core::error_code::ErrorCode;

/// The message of `code`, with its placeholders filled.
pub(crate) fn message(code: ErrorCode, values: &[(&'static str, String)]) -> String {
    fill(code.message(), values)
}

/// Fills `{name}` placeholders in one pass, so that a value that looks like a placeholder stays text.
/// Placeholders without a value are left out.
fn fill(template: &str, values: &[(&'static str, String)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        text.push_str(before);
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            text.push_str(value);
        }
        rest = tail;
    }
    text.push_str(rest);
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        let values = [("a", "{b}".to_owned()), ("b", "two".to_owned())];
        for (template, expected) in [
            ("plain", "plain"),
            ("{a} and {b}", "{b} and two"),
            ("{unknown}!", "!"),
            ("failed. {unknown}", "failed."),
            ("open { brace", "open { brace"),
        ] {
            assert_eq!(fill(template, &values), expected, "{template}");
        }
    }

    #[test]
    fn every_message_reads_well_without_values() {
        for code in ErrorCode::ALL {
            assert!(!message(*code, &[]).contains(['{', '}']), "{code:?}");
        }
    }
}
