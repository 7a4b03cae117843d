//! `token`, `api`, and the argument of a script as a whole.

use super::notation::{Declaration, Type, always, maybe};
use signet_core::script::TokenType;

pub(super) fn person() -> Declaration {
    let members = vec![
        always("jti", Type::Text, "Id of the token. Of an opaque token, the token itself."),
        always("kind", Type::Literals(&["AccessToken"]), ""),
        maybe("clientId", Type::Text, "Id of the application that the token is for."),
        always("accountId", Type::Text, "Id of the person: `sub` of the token."),
        always("grantId", Type::Text, "Id of what the person allowed the application."),
        always("gty", Type::Text, "How the token came about, such as `authorization_code refresh_token`."),
        maybe("sessionUid", Type::Text, "Id of the browser session. Not there after a token exchange."),
        maybe("sid", Type::Text, "Id of the session as the application knows it, when it is told of logouts."),
        maybe("expiresWithSession", Type::Boolean, "Whether the token ends with the browser session."),
        maybe("aud", Type::Text, "Whom the token is for. Not there in opaque tokens."),
        maybe("scope", Type::Text, "Scopes of the token, separated by spaces."),
        maybe("claims", Type::Object, "What the application asked to know of the sign-in."),
        maybe("extra", Type::Object, "Of a token exchange: the subject token's id, or who acts for the person."),
    ];
    let doc = "The access token of a person, before the script's claims are added.";
    Declaration { name: "AccessTokenPayload", doc, kind: Type::Members(members) }
}

pub(super) fn machine() -> Declaration {
    let members = vec![
        always("jti", Type::Text, "Id of the token."),
        always("kind", Type::Literals(&["ClientCredentials"]), ""),
        maybe("clientId", Type::Text, "Id of the application: `sub` of the token."),
        always("aud", Type::Text, "Whom the token is for."),
        maybe("scope", Type::Text, "Scopes of the token, separated by spaces."),
    ];
    let doc = "The access token of a machine, before the script's claims are added.";
    Declaration { name: "ClientCredentialsPayload", doc, kind: Type::Members(members) }
}

pub(super) fn api() -> Declaration {
    let doc = "Refuses the token. The script ends here, and the application is told the message.";
    let members = vec![always("denyAccess", Type::Function("(message?: string) => never"), doc)];
    let doc = "What a script can do beside returning claims.";
    Declaration { name: "CustomJwtApiContext", doc, kind: Type::Members(members) }
}

pub(super) fn payload(kind: TokenType) -> Declaration {
    let token = match kind {
        TokenType::AccessToken => "AccessTokenPayload",
        TokenType::ClientCredentials => "ClientCredentialsPayload",
    };
    let members = vec![
        always("token", Type::Named(token), "The token that is being made."),
        always("context", Type::Named("Context"), "Whom and what the token is about."),
        maybe(
            "environmentVariables",
            Type::Variables,
            "The script's environment variables. Not there when it has none.",
        ),
        always("api", Type::Named("CustomJwtApiContext"), "What the script can do beside returning claims."),
    ];
    Declaration { name: "Payload", doc: "What `getCustomJwtClaims` is given.", kind: Type::Members(members) }
}
