//! The hosted pages, by somebody without script. What only a real browser shows is in `tests/browser`.

mod consent;
mod forms;
mod looks;
mod sign_in;
