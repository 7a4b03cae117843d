//! Runs one JavaScript function on one JSON value under limits.
//!
//! A [`Pool`] keeps confined worker processes. Each run gets a fresh realm in one of them, and a worker serves one
//! tenant only. The crate knows nothing about tokens, users or databases.
//!
//! Two walls stand between a script and the server: the engine (no host objects, limits on time, memory, stack and
//! output) and the process jail (see [`Protection`]). The server trusts nothing that a worker says.

mod broker;
mod clock;
mod engine;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod jail;
mod limits;
mod outcome;
mod pool;
mod protection;
mod script;
mod wire;
mod worker;

pub use broker::{FetchRequest, FetchResponse, Fetcher, NoNetwork, RedirectMode};
pub use limits::Limits;
pub use outcome::{LogLevel, LogLine, Outcome, Run};
pub use pool::{Circuit, CircuitConfig, Pool, PoolConfig, PoolStats, RunRequest, WorkerCommand, thread_started};
pub use protection::{Barrier, Protection, Wall, WallState};
pub use script::Script;
pub use worker::{worker_main, worker_probe};

/// What scripts find in their world, declared in TypeScript for editors.
pub const WEB_TYPES: &str = include_str!("engine/prelude/web.d.ts");
