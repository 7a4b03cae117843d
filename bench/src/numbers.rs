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
