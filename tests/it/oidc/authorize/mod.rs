//! People are sent here by applications, and sent back.

mod code_flow;
mod consent;
mod delivery;
mod interaction;
mod logout;
mod push;
mod refusals;
mod resources;
mod session;

use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::signing_key::KeyUse;
use signet_oidc::jose::sign::SigningKey;
use signet_tests::Signet;

/// Something that the tenant's own key signed.
async fn signed(signet: &Signet, typ: Option<&str>, claims: &Value) -> String {
    let store = signet.app.store.tenant(TenantId::default_tenant());
    let keys = store.read().await.unwrap().signing_keys(KeyUse::Private).await.unwrap();
    let key = SigningKey::from_pem(&store.open_key(&keys[0]).unwrap()).unwrap();
    key.sign_jwt(typ, claims.to_string().as_bytes()).unwrap()
}

/// An ID token that has expired.
async fn id_token(signet: &Signet, client_id: &str, subject: &str) -> String {
    let claims = json!({"iss": "https://id.example/oidc", "aud": client_id, "sub": subject, "iat": 1, "exp": 2});
    signed(signet, None, &claims).await
}
