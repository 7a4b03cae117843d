//! The text of error messages: the one place that turns a code into words of a language.
//!
//! English stands beside the codes; each other language is a file. What a file lacks is said in English.

use crate::pages::language::preferred;
use signet_core::error_code::ErrorCode;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a caller without a wish reads.
pub(crate) const ENGLISH: &str = "en";
const FILES: [(&str, &str); 1] = [("zh-CN", include_str!("../phrases/errors/zh-CN.json"))];

/// Texts by code, for each language.
type Texts = HashMap<&'static str, HashMap<String, String>>;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    // A test reads every file, so that none is empty here.
    FILES.into_iter().map(|(tag, file)| (tag, serde_json::from_str(file).unwrap_or_default())).collect()
});

/// The language that an `Accept-Language` header asks for (RFC 9110 §12.5.4), among those that there are.
pub(crate) fn language_for(accepted: &str) -> &'static str {
    let base = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
    let known = || [ENGLISH].into_iter().chain(FILES.map(|(tag, _)| tag));
    let serves = |wish: String| known().find(|tag| base(tag) == base(&wish));
    preferred(accepted).into_iter().find_map(serves).unwrap_or(ENGLISH)
}

/// The message of `code` in a language, with its placeholders filled.
pub(crate) fn message(language: &str, code: ErrorCode, values: &[(&'static str, String)]) -> String {
    let translated = TEXTS.get(language).and_then(|texts| texts.get(code.as_str()));
    fill(translated.map_or(code.message(), String::as_str), values)
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
        for language in [ENGLISH].into_iter().chain(FILES.map(|(tag, _)| tag)) {
            for code in ErrorCode::ALL {
                assert!(!message(language, *code, &[]).contains(['{', '}']), "{language} {code:?}");
            }
        }
    }

    #[test]
    fn translations_are_of_codes_that_exist_and_fill_in_the_same() {
        let placeholders = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names
        };
        for (tag, file) in FILES {
            let texts: HashMap<String, String> = serde_json::from_str(file).unwrap();
            assert!(texts.len() > 100, "{tag}");
            for (name, text) in texts {
                let code = ErrorCode::ALL.iter().find(|code| code.as_str() == name);
                let code = code.unwrap_or_else(|| panic!("{tag}: there is no `{name}`"));
                assert_eq!(placeholders(&text), placeholders(code.message()), "{tag}: {name}");
            }
        }
    }

    #[test]
    fn the_first_wish_that_can_be_served_is_served() {
        for (accepted, expected) in [
            ("", "en"),
            ("*", "en"),
            ("fr", "en"),
            ("zh-CN", "zh-CN"),
            ("zh", "zh-CN"),
            ("zh-TW,en;q=0.5", "zh-CN"),
            ("en-US,zh-CN;q=0.9", "en"),
            ("fr, zh;q=0.5, en;q=0.4", "zh-CN"),
            ("zh;q=0", "en"),
        ] {
            assert_eq!(language_for(accepted), expected, "{accepted}");
        }
    }
}
