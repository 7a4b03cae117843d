//! Names of claims that mean something to the protocol.

pub mod protocol;
pub mod standard;
