//! People: what they prove with, and what they may call themselves. Passwords are hashed here, on threads of their own.
//!
//! No token and no HTTP type is named here.

pub mod email_blocklist;
pub mod identifier;
pub mod password;
pub mod policy;
pub mod users;
