//! Measuring while nobody else uses the machine, as far as that can be had.

use crate::numbers::float;
use crate::process::Tree;
use crate::{Plan, machine, say};
use anyhow::{Context as _, Result};
use std::time::Instant;

/// Other processes' share of the machine beyond which a measurement is repeated.
pub(crate) const DISTURBED: f64 = 0.05;

/// What was measured, and other processes' share of the machine meanwhile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watched<T> {
    pub(crate) value: T,
    pub(crate) others: f64,
}

/// The first measurement that nobody disturbed, or the least disturbed one of `1 + repeats`.
///
/// For what this program and its children do; another server's share would count as somebody else's.
pub(crate) async fn undisturbed<T>(repeats: usize, measure: impl AsyncFn() -> Result<T>) -> Result<Watched<T>> {
    let mut found: Vec<Watched<T>> = Vec::new();
    loop {
        let (begun, before) = (Instant::now(), (machine::busy()?, ours()?));
        let value = measure().await?;
        let (all, ours) = (machine::busy()?.saturating_sub(before.0), ours()?.saturating_sub(before.1));
        let processors = float(std::thread::available_parallelism()?.get() as u64);
        let others = all.saturating_sub(ours).as_secs_f64() / (begun.elapsed().as_secs_f64() * processors);
        found.push(Watched { value, others });
        if others <= DISTURBED || found.len() > repeats {
            break;
        }
        say(format_args!("  again: other processes took {:.0} % of the machine", others * 100.0));
    }
    found.into_iter().min_by(|one, other| one.others.total_cmp(&other.others)).context("nothing was measured")
}

/// The measurement with the median cost of several rounds, each as undisturbed as can be.
pub(crate) async fn typical<T>(
    plan: &Plan,
    cost: impl Fn(&T) -> f64,
    measure: impl AsyncFn() -> Result<T>,
) -> Result<Watched<T>> {
    let mut rounds = Vec::new();
    for _ in 0..plan.rounds {
        rounds.push(undisturbed(plan.repeats, &measure).await?);
    }
    rounds.sort_by(|one, other| cost(&one.value).total_cmp(&cost(&other.value)));
    let middle = rounds.len() / 2;
    rounds.into_iter().nth(middle).context("nothing was measured")
}

fn ours() -> Result<std::time::Duration> {
    Tree::own().cpu()
}
