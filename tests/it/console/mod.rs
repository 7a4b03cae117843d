//! What the console gets from the server.

mod bootstrap;
mod dashboard;
mod own_account;
mod script_editor;
mod serving;
