//! `/me`: one's own account, for people of the tenant of administrators. Their console calls it with a token that opens
//! nothing else.

mod account;
mod caller;
mod email;
mod password;

use crate::state::TenantState;
use utoipa_axum::router::OpenApiRouter;

/// Every route, with its description.
pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().merge(account::router()).merge(password::router()).merge(email::router())
}
