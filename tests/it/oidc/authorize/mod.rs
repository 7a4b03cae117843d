//! People are sent here by applications, and sent back.

mod code_flow;
