//! Requests that wait for a person, and everything that can happen to them meanwhile.

use crate::signet;
use signet_core::id::TenantId;
use signet_core::interaction::{LoginResult, PendingPrompt};
use signet_tests::people::{REDIRECT_URI, interaction_in};
use signet_tests::{Browser, Client};
use std::time::Duration;

/// Whoever looks at the answer gets a page that says so; a program gets the code.
async fn is_over(browser: &Browser<'_>, path: &str) {
    browser.get(path).await.refuses_with(400, "session.not_found");
}

async fn starts(browser: &Browser<'_>, client: &Client) -> String {
    browser.authorize(client, &[]).await.goes_to("/sign-in");
    format!("/oidc/auth/{}", browser.interaction())
}

#[tokio::test]
async fn attack_37_a_sign_in_cannot_be_finished_in_another_browser() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let victim = signet.browser();
    starts(&victim, &client).await;
    let back = victim.proves_to_be(&alice).await;
    let stranger = signet.browser();

    is_over(&stranger, &back).await;
    starts(&stranger, &client).await;
    is_over(&stranger, &back).await;
    let page = signet.browser().header("accept", "text/html,application/xhtml+xml").get(&back).await;
    page.goes_to("/unknown-session");

    assert_eq!(stranger.cookie("_session"), None);
    assert!(victim.get(&back).await.header("location").starts_with("/consent"), "and the one who began it goes on");
}

#[tokio::test]
async fn attack_37_a_victim_cannot_be_signed_in_as_somebody_else() {
    let signet = signet().await;
    let (client, mallory) = (signet.web().await, signet.person("mallory").await);
    let attacker = signet.browser();
    starts(&attacker, &client).await;
    let back = attacker.proves_to_be(&mallory).await;
    let victim = signet.browser();
    starts(&victim, &client).await;

    // A link to the attacker's finished sign-in, and a cookie planted from a neighbouring host, which has no signature
    // for the victim's own way back.
    is_over(&victim, &back).await;
    victim.plant("_interaction_resume", back.rsplit('/').next().unwrap());
    is_over(&victim, &back).await;

    assert_eq!(victim.cookie("_session"), None);
}

#[tokio::test]
async fn attack_52_whoever_comes_back_before_they_are_done_is_asked_again() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    let back = starts(&browser, &client).await;

    browser.get(&back).await.goes_to(&format!("/sign-in?app_id={}", client.id));
    is_over(&browser, "/api/interaction/consent").await;
    browser.get("/consent").await.goes_nowhere_but("/unknown-session");
    assert_eq!(browser.cookie("_session"), None);

    let back = browser.proves_to_be(&alice).await;
    browser.get(&back).await.goes_to("/consent");
    let before_consent = format!("/oidc/auth/{}", browser.interaction());
    browser.get(&before_consent).await.goes_to("/consent");
}

#[tokio::test]
async fn the_back_button_after_a_sign_in_leads_to_no_second_code() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    let login = starts(&browser, &client).await;
    browser.proves_to_be(&alice).await;
    browser.get(&login).await.goes_to("/consent");
    let consent = format!("/oidc/auth/{}", browser.interaction());
    let page = browser.get(&format!("/consent?app_id={}", client.id)).await;
    let end = browser.follow(page).await;
    assert!(end.takes_back_to(REDIRECT_URI).contains_key("code"));

    for stale in [&login, &consent] {
        is_over(&browser, stale).await;
    }
    browser.get(&format!("/consent?app_id={}", client.id)).await.goes_nowhere_but("/unknown-session");
}

#[tokio::test]
async fn a_browser_that_comes_back_twice_at_once_signs_in_once() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    starts(&browser, &client).await;
    let back = browser.proves_to_be(&alice).await;

    let answers = futures_util::future::join_all((0..8).map(|_| browser.get(&back))).await;

    let went_on = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(went_on, 1);
    assert!(answers.iter().all(|answer| answer.status == 303 || answer.json()["code"] == "session.not_found"));
    let sessions =
        signet.api("GET", &format!("/users/{}/sessions", alice.id), serde_json::Value::Null).await.expect(200);
    assert_eq!(sessions["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn two_tabs_of_two_clients_do_not_end_each_others_sign_in() {
    let signet = signet().await;
    let (one, two, alice) = (signet.web().await, signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.authorize(&one, &[("state", "first")]).await;
    let first = browser.interaction();
    browser.authorize(&two, &[("state", "second")]).await;
    let second = browser.interaction();

    signet.leave_login(TenantId::default_tenant(), &first, &alice).await;
    let answer = browser.get(&format!("/oidc/auth/{first}")).await;
    assert_eq!(browser.follow(answer).await.takes_back_to(REDIRECT_URI)["state"], "first");
    signet.leave_login(TenantId::default_tenant(), &second, &alice).await;
    let answer = browser.get(&format!("/oidc/auth/{second}")).await;
    assert_eq!(browser.follow(answer).await.takes_back_to(REDIRECT_URI)["state"], "second");
}

#[tokio::test]
async fn a_consent_of_one_person_is_not_given_by_another_in_the_next_tab() {
    let signet = signet().await;
    let client = signet.third_party().await;
    let (alice, bob) = (signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    starts(&browser, &client).await;
    let back = browser.proves_to_be(&alice).await;
    browser.get(&back).await.goes_to("/consent");
    let hers = browser.interaction();
    let cookies = (browser.cookie("_interaction").unwrap(), browser.cookie("_interaction.sig").unwrap());

    browser.authorize(&client, &[("prompt", "login")]).await;
    let back = browser.proves_to_be(&bob).await;
    browser.get(&back).await.goes_to("/consent");
    browser.plant("_interaction", &cookies.0);
    browser.plant("_interaction.sig", &cookies.1);
    assert_eq!(interaction_in(&cookies.0), hers);

    browser.post_json("/api/interaction/consent", &serde_json::json!({})).await.refuses_with(400, "session.not_found");
    is_over(&browser, &format!("/oidc/auth/{hers}")).await;
}

#[tokio::test]
async fn an_interaction_expires_after_an_hour() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    starts(&browser, &client).await;
    let back = browser.proves_to_be(&alice).await;

    signet.advance(Duration::from_hours(1));

    is_over(&browser, &back).await;
    browser.get(&format!("/consent?app_id={}", client.id)).await.goes_nowhere_but("/unknown-session");
}

#[tokio::test]
async fn attack_36_a_result_that_belongs_to_nobody_here_allows_nothing() {
    let signet = signet().await;
    let (client, alice, bob) = (signet.third_party().await, signet.person("alice").await, signet.person("bob").await);
    // A grant of somebody else, put into the interaction by a page that was tricked.
    let others = signet.browser();
    others.signs_in(&signet.web().await, &bob, &[]).await;
    let grants = signet.api("GET", &format!("/users/{}/grants", bob.id), serde_json::Value::Null).await.expect(200);
    let browser = signet.browser();
    starts(&browser, &client).await;
    let back = browser.proves_to_be(&alice).await;
    browser.get(&back).await.goes_to("/consent");
    let uid = browser.interaction();
    let tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    let mut interaction = tx.interaction(&uid, signet.deps.clock.now()).await.unwrap().unwrap();
    assert_eq!(interaction.prompt, PendingPrompt::Consent);
    interaction.grant_id = Some(grants["grants"][0]["id"].as_str().unwrap().parse().unwrap());
    // A sign-in that is left with a consent makes nobody signed in either.
    interaction.login =
        Some(LoginResult { user_id: bob.id.clone(), at: signet.deps.clock.now(), last_submission: None });
    tx.update_interaction(&interaction).await.unwrap();
    tx.commit().await.unwrap();

    is_over(&browser, &format!("/oidc/auth/{uid}")).await;
}
