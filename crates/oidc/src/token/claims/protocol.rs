//! Step 6: the protocol's claims of an access token (RFC 9068 §2.2), and the script's after them. A script's claims
//! come here without any protected name, so nothing can collide.

use serde::Serialize;
use serde_json::{Map, Value};

/// In the order in which they are written.
#[derive(Debug, Serialize)]
pub(crate) struct AccessTokenClaims<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) organization_id: Option<&'t str>,
    pub(crate) jti: &'t str,
    pub(crate) sub: &'t str,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<&'t str>,
    pub(crate) client_id: &'t str,
    pub(crate) iss: &'t str,
    pub(crate) aud: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) act: Option<&'t Value>,
}

/// One JSON object of both.
pub(crate) fn merge(
    protocol: &AccessTokenClaims<'_>,
    extra: Option<&Map<String, Value>>,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut claims = serde_json::to_vec(protocol)?;
    if let Some(extra) = extra.filter(|extra| !extra.is_empty()) {
        let extra = serde_json::to_vec(extra)?;
        claims.pop();
        claims.push(b',');
        claims.extend(extra.into_iter().skip(1));
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_scripts_claims_follow_the_protocols() {
        let protocol = AccessTokenClaims {
            organization_id: None,
            jti: "j",
            sub: "s",
            iat: 1,
            exp: 2,
            scope: None,
            client_id: "s",
            iss: "https://id.example/oidc",
            aud: "https://api.example",
            act: None,
        };
        let Value::Object(extra) = json!({"tier": "gold", "list": [1]}) else { panic!() };

        let with = String::from_utf8(merge(&protocol, Some(&extra)).unwrap()).unwrap();
        let without = String::from_utf8(merge(&protocol, Some(&Map::new())).unwrap()).unwrap();

        let base = r#"{"jti":"j","sub":"s","iat":1,"exp":2,"client_id":"s","iss":"https://id.example/oidc","aud":"https://api.example""#;
        assert_eq!(with, format!(r#"{base},"tier":"gold","list":[1]}}"#));
        assert_eq!(without, format!("{base}}}"));
    }
}
