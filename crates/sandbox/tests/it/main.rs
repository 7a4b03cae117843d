//! What the sandbox promises, proved through real worker processes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

mod attack_folder;
mod attacks;
mod contract;
mod fetch;
mod intl;
mod jail;
mod jwt;
mod liars;
mod pool;
mod support;
mod tenants;
mod web;
mod wpt;
