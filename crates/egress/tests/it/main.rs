//! The guard from outside. Names and connections are the tests' own: a name has the addresses that a test gives it, and
//! every connection ends at a receiver on loopback, whatever address it was meant for. No foreign address is called.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a story that cannot go on must stop")]

mod destinations;
mod exchanges;
mod http2;
mod limits;
mod redirects;
mod support;
