//! The search of lists: `search`, `search.<field>`, `mode`, `mode.<field>`, `joint` and `isCaseSensitive`.
//!
//! Parsed against the fields that a resource allows. Only names from that list leave this module, so that nothing a
//! caller wrote can become part of a statement.

use super::shape::scalar::is_affirmative;
use crate::error::ApiError;
use axum::extract::FromRequestParts;
use http::request::Parts;
use signet_core::search::{Condition, Joint, Mode, Search};
use std::marker::PhantomData;
use url::form_urlencoded;

/// Longest pattern. Longer ones find nothing, and regular expressions cost memory by their length.
const MAX_PATTERN: usize = 512;
/// Most values of one exact condition.
const MAX_VALUES: usize = 200;

/// The fields of a resource that can be searched, in camel case.
pub(crate) trait SearchFields {
    const FIELDS: &'static [&'static str];
}

/// The search of a list, if it has one, whose fields `F` names. 400 `request.invalid_input` with the reason in `details`.
#[derive(Debug, Clone)]
pub(crate) struct Searched<F>(pub(crate) Option<Search>, PhantomData<fn() -> F>);

impl<S: Send + Sync, F: SearchFields> FromRequestParts<S> for Searched<F> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let search = parse(parts.uri.query().unwrap_or_default(), F::FIELDS).map_err(ApiError::invalid_request)?;
        Ok(Self(search, PhantomData))
    }
}

/// What a parameter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    EveryField,
    Field(&'static str),
}

/// The parameters as they were sent, with names resolved.
struct Parameters {
    searches: Vec<(Target, String)>,
    modes: Vec<(Target, Mode)>,
    joint: Joint,
    case_sensitive: bool,
}

fn parse(query: &str, fields: &'static [&'static str]) -> Result<Option<Search>, String> {
    let parameters = Parameters::read(query, fields)?;
    let mut conditions = Vec::new();
    for field in fields {
        for target in [Target::EveryField, Target::Field(field)] {
            conditions.extend(parameters.condition(target, field)?);
        }
    }
    let search = Search { joint: parameters.joint, conditions };
    Ok(Some(search).filter(|search| !search.conditions.is_empty()))
}

impl Parameters {
    fn read(query: &str, fields: &'static [&'static str]) -> Result<Self, String> {
        let mut parameters = Self { searches: Vec::new(), modes: Vec::new(), joint: Joint::Or, case_sensitive: false };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.split_once('.').map_or((&*name, None), |(name, field)| (name, Some(field))) {
                ("search", field) => {
                    let target = target(field, fields)?;
                    check_pattern(&value)?;
                    parameters.searches.push((target, value.into_owned()));
                }
                ("mode", field) => parameters.modes.push((target(field, fields)?, mode(&value)?)),
                ("joint" | "jointMode", None) => parameters.joint = joint(&value)?,
                ("isCaseSensitive", None) => parameters.case_sensitive = is_affirmative(&value),
                _ => {}
            }
        }
        Ok(parameters)
    }

    /// The condition that `target` puts on `field`, if it puts one.
    fn condition(&self, target: Target, field: &'static str) -> Result<Option<Condition>, String> {
        let values: Vec<String> =
            self.searches.iter().filter(|(of, _)| *of == target).map(|(_, value)| value.clone()).collect();
        if values.is_empty() {
            return Ok(None);
        }
        let condition = Condition {
            field: field.to_owned(),
            mode: self.mode_of(target, field),
            values,
            case_sensitive: self.case_sensitive,
        };
        check(&condition)?;
        Ok(Some(condition))
    }

    /// A field's own mode counts before the general one.
    fn mode_of(&self, target: Target, field: &'static str) -> Mode {
        let of = |wanted: Target| self.modes.iter().rev().find(|(of, _)| *of == wanted).map(|(_, mode)| *mode);
        let own = match target {
            Target::Field(_) => of(Target::Field(field)),
            Target::EveryField => None,
        };
        own.or_else(|| of(Target::EveryField)).unwrap_or(Mode::Like)
    }
}

fn target(field: Option<&str>, fields: &'static [&'static str]) -> Result<Target, String> {
    let Some(name) = field else { return Ok(Target::EveryField) };
    if name.contains('.') {
        return Err("Only first-level fields can be searched.".to_owned());
    }
    let camel_case = camel_case(name);
    let known = fields.iter().find(|field| **field == camel_case);
    known
        .map(|field| Target::Field(field))
        .ok_or_else(|| format!("A search can only be on these fields: {}.", fields.join(", ")))
}

/// `primary_email` → `primaryEmail`
fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for (position, part) in name.split('_').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if position > 0 => camel.push(first.to_ascii_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.push_str(letters.as_str());
    }
    camel
}

const MODES: [Mode; 4] = [Mode::Like, Mode::Exact, Mode::SimilarTo, Mode::Posix];

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Like => "like",
        Mode::Exact => "exact",
        Mode::SimilarTo => "similar_to",
        Mode::Posix => "posix",
    }
}

fn mode(value: &str) -> Result<Mode, String> {
    let known = MODES.into_iter().find(|mode| mode_name(*mode) == value);
    known.ok_or_else(|| format!("A search mode is one of: {}.", MODES.map(mode_name).join(", ")))
}

fn joint(value: &str) -> Result<Joint, String> {
    match value {
        "or" => Ok(Joint::Or),
        "and" => Ok(Joint::And),
        _ => Err("A joint is one of: or, and.".to_owned()),
    }
}

fn check_pattern(pattern: &str) -> Result<(), String> {
    if pattern.is_empty() {
        return Err("A search value must not be empty.".to_owned());
    }
    if pattern.chars().count() > MAX_PATTERN {
        return Err(format!("A search value must not be longer than {MAX_PATTERN} characters."));
    }
    if pattern.contains('\0') {
        return Err("A search value must not contain U+0000.".to_owned());
    }
    Ok(())
}

fn check(condition: &Condition) -> Result<(), String> {
    let Condition { mode, values, case_sensitive, .. } = condition;
    if *mode != Mode::Exact && values.len() > 1 {
        return Err("Several values for one field need the mode `exact`.".to_owned());
    }
    if values.len() > MAX_VALUES {
        return Err(format!("One field takes at most {MAX_VALUES} values."));
    }
    if *mode == Mode::SimilarTo && !case_sensitive {
        return Err("The mode `similar_to` needs `isCaseSensitive=true`.".to_owned());
    }
    // To a database this is a broken pattern; to the caller it must be a refusal, not a failure.
    let escapes = matches!(mode, Mode::Like | Mode::SimilarTo | Mode::Posix);
    if escapes && values.iter().any(|pattern| ends_in_escape(pattern)) {
        return Err("A pattern must not end with a single `\\`.".to_owned());
    }
    Ok(())
}

fn ends_in_escape(pattern: &str) -> bool {
    pattern.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const USER_FIELDS: &[&str] = &["id", "primaryEmail", "name"];

    fn shown(query: &str) -> Result<String, String> {
        let Some(search) = parse(query, USER_FIELDS)? else { return Ok(String::new()) };
        let conditions: Vec<String> = search
            .conditions
            .iter()
            .map(|c| {
                let case = if c.case_sensitive { " as written" } else { "" };
                format!("{} {} {}{case}", c.field, mode_name(c.mode), c.values.join("|"))
            })
            .collect();
        let joint = match search.joint {
            Joint::Or => " or ",
            Joint::And => " and ",
        };
        Ok(conditions.join(joint))
    }

    #[test]
    fn searches_are_parsed() {
        for (query, expected) in [
            ("", ""),
            ("other=1&page=2", ""),
            ("search=%25a%25", "id like %a% or primaryEmail like %a% or name like %a%"),
            ("search.name=a", "name like a"),
            ("search.primary_email=a", "primaryEmail like a"),
            ("search.name=a&search.id=b&joint=and", "id like b and name like a"),
            ("search.name=a&search.id=b&jointMode=and", "id like b and name like a"),
            ("search.name=a&search.name=b&mode.name=exact", "name exact a|b"),
            ("search.name=a&search.id=b&mode=exact&mode.id=posix", "id posix b or name exact a"),
            ("search.name=a&isCaseSensitive=yes", "name like a as written"),
            ("search.name=a&mode=similar_to&isCaseSensitive=true", "name similar_to a as written"),
            ("search.name=50%25%5C%5C", r"name like 50%\\"),
            ("mode=posix", ""),
        ] {
            assert_eq!(shown(query).as_deref(), Ok(expected), "{query}");
        }
    }

    #[test]
    fn attack_55_what_is_not_allowed_is_refused() {
        for (case, query) in [
            ("unknown field", "search.password=x"),
            ("injected field", "search.name%22%20or%201=x"),
            ("nested path", "search.profile.name=x"),
            ("empty field", "search.=x"),
            ("unknown mode", "search=x&mode=nonsense"),
            ("mode of an unknown field", "mode.password=exact"),
            ("unknown joint", "search=x&joint=xor"),
            ("empty value", "search="),
            ("empty value of a field", "search.name="),
            ("several values", "search.name=a&search.name=b"),
            ("several general values", "search=a&search=b"),
            ("similar_to in any case", "search=x&mode=similar_to"),
            ("open escape", "search=x%5C"),
            ("NUL", "search=%00"),
        ] {
            assert!(shown(query).is_err(), "{case}");
        }
        assert!(shown(&format!("search.name={}", "x".repeat(513))).is_err());
        assert!(shown(&"search.name=x&mode.name=exact&".repeat(201)).is_err());
    }

    #[tokio::test]
    async fn a_refused_search_says_why() {
        #[derive(Debug)]
        struct Users;
        impl SearchFields for Users {
            const FIELDS: &'static [&'static str] = USER_FIELDS;
        }
        let mut parts = http::Request::get("/?search.name=x").body(()).unwrap().into_parts().0;
        let Searched(found, _) = Searched::<Users>::from_request_parts(&mut parts, &()).await.unwrap();
        assert_eq!(found.unwrap().conditions.len(), 1);

        let mut parts = http::Request::get("/?search.password=x").body(()).unwrap().into_parts().0;
        let refused = Searched::<Users>::from_request_parts(&mut parts, &()).await.unwrap_err();
        let body = crate::testing::body_of(axum::response::IntoResponse::into_response(refused)).await;
        assert_eq!(body["code"], "request.invalid_input");
        assert_eq!(body["details"], "A search can only be on these fields: id, primaryEmail, name.");
    }

    proptest! {
        #[test]
        fn only_allowed_fields_leave_and_nothing_panics(
            pairs in prop::collection::vec(("(search|mode|joint|isCaseSensitive)(\\.[a-zA-Z_.]{0,14})?", ".{0,8}"), 0..5)
        ) {
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            if let Ok(Some(search)) = parse(&query, USER_FIELDS) {
                prop_assert!(!search.conditions.is_empty());
                for condition in search.conditions {
                    prop_assert!(USER_FIELDS.contains(&condition.field.as_str()));
                    prop_assert!(!condition.values.is_empty());
                }
            }
        }
    }
}
