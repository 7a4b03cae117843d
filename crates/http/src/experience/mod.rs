//! The Experience API: the steps of a sign-in, for the page that a person sees. And the deprecated interaction routes,
//! which are the same steps in other words.
//!
//! Handlers read what comes in, take one step of `signet_identity::experience`, and answer. They decide nothing.

mod interaction;
mod legacy;
mod profile;
mod refusal;
mod requests;
mod verification;
mod visiting;

use crate::state::TenantState;
use utoipa_axum::router::OpenApiRouter;

/// Every route below `/api/experience` and `/api/interaction` but consent.
pub(crate) fn api() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .merge(interaction::router())
        .merge(verification::router())
        .merge(profile::router())
        .merge(legacy::router())
}
