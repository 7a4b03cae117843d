//! The calendars that dates can be shown in.

use super::Refusal;
use super::parts::Sink;
use icu_calendar::cal::{self, Hijri, hijri};
use icu_calendar::preferences::CalendarPreferences;
use icu_calendar::{AnyCalendarKind, Iso};
use icu_datetime::fieldsets::enums::CompositeFieldSet;
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_locale::Locale;
use icu_time::zone::UtcOffset;
use icu_time::zone::models::AtTime;
use icu_time::{DateTime, TimeZone, TimeZoneInfo, ZonedDateTime};
use writeable::TryWriteable;

/// A moment by the clock of a place.
pub(super) type Local = ZonedDateTime<Iso, TimeZoneInfo<AtTime>>;

/// A pattern with the names it needs.
pub(super) trait Writer {
    fn write(&self, moment: &Local, sink: &mut Sink) -> Result<(), Refusal>;
}

/// How one calendar is handled.
pub(super) struct System {
    pub(super) name: &'static str,
    kind: AnyCalendarKind,
    pub(super) pattern: fn(DateTimeFormatterPreferences, CompositeFieldSet) -> Result<String, Refusal>,
    pub(super) writer: fn(DateTimeFormatterPreferences, DateTimePattern) -> Result<Box<dyn Writer>, Refusal>,
}

struct Words<C> {
    calendar: C,
    names: FixedCalendarDateTimeNames<C, CompositeFieldSet>,
    pattern: DateTimePattern,
}

macro_rules! systems {
    ($($name:literal, $kind:ident, $type:ty, $value:expr;)*) => {
        /// All of them.
        pub(super) const SYSTEMS: &[System] = &[$(System {
            name: $name,
            kind: AnyCalendarKind::$kind,
            pattern: |preferences, fields| {
                let formatter = FixedCalendarDateTimeFormatter::<$type, CompositeFieldSet>::try_new(preferences, fields);
                let formatter = formatter.map_err(Refusal::no_data)?;
                let moment = example();
                let date = moment.date.to_calendar($value);
                let moment = ZonedDateTime { date, time: moment.time, zone: moment.zone };
                Ok(formatter.format(&moment).pattern().to_string())
            },
            writer: |preferences, pattern| {
                let names = FixedCalendarDateTimeNames::<$type, CompositeFieldSet>::try_new(preferences);
                let mut names = names.map_err(Refusal::no_data)?;
                names.include_for_pattern(&pattern).map_err(Refusal::no_data)?;
                Ok(Box::new(Words { calendar: $value, names, pattern }))
            },
        }),*];

        $(impl Writer for Words<$type> {
            fn write(&self, moment: &Local, sink: &mut Sink) -> Result<(), Refusal> {
                let date = moment.date.to_calendar(self.calendar);
                let moment = ZonedDateTime { date, time: moment.time, zone: moment.zone };
                let text = self.names.with_pattern_unchecked(&self.pattern).format(&moment);
                let written = text.try_write_to_parts(sink).map_err(Refusal::no_data)?;
                written.map_err(Refusal::no_data)
            }
        })*
    };
}

systems! {
    "gregory", Gregorian, cal::Gregorian, cal::Gregorian;
    "buddhist", Buddhist, cal::Buddhist, cal::Buddhist;
    "islamic-umalqura", HijriUmmAlQura, Hijri<hijri::UmmAlQura>, Hijri::new_umm_al_qura();
    "japanese", Japanese, cal::Japanese, cal::Japanese::new();
    "persian", Persian, cal::Persian, cal::Persian;
    "roc", Roc, cal::Roc, cal::Roc;
}

/// Some moment: patterns are only told of formatted dates.
fn example() -> Local {
    let moment = ZonedDateTime::from_epoch_milliseconds_and_utc_offset(1_583_420_523_000, UtcOffset::zero());
    let clock = DateTime { date: moment.date, time: moment.time };
    let zone = TimeZone::UNKNOWN.with_offset(Some(UtcOffset::zero())).at_date_time(clock);
    ZonedDateTime { date: moment.date, time: moment.time, zone }
}

/// The calendar that is usual in a locale.
pub(super) fn usual(locale: &Locale) -> Result<&'static System, Refusal> {
    let kind = AnyCalendarKind::try_new(CalendarPreferences::from(locale)).map_err(Refusal::no_data)?;
    let found = SYSTEMS.iter().find(|system| system.kind == kind);
    found.ok_or(Refusal::new("the calendar of this locale is not available"))
}

pub(super) fn named(name: &str) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.name == name)
}
