//! Currencies: which symbol, where it stands, and how many digits its amounts have.
//!
//! ICU4X's own currency formatter rounds by itself and hides its parts, so this puts its data together.

use super::Refusal;
use super::parts::{Part, beside};
use super::provider::{load, silent};
use super::sign::Sign;
use fixed_decimal::UnsignedDecimal;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::provider::currency::essentials::CurrencyEssentialsV1;
use icu_experimental::dimension::provider::currency::extended::CurrencyExtendedDataV1;
use icu_experimental::dimension::provider::currency::fractions::CurrencyFractionsV1;
use icu_experimental::dimension::provider::currency::patterns::CurrencyPatternsDataV1;
use icu_experimental::dimension::provider::currency::symbols::{CurrencySymbolWidth, CurrencySymbolsV1};
use icu_experimental::provider::Baked;
use icu_locale::Locale;
use icu_pattern::{DoublePlaceholderKey, DoublePlaceholderPattern, PatternItem};
use icu_plurals::{PluralOperands, PluralRules};
use icu_provider::prelude::*;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Display {
    Symbol,
    NarrowSymbol,
    Code,
    Name,
}

pub(super) enum Currency {
    /// A symbol or a code, beside or within the number.
    Short {
        symbol: String,
        letter_first: bool,
        letter_last: bool,
        accounting: bool,
        patterns: DataPayload<CurrencyEssentialsV1>,
    },
    /// A name that agrees with the number.
    Named {
        code: String,
        names: Option<DataPayload<CurrencyExtendedDataV1>>,
        patterns: DataPayload<CurrencyPatternsDataV1>,
        rules: PluralRules,
    },
}

/// The currency of a code that is three letters.
pub(super) fn currency(code: &str) -> Result<CurrencyType, Refusal> {
    CurrencyType::try_from_str(&code.to_ascii_uppercase())
        .map_err(|_| Refusal::new("the currency is no code of three letters"))
}

/// Digits behind the point in amounts of a currency.
pub(super) fn fraction_digits(code: &str) -> Result<u8, Refusal> {
    let fractions: DataPayload<CurrencyFractionsV1> =
        Baked.load(DataRequest::default()).map_err(Refusal::no_data)?.payload;
    Ok(fractions.get().resolve(currency(code)?).digits)
}

impl Currency {
    pub(super) fn load(
        locale: &Locale,
        numbering: Option<&str>,
        code: &str,
        display: Display,
        accounting: bool,
    ) -> Result<Self, Refusal> {
        let data_locale = DataLocale::from(locale);
        let kind = currency(code)?;
        if display == Display::Name {
            let attributes = DataMarkerAttributes::try_from_str(code).map_err(Refusal::no_data)?;
            let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, &data_locale);
            let names: Result<DataResponse<CurrencyExtendedDataV1>, _> =
                Baked.load(DataRequest { id, metadata: silent() });
            return Ok(Self::Named {
                code: code.to_owned(),
                names: names.ok().map(|response| response.payload),
                patterns: load(&Baked, &data_locale, None).map_err(Refusal::no_data)?,
                rules: PluralRules::try_new_cardinal(locale.into()).map_err(Refusal::no_data)?,
            });
        }
        let width = match display {
            Display::NarrowSymbol => CurrencySymbolWidth::Narrow,
            _ => CurrencySymbolWidth::Short,
        };
        let mut buffer = kind.iso_code().resize();
        let attributes = CurrencySymbolsV1::make_attributes(kind, width, &mut buffer);
        let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, &data_locale);
        let symbol: Option<DataPayload<CurrencySymbolsV1>> = match display {
            Display::Code => None,
            _ => Baked.load(DataRequest { id, metadata: silent() }).ok().map(|response| response.payload),
        };
        let (symbol, letter_first, letter_last) = match symbol.as_ref().map(DataPayload::get) {
            Some(symbol) => (symbol.as_str().to_owned(), symbol.starts_with_letter(), symbol.ends_with_letter()),
            None => (code.to_owned(), true, true),
        };
        let patterns = load(&Baked, &data_locale, numbering).map_err(Refusal::no_data)?;
        Ok(Self::Short { symbol, letter_first, letter_last, accounting, patterns })
    }

    /// The amount with its currency and its sign. `shown` is the number that names agree with, if it is one.
    pub(super) fn dress(&self, body: &[Part], sign: &Sign<'_>, shown: Option<(&UnsignedDecimal, u8)>) -> Vec<Part> {
        match self {
            Self::Short { symbol, letter_first, letter_last, accounting, patterns } => {
                let (patterns, first, last) = (patterns.get(), *letter_first, *letter_last);
                let negative = || {
                    if *accounting {
                        patterns.get_negative_accounting(first, last)
                    } else {
                        patterns.get_negative(first, last)
                    }
                };
                let explicit = match sign {
                    Sign::Minus(_) => negative(),
                    // A plus sign stands where the minus sign stands, if there is one.
                    Sign::Plus(_, minus) => negative().filter(|pattern| has_literal(pattern, minus.text())),
                    Sign::None => None,
                };
                if let Some(pattern) = explicit {
                    return interpolate(pattern, body, symbol, sign);
                }
                let pattern = if *accounting {
                    patterns.get_positive_accounting(first, last)
                } else {
                    patterns.get_positive(first, last)
                };
                sign.around(interpolate(pattern, body, symbol, &Sign::None))
            }
            Self::Named { code, names, patterns, rules } => {
                let operands =
                    shown.map(|(number, exponent)| PluralOperands::from_significand_and_exponent(number, exponent));
                let name = match (names.as_ref().map(DataPayload::get), operands) {
                    (Some(names), Some(operands)) => names.get(operands, rules),
                    (Some(names), None) => names.elements.get_default().1,
                    (None, _) => code,
                };
                let pattern = match operands {
                    Some(operands) => patterns.get().get(operands, rules),
                    None => patterns.get().elements.get_default().1,
                };
                sign.around(interpolate(pattern, body, name, &Sign::None))
            }
        }
    }
}

fn has_literal(pattern: &DoublePlaceholderPattern, text: &str) -> bool {
    pattern.iter().any(|item| matches!(item, PatternItem::Literal(literal) if literal.contains(text)))
}

fn interpolate(pattern: &DoublePlaceholderPattern, body: &[Part], symbol: &str, sign: &Sign<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for item in pattern.iter() {
        match item {
            PatternItem::Placeholder(DoublePlaceholderKey::Place0) => parts.extend_from_slice(body),
            PatternItem::Placeholder(DoublePlaceholderKey::Place1) => parts.extend(beside("currency", symbol)),
            PatternItem::Literal(literal) => parts.extend(sign.within(literal)),
        }
    }
    // A currency without a symbol leaves its space behind.
    if symbol.is_empty() {
        parts.retain(|part| part.kind != "literal" || !part.text.trim().is_empty());
    }
    parts
}
