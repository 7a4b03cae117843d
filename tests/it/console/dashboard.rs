//! What the dashboard's plots are drawn from.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::{PASSWORD, START, SignIn, Signet, username};
use std::time::Duration;

const HOUR: i64 = 3_600_000;

async fn get(signet: &Signet, path: &str) -> Value {
    signet.api("GET", path, Value::Null).await.expect(200)
}

/// The only hours in which something was counted.
fn busy(answer: &Value, names: &[&str]) -> Vec<(i64, Vec<i64>)> {
    let rows = answer["hours"].as_array().unwrap().iter().map(|row| {
        (row["hour"].as_i64().unwrap(), names.iter().map(|name| row[name].as_i64().unwrap()).collect::<Vec<_>>())
    });
    rows.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect()
}

#[tokio::test]
async fn users_are_counted_and_compared_with_the_time_before() {
    let signet = signet().await;
    signet.registered("early", json!({})).await;
    signet.advance(Duration::from_hours(24));
    for name in ["a", "b", "c"] {
        signet.registered(name, json!({})).await;
    }

    assert_eq!(get(&signet, "/dashboard/users/total").await, json!({"totalUserCount": 4}));
    let new = get(&signet, "/dashboard/users/new").await;
    assert_eq!(new, json!({"today": {"count": 3, "delta": 2}, "last7Days": {"count": 4, "delta": 4}}));

    signet.advance(Duration::from_hours(7 * 24));
    let new = get(&signet, "/dashboard/users/new").await;
    assert_eq!(new, json!({"today": {"count": 0, "delta": 0}, "last7Days": {"count": 0, "delta": -4}}));
}

#[tokio::test]
async fn whoever_got_a_token_was_active_that_day_and_counts_once() {
    let signet = signet().await;
    let client = signet.web().await;
    let (alice, bob) = (signet.person("alice").await, signet.person("bob").await);
    signet.tokens(&client, &alice, SignIn::default()).await;
    signet.advance(Duration::from_hours(24));
    for person in [&alice, &bob] {
        let (tokens, _) = signet.tokens(&client, person, SignIn::default()).await;
        client.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
    }

    let active = get(&signet, "/dashboard/users/active").await;

    let curve = active["dauCurve"].as_array().unwrap();
    assert_eq!(curve.len(), 30);
    assert_eq!(curve[29], json!({"date": "2026-01-03", "count": 2}));
    assert_eq!(curve[28], json!({"date": "2026-01-02", "count": 1}));
    assert_eq!(curve[0], json!({"date": "2025-12-05", "count": 0}));
    assert_eq!(active["dau"], json!({"count": 2, "delta": 1}));
    assert_eq!((&active["wau"], &active["mau"]), (&json!({"count": 2, "delta": 2}), &json!({"count": 2, "delta": 2})));
    let earlier = get(&signet, "/dashboard/users/active?date=2026-01-02").await;
    assert_eq!(
        (&earlier["dau"], &earlier["mau"]),
        (&json!({"count": 1, "delta": 1}), &json!({"count": 1, "delta": 1}))
    );
    let strange = signet.api("GET", "/dashboard/users/active?date=2026-02-30", Value::Null).await;
    strange.refuses_with(400, "guard.invalid_input");
}

#[tokio::test]
async fn tokens_are_counted_by_the_hour() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.advance(Duration::from_hours(2));
    let alice = signet.person("alice").await;
    signet.tokens(&client, &alice, SignIn::default()).await;
    client.redeems(&signet, "no such code", "").await.refuses(400, "invalid_grant", "grant request is invalid");

    let hours = get(&signet, "/dashboard/tokens").await;

    assert_eq!(hours["hours"].as_array().unwrap().len(), 24);
    let now = (START.0 + 2 * HOUR).div_euclid(HOUR) * HOUR;
    assert_eq!(busy(&hours, &["user", "failed"]), [(now, vec![1, 1])]);
    let machines = busy(&hours, &["machine"]);
    assert_eq!(
        machines.iter().map(|(hour, _)| *hour).collect::<Vec<_>>(),
        [now - 2 * HOUR, now],
        "the administrator's own"
    );
    let last = &hours["hours"].as_array().unwrap()[23];
    assert_eq!(last["hour"], now);
}

#[tokio::test]
async fn sign_ins_and_wrong_passwords_are_counted() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    browser.tries(&username("alice"), "wrong").await.refuses_with(422, "session.invalid_credentials");
    let verified = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    browser.submits().await.expect(200);

    let hours = get(&signet, "/dashboard/sign-ins").await;

    let now = START.0.div_euclid(HOUR) * HOUR;
    assert_eq!(busy(&hours, &["signIns", "registrations", "failed"]), [(now, vec![1, 0, 1])]);
}

#[tokio::test]
async fn runs_of_scripts_are_counted_with_how_they_ended_and_how_long_they_took() {
    let signet = signet().await;
    let machine = signet.machine("robot").await;
    let resource = signet.resource("https://api.example", &["read"]).await;
    signet.allow(&machine, &resource).await;
    for body in ["return {a: 1}", "throw new Error('x')", "api.denyAccess('no')", "return {b: 2}"] {
        signet.machine_script(body, json!({})).await;
        machine.token_for(&signet, "https://api.example", "read").await;
    }

    let answer = get(&signet, "/statistics/scripts").await;

    let [people, machines] = [&answer["scripts"][0], &answer["scripts"][1]];
    assert_eq!((&people["key"], &people["total"]["runs"]), (&json!("access-token"), &json!(0)));
    assert_eq!(people["total"]["p50Ms"], Value::Null);
    assert_eq!(machines["key"], "client-credentials");
    let total = &machines["total"];
    assert!(total["runs"].as_i64() >= Some(4) && total["failures"] == 1 && total["denials"] == 1, "{total}");
    let (half, most) = (total["p50Ms"].as_f64().unwrap(), total["p99Ms"].as_f64().unwrap());
    assert!(0.0 < half && half <= most && most < 60_000.0, "{total}");
    assert_eq!(machines["hours"].as_array().unwrap().len(), 24);
}

#[tokio::test]
async fn attack_54_a_range_is_at_most_a_month() {
    let signet = signet().await;
    for path in ["/dashboard/tokens", "/dashboard/sign-ins", "/statistics/scripts"] {
        let at = |query: &str| format!("{path}?{query}");
        let month = at(&format!("from={}&to={}", START.0 - 31 * 24 * HOUR, START.0));
        signet.api("GET", &month, Value::Null).await.expect(200);
        for query in ["from=2&to=1", "from=0&to=9223372036854775807", "from=0"] {
            signet.api("GET", &at(query), Value::Null).await.refuses_with(400, "request.invalid_input");
        }
        signet.api("GET", &at("from=x"), Value::Null).await.refuses_with(400, "guard.invalid_input");
    }
}

#[tokio::test]
async fn statistics_are_kept_for_a_hundred_days() {
    let signet = signet().await;
    let client = signet.web().await;
    let alice = signet.person("alice").await;
    signet.tokens(&client, &alice, SignIn::default()).await;
    get(&signet, "/dashboard/tokens").await;
    let clean = async || signet::worker::cleanup(&signet.app.store, &signet.deps, 90).await.unwrap();
    let range = format!("/dashboard/tokens?from={}&to={}", START.0, START.0);

    signet.advance(Duration::from_hours(24 * 99));
    clean().await;
    assert_eq!(busy(&get(&signet, &range).await, &["user"]).len(), 1);
    signet.advance(Duration::from_hours(48));
    clean().await;

    assert_eq!(busy(&get(&signet, &range).await, &["user"]).len(), 0);
    let active = get(&signet, "/dashboard/users/active?date=2026-01-02").await;
    assert_eq!(active["dau"]["count"], 0);
}
