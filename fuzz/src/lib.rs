//! What the fuzz targets do, as plain functions. A target panics when a promise of the code is broken.
//!
//! `cargo test` replays the committed seeds; `run.sh SECONDS` searches for more with libFuzzer.

pub mod arena;
pub mod client_assertion;
pub mod fetch_arguments;
pub mod script;
pub mod server_frames;
pub mod token_form;
pub mod worker_frames;
