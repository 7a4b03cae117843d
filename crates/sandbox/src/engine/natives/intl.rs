//! `Intl`, by `engine::intl`. The prelude turns it into objects; a formatter is known by its specification.

use crate::engine::call::{Answer, Call};
use crate::engine::intl::{Part, Refusal, collation, date, joined, locale, number, plural};
use icu_casemap::CaseMapper;
use icu_locale::LanguageIdentifier;

/// Bytes of a text that changes its case.
const MAX_TEXT: usize = 1 << 20;

/// A string argument as it is, an absent one as nothing.
macro_rules! text {
    ($call:ident, $index:literal) => {
        match $call.text($index) {
            Some(text) => text,
            None => return $call.type_error(c"expected a string"),
        }
    };
}

/// `(tag)`: the canonical form of a language tag, or nothing.
pub(super) fn canonical_tag(call: &Call<'_>) -> Answer {
    let tag = text!(call, 0);
    locale::canonical(&tag).map_or_else(|| call.nothing(), |tag| call.new_text(&tag))
}

/// `(tag)`: language, script and region of a tag whose language is known, or nothing.
pub(super) fn supported_tag(call: &Call<'_>) -> Answer {
    let tag = text!(call, 0);
    locale::supported(&tag).map_or_else(|| call.nothing(), |tag| call.new_text(&tag))
}

/// `(kind)`: the supported values of a kind, or nothing when they cannot be listed.
pub(super) fn names(call: &Call<'_>) -> Answer {
    match &*text!(call, 0) {
        "calendar" => call.new_list(date::calendars()),
        "timeZone" => call.new_list(date::time_zones()),
        "numberingSystem" => call.new_list(locale::numbering_systems()),
        _ => call.nothing(),
    }
}

/// `(code)`: the digits behind the point in amounts of a currency.
pub(super) fn currency_digits(call: &Call<'_>) -> Answer {
    let code = text!(call, 0);
    or_refused(call, number::currency_digits(&code), |digits| call.new_number(f64::from(digits)))
}

/// `(tag, numberingSystem?)`: `[locale, locale with keywords, numbering system]`.
pub(super) fn open_numbers(call: &Call<'_>) -> Answer {
    let tag = text!(call, 0);
    let resolved = locale::for_numbers(&tag, call.text(1).as_deref());
    or_refused(call, resolved, |resolved| call.new_list(resolved.iter().map(String::as_str)))
}

/// `(specification, number, asParts)`
pub(super) fn format_number(call: &Call<'_>) -> Answer {
    let (specification, number) = (text!(call, 0), text!(call, 1));
    let parts = number::format(&specification).and_then(|format| format.parts(&number));
    or_refused(call, parts, |parts| formatted(call, &parts, call.flag(2)))
}

/// `(tag, options)`: `[specification, resolved options]`, both JSON.
pub(super) fn open_dates(call: &Call<'_>) -> Answer {
    let (tag, options) = (text!(call, 0), text!(call, 1));
    or_refused(call, date::open(&tag, &options), |opened| call.new_list(opened.iter().map(String::as_str)))
}

/// `(specification, milliseconds, asParts)`
pub(super) fn format_date(call: &Call<'_>) -> Answer {
    let specification = text!(call, 0);
    let parts = date::format(&specification).and_then(|format| format.parts(call.number(1)));
    or_refused(call, parts, |parts| formatted(call, &parts, call.flag(2)))
}

/// `(tag, options)`: `[specification, resolved options]`, both JSON.
pub(super) fn open_collator(call: &Call<'_>) -> Answer {
    let (tag, options) = (text!(call, 0), text!(call, 1));
    or_refused(call, collation::open(&tag, &options), |opened| call.new_list(opened.iter().map(String::as_str)))
}

/// `(specification, left, right)`: -1, 0 or 1.
pub(super) fn compare(call: &Call<'_>) -> Answer {
    let (specification, left, right) = (text!(call, 0), text!(call, 1), text!(call, 2));
    let order = collation::compare(&specification, &left, &right);
    or_refused(call, order, |order| call.new_number(f64::from(order as i8)))
}

/// `(specification, number)`
pub(super) fn plural_category(call: &Call<'_>) -> Answer {
    let (specification, number) = (text!(call, 0), text!(call, 1));
    let category = plural::rules(&specification).and_then(|rules| rules.select(&number));
    or_refused(call, category, |category| call.new_text(category))
}

/// `(specification)`
pub(super) fn plural_categories(call: &Call<'_>) -> Answer {
    let specification = text!(call, 0);
    or_refused(call, plural::rules(&specification), |rules| call.new_list(rules.categories()))
}

/// `(tag, text, toUpper)`
pub(super) fn change_case(call: &Call<'_>) -> Answer {
    let (tag, text) = (text!(call, 0), text!(call, 1));
    let Ok(language) = LanguageIdentifier::try_from_str(&tag) else {
        return call.range_error("the language tag is not valid");
    };
    if text.len() > MAX_TEXT {
        return call.range_error("the text is too long");
    }
    let mapper = CaseMapper::new();
    let changed = if call.flag(2) {
        mapper.uppercase_to_string(&text, &language)
    } else {
        mapper.lowercase_to_string(&text, &language)
    };
    call.new_text(&changed)
}

fn or_refused<T>(call: &Call<'_>, result: Result<T, Refusal>, answer: impl FnOnce(T) -> Answer) -> Answer {
    match result {
        Ok(value) => answer(value),
        Err(Refusal(reason)) => call.range_error(&reason),
    }
}

/// One text, or kinds and texts one after the other.
fn formatted(call: &Call<'_>, parts: &[Part], as_parts: bool) -> Answer {
    if as_parts {
        call.new_list(parts.iter().flat_map(|part| [part.kind, part.text.as_str()]))
    } else {
        call.new_text(&joined(parts))
    }
}
