//! Whose form it is, and what becomes of one that comes too late, twice or from somewhere else (attacks 36 and 37).

use crate::signet;
use serde_json::json;
use signet_tests::people::REDIRECT_URI;
use std::time::Duration;

const PASSWORD: &str = "correct horse battery";
const ALICE: [(&str, &str); 2] = [("identifier", "alice"), ("password", PASSWORD)];

#[tokio::test]
async fn attack_36_a_form_without_its_token_changes_nothing() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let page = browser.opens(&client, &[]).await;

    for token in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = browser.submit(&page, &[&ALICE[..], &[("csrf", token)]].concat()).await;
        assert_eq!(answer.status, 403, "{token}");
        answer.says("This page is out of date");
    }

    assert!(browser.cookie("_session").is_none());
}

#[tokio::test]
async fn attack_37_a_form_of_one_browser_is_nothing_in_another() {
    let signet = signet().await;
    signet.member("mallory", PASSWORD).await;
    let client = signet.web().await;
    let (mallory, victim) = (signet.browser(), signet.browser());
    let page = mallory.opens(&client, &[]).await;

    // Without an interaction of its own, and with one.
    let lost = victim.submit(&page, &[("identifier", "mallory"), ("password", PASSWORD)]).await;
    lost.goes_to("/unknown-session");
    victim.opens(&client, &[]).await;
    let refused = victim.submit(&page, &[("identifier", "mallory"), ("password", PASSWORD)]).await;

    assert_eq!(refused.status, 403);
    assert!(victim.cookie("_session").is_none());
}

#[tokio::test]
async fn of_two_tabs_the_older_says_that_it_is_out_of_date() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let older = browser.opens(&client, &[("state", "older")]).await;
    let newer = browser.opens(&client, &[("state", "newer")]).await;

    let outdated = browser.submit(&older, &ALICE).await;
    let led = browser.submit(&newer, &ALICE).await;

    assert_eq!(outdated.status, 403);
    outdated.says("This page is out of date");
    assert_eq!(browser.goes_on(&led).await.takes_back_to(REDIRECT_URI)["state"], "newer");
}

#[tokio::test]
async fn two_applications_sign_in_side_by_side() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (one, two, browser) = (signet.web().await, signet.web().await, signet.browser());
    let first = browser.opens(&one, &[("state", "one")]).await;
    browser.opens(&two, &[("state", "two")]).await;

    let led = browser.submit(&first, &ALICE).await;

    assert_eq!(browser.goes_on(&led).await.takes_back_to(REDIRECT_URI)["state"], "one");
}

#[tokio::test]
async fn who_comes_back_to_a_finished_sign_in_is_told_so() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let page = browser.opens(&client, &[]).await;
    let led = browser.submit(&page, &ALICE).await;
    browser.goes_on(&led).await.takes_back_to(REDIRECT_URI);

    browser.submit(&page, &ALICE).await.goes_to("/unknown-session");
    browser.get(&page.form_action()).await.goes_to("/unknown-session");
    browser.get("/unknown-session").await.says("This sign-in has ended");
}

#[tokio::test]
async fn who_comes_back_after_an_hour_is_told_so() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let page = browser.opens(&client, &[]).await;

    signet.advance(Duration::from_secs(3601));

    browser.submit(&page, &ALICE).await.goes_to("/unknown-session");
}

#[tokio::test]
async fn without_a_sign_in_the_pages_lead_to_the_one_that_says_so() {
    let signet = signet().await;
    let pages = [
        "/",
        "/sign-in",
        "/sign-in/password",
        "/register",
        "/single-sign-on",
        "/forgot-password",
        "/reset-password",
        "/identifier-sign-in",
        "/identifier-register",
        "/consent",
        "/continue/username",
        "/sign-in/verification-code",
        "/forgot-password/reset",
    ];
    for page in pages {
        signet.browser().get(page).await.goes_to("/unknown-session");
    }

    signet.experience(json!({"unknownSessionRedirectUrl": "https://shop.example/start"})).await;

    for page in pages {
        signet.browser().get(page).await.goes_to("https://shop.example/start");
    }
}

#[tokio::test]
async fn an_administrator_looks_at_a_page_without_signing_in_anywhere() {
    let signet = signet().await;

    let page = signet.browser().get("/sign-in?preview=true").await;

    assert_eq!(page.status, 200);
    signet.browser().submit(&page, &ALICE).await.goes_to("/unknown-session");
}

#[tokio::test]
async fn a_page_of_another_step_leads_back_to_where_the_person_is() {
    let signet = signet().await;
    let (client, browser) = (signet.web().await, signet.browser());
    browser.opens(&client, &[]).await;

    for (page, there) in [
        ("/sign-in/verification-code", "/sign-in"),
        ("/register/verification-code", "/register"),
        ("/forgot-password/verification-code", "/forgot-password"),
        ("/forgot-password/reset", "/forgot-password"),
        ("/continue/username", "/sign-in"),
    ] {
        browser.get(page).await.goes_to(there);
    }
    assert_eq!(browser.get("/continue/nonsense").await.status, 404);
}

#[tokio::test]
async fn attack_54_no_form_whatever_it_holds_meets_a_5xx() {
    let signet = signet().await;
    let (client, browser) = (signet.web().await, signet.browser());
    let page = browser.opens(&client, &[]).await;
    let token = page.hidden_fields().remove(0).1;

    let long = "a".repeat(50_000);
    let huge = "a".repeat(60_000);
    for form in [
        "",
        "identifier=%00",
        "identifier=%ff%fe",
        "identifier=a&identifier=b",
        "password=x",
        &long,
        &huge,
        "identifier=%F0%9F%98%80&password=%F0%9F%98%80",
        "method=code&identifier=alice",
    ] {
        for path in [
            "/sign-in",
            "/register",
            "/forgot-password",
            "/forgot-password/reset",
            "/continue/password",
            "/sign-in/verification-code",
            "/consent",
        ] {
            let answer = browser.post(path, &format!("csrf={token}&{form}")).await;
            assert!(answer.status.as_u16() < 500, "{path} {} {}", answer.status, form.get(..40).unwrap_or(form));
        }
    }
}
