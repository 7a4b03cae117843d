//! Every hop is a request of its own.

use crate::support::{World, get, refusal, response};
use signet_egress::{EgressError, Purpose, Redirect, Request};

/// Sends each path to the location in it: `/302/http:%2f%2f10.0.0.1%2f`.
async fn redirecting() -> World {
    World::answering(|head| {
        let path = head.split(' ').nth(1).unwrap();
        match path.strip_prefix('/').and_then(|path| path.split_once('/')) {
            Some((status, location)) => {
                let location = format!("location: {}", location.replace("%2F", "/"));
                response(&format!("{status} Found"), &[&location], b"moved")
            }
            None => response("200 OK", &[], b"here"),
        }
    })
    .await
}

fn to(status: u16, location: &str) -> String {
    format!("http://api.example/{status}/{}", location.replace('/', "%2F"))
}

#[tokio::test]
async fn attack_18_a_redirect_to_a_private_host_is_not_followed() {
    let world = redirecting().await;
    world.name("internal.example", &[&["10.0.0.7"]]);
    let guard = world.guard();
    for status in [301, 302, 303, 307, 308] {
        for location in
            ["http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://internal.example/", "//169.254.169.254/"]
        {
            let refusal = get(&guard, &to(status, location)).await.unwrap_err();
            assert!(matches!(refusal, EgressError::Address { .. }), "{status} {location}: {refusal}");
        }
    }
    assert!(world.heads().iter().all(|head| head.contains("host: api.example")));
}

#[tokio::test]
async fn attack_18_a_loop_ends() {
    let world = World::answering(|_| response("302 Found", &["location: /again"], b"")).await;

    assert_eq!(refusal(&world.guard(), "http://api.example/").await, "more than 5 redirects are not allowed");

    assert_eq!(world.heads().len(), 6);
}

#[tokio::test]
async fn attack_18_credentials_stay_in_their_origin() {
    let world = redirecting().await;
    let request = Request::get(&to(302, "http://other.example/")).unwrap();
    let request = request.header("authorization", "Bearer key").unwrap().header("x-api-key", "key").unwrap();

    let answer = world.guard().send(Purpose::Script, request).await.unwrap();

    assert_eq!((answer.url.as_str(), answer.redirected), ("http://other.example/", true));
    let heads = world.heads();
    assert!(heads[0].contains("Bearer key") && heads[0].contains("x-api-key"));
    assert!(!heads[1].contains("Bearer key") && !heads[1].contains("x-api-key"), "{}", heads[1]);
}

#[tokio::test]
async fn a_caller_can_keep_redirects_for_itself_or_forbid_them() {
    let world = redirecting().await;
    let guard = world.guard();
    let ask = |redirect| guard.send(Purpose::Script, Request::get(&to(302, "/")).unwrap().redirect(redirect));

    let manual = ask(Redirect::Manual).await.unwrap();

    assert_eq!(
        (manual.status.as_u16(), &manual.headers["location"], manual.redirected),
        (302, &"/".parse().unwrap(), false)
    );
    assert_eq!(ask(Redirect::Error).await.unwrap_err(), EgressError::Redirected);
    assert_eq!(ask(Redirect::Follow).await.unwrap().body, "here");
}
