//! `Intl.NumberFormat`.

use super::currency::{self, Currency, Display};
use super::digits::Digits;
use super::kept::Kept;
use super::locale::parse;
use super::parts::{Part, Sink, beside, joined};
use super::provider::{Symbols, load};
use super::sign::{Affixes, Sign};
use super::value::Value;
use super::{Refusal, read};
use fixed_decimal::{Decimal, Sign as DecimalSign, SignDisplay};
use icu_decimal::options::{CompactDecimalFormatterOptions, DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::provider::DecimalSymbolsV1;
use icu_decimal::{CompactDecimalFormatter, DecimalFormatter};
use icu_experimental::dimension::provider::percent::DecimalPercentV1;
use icu_experimental::provider::Baked;
use icu_locale::{Locale, LocaleExpander};
use icu_pattern::{DoublePlaceholderKey, PatternItem};
use icu_provider::prelude::*;
use serde::Deserialize;
use std::cell::RefCell;
use std::rc::Rc;
use writeable::Writeable;

/// Languages in which CLDR has another text for NaN, which is not part of ICU4X's data.
const OTHER_NAN: &[&str] = &[
    "am", "ar", "ast", "ce", "cv", "dz", "ee", "fa", "fi", "ga", "hy", "ka", "kk", "ky", "lo", "lv", "my", "os", "ru",
    "sah", "smn", "so", "syr", "tk", "to", "uz", "yue",
];
/// Locales in which CLDR has other separators for amounts than for numbers; ICU4X's data does not.
const OTHER_SEPARATORS: &[&str] = &["de-AT", "fr-CH"];
/// Numbering systems that have a percent sign of their own; ICU4X has one sign for each locale.
const OTHER_PERCENT: &[&str] = &["arab", "arabext"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Specification {
    /// With the numbering system as a keyword.
    locale: String,
    numbering_system: String,
    style: Style,
    currency: Option<String>,
    currency_display: Option<Display>,
    accounting: bool,
    notation: Notation,
    grouping: Grouping,
    sign_display: Signs,
    digits: Digits,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Style {
    Decimal,
    Percent,
    Currency,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Notation {
    Standard,
    Short,
    Long,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Grouping {
    Never,
    Min2,
    Auto,
    Always,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Signs {
    Auto,
    Never,
    Always,
    ExceptZero,
    Negative,
}

impl Specification {
    /// Refuses what ICU4X would show in another way than CLDR has it.
    fn check(&self, locale: &Locale) -> Result<(), Refusal> {
        let is_percent = self.style == Style::Percent;
        if self.style == Style::Currency && OTHER_SEPARATORS.contains(&locale.id.to_string().as_str()) {
            return Err(Refusal::new("the style currency is not available in this locale"));
        }
        if is_percent && OTHER_PERCENT.contains(&self.numbering_system.as_str()) {
            return Err(Refusal::new("the style percent is not available in this numbering system"));
        }
        if is_percent && self.notation != Notation::Standard {
            return Err(Refusal::new("the style percent is not available in compact notation"));
        }
        Ok(())
    }
}

pub(in super::super) struct Format {
    nan_is_known: bool,
    digits: Digits,
    signs: SignDisplay,
    symbols: DataPayload<DecimalSymbolsV1>,
    plain: DecimalFormatter,
    compact: Option<CompactDecimalFormatter>,
    dress: Dress,
}

enum Dress {
    Nothing,
    Percent(DataPayload<DecimalPercentV1>),
    Currency(Currency),
}

thread_local! {
    static FORMATS: RefCell<Kept<Format>> = const { RefCell::new(Kept::new()) };
}

/// The digits behind the point in amounts of a currency.
pub(in super::super) fn currency_digits(code: &str) -> Result<u8, Refusal> {
    currency::fraction_digits(code)
}

/// The formatter that a specification says all about.
pub(in super::super) fn format(specification: &str) -> Result<Rc<Format>, Refusal> {
    FORMATS.with_borrow_mut(|kept| kept.get(specification, || Format::build(&read(specification)?)))
}

impl Format {
    fn build(wanted: &Specification) -> Result<Self, Refusal> {
        let locale = parse(&wanted.locale)?;
        wanted.check(&locale)?;
        let data_locale = DataLocale::from(&locale);
        let numbering = Some(wanted.numbering_system.as_str());
        let currency = wanted.currency.as_deref().map(currency::currency).transpose()?;
        let provider = Symbols { currency, always_group: wanted.grouping == Grouping::Always };
        let grouping = match wanted.grouping {
            Grouping::Never => GroupingStrategy::Never,
            Grouping::Min2 => GroupingStrategy::Min2,
            Grouping::Auto | Grouping::Always => GroupingStrategy::Auto,
        };
        let plain =
            DecimalFormatter::try_new_unstable(&provider, (&locale).into(), DecimalFormatterOptions::from(grouping));
        let options = CompactDecimalFormatterOptions::from(grouping);
        let compact = match wanted.notation {
            Notation::Standard => None,
            Notation::Short => {
                Some(CompactDecimalFormatter::try_new_short_unstable(&provider, (&locale).into(), options))
            }
            Notation::Long => {
                Some(CompactDecimalFormatter::try_new_long_unstable(&provider, (&locale).into(), options))
            }
        };
        let dress = match (wanted.style, wanted.currency.as_deref(), wanted.currency_display) {
            (Style::Percent, ..) => Dress::Percent(load(&Baked, &data_locale, numbering).map_err(Refusal::no_data)?),
            (Style::Currency, Some(code), Some(display)) => {
                Dress::Currency(Currency::load(&locale, numbering, code, display, wanted.accounting)?)
            }
            _ => Dress::Nothing,
        };
        Ok(Self {
            nan_is_known: !OTHER_NAN.contains(&locale.id.language.as_str()) && !is_traditional_chinese(&locale),
            digits: wanted.digits.clone(),
            signs: match wanted.sign_display {
                Signs::Auto => SignDisplay::Auto,
                Signs::Never => SignDisplay::Never,
                Signs::Always => SignDisplay::Always,
                Signs::ExceptZero => SignDisplay::ExceptZero,
                Signs::Negative => SignDisplay::Negative,
            },
            symbols: load(&provider, &data_locale, numbering).map_err(Refusal::no_data)?,
            plain: plain.map_err(Refusal::no_data)?,
            compact: compact.transpose().map_err(Refusal::no_data)?,
            dress,
        })
    }

    pub(in super::super) fn parts(&self, number: &str) -> Result<Vec<Part>, Refusal> {
        let (body, sign, shown) = match Value::read(number)? {
            Value::NotANumber if self.nan_is_known => {
                (vec![Part::new("nan", "NaN")], self.sign_of(DecimalSign::None, true), None)
            }
            Value::NotANumber => return Err(Refusal::new("there is no text for NaN in this locale")),
            Value::Infinite(sign) => (vec![Part::new("infinity", "∞")], self.sign_of(sign, false), None),
            Value::Finite(mut number) => {
                if matches!(self.dress, Dress::Percent(_)) {
                    number.absolute.multiply_pow10(2);
                }
                let (shown, exponent) = self.rounded(&number);
                let sign = self.sign_of(shown.sign(), shown.absolute.is_zero());
                let shown = shown.with_sign(DecimalSign::None);
                (self.body(&shown, exponent)?, sign, Some((shown, exponent)))
            }
        };
        Ok(match &self.dress {
            Dress::Nothing => sign.around(body),
            Dress::Percent(percent) => percent_of(percent, &body, &sign),
            Dress::Currency(currency) => {
                currency.dress(&body, &sign, shown.as_ref().map(|(number, exponent)| (&number.absolute, *exponent)))
            }
        })
    }

    /// The sign to show for a number whose own sign is this.
    fn sign_of(&self, sign: DecimalSign, is_zero: bool) -> Sign<'_> {
        let symbols = self.symbols.get();
        let minus = Affixes(symbols.minus_sign_prefix(), symbols.minus_sign_suffix());
        match Decimal::from(i32::from(!is_zero)).with_sign(sign).with_sign_display(self.signs).sign() {
            DecimalSign::None => Sign::None,
            DecimalSign::Negative => Sign::Minus(minus),
            DecimalSign::Positive => Sign::Plus(Affixes(symbols.plus_sign_prefix(), symbols.plus_sign_suffix()), minus),
        }
    }

    /// The digits to show, and the power of ten that they count in.
    fn rounded(&self, number: &Decimal) -> (Decimal, u8) {
        let Some(compact) = &self.compact else { return (self.digits.apply(number), 0) };
        let power_of = |number: &Decimal, power: u8| {
            let magnitude = number.absolute.nonzero_magnitude_start() + i16::from(power);
            if number.absolute.is_zero() { 0 } else { compact.compact_exponent_for_magnitude(magnitude) }
        };
        let scaled = |power: u8| {
            let mut scaled = number.clone();
            scaled.absolute.multiply_pow10(-i16::from(power));
            self.digits.apply(&scaled)
        };
        let power = power_of(number, 0);
        let shown = scaled(power);
        // 999,999 is a million once it is rounded.
        let power_when_rounded = power_of(&shown, power);
        if power_when_rounded == power || shown.absolute.is_zero() {
            return (shown, power);
        }
        (scaled(power_when_rounded), power_when_rounded)
    }

    /// The number without its sign.
    fn body(&self, number: &Decimal, power: u8) -> Result<Vec<Part>, Refusal> {
        let mut sink = Sink::new(|_, part| part.value);
        self.plain.format(number).write_to_parts(&mut sink).map_err(Refusal::no_data)?;
        let digits = sink.parts();
        let Some(compact) = &self.compact else { return Ok(digits) };
        let whole =
            compact.format_with_exponent(number, power).map_err(Refusal::no_data)?.write_to_string().into_owned();
        let Some((before, after)) = whole.split_once(&joined(&digits)) else { return Err(Refusal::no_data(())) };
        Ok(beside("compact", before).into_iter().chain(digits).chain(beside("compact", after)).collect())
    }
}

fn is_traditional_chinese(locale: &Locale) -> bool {
    let script = locale.id.script.or_else(|| LocaleExpander::new_common().get_likely_script(&locale.id));
    locale.id.language.as_str() == "zh" && script.is_some_and(|script| script.as_str() == "Hant")
}

fn percent_of(percent: &DataPayload<DecimalPercentV1>, body: &[Part], sign: &Sign<'_>) -> Vec<Part> {
    let percent = percent.get();
    let mut parts = Vec::new();
    if let Sign::None = sign {
        for item in percent.unsigned_pattern.iter() {
            match item {
                PatternItem::Placeholder(_) => parts.extend_from_slice(body),
                PatternItem::Literal(text) => parts.extend(beside("percentSign", text)),
            }
        }
        return parts;
    }
    let symbol = if let Sign::Plus(..) = sign { &percent.plus_sign } else { &percent.minus_sign };
    for item in percent.signed_pattern.iter() {
        match item {
            PatternItem::Placeholder(DoublePlaceholderKey::Place0) => parts.extend_from_slice(body),
            PatternItem::Placeholder(DoublePlaceholderKey::Place1) => parts.push(Part::new(sign.kind(), &**symbol)),
            PatternItem::Literal(text) => parts.extend(beside("percentSign", text)),
        }
    }
    parts
}
