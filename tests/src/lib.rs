//! What stories are told with: a Signet over a fresh database with a frozen clock and seeded randomness, people and
//! machines that call it, and answers that can be asked about.
//!
//! The parts are put together by `App::build`, as in production. `SIGNET_TEST_DB=postgres` tells the same stories on
//! PostgreSQL, whose server `SIGNET_TEST_POSTGRES` names.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a story that cannot go on must stop"
)]

mod answer;
pub mod browser;
pub mod console;
mod database;
mod experience;
mod machine;
mod management;
mod organizations;
mod outside;
pub mod page;
pub mod people;
pub mod process;
mod round_trips;
pub mod shopping;
mod signed_in;
mod signet;
pub mod token;

pub use answer::Answer;
pub use browser::Browser;
pub use console::{Administrator, CONSOLE_PAGE};
pub use experience::{PASSWORD, email, username};
pub use machine::Machine;
pub use outside::Receiver;
pub use people::Client;
pub use round_trips::RoundTrips;
pub use signed_in::{Code, SignIn};
pub use signet::{Signet, SignetBuilder};

/// 2026-01-02T03:04:05Z: when every story begins.
pub const START: signet_core::time::Timestamp = signet_core::time::Timestamp(1_767_323_045_000);
