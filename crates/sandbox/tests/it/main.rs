//! What the sandbox promises, proved through real worker processes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

mod attacks;
mod contract;
mod fetch;
mod intl;
mod jail;
mod liars;
mod pool;
mod support;
mod web;
