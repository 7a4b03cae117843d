//! The routes of the pages. A page is opened with the interaction of its browser, and its form changes that interaction
//! through the same steps as the Experience API; what comes next is decided by how the step ended.

mod asked;
mod consent;
mod device;
mod file;
mod first;
mod link;
mod next;
mod open;
mod reset;
mod single;
mod step;

pub(crate) use open::frame_of;

use crate::console::ConsolePlace;
use crate::state::TenantState;
use axum::Router;
use axum::routing::get;

/// Everything that people see. The root is the console's where there is one.
pub(crate) fn router(console: &ConsolePlace) -> Router<TenantState> {
    let pages = match console {
        ConsolePlace::Here(_) => Router::new(),
        ConsolePlace::At(_) => Router::new().route("/", get(single::root)),
    };
    pages
        .route("/sign-in", get(first::sign_in).post(first::signs_in))
        .route("/sign-in/password", get(first::sign_in).post(first::signs_in))
        .route("/identifier-sign-in", get(first::sign_in).post(first::signs_in))
        .route("/single-sign-on", get(first::sign_in).post(first::signs_in))
        .route("/register", get(first::register).post(first::registers))
        .route("/identifier-register", get(first::register).post(first::registers))
        .route("/forgot-password", get(reset::forgot).post(reset::forgets))
        .route("/reset-password", get(reset::forgot).post(reset::forgets))
        .route("/forgot-password/reset", get(reset::new_password).post(reset::resets))
        .route("/sign-in/verification-code", get(step::code).post(step::shows_code))
        .route("/register/verification-code", get(step::code).post(step::shows_code))
        .route("/forgot-password/verification-code", get(step::code).post(step::shows_code))
        .route("/continue/verification-code", get(step::code).post(step::shows_code))
        .route("/continue/{missing}", get(step::missing).post(step::adds))
        .route("/one-time-token", get(link::shown).post(link::uses))
        .route("/consent", get(consent::get).post(consent::post))
        .route("/device", get(device::get))
        .route("/device/success", get(device::success))
        .route("/unknown-session", get(single::unknown_session))
        .route("/account-suspended", get(single::account_suspended))
        .route("/assets/{file}", get(file::get))
}
