//! The Signet server: configuration, wiring, commands and background work. Tests use [`app::App`] with other
//! dependencies; there is no second way to put the parts together.

pub mod app;
mod breach;
pub mod commands;
pub mod config;
mod console;
pub mod deps;
mod egress;
mod memory;
mod people;
mod script_fetch;
pub mod seed;
pub mod server;
pub mod telemetry;
pub mod worker;
