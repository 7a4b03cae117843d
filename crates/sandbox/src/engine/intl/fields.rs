//! Which fields a date format shows, and the pattern that ICU4X has for them.
//!
//! ICU4X chooses patterns by semantic skeletons, which know whole sets of fields in one of three lengths. ECMA-402 asks
//! for each field's length, so the lengths in the chosen pattern are set afterwards (UTS #35, Matching Skeletons).

use super::Refusal;
use super::pattern::{length_of, with_lengths};
use icu_datetime::fieldsets::builder::{DateFields, FieldSetBuilder, ZoneStyle};
use icu_datetime::fieldsets::enums::CompositeFieldSet;
use icu_datetime::options::{Alignment, Length, SubsecondDigits, TimePrecision, YearStyle};
use serde::Deserialize;

const MONTHS: &[char] = &['M', 'L'];

/// The options that choose fields, checked by `prelude/intl/dates.js`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Fields {
    date_style: Option<String>,
    time_style: Option<String>,
    weekday: Option<String>,
    era: Option<String>,
    year: Option<String>,
    month: Option<String>,
    day: Option<String>,
    day_period: Option<String>,
    hour: Option<String>,
    minute: Option<String>,
    second: Option<String>,
    fractional_second_digits: Option<u8>,
    time_zone_name: Option<String>,
}

impl Fields {
    pub(super) fn has_style(&self) -> bool {
        self.date_style.is_some() || self.time_style.is_some()
    }

    /// The pattern for these fields. `find` looks one up in the locale.
    pub(super) fn pattern(
        &self,
        find: impl Fn(CompositeFieldSet) -> Result<String, Refusal>,
    ) -> Result<String, Refusal> {
        let find = |fields: &FieldSetBuilder| mended(&find(build(fields.clone())?)?);
        if self.has_style() {
            return find(&self.by_style());
        }
        let mut fields = self.by_component()?;
        let mut pattern = find(&fields)?;
        // The middle length has the month in digits in some locales; a name was asked for.
        let has_name = |pattern: &str| length_of(pattern, MONTHS).is_some_and(|(_, length)| length > 2);
        if fields.length == Some(Length::Medium) && self.month.is_some() && !has_name(&pattern) {
            fields.length = Some(Length::Long);
            pattern = find(&fields)?;
        }
        Ok(with_lengths(&pattern, |symbol, length| self.length(symbol, length)))
    }

    fn by_style(&self) -> FieldSetBuilder {
        let mut fields = FieldSetBuilder::new();
        if let Some(style) = self.date_style.as_deref() {
            let is_full = style == "full";
            fields.date_fields = Some(if is_full { DateFields::YMDE } else { DateFields::YMD });
            fields.length = Some(match style {
                "full" | "long" => Length::Long,
                "medium" => Length::Medium,
                _ => Length::Short,
            });
        }
        if let Some(style) = self.time_style.as_deref() {
            fields.time_precision = Some(if style == "short" { TimePrecision::Minute } else { TimePrecision::Second });
            fields.zone_style = match style {
                "full" => Some(ZoneStyle::SpecificLong),
                "long" => Some(ZoneStyle::SpecificShort),
                _ => None,
            };
        }
        fields
    }

    fn by_component(&self) -> Result<FieldSetBuilder, Refusal> {
        if self.day_period.is_some() {
            return Err(Refusal::new("dayPeriod is not available"));
        }
        let mut fields = FieldSetBuilder::new();
        fields.date_fields = self.date_fields()?;
        fields.time_precision = self.time_precision()?;
        fields.zone_style = self.time_zone_name.as_deref().map(|name| match name {
            "long" => ZoneStyle::SpecificLong,
            "shortOffset" => ZoneStyle::LocalizedOffsetShort,
            "longOffset" => ZoneStyle::LocalizedOffsetLong,
            "shortGeneric" => ZoneStyle::GenericShort,
            "longGeneric" => ZoneStyle::GenericLong,
            _ => ZoneStyle::SpecificShort,
        });
        // A weekday before a time: the long pattern of the data counts minutes without their zero.
        let is_weekday_and_time = fields.date_fields == Some(DateFields::E) && fields.time_precision.is_some();
        fields.length = match (self.month.as_deref(), self.weekday.as_deref()) {
            (Some("long"), _) => Some(Length::Long),
            (Some("numeric" | "2-digit"), _) => Some(Length::Short),
            (None, Some("long")) if !is_weekday_and_time => Some(Length::Long),
            (Some(_), _) | (None, Some(_)) => Some(Length::Medium),
            (None, None) => None,
        };
        let is_two_digits = |field: &Option<String>| field.as_deref() == Some("2-digit");
        if [&self.month, &self.day, &self.hour].into_iter().any(is_two_digits) {
            fields.alignment = Some(Alignment::Column);
        }
        if self.year.is_some() {
            fields.year_style = Some(if self.era.is_some() { YearStyle::WithEra } else { YearStyle::Full });
        }
        Ok(fields)
    }

    fn date_fields(&self) -> Result<Option<DateFields>, Refusal> {
        let has = [&self.year, &self.month, &self.day, &self.weekday].map(Option::is_some);
        let fields = match has {
            [false, false, false, false] => None,
            [true, false, false, false] => Some(DateFields::Y),
            [true, true, false, false] => Some(DateFields::YM),
            [true, true, true, false] => Some(DateFields::YMD),
            [true, true, true, true] => Some(DateFields::YMDE),
            [false, true, false, false] => Some(DateFields::M),
            [false, true, true, false] => Some(DateFields::MD),
            [false, true, true, true] => Some(DateFields::MDE),
            [false, false, true, false] => Some(DateFields::D),
            [false, false, true, true] => Some(DateFields::DE),
            [false, false, false, true] => Some(DateFields::E),
            _ => return Err(no_pattern()),
        };
        if self.era.is_some() && self.year.is_none() { Err(no_pattern()) } else { Ok(fields) }
    }

    fn time_precision(&self) -> Result<Option<TimePrecision>, Refusal> {
        let has = [&self.hour, &self.minute, &self.second].map(Option::is_some);
        Ok(match (has, self.fractional_second_digits) {
            ([false, false, false], None) => None,
            ([true, false, false], None) => Some(TimePrecision::Hour),
            ([true, true, false], None) => Some(TimePrecision::Minute),
            ([true, true, true], None) => Some(TimePrecision::Second),
            ([true, true, true], Some(digits)) => {
                let digits = SubsecondDigits::try_from_int(digits).ok_or_else(no_pattern)?;
                Some(TimePrecision::Subsecond(digits))
            }
            _ => return Err(no_pattern()),
        })
    }

    /// The length of a field that has `length` in the locale's pattern.
    fn length(&self, symbol: char, length: usize) -> usize {
        let named = |option: &Option<String>| match option.as_deref() {
            Some("long") => 4,
            Some("narrow") => 5,
            _ => 3,
        };
        let two_digits = |option: &Option<String>| option.as_deref() == Some("2-digit");
        match symbol {
            'M' | 'L' if length > 2 => named(&self.month),
            'M' | 'L' if two_digits(&self.month) => 2,
            'E' | 'c' => named(&self.weekday),
            'G' => named(&self.era),
            'y' => {
                if two_digits(&self.year) {
                    2
                } else {
                    1
                }
            }
            'd' if two_digits(&self.day) => 2,
            'h' | 'H' | 'K' if two_digits(&self.hour) => 2,
            // There is always an hour in front of them.
            'm' | 's' => 2,
            _ => length,
        }
    }
}

fn build(mut fields: FieldSetBuilder) -> Result<CompositeFieldSet, Refusal> {
    if fields.date_fields.is_none() && fields.time_precision.is_none() {
        fields.length = None;
    }
    fields.build_composite().map_err(|_| no_pattern())
}

/// The pattern without the slips of the data: Bulgarian says twice what its hours are, Gaelic asks for a year of weeks.
fn mended(pattern: &str) -> Result<String, Refusal> {
    if length_of(pattern, &['Y']).is_some() { Err(no_pattern()) } else { Ok(pattern.replace("ч. ч.", "ч.")) }
}

fn no_pattern() -> Refusal {
    Refusal::new("this combination of date and time fields is not available")
}

/// What `resolvedOptions` says about the fields of a pattern, by name.
pub(super) fn described(pattern: &str) -> Vec<(&'static str, &'static str)> {
    let named = |length| match length {
        4 => "long",
        5 => "narrow",
        _ => "short",
    };
    let number = |length| if length == 2 { "2-digit" } else { "numeric" };
    let month = |length| if length > 2 { named(length) } else { number(length) };
    let zone = |(symbol, length)| match (symbol, length) {
        ('O', 4) => "longOffset",
        ('O', _) => "shortOffset",
        ('v', 4) => "longGeneric",
        ('v', _) => "shortGeneric",
        (_, 4) => "long",
        _ => "short",
    };
    let find = |symbols: &[char]| length_of(pattern, symbols);
    [
        ("weekday", find(&['E', 'c']).map(|(_, length)| named(length))),
        ("era", find(&['G']).map(|(_, length)| named(length))),
        ("year", find(&['y', 'r', 'U']).map(|(_, length)| number(length))),
        ("month", find(MONTHS).map(|(_, length)| month(length))),
        ("day", find(&['d']).map(|(_, length)| number(length))),
        ("hour", find(&['h', 'H', 'K', 'k']).map(|(_, length)| number(length))),
        ("minute", find(&['m']).map(|(_, length)| number(length))),
        ("second", find(&['s']).map(|(_, length)| number(length))),
        ("timeZoneName", find(&['z', 'O', 'v']).map(zone)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// The hour cycle that a pattern counts hours in.
pub(super) fn hour_cycle(pattern: &str) -> Option<&'static str> {
    length_of(pattern, &['h', 'H', 'K']).map(|(symbol, _)| match symbol {
        'K' => "h11",
        'h' => "h12",
        _ => "h23",
    })
}
