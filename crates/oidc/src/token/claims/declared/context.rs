//! `context`: the person, how they signed in, the application, the organization.

use super::notation::{Declaration, Member, Type, always, list, maybe, nullable, record};
use signet_core::script::TokenType;

const EVENTS: &[&str] = &["SignIn", "Register", "ForgotPassword"];
const TIME: &str = "Milliseconds since the epoch.";

fn declared(name: &'static str, doc: &'static str, members: Vec<Member>) -> Declaration {
    Declaration { name, doc, kind: Type::Members(members) }
}

pub(super) fn whole(kind: TokenType) -> Declaration {
    let application = maybe(
        "application",
        Type::Named("JwtCustomizerApplicationContext"),
        "The application that the token is for, without its secrets.",
    );
    let organization = maybe(
        "organization",
        Type::Named("JwtCustomizerOrganizationContext"),
        "The organization that the token is about. Only when the application asked for one.",
    );
    let roles = maybe(
        "organizationRoles",
        list(Type::Named("JwtCustomizerRoleInOrganization")),
        "What the token's subject has in that organization.",
    );
    let members = match kind {
        TokenType::ClientCredentials => vec![application, organization, roles],
        TokenType::AccessToken => vec![
            always("user", Type::Named("JwtCustomizerUserContext"), "The person whom the token is about."),
            maybe(
                "grant",
                Type::Named("JwtCustomizerGrantContext"),
                "What a subject token was made with. Only after a token exchange with one.",
            ),
            maybe(
                "interaction",
                Type::Named("JwtCustomizerUserInteractionContext"),
                "How the person signed in last. Not there after a token exchange.",
            ),
            application,
            organization,
            roles,
        ],
    };
    declared("Context", "Whom and what a token is about.", members)
}

/// What both kinds of scripts see.
pub(super) fn shared() -> Vec<Declaration> {
    vec![application(), organization(), resource(), scope(), role_in_organization()]
}

pub(super) fn of_person() -> Vec<Declaration> {
    vec![user(), profile(), grant(), identifier(), record_of_verification(), interaction()]
}

fn application() -> Declaration {
    const TYPES: &[&str] = &["Native", "SPA", "Traditional", "MachineToMachine", "Protected", "SAML"];
    let members = vec![
        always("tenantId", Type::Text, ""),
        always("id", Type::Text, "The client id."),
        always("name", Type::Text, ""),
        always("description", nullable(Type::Text), ""),
        always("type", Type::Literals(TYPES), ""),
        always("oidcClientMetadata", Type::Object, "Redirect URIs and what else clients register."),
        always("customClientMetadata", Type::Object, "Lifetimes of tokens, allowed origins and other settings."),
        always("protectedAppMetadata", nullable(Type::Object), ""),
        always("customData", Type::Object, "Data of your own about the application."),
        always("isThirdParty", Type::Boolean, "Whether it belongs to somebody else, so that people are asked."),
        always("appLevelAccessControlEnabled", Type::Boolean, "Whether rules say who may use it."),
        always("createdAt", Type::Number, TIME),
    ];
    declared("JwtCustomizerApplicationContext", "An application without its secrets.", members)
}

fn organization() -> Declaration {
    let members = vec![
        always("id", Type::Text, ""),
        always("name", Type::Text, ""),
        always("description", nullable(Type::Text), ""),
        always("customData", Type::Object, "Data of your own about the organization, such as its id in your systems."),
    ];
    declared("JwtCustomizerOrganizationContext", "The organization that a token is about.", members)
}

fn resource() -> Declaration {
    let members = vec![
        always("tenantId", Type::Text, ""),
        always("id", Type::Text, ""),
        always("name", Type::Text, ""),
        always("indicator", Type::Text, "What applications ask for: the `aud` of its tokens."),
        always("isDefault", Type::Boolean, "Whether tokens are for it when nobody names one."),
        always("accessTokenTtl", Type::Number, "Seconds."),
    ];
    declared("JwtCustomizerResource", "An API resource.", members)
}

fn scope() -> Declaration {
    let members = vec![
        always("id", Type::Text, ""),
        always("name", Type::Text, "As it stands in `scope`."),
        always("description", nullable(Type::Text), ""),
        always("resourceId", Type::Text, ""),
        always("resource", Type::Named("JwtCustomizerResource"), "The API that it is a permission of."),
    ];
    declared("JwtCustomizerScope", "A permission of an API resource.", members)
}

fn role_in_organization() -> Declaration {
    let permission = Type::Members(vec![
        always("id", Type::Text, ""),
        always("name", Type::Text, ""),
        always("description", nullable(Type::Text), ""),
    ]);
    let members = vec![
        always("id", Type::Text, ""),
        always("name", Type::Text, ""),
        always("scopes", list(permission), "Permissions of the organization."),
        always("resourceScopes", list(Type::Named("JwtCustomizerScope")), "Permissions of API resources."),
    ];
    declared("JwtCustomizerRoleInOrganization", "A role in the organization that a token is about.", members)
}

fn user() -> Declaration {
    const FACTORS: &[&str] = &["Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode"];
    let identity = Type::Members(vec![
        always("userId", Type::Text, "Who they are there."),
        maybe("details", Type::Object, "What the provider said about them."),
    ]);
    let enterprise = Type::Members(vec![
        always("issuer", Type::Text, ""),
        always("identityId", Type::Text, ""),
        always("detail", Type::Object, ""),
    ]);
    let role = Type::Members(vec![
        always("id", Type::Text, ""),
        always("name", Type::Text, ""),
        always("description", Type::Text, ""),
        always("scopes", list(Type::Named("JwtCustomizerScope")), ""),
    ]);
    let organization = Type::Members(vec![
        always("id", Type::Text, ""),
        always("name", Type::Text, ""),
        always("description", nullable(Type::Text), ""),
    ]);
    let organization_role = Type::Members(vec![
        always("organizationId", Type::Text, ""),
        always("roleId", Type::Text, ""),
        always("roleName", Type::Text, ""),
    ]);
    let members = vec![
        always("id", Type::Text, "The `sub` of their tokens."),
        always("username", nullable(Type::Text), ""),
        always("primaryEmail", nullable(Type::Text), ""),
        always("primaryPhone", nullable(Type::Text), "Digits of country code and number."),
        always("name", nullable(Type::Text), ""),
        always("avatar", nullable(Type::Text), "URL of a picture."),
        always("customData", Type::Object, "Data of your own about the person."),
        always("identities", record(identity), "Social identities by provider."),
        always("lastSignInAt", nullable(Type::Number), TIME),
        always("createdAt", Type::Number, TIME),
        always("updatedAt", Type::Number, TIME),
        always("profile", Type::Named("JwtCustomizerUserProfile"), "What they told about themselves."),
        always("applicationId", nullable(Type::Text), "The application that they signed in to first."),
        always("cimdClientId", nullable(Type::Text), ""),
        always("isSuspended", Type::Boolean, ""),
        always("hasPassword", Type::Boolean, ""),
        always("ssoIdentities", list(enterprise), "Identities of their enterprises."),
        always("mfaVerificationFactors", list(Type::Literals(FACTORS)), "Second factors that they have."),
        always("roles", list(role), "Their roles in the tenant, with permissions."),
        always("organizations", list(organization), "Every organization that they are a member of."),
        always("organizationRoles", list(organization_role), "Their roles in all of them."),
    ];
    declared("JwtCustomizerUserContext", "A person. No password and no hash is among it.", members)
}

fn profile() -> Declaration {
    let address = Type::Members(
        ["formatted", "streetAddress", "locality", "region", "postalCode", "country"]
            .map(|name| maybe(name, Type::Text, ""))
            .into(),
    );
    let mut members: Vec<Member> = [
        "familyName",
        "givenName",
        "middleName",
        "nickname",
        "preferredUsername",
        "profile",
        "website",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
    ]
    .map(|name| maybe(name, Type::Text, ""))
    .into();
    members.push(maybe("address", address, ""));
    declared("JwtCustomizerUserProfile", "Standard claims about a person.", members)
}

fn grant() -> Declaration {
    const TYPE: &[&str] = &["urn:ietf:params:oauth:grant-type:token-exchange"];
    let members = vec![
        always("type", Type::Literals(TYPE), ""),
        always("subjectTokenContext", Type::Object, "The `context` that the subject token was made with."),
    ];
    declared("JwtCustomizerGrantContext", "How somebody came to act for a person.", members)
}

fn identifier() -> Declaration {
    const TYPES: &[&str] = &["username", "email", "phone", "userId"];
    let members = vec![always("type", Type::Literals(TYPES), ""), always("value", Type::Text, "")];
    declared("JwtCustomizerIdentifier", "What a person signs in with.", members)
}

fn record_of_verification() -> Declaration {
    let tagged = |kinds: &'static [&'static str], more: Vec<Member>| {
        let mut members = vec![always("id", Type::Text, ""), always("type", Type::Literals(kinds), "")];
        members.extend(more);
        Type::Members(members)
    };
    let identifier = || always("identifier", Type::Named("JwtCustomizerIdentifier"), "");
    let verified = || always("verified", Type::Boolean, "");
    let codes =
        &["EmailVerificationCode", "PhoneVerificationCode", "MfaEmailVerificationCode", "MfaPhoneVerificationCode"];
    let kinds = vec![
        tagged(&["Password"], vec![identifier(), verified()]),
        tagged(codes, vec![identifier(), always("templateType", Type::Text, "What the code was for."), verified()]),
        tagged(
            &["OneTimeToken"],
            vec![identifier(), verified(), maybe("oneTimeTokenContext", Type::Object, "What the token was made with.")],
        ),
        tagged(&["NewPasswordIdentity"], vec![identifier()]),
    ];
    let doc = "How somebody proved who they are; `type` tells which way.";
    Declaration { name: "JwtCustomizerVerificationRecord", doc, kind: Type::OneOf(kinds) }
}

fn interaction() -> Declaration {
    let context = "Where the sign-in came from: `ip`, `userAgent`, and what a proxy in front adds.";
    let members = vec![
        always("interactionEvent", Type::Literals(EVENTS), "What the person came for."),
        always("userId", Type::Text, ""),
        always("verificationRecords", list(Type::Named("JwtCustomizerVerificationRecord")), "What they proved."),
        maybe("signInContext", record(Type::Text), context),
    ];
    declared("JwtCustomizerUserInteractionContext", "The person's last sign-in in this browser.", members)
}
