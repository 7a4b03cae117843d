//! What scripts see, described once: the declarations that editors complete from are written from here, and stories hold
//! what a script really gets against it, so that neither can say something else.

mod context;
mod notation;
mod token;
mod typescript;

use notation::{Declaration, Type};
use serde_json::Value;
use signet_core::script::TokenType;
use signet_sandbox::WEB_TYPES;

/// A TypeScript declaration file for the editor of one kind of script. `EnvironmentVariables` is declared by whoever
/// knows the names.
pub fn declaration_file(kind: TokenType) -> String {
    let mut text = String::new();
    for declaration in declarations(kind) {
        text.push_str(&typescript::written(&declaration));
        text.push('\n');
    }
    text.push_str(WEB_TYPES);
    text
}

/// Whether the argument of a script is as declared: `token`, `context`, and `environmentVariables` if there are any.
pub fn conforms(kind: TokenType, argument: &Value) -> Result<(), String> {
    let all = declarations(kind);
    let payload = Type::Named("Payload");
    notation::check(&all, &payload, argument, "payload")
}

fn declarations(kind: TokenType) -> Vec<Declaration> {
    let mut all = match kind {
        TokenType::AccessToken => vec![token::person()],
        TokenType::ClientCredentials => vec![token::machine()],
    };
    all.extend(context::shared());
    if kind == TokenType::AccessToken {
        all.extend(context::of_person());
    }
    all.push(context::whole(kind));
    all.push(token::api());
    all.push(token::payload(kind));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_name_is_declared_once_and_before_nothing_is_missing() {
        for kind in TokenType::ALL {
            let all = declarations(kind);
            for declaration in &all {
                assert_eq!(
                    all.iter().filter(|other| other.name == declaration.name).count(),
                    1,
                    "{}",
                    declaration.name
                );
            }
            for name in notation::names(&all) {
                let known = all.iter().any(|declaration| declaration.name == name);
                assert!(known || ["EnvironmentVariables"].contains(&name), "{name} is nowhere declared");
            }
        }
    }

    #[test]
    fn what_is_not_as_declared_is_told_by_its_place() {
        let token = json!({"jti": "j", "kind": "ClientCredentials", "clientId": "c", "aud": "a"});
        let fits = json!({"token": token, "context": {}});
        assert_eq!(conforms(TokenType::ClientCredentials, &fits), Ok(()));
        for (change, place) in [
            (json!({"token": {"jti": 1, "kind": "ClientCredentials", "aud": "a"}, "context": {}}), "payload.token.jti"),
            (json!({"token": {"jti": "j", "kind": "Other", "aud": "a"}, "context": {}}), "payload.token.kind"),
            (json!({"token": {"jti": "j", "kind": "ClientCredentials"}, "context": {}}), "payload.token.aud"),
            (json!({"token": token, "context": {"surprise": 1}}), "payload.context.surprise"),
            (json!({"token": token, "context": null}), "payload.context"),
            (
                json!({"token": token, "context": {}, "environmentVariables": {"A": 1}}),
                "payload.environmentVariables.A",
            ),
        ] {
            let told = conforms(TokenType::ClientCredentials, &change).unwrap_err();
            assert!(told.starts_with(&format!("{place}: ")), "{told}");
        }
    }

    #[test]
    fn a_declaration_has_its_documentation() {
        let file = declaration_file(TokenType::AccessToken);
        assert!(file.contains("declare type Context = {\n"), "{file}");
        assert!(
            file.contains("  /** The person whom the token is about. */\n  user: JwtCustomizerUserContext;\n"),
            "{file}"
        );
        assert!(file.contains("  organization?: JwtCustomizerOrganizationContext;\n"), "{file}");
        assert!(!declaration_file(TokenType::ClientCredentials).contains("JwtCustomizerUserContext"));
    }
}
