//! What operators rely on.

mod audit_retention;
mod backup;
mod cleanup;
mod configuration;
mod crash;
mod process;
mod sandbox_loss;
mod seed;
