//! The words of pages: phrase files by language, with the tenant's own phrases over them.
//!
//! A phrase is named by its place, `action.sign_in`. It may hold `{{placeholders}}` and one pair of tags, such as
//! `<link></link>`, which stands for something that the page puts there. Nothing here is HTML.

use super::language::{self, Asked, Offered};
use serde_json::Value;
use std::sync::LazyLock;

/// The languages with a file. The first is complete, and speaks where another has no phrase.
static BUILT_IN: LazyLock<Vec<(&'static str, Value)>> = LazyLock::new(|| {
    let read = |(tag, text): (&'static str, &str)| (tag, serde_json::from_str(text).unwrap_or_default());
    FILES.into_iter().map(read).collect()
});

/// A language is a file here, whose tag is one of `language::KNOWN`.
const FILES: [(&str, &str); 2] =
    [("en", include_str!("../../phrases/en.json")), ("zh-CN", include_str!("../../phrases/zh-CN.json"))];

/// Tags of the built-in languages.
pub(crate) const TAGS: [&str; 2] = [FILES[0].0, FILES[1].0];

/// The phrases of a built-in language, nested by group.
pub(crate) fn built_in(tag: &str) -> Option<&'static Value> {
    BUILT_IN.iter().find(|(known, _)| *known == tag).map(|(_, phrases)| phrases)
}

/// The words of one page.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    tag: String,
    built_in: Option<&'static Value>,
    own: Option<Value>,
}

impl Wording {
    /// Words of the language that fits. `own` are the tenant's phrases by tag.
    pub(crate) fn choose(asked: &Asked<'_>, info: (bool, &str), own: &[(String, Value)]) -> Self {
        let tags: Vec<String> = own.iter().map(|(tag, _)| tag.clone()).collect();
        let offered = Offered { auto_detect: info.0, fallback: info.1, built_in: &TAGS, custom: &tags };
        let tag = language::choose(asked, &offered);
        let own = own.iter().find(|(known, _)| known == tag).map(|(_, phrases)| phrases.clone());
        Self { tag: tag.to_owned(), built_in: built_in(tag), own }
    }

    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    /// A phrase. One that nobody wrote is shown by its name, which somebody will report.
    pub(crate) fn text<'w>(&'w self, key: &'w str) -> &'w str {
        let lists = [self.own.as_ref(), self.built_in, built_in(language::DEFAULT)];
        lists.into_iter().flatten().find_map(|phrases| at(phrases, key)).unwrap_or(key)
    }

    /// A phrase with its placeholders filled.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// A phrase around something: what stands before, between and after its tags.
    pub(crate) fn around(&self, key: &str, values: &[(&str, &str)]) -> Around {
        Around::of(&self.fill(key, values))
    }

    /// Several things of which one is meant.
    pub(crate) fn one_of(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [others @ .., last] => {
                let space = if self.tag.starts_with("zh") || self.tag.starts_with("ja") { "" } else { " " };
                format!("{}{space}{}{space}{last}", others.join(self.text("list.separator")), self.text("list.or"))
            }
        }
    }
}

/// A phrase in three parts, around what the page puts in the middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Around {
    pub(crate) before: String,
    pub(crate) inside: String,
    pub(crate) after: String,
}

impl Around {
    fn of(text: &str) -> Self {
        let parts = text.split_once('<').and_then(|(before, rest)| {
            let (name, rest) = rest.split_once('>')?;
            let (inside, after) = rest.split_once(&format!("</{name}>"))?;
            Some(Self { before: before.to_owned(), inside: inside.to_owned(), after: after.to_owned() })
        });
        // Without tags, the middle comes last.
        parts.unwrap_or_else(|| Self { before: format!("{text} "), inside: String::new(), after: String::new() })
    }
}

/// Group names have no dot, and the names of scopes in them have none either.
fn at<'p>(phrases: &'p Value, key: &str) -> Option<&'p str> {
    let found = key.split('.').try_fold(phrases, |value, name| value.get(name))?;
    found.as_str().filter(|text| !text.is_empty())
}

/// In one pass, so that a value that looks like a placeholder stays text. A format after a comma is not looked at, and a
/// placeholder without a value is left out.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once("{{") {
        let Some((inside, tail)) = tail.split_once("}}") else { break };
        let name = inside.split(',').next().unwrap_or_default().trim();
        text.push_str(before);
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            text.push_str(value);
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    const GROUPS: [&str; 12] = [
        "input",
        "secondary",
        "action",
        "error",
        "description",
        "list",
        "mfa",
        "development_tenant",
        "user_scopes",
        "profile",
        "account_center",
        "passkey_sign_in",
    ];

    fn phrases(tag: &str) -> BTreeMap<String, String> {
        fn walk(value: &Value, path: &str, found: &mut BTreeMap<String, String>) {
            match value {
                Value::Object(members) => {
                    for (name, member) in members {
                        walk(member, &format!("{path}.{name}"), found);
                    }
                }
                Value::String(text) => {
                    found.insert(path.trim_start_matches('.').to_owned(), text.clone());
                }
                other => panic!("{path} is no phrase: {other}"),
            }
        }
        let mut found = BTreeMap::new();
        walk(built_in(tag).unwrap(), "", &mut found);
        found
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<_> = text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()).collect();
        found.extend(text.split('<').skip(1).filter_map(|rest| rest.split('>').next()));
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_has_every_phrase_with_the_same_placeholders() {
        let english = phrases("en");
        for tag in TAGS {
            assert!(language::KNOWN.contains(&tag), "{tag}");
            let groups: Vec<_> = built_in(tag).unwrap().as_object().unwrap().keys().cloned().collect();
            assert_eq!(groups, GROUPS, "{tag}");
            let translated = phrases(tag);
            assert_eq!(translated.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{tag}");
            for (key, text) in &translated {
                assert!(!text.trim().is_empty(), "{tag} {key}");
                assert_eq!(placeholders(text), placeholders(&english[key]), "{tag} {key}");
            }
        }
    }

    #[test]
    fn every_phrase_that_a_page_names_exists() {
        let english = phrases("en");
        let sources = [
            ("layout", include_str!("../../templates/layout.html")),
            ("form", include_str!("../../templates/form.html")),
            ("consent", include_str!("../../templates/consent.html")),
            ("notice", include_str!("../../templates/notice.html")),
            ("handover", include_str!("../../templates/handover.html")),
            ("foot", include_str!("../../templates/parts/foot.html")),
            ("field", include_str!("../../templates/parts/field.html")),
        ];
        let folders =
            ["/src/pages", "/src/pages/serve"].map(|folder| format!("{}{folder}", env!("CARGO_MANIFEST_DIR")));
        let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let rust = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let rust: Vec<_> =
            rust.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect();
        let rust = rust.iter().filter(|(path, _)| !path.ends_with("wording.rs") && !path.ends_with("tests.rs"));
        let all = sources
            .iter()
            .map(|(name, text)| (*name, *text))
            .chain(rust.map(|(path, text)| (path.as_str(), text.as_str())));
        for (name, text) in all {
            for quoted in text.split('"').skip(1).step_by(2) {
                let group = quoted.split_once('.').map(|(group, _)| group);
                let is_key = group.is_some_and(|group| GROUPS.contains(&group)) && !quoted.contains('{');
                assert!(!is_key || english.contains_key(quoted), "{name} names `{quoted}`");
            }
        }
    }

    #[test]
    fn own_phrases_win_and_may_be_few() {
        let own = vec![("fr".to_owned(), json!({"action": {"sign_in": "Se connecter", "continue": ""}}))];
        let asked = Asked { ui_locales: Some("fr"), ..Asked::default() };
        let wording = Wording::choose(&asked, (true, "en"), &own);

        assert_eq!(wording.tag(), "fr");
        assert_eq!(wording.text("action.sign_in"), "Se connecter");
        assert_eq!(wording.text("action.continue"), "Continue");
        assert_eq!(wording.text("action.nobody_wrote_this"), "action.nobody_wrote_this");
    }

    #[test]
    fn placeholders_are_filled_once_whatever_format_they_name() {
        let values = [("types", "{{name}}"), ("name", "x")];
        for (template, expected) in [
            ("Enter {{types, list(type: disjunction;)}} now", "Enter {{name}} now"),
            ("{{ name }}!", "x!"),
            ("{{absent}}.", "."),
            ("open {{ brace", "open {{ brace"),
        ] {
            assert_eq!(fill(template, &values), expected);
        }
    }

    #[test]
    fn a_phrase_stands_around_its_tags() {
        let parts = |before: &str, inside: &str, after: &str| Around {
            before: before.into(),
            inside: inside.into(),
            after: after.into(),
        };
        assert_eq!(Around::of("See <link></link>."), parts("See ", "", "."));
        assert_eq!(Around::of("None? <a>Again</a>"), parts("None? ", "Again", ""));
        assert_eq!(Around::of("Plain"), parts("Plain ", "", ""));
        assert_eq!(Around::of("a < b"), parts("a < b ", "", ""));
    }

    #[test]
    fn choices_are_joined_as_the_language_does() {
        let english = Wording::choose(&Asked::default(), (false, "en"), &[]);
        let chinese = Wording::choose(&Asked::default(), (false, "zh-CN"), &[]);
        assert_eq!(english.one_of(&["email", "phone number", "username"]), "email, phone number or username");
        assert_eq!(chinese.one_of(&["邮箱", "手机号"]), "邮箱或手机号");
        assert_eq!(english.one_of(&["email"]), "email");
    }
}
