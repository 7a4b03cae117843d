//! What is counted, and how: plain counters by the hour. Counters of several nodes add up, and so do the buckets that
//! stand for how long scripts ran, so nothing has to be read before it is counted.

use crate::script::TokenType;
use crate::time::Timestamp;
use std::time::Duration;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The hour that a moment is in, by its beginning (UTC).
#[must_use]
pub fn hour_of(at: Timestamp) -> Timestamp {
    Timestamp(at.0.div_euclid(HOUR).saturating_mul(HOUR))
}

/// The day that a moment is in, by its beginning (UTC).
#[must_use]
pub fn day_of(at: Timestamp) -> Timestamp {
    Timestamp(at.0.div_euclid(DAY).saturating_mul(DAY))
}

/// What belongs into one plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Series {
    Tokens,
    SignIns,
    /// Runs of the scripts of one kind of token.
    Script(TokenType),
}

impl Series {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::SignIns => "sign-ins",
            Self::Script(TokenType::AccessToken) => "script.access-token",
            Self::Script(TokenType::ClientCredentials) => "script.client-credentials",
        }
    }
}

/// One counter of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counter {
    /// Token requests that were answered, for people and for machines.
    UserTokens,
    MachineTokens,
    /// Token requests that were refused.
    RefusedTokens,
    SignIns,
    Registrations,
    /// Proofs that were wrong.
    FailedProofs,
    Runs,
    Failures,
    Denials,
    /// Runs that took about as long as each other.
    Took(Bucket),
}

impl Counter {
    pub fn name(self) -> String {
        match self {
            Self::Took(Bucket(bucket)) => format!("took.{bucket}"),
            Self::UserTokens => "user".to_owned(),
            Self::MachineTokens => "machine".to_owned(),
            Self::RefusedTokens => "refused".to_owned(),
            Self::SignIns => "signed-in".to_owned(),
            Self::Registrations => "registered".to_owned(),
            Self::FailedProofs => "failed-proof".to_owned(),
            Self::Runs => "runs".to_owned(),
            Self::Failures => "failures".to_owned(),
            Self::Denials => "denials".to_owned(),
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        if let Some(bucket) = name.strip_prefix("took.") {
            return bucket.parse().ok().map(|bucket| Self::Took(Bucket(bucket)));
        }
        let plain = [
            Self::UserTokens,
            Self::MachineTokens,
            Self::RefusedTokens,
            Self::SignIns,
            Self::Registrations,
            Self::FailedProofs,
            Self::Runs,
            Self::Failures,
            Self::Denials,
        ];
        plain.into_iter().find(|counter| counter.name() == name)
    }
}

/// Steps in which a duration doubles: what is read back is less than 5 % off.
const STEPS: f64 = 8.0;

/// Durations that are told apart no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bucket(u8);

impl Bucket {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was brought between the bounds before"
    )]
    pub fn of(duration: Duration) -> Self {
        let micros = (duration.as_secs_f64() * 1e6).max(1.0);
        Self((micros.log2() * STEPS).floor().clamp(0.0, 255.0) as u8)
    }

    /// Milliseconds in the middle of it.
    pub fn millis(self) -> f64 {
        ((f64::from(self.0) + 0.5) / STEPS).exp2() / 1000.0
    }
}

/// The duration below which this part of the runs stayed, in milliseconds. `None`: there was no run.
pub fn percentile(buckets: &[(Bucket, i64)], part: f64) -> Option<f64> {
    let total: i64 = buckets.iter().map(|(_, count)| count).sum();
    if total <= 0 {
        return None;
    }
    let mut sorted = buckets.to_vec();
    sorted.sort_by_key(|(bucket, _)| *bucket);
    #[expect(clippy::cast_precision_loss, reason = "counts of an hour are far below 2^52")]
    let wanted = (total as f64 * part).ceil();
    let mut so_far = 0;
    let found = sorted.iter().find(|(_, count)| {
        so_far += count;
        #[expect(clippy::cast_precision_loss, reason = "counts of an hour are far below 2^52")]
        let reached = so_far as f64 >= wanted;
        reached
    });
    found.or(sorted.last()).map(|(bucket, _)| bucket.millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_read_back_by_their_names() {
        for counter in [Counter::UserTokens, Counter::Denials, Counter::Took(Bucket::of(Duration::from_millis(3)))] {
            assert_eq!(Counter::parse(&counter.name()), Some(counter));
        }
        assert_eq!(Counter::parse("took.1000"), None);
        assert_eq!(Counter::parse("other"), None);
    }

    #[test]
    fn a_duration_is_read_back_nearly_as_it_was() {
        for micros in [1_u64, 7, 100, 999, 71_000, 5_000_000, 10_000_000] {
            let millis = Bucket::of(Duration::from_micros(micros)).millis();
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let exact = micros as f64 / 1000.0;
            assert!((millis / exact - 1.0).abs() < 0.05, "{micros} µs became {millis} ms");
        }
        assert!(Bucket::of(Duration::ZERO).millis() < 0.002);
        assert!(Bucket::of(Duration::MAX).millis() > 1e6);
    }

    #[test]
    fn percentiles_are_of_all_runs() {
        let bucket = |millis| Bucket::of(Duration::from_millis(millis));
        let about = |found: Option<f64>, millis: f64| (found.unwrap() / millis - 1.0).abs() < 0.1;
        let mixed = [(bucket(100), 2), (bucket(1), 98)];
        assert!(about(percentile(&mixed, 0.5), 1.0));
        assert!(about(percentile(&mixed, 0.98), 1.0));
        assert!(about(percentile(&mixed, 0.99), 100.0));
        assert_eq!(percentile(&[], 0.5), None);
        assert_eq!(percentile(&[(bucket(1), 0)], 0.5), None);
    }

    #[test]
    fn hours_and_days_begin_where_those_of_utc_do() {
        let at = Timestamp(1_767_323_045_000);
        assert_eq!(hour_of(at), Timestamp(1_767_322_800_000));
        assert_eq!(day_of(at), Timestamp(1_767_312_000_000));
        assert_eq!(day_of(Timestamp(-1)), Timestamp(-DAY));
    }
}
