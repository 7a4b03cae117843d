//! The shape of `context.interaction`: how somebody proved who they are.

use crate::extract::shape::kept::{Members, Tagged, list_of, literal, members, record_of, tagged};
use crate::extract::shape::scalar::{anything, boolean, text};

const EVENTS: [&str; 3] = ["SignIn", "Register", "ForgotPassword"];

const TEMPLATES: [&str; 9] = [
    "SignIn",
    "Register",
    "ForgotPassword",
    "OrganizationInvitation",
    "Generic",
    "UserPermissionValidation",
    "BindNewIdentifier",
    "MfaVerification",
    "BindMfa",
];

pub(super) fn interaction() -> Members {
    members()
        .required("interactionEvent", literal(&EVENTS))
        .required("userId", text())
        .required("verificationRecords", list_of(verification_record()))
        .optional("signInContext", record_of(text()))
}

fn verification_record() -> Tagged {
    let record = || members().required("id", text());
    let verified = || record().required("verified", boolean());
    let user_info = || {
        members()
            .required("id", text())
            .optionals(&["email", "phone", "name", "avatar"], text)
            .optional("rawData", anything())
    };
    let one_time_context =
        members().optional("jitOrganizationIds", list_of(text())).optional("interactionEvent", literal(&EVENTS));
    let passkey = || verified().optional("registrationRpId", text());
    tagged(
        "type",
        vec![
            ("Password", verified().required("identifier", identifier(&["username", "email", "phone", "userId"]))),
            ("EmailVerificationCode", code(&["email"])),
            ("PhoneVerificationCode", code(&["phone"])),
            ("MfaEmailVerificationCode", code(&["email"])),
            ("MfaPhoneVerificationCode", code(&["phone"])),
            ("Social", record().required("connectorId", text()).optional("socialUserInfo", user_info())),
            (
                "EnterpriseSso",
                record()
                    .required("connectorId", text())
                    .optional("enterpriseSsoUserInfo", user_info())
                    .optional("issuer", text()),
            ),
            ("Totp", verified().required("userId", text())),
            ("BackupCode", record().required("userId", text()).optional("code", text())),
            ("WebAuthn", passkey().required("userId", text())),
            ("SignInPasskey", passkey().optional("userId", text())),
            (
                "OneTimeToken",
                verified()
                    .required("identifier", identifier(&["email"]))
                    .optional("oneTimeTokenContext", one_time_context),
            ),
            ("NewPasswordIdentity", record().required("identifier", identifier(&["username", "email", "phone"]))),
        ],
    )
}

fn code(identifiers: &'static [&'static str]) -> Members {
    members()
        .required("id", text())
        .required("templateType", literal(&TEMPLATES))
        .required("verified", boolean())
        .required("identifier", identifier(identifiers))
}

fn identifier(types: &'static [&'static str]) -> Members {
    members().required("type", literal(types)).required("value", text())
}
