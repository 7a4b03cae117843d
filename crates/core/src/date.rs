//! Days of the calendar, as `YYYY-MM-DD`, in UTC.

use crate::time::Timestamp;
use std::fmt;
use std::str::FromStr;

const DAY: i64 = 86_400_000;

/// A day that exists.
///
/// ```
/// use signet_core::date::Date;
/// assert_eq!("2024-02-29".parse::<Date>().unwrap().to_string(), "2024-02-29");
/// assert!("2023-02-29".parse::<Date>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Since 1970-01-01.
    days: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a date is written like `2026-01-31`")]
pub struct InvalidDate;

impl Date {
    /// The day that a moment is in.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self { days: at.0.div_euclid(DAY) }
    }

    /// Its first moment.
    #[must_use]
    pub fn beginning(self) -> Timestamp {
        Timestamp(self.days.saturating_mul(DAY))
    }

    /// Counts years from March on, so that the day that is sometimes missing is the last one.
    fn from_civil(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Self { days: days - 719_468 }
    }

    fn civil(self) -> (i64, i64, i64) {
        let shifted = self.days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        (era * 400 + year + i64::from(month <= 2), month, day)
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut parts = text.split('-').map(|part| {
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse::<i64>().ok() } else { None }
        });
        let (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvalidDate);
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(InvalidDate);
        }
        let date = Self::from_civil(year, month, day);
        // A day that its month does not have is written in another way; and so is a year that is too short or long.
        if date.to_string() == text { Ok(date) } else { Err(InvalidDate) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_and_read() {
        for (text, days) in [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2026-01-02", 20_455)] {
            let date: Date = text.parse().unwrap();
            assert_eq!((date.days, date.to_string().as_str()), (days, text));
            assert_eq!(Date::of(Timestamp(date.beginning().0 + DAY - 1)), date);
        }
        for days in (-800_000..800_000).step_by(97) {
            let date = Date { days };
            assert_eq!(
                date.to_string().parse::<Date>().ok().filter(|_| date.civil().0 >= 0),
                Some(date).filter(|_| date.civil().0 >= 0)
            );
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026-1-2",
            "2026-02-30",
            "2026-13-01",
            "2026-00-01",
            "20260102",
            "2026-01-02-03",
            "-1-01-01",
            "2026-01-+2",
            "99999-01-01x",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
