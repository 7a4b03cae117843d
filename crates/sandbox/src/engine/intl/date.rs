//! `Intl.DateTimeFormat`.

use super::fields::{Fields, described, hour_cycle};
use super::kept::Kept;
use super::locale::{Resolution, parse};
use super::parts::{Part, Sink};
use super::systems::{self, Local, SYSTEMS, Writer};
use super::zone::{self, Zone};
use super::{Refusal, read};
use icu_datetime::DateTimeFormatterPreferences;
use icu_datetime::pattern::DateTimePattern;
use icu_datetime::preferences::HourCycle;
use icu_locale::Locale;
use icu_locale::extensions::unicode::key;
use icu_time::{DateTime, ZonedDateTime};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;

/// The moments that a date of a script can have, in milliseconds (ECMA-262 §21.4.1.31, `TimeClip`).
const MAX_MOMENT: f64 = 8.64e15;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    calendar: Option<String>,
    numbering_system: Option<String>,
    hour_cycle: Option<String>,
    hour12: Option<bool>,
    time_zone: String,
    #[serde(default)]
    fields: Fields,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Specification {
    /// With all keywords.
    locale: String,
    calendar: String,
    time_zone: String,
    pattern: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resolved {
    locale: String,
    calendar: &'static str,
    numbering_system: String,
    time_zone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour_cycle: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour12: Option<bool>,
    fields: serde_json::Map<String, serde_json::Value>,
}

pub(in super::super) struct Format {
    zone: Zone,
    writer: Box<dyn Writer>,
}

thread_local! {
    static FORMATS: RefCell<Kept<Format>> = const { RefCell::new(Kept::new()) };
    /// Choosing a pattern takes longer than using it.
    static OPENED: RefCell<Kept<[String; 2]>> = const { RefCell::new(Kept::new()) };
}

/// The specification for a language tag with options, and what scripts see of it.
pub(in super::super) fn open(tag: &str, options: &str) -> Result<Rc<[String; 2]>, Refusal> {
    OPENED.with_borrow_mut(|kept| kept.get(&format!("{tag} {options}"), || resolve(tag, options)))
}

fn resolve(tag: &str, options: &str) -> Result<[String; 2], Refusal> {
    let options: Options = read(options)?;
    let time_zone = zone::canonical(&options.time_zone)
        .ok_or_else(|| Refusal::told(format!("there is no time zone `{}`", options.time_zone)))?;
    let mut resolution = Resolution::new(tag)?;
    let is_known = |name: &str| systems::named(name).is_some();
    let asked = resolution.keyword(key!("ca"), options.calendar.as_deref(), is_known);
    let numbering_system = resolution.numbering_system(options.numbering_system.as_deref())?;
    let is_cycle = |name: &str| matches!(name, "h11" | "h12" | "h23");
    if options.hour12.is_none() {
        resolution.keyword(key!("hc"), options.hour_cycle.as_deref(), is_cycle);
    }
    let system = asked.as_deref().and_then(systems::named).map_or_else(|| systems::usual(&resolution.full), Ok)?;
    let mut preferences = DateTimeFormatterPreferences::from(&resolution.full);
    if let Some(hour12) = options.hour12 {
        preferences.hour_cycle = Some(if hour12 { twelve_hours(&resolution.full) } else { HourCycle::Clock24 });
    }
    let pattern = options.fields.pattern(|fields| (system.pattern)(preferences, fields))?;
    let cycle = hour_cycle(&pattern);
    let mut fields = serde_json::Map::new();
    if !options.fields.has_style() {
        fields.extend(described(&pattern).into_iter().map(|(name, value)| (name.to_owned(), value.into())));
    }
    let resolved = Resolved {
        locale: resolution.seen.to_string(),
        calendar: system.name,
        numbering_system,
        time_zone: time_zone.clone(),
        hour_cycle: cycle,
        hour12: cycle.map(|cycle| cycle != "h23"),
        fields,
    };
    let (locale, calendar) = (resolution.full.to_string(), system.name.to_owned());
    let specification = Specification { locale, calendar, time_zone, pattern };
    let json = |text: serde_json::Result<String>| text.map_err(Refusal::no_data);
    Ok([json(serde_json::to_string(&specification))?, json(serde_json::to_string(&resolved))?])
}

/// Noon is 0 in Japan and 12 elsewhere; ICU4X does not tell them apart when it is asked for twelve hours only.
fn twelve_hours(locale: &Locale) -> HourCycle {
    let is_japan = match locale.id.region {
        Some(region) => region.as_str() == "JP",
        None => locale.id.language.as_str() == "ja",
    };
    if is_japan { HourCycle::H11 } else { HourCycle::H12 }
}

/// The formatter that a specification says all about.
pub(in super::super) fn format(specification: &str) -> Result<Rc<Format>, Refusal> {
    FORMATS.with_borrow_mut(|kept| kept.get(specification, || Format::build(&read(specification)?)))
}

/// The calendars that dates can be shown in.
pub(in super::super) fn calendars() -> Vec<&'static str> {
    SYSTEMS.iter().map(|system| system.name).collect()
}

pub(in super::super) fn time_zones() -> Vec<&'static str> {
    zone::all()
}

impl Format {
    fn build(wanted: &Specification) -> Result<Self, Refusal> {
        let locale: Locale = parse(&wanted.locale)?;
        let pattern = DateTimePattern::try_from_pattern_str(&wanted.pattern).map_err(Refusal::no_data)?;
        let system = systems::named(&wanted.calendar).ok_or(Refusal::new("the calendar is not available"))?;
        Ok(Self { zone: Zone::load(&wanted.time_zone)?, writer: (system.writer)((&locale).into(), pattern)? })
    }

    /// `moment` is the value of a date of a script.
    pub(in super::super) fn parts(&self, moment: f64) -> Result<Vec<Part>, Refusal> {
        if !(-MAX_MOMENT..=MAX_MOMENT).contains(&moment) {
            return Err(Refusal::new("the date is not valid"));
        }
        #[expect(clippy::cast_possible_truncation, reason = "within the range checked above")]
        let moment = moment as i64;
        let mut sink = Sink::new(kind);
        self.writer.write(&self.local(moment)?, &mut sink)?;
        let mut parts = sink.parts();
        // As in all browsers: scripts look for an ordinary space in front of "PM".
        for part in &mut parts {
            part.text = part.text.replace(['\u{202f}', '\u{2009}'], " ");
        }
        Ok(parts)
    }

    fn local(&self, moment: i64) -> Result<Local, Refusal> {
        let offset = self.zone.offset_at(moment)?;
        let local = ZonedDateTime::from_epoch_milliseconds_and_utc_offset(moment, offset);
        let clock = DateTime { date: local.date, time: local.time };
        let zone = self.zone.id.with_offset(Some(offset)).at_date_time(clock);
        Ok(ZonedDateTime { date: local.date, time: local.time, zone })
    }
}

/// The kind of a part within one of another kind: digits are of their field, but a second has a fraction.
fn kind(outer: &'static str, part: writeable::Part) -> &'static str {
    match (part.category, outer, part.value) {
        ("datetime", ..) => part.value,
        (_, "second", "decimal") => "literal",
        (_, "second", "fraction") => "fractionalSecond",
        _ => outer,
    }
}
