//! What the inputs of a script have in common, which is read once for many runs.
//!
//! A service asks for token after token, and all that its script is given but a few words is what it was given before:
//! its application, its organization. The largest object of an input that came several times in a row becomes part of
//! the moment that later runs begin with. It is read from the input alone, into a realm in which nothing of the script
//! has run, so a run finds what it would have found.

use super::input::{Known, Outline};
use super::realm::{Read, Realm};
use super::session::Value;
use std::ops::Range;

/// A smaller object is read as fast as it is found.
const LEAST: usize = 256;
/// A larger one would take more memory for each script than its reading is worth.
const MOST: usize = 16 << 10;
/// Inputs in a row that must have it: making a moment looks at the whole heap, which costs more than a reading.
const TIMES: u32 = 8;

/// A script, and what its inputs have had in them.
pub(super) struct Habit {
    read: Read,
    /// The largest object of the input before, and how many in a row had it.
    last: Part,
    times: u32,
    kept: Option<Kept>,
}

#[derive(Default)]
struct Part {
    /// Where in its input it stands.
    at: usize,
    text: Vec<u8>,
}

/// A moment that has the object in it.
struct Kept {
    part: Part,
    read: Read,
}

impl Part {
    fn is_in(&self, input: &[u8]) -> bool {
        input.get(self.at..).is_some_and(|rest| rest.starts_with(&self.text))
    }
}

impl Habit {
    pub(super) fn new(read: Read) -> Self {
        Self { read, last: Part::default(), times: 0, kept: None }
    }

    /// The moment to begin a run with, and what of its input is in it.
    pub(super) fn begin(&mut self, realm: &mut Realm, input: &[u8]) -> (&Read, Option<Range<usize>>) {
        if self.times >= TIMES {
            self.times = 0;
            let part = std::mem::take(&mut self.last);
            // Without the memory for it, inputs are read as before.
            let read = realm.read_part(&self.read, &part.text);
            self.kept = read.map(|read| Kept { part, read });
        }
        match &self.kept {
            Some(Kept { part, read }) if part.is_in(input) => (read, Some(part.at..part.at + part.text.len())),
            _ => (&self.read, None),
        }
    }

    #[cfg(test)]
    pub(super) fn has_part(&self) -> bool {
        self.kept.is_some()
    }

    /// Learns from an input that was read without what is kept. `largest` is where its largest object stands.
    pub(super) fn learn(&mut self, input: &[u8], largest: Range<usize>) {
        let Some(text) = input.get(largest.clone()).filter(|text| (LEAST..=MOST).contains(&text.len())) else { return };
        if self.last.at == largest.start && self.last.text == text {
            self.times += 1;
        } else {
            self.times = 1;
            self.last.at = largest.start;
            text.clone_into(&mut self.last.text);
        }
    }
}

/// What is known of an input with an object of the moment that the run began with.
pub(super) fn outline(part: Option<Value<'_>>, place: Option<Range<usize>>) -> Outline {
    Outline { known: place.zip(part).map(|(place, value)| Known { place, value: value.raw() }), largest: 0..0 }
}
