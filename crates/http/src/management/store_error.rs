//! What a failure of the database means to a caller, when its handler has nothing more to say about it.

use crate::error::ApiError;
use signet_core::error_code::ErrorCode;
use signet_storage::{Constraint, StoreError};

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Pattern(reason) => Self::invalid_request(reason),
            StoreError::Conflict(Constraint::ApplicationSecretName) => ErrorCode::ApplicationSecretNameExists.into(),
            StoreError::Conflict(Constraint::UserUsername) => ErrorCode::UserUsernameInUse.into(),
            StoreError::Conflict(Constraint::UserEmail) => ErrorCode::UserEmailInUse.into(),
            StoreError::Conflict(Constraint::UserPhone) => ErrorCode::UserPhoneInUse.into(),
            StoreError::Conflict(Constraint::UserIdentity) => ErrorCode::UserIdentityInUse.into(),
            StoreError::Conflict(Constraint::PersonalAccessTokenName) => ErrorCode::UserTokenNameExists.into(),
            StoreError::Conflict(
                Constraint::OrganizationRoleName
                | Constraint::OrganizationScopeName
                | Constraint::OrganizationEmailDomain
                | Constraint::PendingInvitation,
            ) => ErrorCode::EntityUniqueViolation.into(),
            StoreError::MissingReference => ErrorCode::EntityForeignKeyNotFound.into(),
            StoreError::Unavailable(_) => Self::Unavailable(Box::new(error)),
            StoreError::Conflict(_)
            | StoreError::Corrupt { .. }
            | StoreError::Vault(_)
            | StoreError::Schema(_)
            | StoreError::Database(_) => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    #[test]
    fn each_failure_has_its_answer() {
        for (error, status) in [
            (StoreError::Pattern("unbalanced parenthesis".to_owned()), 400),
            (StoreError::Conflict(Constraint::ApplicationSecretName), 422),
            (StoreError::Conflict(Constraint::UserEmail), 422),
            (StoreError::Conflict(Constraint::OrganizationRoleName), 422),
            (StoreError::Conflict(Constraint::Other), 500),
            (StoreError::MissingReference, 404),
            (StoreError::Unavailable("no connection".into()), 503),
            (StoreError::Database("syntax error".into()), 500),
        ] {
            let shown = error.to_string();
            assert_eq!(ApiError::from(error).into_response().status(), status, "{shown}");
        }
    }
}
