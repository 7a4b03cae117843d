//! Conformance stories of the storage crate: each runs on SQLite and on PostgreSQL, and both must answer the same.
//!
//! `scripts/with-postgres cargo test -p signet-storage` starts the server that the stories need.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story stops at the first surprise"
)]

#[macro_use]
mod harness;

mod application;
mod assertion;
mod audit;
mod backed;
mod cache;
mod config;
mod constraint;
mod exchange;
mod invitation;
mod key;
mod membership;
mod migration;
mod node;
mod organization;
mod plan;
mod proof;
mod resource;
mod role;
mod scope;
mod script;
mod search;
mod secret;
mod sign_in;
mod statement;
mod statistics;
mod tenant;
mod text;
mod third_party;
mod transaction;
mod user;
mod user_identity;
