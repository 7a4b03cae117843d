//! The way through a sign-in, a registration and a forgotten password, over the Experience API.

mod administrator;
mod audit;
mod enumeration;
mod forgot_password;
mod legacy;
mod lockout;
mod one_time_tokens;
mod order;
mod phrases;
mod register;
mod settings;
mod sign_in;
mod verification_codes;
