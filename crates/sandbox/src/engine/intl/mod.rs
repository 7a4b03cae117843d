//! What the natives behind `Intl` compute, by ICU4X and its compiled-in CLDR data.
//!
//! All of it is a function of the arguments. A realm knows a formatter by its specification, a text that says all
//! about it, so nothing here is part of a realm; [`kept`] saves building the same formatter again. Reading options, and
//! the objects that scripts see, are in `prelude/intl`.
//!
//! What ICU4X cannot do is refused, which scripts see as a `RangeError`. No answer is made up.

pub(super) mod collation;
mod currency;
pub(super) mod date;
mod digits;
mod fields;
mod kept;
pub(super) mod locale;
pub(super) mod number;
mod parts;
mod pattern;
pub(super) mod plural;
mod provider;
mod sign;
mod systems;
mod value;
mod zone;

use serde::de::DeserializeOwned;
use std::borrow::Cow;

pub(super) use parts::{Part, joined};

/// Bytes of a specification, or of the options that one is made from.
const MAX_SPECIFICATION: usize = 2 << 10;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) Cow<'static, str>);

impl Refusal {
    fn new(reason: &'static str) -> Self {
        Self(Cow::Borrowed(reason))
    }

    fn told(reason: String) -> Self {
        Self(Cow::Owned(reason))
    }

    /// ICU4X has no data where its locale fallback promises some.
    fn no_data<E>(_: E) -> Self {
        Self::new("there is no data for this in the locale")
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    let is_short = json.len() <= MAX_SPECIFICATION;
    is_short.then(|| serde_json::from_str(json).ok()).flatten().ok_or(Refusal::new("the options are not readable"))
}
