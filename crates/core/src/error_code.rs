//! Codes of Management API errors: a promise to clients. The text may change, the code may not.
//!
//! Which status a code is answered with is decided where HTTP is known.

macro_rules! error_codes {
    ($($name:ident = $code:literal, $message:literal;)*) => {
        /// What went wrong, as clients know it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $(#[doc = concat!("`", $code, "`")] $name,)*
        }

        impl ErrorCode {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The dotted code.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The English text. `{placeholders}` are filled by whoever answers.
            pub fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)* }
            }
        }
    };
}

error_codes! {
    ApplicationConsentManagementApi = "application.consent_management_api_scopes_not_allowed", "Third-party applications cannot ask for permissions of the Management API.";
    ApplicationConsentScopesNotFound = "application.user_consent_scopes_not_found", "Some of the permissions do not exist.";
    ApplicationDeleteCustomDomainsFirst = "application.should_delete_custom_domains_first", "Delete the custom domains of the application first.";
    ApplicationDeviceFlowNativeOnly = "application.device_flow_native_only", "Only native applications can use the device flow.";
    ApplicationDeviceFlowNotChangeable = "application.device_flow_not_changeable", "The device flow cannot be switched on or off once the application exists.";
    ApplicationInvalidRoleType = "application.invalid_role_type", "Only machine-to-machine roles can be given to an application.";
    ApplicationInvalidThirdPartyType = "application.invalid_third_party_application_type", "Only traditional, single-page and native applications can be third-party applications.";
    ApplicationInvalidType = "application.invalid_type", "This operation is not available for applications of this type.";
    ApplicationNoLegacySecret = "application.no_legacy_secret_found", "The application has no legacy secret.";
    ApplicationProtectedMetadataRequired = "application.protected_app_metadata_is_required", "A protected application needs `protectedAppMetadata`.";
    ApplicationProtectedNotConfigured = "application.protected_app_not_configured", "The service behind protected applications is not configured.";
    ApplicationProtectedOnly = "application.protected_application_only", "This operation is only available for protected applications.";
    ApplicationProtectedSubdomainExists = "application.protected_application_subdomain_exists", "The subdomain of the protected application is already in use.";
    ApplicationRoleExists = "application.role_exists", "The application already has the role `{roleId}`.";
    ApplicationSamlUseSamlApi = "application.saml.use_saml_app_api", "Use the SAML application API for applications of type SAML.";
    ApplicationSecretNameExists = "application.secret_name_exists", "The application already has a secret with this name.";
    ApplicationThirdPartyOnly = "application.third_party_application_only", "This operation is only available for third-party applications.";
    ApplicationThirdPartyTokenExchange = "application.third_party_application_cannot_enable_token_exchange", "Token exchange is not available for third-party applications.";
    AuthForbidden = "auth.forbidden", "Forbidden. Check the permissions of the caller.";
    AuthHeaderMissing = "auth.authorization_header_missing", "The authorization header is missing.";
    AuthJwtSubMissing = "auth.jwt_sub_missing", "The access token has no `sub` claim.";
    AuthTokenTypeNotSupported = "auth.authorization_token_type_not_supported", "The authorization type is not supported.";
    AuthUnauthorized = "auth.unauthorized", "Unauthorized. Check the access token and how it was obtained.";
    ConnectorNotFound = "connector.not_found", "Nothing is configured that sends messages of the type `{type}`.";
    EntityConstraintViolated = "entity.db_constraint_violated", "The input breaks a constraint of the data model.";
    EntityCreateFailed = "entity.create_failed", "Could not create {name}.";
    EntityForeignKeyNotFound = "entity.relation_foreign_key_not_found", "A referenced entity does not exist.";
    EntityInvalidInput = "entity.invalid_input", "The input is not valid: at least one value must be given.";
    EntityNotExists = "entity.not_exists", "The {name} does not exist.";
    EntityNotExistsWithId = "entity.not_exists_with_id", "The {name} with id `{id}` does not exist.";
    EntityNotFound = "entity.not_found", "The resource does not exist.";
    EntityUniqueViolation = "entity.unique_integrity_violation", "The entity already exists.";
    EntityValueTooLong = "entity.value_too_long", "A value is longer than its field allows.";
    GuardInvalidInput = "guard.invalid_input", "Invalid input in the request's {type}.";
    GuardInvalidPagination = "guard.invalid_pagination", "`page` must be at least 1, and `page_size` between 1 and 100.";
    JwtCustomizerAdminTenant = "jwt_customizer.can_not_create_for_admin_tenant", "The admin tenant cannot have claims scripts.";
    JwtCustomizerGeneral = "jwt_customizer.general", "The claims script failed.";
    LocalizationDefaultLanguage = "localization.cannot_delete_default_language", "The language `{languageTag}` is the fallback language and cannot be deleted.";
    LocalizationInvalidTranslation = "localization.invalid_translation_structure", "The translation has keys that the English phrases do not have.";
    LogInvalidTimeWindow = "log.invalid_time_window", "`start_time` must not be after `end_time`.";
    OidcInvalidGrant = "oidc.invalid_grant", "The user has no such grant.";
    OidcInvalidRequest = "oidc.invalid_request", "Request is invalid.";
    OidcInvalidSessionAccount = "oidc.invalid_session_account_id", "The session belongs to another user.";
    OidcKeyNotFound = "oidc.key_not_found", "There is no key with id `{id}`.";
    OidcKeyRequired = "oidc.key_required", "At least one key must remain.";
    OidcOnlyPreviousKeyDeletable = "oidc.only_previous_key_can_be_deleted", "Only the previous signing key can be deleted.";
    OidcSessionNotFound = "oidc.session_not_found", "There is no such session.";
    OrganizationRoleNamesNotFound = "organization.role_names_not_found", "There are no organization roles with some of these names.";
    OrganizationRequireMembership = "organization.require_membership", "The user must be a member of the organization.";
    OneTimeTokenCannotReactivate = "one_time_token.cannot_reactivate_token", "A one-time token does not become active again.";
    OneTimeTokenConsumed = "one_time_token.token_consumed", "The one-time token has been used.";
    OneTimeTokenEmailMismatch = "one_time_token.email_mismatch", "The one-time token is for another email address.";
    OneTimeTokenEventMismatch = "one_time_token.interaction_event_mismatch", "The one-time token is for something else.";
    OneTimeTokenExpired = "one_time_token.token_expired", "The one-time token has expired.";
    OneTimeTokenNotFound = "one_time_token.token_not_found", "There is no such one-time token.";
    OneTimeTokenRevoked = "one_time_token.token_revoked", "The one-time token has been revoked.";
    PasswordExpired = "password.expired", "The password has expired. Choose a new one.";
    PasswordInvalidLegacyFormat = "password.invalid_legacy_password_format", "A legacy password hash is the JSON array of an algorithm, its arguments and the hash; one argument holds `@`.";
    PasswordRejected = "password.rejected", "The password does not meet the requirements.";
    PasswordUnsupportedLegacyAlgorithm = "password.unsupported_legacy_hash_algorithm", "The hash algorithm `{algorithm}` is not supported.";
    PasswordUnsupportedMethod = "password.unsupported_encryption_method", "The password hash cannot be used with the method `{name}`.";
    RequestBodyTooLarge = "request.body_too_large", "The request body is larger than {limit} bytes.";
    RequestFeatureNotSupported = "request.feature_not_supported", "This feature is not supported.";
    RequestHeadersTooLarge = "request.headers_too_large", "The request has too many or too large headers.";
    RequestInvalidInput = "request.invalid_input", "The request is invalid. {details}";
    RequestMessageRateLimited = "request.message_rate_limited", "Too many messages were sent to this recipient. Try again later.";
    RequestMethodNotAllowed = "request.method_not_allowed", "The path does not accept this method.";
    RequestRouteNotFound = "request.route_not_found", "There is nothing at this path.";
    RequestUnsupportedMediaType = "request.unsupported_media_type", "Send the body as `application/json` or `application/x-www-form-urlencoded`.";
    RequestUriTooLong = "request.uri_too_long", "The request URI is too long.";
    ResourceCannotDeleteManagementApi = "resource.cannot_delete_management_api", "The Management API resource cannot be deleted.";
    ResourceCannotModifyManagementApi = "resource.cannot_modify_management_api", "The Management API resource cannot be changed.";
    ResourceIdentifierInUse = "resource.resource_identifier_in_use", "The indicator `{indicator}` is already in use.";
    RoleApplicationExists = "role.application_exists", "The application `{applicationId}` already has this role.";
    RoleInternalViolation = "role.internal_role_violation", "Internal roles cannot be created or changed.";
    RoleManagementScopesNotForUsers = "role.management_api_scopes_not_assignable_to_user_role", "Permissions of the Management API cannot be given to a user role.";
    RoleNameInUse = "role.name_in_use", "The role name `{name}` is already in use.";
    RoleScopeExists = "role.scope_exists", "The role already has the permission `{scopeId}`.";
    RoleUserExists = "role.user_exists", "The user `{userId}` already has this role.";
    ScopeNameExists = "scope.name_exists", "The permission name `{name}` is already in use.";
    ScopeNameWithSpace = "scope.name_with_space", "A permission name must not contain a space.";
    SessionBlocked = "session.verification_blocked_too_many_attempts", "Too many attempts failed. Try again in {relativeTime}.";
    SessionEmailInvalid = "session.email_blocklist.invalid_email", "The email address is not valid.";
    SessionEmailNotAllowed = "session.email_blocklist.email_not_allowed", "The email address `{email}` is not accepted.";
    SessionEmailSubaddressing = "session.email_blocklist.email_subaddressing_not_allowed", "Email addresses with a `+` are not accepted.";
    SessionIdentifierNotFound = "session.identifier_not_found", "It is not known yet who is signing in.";
    SessionIdentityConflict = "session.identity_conflict", "Somebody else is signing in here. Begin anew.";
    SessionInteractionNotFound = "session.interaction_not_found", "The interaction has not been started.";
    SessionInvalidCredentials = "session.invalid_credentials", "The account or the password is not right.";
    SessionInvalidInteractionType = "session.invalid_interaction_type", "This is not possible in the current interaction.";
    SessionNotFound = "session.not_found", "The session was not found. Go back and sign in again.";
    SessionNotSupportedForForgotPassword = "session.not_supported_for_forgot_password", "This is not possible for somebody who forgot a password.";
    SessionOvertaken = "session.interaction_overtaken", "The sign-in went on elsewhere meanwhile. Try again.";
    SessionVerificationFailed = "session.verification_failed", "The verification was not completed.";
    SessionVerificationNotFound = "session.verification_session_not_found", "There is no such verification. Begin it anew.";
    SignInCodeRequired = "sign_in_experiences.code_sign_in_must_be_enabled", "Who signs up without a password must be able to sign in with a verification code.";
    SignInConnectorNotFound = "sign_in_experiences.enabled_connector_not_found", "Nothing is configured that sends messages of the type `{type}`.";
    SignInDuplicatedSignUpIdentifiers = "sign_in_experiences.duplicated_sign_up_identifiers", "A sign-up identifier stands twice.";
    SignInForgotPasswordRequiresConnector = "sign_in_experiences.forgot_password_method_requires_connector", "Nothing is configured that sends the messages of `{method}`.";
    SignInInvalidBlocklist = "sign_in_experiences.invalid_custom_email_blocklist_format", "An entry is neither an email address nor a domain: {items}.";
    SignInMissingSignUpIdentifiers = "sign_in_experiences.missing_sign_up_identifiers", "Secondary sign-up identifiers need a primary one.";
    SignInNoFactor = "sign_in_experiences.at_least_one_authentication_factor", "A sign-in method needs a password or a verification code.";
    SignInPasswordExpirationNotEnabled = "sign_in_experiences.password_expiration_not_enabled", "Passwords of this tenant do not expire.";
    SignInPasswordExpirationPeriod = "sign_in_experiences.password_expiration_invalid_period_days", "Passwords that expire need a period of a day or more.";
    SignInPasswordExpirationRequiresReset = "sign_in_experiences.password_expiration_requires_forgot_password", "Passwords that expire need a way to reset them.";
    SignInPasswordlessRequiresVerify = "sign_in_experiences.passwordless_requires_verify", "Addresses that are signed up with must be verified.";
    SignInUnsupportedLanguage = "sign_in_experiences.unsupported_default_language", "The language `{language}` is not available.";
    SignInUsernameConflicts = "sign_in_experiences.username_policy_case_conflicts_exist", "Some usernames differ in case only.";
    UserCannotDeleteSelf = "user.cannot_delete_self", "You cannot delete yourself.";
    UserEmailExistsInProfile = "user.email_exists_in_profile", "The account has an email address already.";
    UserEmailInUse = "user.email_already_in_use", "The email address is already in use.";
    UserIdentityInUse = "user.identity_already_in_use", "The identity belongs to another user.";
    UserIdentityNotExist = "user.identity_not_exist", "The user has no such identity.";
    UserInvalidPhone = "user.invalid_phone", "The phone number is not valid.";
    UserInvalidRoleType = "user.invalid_role_type", "Machine-to-machine roles cannot be given to a user.";
    UserMissingProfile = "user.missing_profile", "The account needs more information.";
    UserNewPasswordRequired = "user.new_password_required_in_profile", "Choose a new password first.";
    UserNotExist = "user.user_not_exist", "There is no account for `{identifier}`.";
    UserPasswordAlgorithmRequired = "user.password_algorithm_required", "A password hash needs the name of its method.";
    UserPasswordAndDigest = "user.password_and_digest", "Give a password or its hash, not both.";
    UserPasswordExistsInProfile = "user.password_exists_in_profile", "The account has a password already.";
    UserPhoneExistsInProfile = "user.phone_exists_in_profile", "The account has a phone number already.";
    UserPhoneInUse = "user.phone_already_in_use", "The phone number is already in use.";
    UserRoleExists = "user.role_exists", "The user already has the role `{roleId}`.";
    UserSamePassword = "user.same_password", "The new password is the current one.";
    UserSignInMethodNotEnabled = "user.sign_in_method_not_enabled", "This way to sign in is not enabled.";
    UserSuspended = "user.suspended", "The account is suspended.";
    UserTokenNameExists = "user.personal_access_token_name_exists", "The user already has a personal access token with this name.";
    UserUsernameExistsInProfile = "user.username_exists_in_profile", "The account has a username already.";
    UserUsernameInUse = "user.username_already_in_use", "The username is already in use.";
    UserUsernameInvalidCharset = "user.username_invalid_charset_hard", "A username holds letters, digits and underscores only.";
    UserUsernameLowercase = "user.username_lowercase_not_allowed", "A username must not hold lower-case letters.";
    UserUsernameNumbers = "user.username_numbers_not_allowed", "A username must not hold digits.";
    UserUsernameStartsWithNumber = "user.username_starts_with_number", "A username must not start with a digit.";
    UserUsernameTooLong = "user.username_too_long", "The username is too long.";
    UserUsernameTooShort = "user.username_too_short", "The username is too short.";
    UserUsernameUnderscore = "user.username_underscore_not_allowed", "A username must not hold underscores.";
    UserUsernameUppercase = "user.username_uppercase_not_allowed", "A username must not hold upper-case letters.";
    VerificationCodeEmailMismatch = "verification_code.email_mismatch", "The verification code was sent to another email address.";
    VerificationCodeExceedMaxTry = "verification_code.exceed_max_try", "The verification code was tried too often. Ask for a new one.";
    VerificationCodeExpired = "verification_code.expired", "The verification code has expired. Ask for a new one.";
    VerificationCodeMismatch = "verification_code.code_mismatch", "The verification code is wrong.";
    VerificationCodeNotFound = "verification_code.not_found", "There is no verification code to check. Ask for one.";
    VerificationCodePhoneMismatch = "verification_code.phone_mismatch", "The verification code was sent to another phone number.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_dotted_and_unique() {
        let mut seen = HashSet::new();
        for code in ErrorCode::ALL {
            let text = code.as_str();
            assert!(text.contains('.') && !text.contains(' '), "{text}");
            assert!(seen.insert(text), "`{text}` stands twice");
            assert!(!code.message().is_empty());
        }
    }
}
