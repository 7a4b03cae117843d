//! What a tenant demands of passwords and usernames. Pure, but for the question whether a password is known to the
//! world, which needs somebody to ask.

pub mod breach;
pub mod password;
mod phrases;
pub mod username;
