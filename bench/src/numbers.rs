//! Numbers as figures.

use std::time::Duration;

/// Counts and bytes as a figure.
#[expect(clippy::cast_precision_loss, reason = "figures have three digits, not sixteen")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}

/// Of several measurements.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

pub(crate) fn megabytes(bytes: u64) -> f64 {
    float(bytes) / 1e6
}

/// How long each of many things took, in order of duration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Latencies(Vec<Duration>);

impl Latencies {
    pub(crate) fn new(mut each: Vec<Duration>) -> Self {
        each.sort_unstable();
        Self(each)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that so many of a thousand do not exceed, in microseconds.
    pub(crate) fn at(&self, of_thousand: usize) -> f64 {
        let place = (self.0.len() * of_thousand / 1000).min(self.0.len().saturating_sub(1));
        self.0.get(place).copied().map_or(f64::NAN, micros)
    }
}
