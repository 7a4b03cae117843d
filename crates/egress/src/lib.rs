//! The egress guard: every request that Signet sends to somebody else goes through [`Egress::send`].
//!
//! Many of the URLs come from people who may not reach what the server can reach: authors of claims scripts, owners of
//! applications. So the guard decides where a connection may go, and the decision is about the address that is really
//! connected to. A name is resolved once, its addresses are vetted, and the connection goes to one of those.
//!
//! What is decided without I/O is in [`address`], [`port`] and [`policy`]; what is done is in `connect` and `exchange`.

pub mod address;
pub mod allow;
mod body;
pub mod cidr;
mod connect;
mod connection;
pub mod error;
mod exchange;
mod guard;
mod headers;
pub mod limits;
pub mod network;
pub mod policy;
pub mod port;
mod redirect;
pub mod request;
mod target;
mod tls;

pub use allow::{AllowEntry, AllowList, InvalidEntry};
pub use error::EgressError;
pub use guard::{Egress, EgressConfig, Lane, Purpose, SCRIPT_DEPTH};
pub use limits::Limits;
pub use network::{Dial, Network, Resolve, Roots};
pub use policy::Policy;
pub use request::{Redirect, Request, Response};
