//! People: what they prove with, what they may call themselves, and their way through a sign-in. Passwords are hashed
//! here, on threads of their own.
//!
//! No token and no HTTP type is named here.

pub mod code;
pub mod email_blocklist;
pub mod experience;
pub mod identifier;
pub mod identity;
pub mod invitation;
pub mod message;
mod one_time_token;
pub mod own_account;
pub mod password;
pub mod policy;
mod sentinel;
pub mod settings;
pub mod users;
