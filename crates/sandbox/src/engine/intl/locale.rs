//! Language tags: their canonical form, which are supported, and what their keywords ask for.

use super::Refusal;
use super::provider::silent;
use icu_datetime::provider::Baked as Dates;
use icu_datetime::provider::names::DatetimeNamesMonthGregorianV1;
use icu_datetime::provider::semantic_skeletons::marker_attrs;
use icu_decimal::provider::{Baked, DecimalDigitsV1, DecimalSymbolsV1};
use icu_locale::extensions::unicode::{Key, Value};
use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer};
use icu_provider::prelude::*;

/// Bytes of a language tag.
const MAX_TAG: usize = 256;

/// The numbering systems that ECMA-402 names and that replace digit by digit.
const SIMPLE_DIGITS: &[&str] = &[
    "adlm", "ahom", "arab", "arabext", "bali", "beng", "bhks", "brah", "cakm", "cham", "deva", "diak", "fullwide",
    "gong", "gonm", "gujr", "guru", "hanidec", "hmng", "hmnp", "java", "kali", "kawi", "khmr", "knda", "lana",
    "lanatham", "laoo", "latn", "lepc", "limb", "mathbold", "mathdbl", "mathmono", "mathsanb", "mathsans", "mlym",
    "modi", "mong", "mroo", "mtei", "mymr", "mymrshan", "mymrtlng", "nagm", "newa", "nkoo", "olck", "orya", "osma",
    "rohg", "saur", "segment", "shrd", "sind", "sinh", "sora", "sund", "takr", "talu", "tamldec", "telu", "thai",
    "tibt", "tirh", "tnsa", "vaii", "wara", "wcho",
];

/// The canonical form of a language tag, or nothing when it is none.
pub(in super::super) fn canonical(tag: &str) -> Option<String> {
    // Unicode allows the underscore, ECMA-402 does not.
    if tag.len() > MAX_TAG || tag.contains('_') {
        return None;
    }
    let mut locale = Locale::try_from_str(tag).ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    Some(locale.to_string())
}

/// The language, script and region of a tag, when there is data for its language.
pub(in super::super) fn supported(tag: &str) -> Option<String> {
    let id = plain(&parse(tag).ok()?);
    let locale = DataLocale::from(&id);
    // Each language with data of its own has names for months.
    let attributes = DataIdentifierBorrowed::for_marker_attributes_and_locale(marker_attrs::WIDE, &locale);
    let months: DataResponse<DatetimeNamesMonthGregorianV1> =
        Dates.load(DataRequest { id: attributes, metadata: silent() }).ok()?;
    let is_root = months.metadata.locale.is_some_and(|used| used.is_unknown());
    (!is_root && !id.language.is_unknown()).then(|| id.to_string())
}

pub(super) fn parse(tag: &str) -> Result<Locale, Refusal> {
    let is_short = tag.len() <= MAX_TAG;
    is_short.then(|| Locale::try_from_str(tag).ok()).flatten().ok_or(Refusal::new("the language tag is not valid"))
}

fn plain(locale: &Locale) -> LanguageIdentifier {
    LanguageIdentifier { variants: icu_locale::subtags::Variants::new(), ..locale.id.clone() }
}

/// A locale as its keywords and the options make it (ECMA-402 §9.2.7, `ResolveLocale`).
pub(super) struct Resolution {
    asked: Locale,
    /// What scripts see: the keywords that had an effect.
    pub(super) seen: Locale,
    /// What ICU4X gets: all keywords.
    pub(super) full: Locale,
}

impl Resolution {
    pub(super) fn new(tag: &str) -> Result<Self, Refusal> {
        let asked = parse(tag)?;
        let base = Locale::from(plain(&asked));
        Ok(Self { asked, seen: base.clone(), full: base })
    }

    /// The value of a keyword: the option's, else the tag's, if they are supported.
    pub(super) fn keyword(
        &mut self,
        key: Key,
        option: Option<&str>,
        is_supported: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let supported = |value: String| is_supported(&value).then_some(value);
        // A keyword without a value stands for "true".
        let truth = |value: String| if value.is_empty() { "true".to_owned() } else { value };
        let in_tag =
            self.asked.extensions.unicode.keywords.get(&key).map(|value| truth(value.to_string())).and_then(supported);
        let wanted = option.map(str::to_ascii_lowercase).and_then(supported);
        let value = wanted.or_else(|| in_tag.clone())?;
        let keyword = Value::try_from_str(&value).ok()?;
        if in_tag.as_ref() == Some(&value) {
            self.seen.extensions.unicode.keywords.set(key, keyword.clone());
        }
        self.full.extensions.unicode.keywords.set(key, keyword);
        Some(value)
    }

    /// The numbering system: the asked one, or the locale's.
    pub(super) fn numbering_system(&mut self, option: Option<&str>) -> Result<String, Refusal> {
        if let Some(name) = self.keyword(icu_locale::extensions::unicode::key!("nu"), option, has_digits) {
            return Ok(name);
        }
        let locale = DataLocale::from(&self.full);
        let id = DataIdentifierBorrowed::for_locale(&locale);
        let symbols: DataResponse<DecimalSymbolsV1> =
            Baked.load(DataRequest { id, ..DataRequest::default() }).map_err(Refusal::no_data)?;
        Ok(symbols.payload.get().numsys().to_owned())
    }
}

fn has_digits(name: &str) -> bool {
    let digits = DataMarkerAttributes::try_from_str(name).ok().and_then(|attributes| {
        let id = DataIdentifierBorrowed::for_marker_attributes(attributes);
        let response: Result<DataResponse<DecimalDigitsV1>, _> = Baked.load(DataRequest { id, metadata: silent() });
        response.ok()
    });
    digits.is_some()
}

/// `[locale, locale with keywords, numbering system]` for a number format.
pub(in super::super) fn for_numbers(tag: &str, numbering: Option<&str>) -> Result<[String; 3], Refusal> {
    let mut resolution = Resolution::new(tag)?;
    let numbering = resolution.numbering_system(numbering)?;
    Ok([resolution.seen.to_string(), resolution.full.to_string(), numbering])
}

/// The numbering systems with digits of their own (ECMA-402 §12.1.7).
pub(in super::super) fn numbering_systems() -> Vec<&'static str> {
    SIMPLE_DIGITS.iter().copied().filter(|name| has_digits(name)).collect()
}
