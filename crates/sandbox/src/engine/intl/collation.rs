//! `Intl.Collator`.

use super::kept::Kept;
use super::locale::{Resolution, parse};
use super::provider::silent;
use super::{Refusal, read};
use icu_collator::options::{AlternateHandling, CaseLevel, CollatorOptions, Strength};
use icu_collator::preferences::{CollationCaseFirst, CollationNumericOrdering};
use icu_collator::provider::{Baked, CollationMetadataV1};
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale::extensions::unicode::key;
use icu_provider::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

/// Bytes of a text to compare. A comparison cannot be interrupted.
const MAX_TEXT: usize = 1 << 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    collation: Option<String>,
    numeric: Option<bool>,
    case_first: Option<String>,
    sensitivity: Sensitivity,
    ignore_punctuation: Option<bool>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
enum Sensitivity {
    Base,
    Accent,
    Case,
    Variant,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Specification {
    /// With all keywords.
    locale: String,
    sensitivity: Sensitivity,
    ignore_punctuation: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resolved {
    locale: String,
    collation: String,
    numeric: bool,
    case_first: &'static str,
    ignore_punctuation: bool,
}

thread_local! {
    static COLLATORS: RefCell<Kept<CollatorBorrowed<'static>>> = const { RefCell::new(Kept::new()) };
}

/// The specification for a language tag with options, and what scripts see of it.
pub(in super::super) fn open(tag: &str, options: &str) -> Result<[String; 2], Refusal> {
    let options: Options = read(options)?;
    let mut resolution = Resolution::new(tag)?;
    let locale = DataLocale::from(&resolution.full);
    let collation = resolution.keyword(key!("co"), options.collation.as_deref(), |name| has_collation(&locale, name));
    let is_truth = |value: &str| matches!(value, "true" | "false");
    let numeric = options.numeric.map(|numeric| if numeric { "true" } else { "false" });
    resolution.keyword(key!("kn"), numeric, is_truth);
    let is_case = |value: &str| matches!(value, "upper" | "lower" | "false");
    resolution.keyword(key!("kf"), options.case_first.as_deref(), is_case);
    let specification = Specification {
        locale: resolution.full.to_string(),
        sensitivity: options.sensitivity,
        ignore_punctuation: options.ignore_punctuation,
    };
    let used = build(&specification)?.resolved_options();
    let preferences: CollatorPreferences = used.into();
    let resolved = Resolved {
        locale: resolution.seen.to_string(),
        collation: collation.unwrap_or_else(|| "default".to_owned()),
        numeric: preferences.numeric_ordering == Some(CollationNumericOrdering::True),
        case_first: match preferences.case_first {
            Some(CollationCaseFirst::Upper) => "upper",
            Some(CollationCaseFirst::Lower) => "lower",
            _ => "false",
        },
        ignore_punctuation: CollatorOptions::from(used).alternate_handling == Some(AlternateHandling::Shifted),
    };
    let json = |text: serde_json::Result<String>| text.map_err(Refusal::no_data);
    Ok([json(serde_json::to_string(&specification))?, json(serde_json::to_string(&resolved))?])
}

fn has_collation(locale: &DataLocale, name: &str) -> bool {
    // The standard reserves these two for `usage`.
    if matches!(name, "standard" | "search") {
        return false;
    }
    let Ok(attributes) = DataMarkerAttributes::try_from_str(name) else { return false };
    let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, locale);
    let found: Result<DataResponse<CollationMetadataV1>, _> = Baked.load(DataRequest { id, metadata: silent() });
    found.is_ok()
}

fn build(wanted: &Specification) -> Result<CollatorBorrowed<'static>, Refusal> {
    let mut options = CollatorOptions::default();
    let (strength, case_level) = match wanted.sensitivity {
        Sensitivity::Base => (Strength::Primary, CaseLevel::Off),
        Sensitivity::Accent => (Strength::Secondary, CaseLevel::Off),
        Sensitivity::Case => (Strength::Primary, CaseLevel::On),
        Sensitivity::Variant => (Strength::Tertiary, CaseLevel::Off),
    };
    options.strength = Some(strength);
    options.case_level = Some(case_level);
    options.alternate_handling = wanted
        .ignore_punctuation
        .map(|ignore| if ignore { AlternateHandling::Shifted } else { AlternateHandling::NonIgnorable });
    CollatorBorrowed::try_new((&parse(&wanted.locale)?).into(), options).map_err(Refusal::no_data)
}

/// -1, 0 or 1.
pub(in super::super) fn compare(specification: &str, left: &str, right: &str) -> Result<Ordering, Refusal> {
    if left.len().max(right.len()) > MAX_TEXT {
        return Err(Refusal::new("the text is too long to compare"));
    }
    let collator: Result<Rc<_>, _> =
        COLLATORS.with_borrow_mut(|kept| kept.get(specification, || build(&read(specification)?)));
    Ok(collator?.compare(left, right))
}
