//! What the console gets from the server.

mod bootstrap;
mod serving;
