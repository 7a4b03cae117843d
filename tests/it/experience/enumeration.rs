//! Attack 47: nobody learns from an answer who has an account.

use crate::start;
use serde_json::{Value, json};
use signet_tests::{Answer, PASSWORD, Signet, email, username};

/// What an answer tells but for ids and times.
fn tells(answer: &Answer) -> (u16, Value) {
    let mut body = answer.json();
    if let Some(id) = body.get_mut("verificationId") {
        *id = json!(id.as_str().unwrap().len());
    }
    (answer.status.as_u16(), body)
}

async fn with_codes(mode: &str) -> Signet {
    let signet = start(Signet::with().development()).await;
    let method = json!({"identifier": "email", "password": true, "verificationCode": true, "isPasswordPrimary": true});
    signet.sign_in_experience(json!({"signIn": {"methods": [method]}, "signInMode": mode})).await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    signet
}

#[tokio::test]
async fn attack_47_a_wrong_password_and_an_unknown_account_get_the_same_answer() {
    let signet = with_codes("SignInAndRegister").await;
    signet.api("POST", "/users", json!({"username": "without_password"})).await.expect(200);
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;

    let wrong = browser.tries(&username("alice"), "wrong").await;

    assert_eq!(wrong.json()["code"], "session.invalid_credentials");
    for identifier in [username("nobody"), username("without_password"), email("nobody@example.com")] {
        assert_eq!(tells(&browser.tries(&identifier, PASSWORD).await), tells(&wrong), "{identifier}");
    }
}

#[tokio::test]
async fn attack_47_a_code_for_a_stranger_is_asked_for_and_checked_like_any_and_never_sent() {
    for (mode, event) in [("SignInAndRegister", "ForgotPassword"), ("SignIn", "SignIn")] {
        let signet = with_codes(mode).await;
        let client = signet.web().await;
        let mut seen = Vec::new();
        for address in ["alice@example.com", "stranger@example.com"] {
            let (browser, identifier) = (signet.browser(), email(address));
            browser.comes_for(&client, event).await;
            let asked = browser.asks_for_code(&identifier, event).await;
            let mut told = vec![tells(&asked)];
            let asked = asked.json();
            for _ in 0..11 {
                told.push(tells(&browser.types_code(&identifier, &asked, "no code").await));
            }
            told.push(tells(&browser.identifies(&asked).await));
            seen.push(told);
        }

        assert_eq!(seen[0], seen[1], "{event}");
        let recipients: Vec<Value> = signet.messages().await.into_iter().map(|message| message["to"].clone()).collect();
        assert_eq!(recipients, ["alice@example.com"], "{event}");
    }
}

#[tokio::test]
async fn where_strangers_may_register_a_code_reaches_them() {
    let signet = with_codes("SignInAndRegister").await;
    let client = signet.web().await;
    let (browser, address) = (signet.browser(), email("stranger@example.com"));
    browser.comes_for(&client, "SignIn").await;
    let asked = browser.asks_for_code(&address, "SignIn").await.expect(200);
    let code = signet.code_for("stranger@example.com").await;
    let verified = browser.types_code(&address, &asked, &code).await.expect(200);

    // Only whoever got the code learns that there is no account.
    let unknown = browser.identifies(&verified).await.refuses_with(404, "user.user_not_exist");
    assert_eq!(unknown["data"], json!({"identifier": address}));
}
