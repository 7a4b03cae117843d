//! Permissions that change while people sign in and tokens are issued.

use super::organization_tokens::{API, about, shop};
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet_tests::people::REDIRECT_URI;
use signet_tests::token::claims;

const ORGANIZATIONS: &str = "urn:logto:resource:organizations";
const SCOPE: &str = "openid offline_access urn:logto:scope:organizations read write manage view";

#[tokio::test]
async fn api_scopes_are_those_of_the_sign_in_and_permissions_of_organizations_those_of_now() {
    let shop = shop().await;
    let bob = shop.signet.person("bob").await;
    shop.signet.enrols(&shop.bar, &bob, &[&shop.roles[1]]).await;
    let asked = [("scope", SCOPE), ("resource", API), ("resource", ORGANIZATIONS), ("prompt", "consent")];
    let browser = shop.signet.browser();
    let sign_in = async || {
        let code = browser.signs_in(&shop.web, &bob, &asked).await.takes_back_to(REDIRECT_URI)["code"].clone();
        shop.web.redeems(&shop.signet, &code, "").await.expect(200)["refresh_token"].clone()
    };
    let scopes = async |token: &Value, more: &str| {
        let granted = shop.web.refreshes(&shop.signet, token, more).await.expect(200);
        granted["scope"].as_str().unwrap().to_owned()
    };
    let first = sign_in().await;
    let (bar, in_bar) = (about(&shop.bar), format!("&resource={API}{}", about(&shop.bar)));
    assert_eq!((scopes(&first, &bar).await, scopes(&first, &in_bar).await), ("view".into(), "read".into()));

    shop.signet.enrols(&shop.bar, &bob, &[&shop.roles[0]]).await;
    assert_eq!((scopes(&first, &bar).await, scopes(&first, &in_bar).await), ("manage view".into(), "read".into()));
    let second = sign_in().await;
    assert_eq!(scopes(&second, &in_bar).await, "read write");
}

#[tokio::test]
async fn attack_36_what_a_person_got_since_is_not_given_silently() {
    let shop = shop().await;
    let bob = shop.signet.person("bob").await;
    let browser = shop.signet.browser();
    let asked = [("scope", "openid read write"), ("resource", API)];
    browser.signs_in(&shop.web, &bob, &asked).await.takes_back_to(REDIRECT_URI);
    let silent = [("scope", "openid read write"), ("resource", API), ("prompt", "none")];
    assert!(browser.authorize(&shop.web, &silent).await.takes_back_to(REDIRECT_URI).contains_key("code"));

    shop.signet.enrols(&shop.foo, &bob, &[&shop.roles[0]]).await;

    let refused = browser.authorize(&shop.web, &silent).await.takes_back_to(REDIRECT_URI);
    assert_eq!(refused["error"], "consent_required");
}

/// Many requests at once, some before and some after the change. None fails for another reason than that the right is
/// gone, none carries what was never held, and none after the change carries what is gone.
#[tokio::test]
async fn attack_57_what_is_deleted_while_tokens_are_issued_breaks_nothing_and_gives_nothing() {
    let shop = shop().await;
    let (foo, in_foo) = (about(&shop.foo), format!("&resource={API}{}", about(&shop.foo)));
    let admin = format!("/organization-roles/{}", shop.roles[0]["id"].as_str().unwrap());
    let write = shop.api["scopes"][1]["id"].as_str().unwrap();
    let write = format!("/resources/{}/scopes/{write}", shop.api["id"].as_str().unwrap());
    let organization = format!("/organizations/{}", shop.foo["id"].as_str().unwrap());
    for (deleted, of_api, of_organization) in
        [(write, "read", "manage view"), (admin, "", ""), (organization, "refused", "refused")]
    {
        let requests = join_all((0..8).map(|number| shop.refresh(if number % 2 == 0 { &foo } else { &in_foo })));
        let (answers, gone) = tokio::join!(requests, shop.signet.api("DELETE", &deleted, Value::Null));
        gone.expect(204);

        for answer in answers {
            let said = answer.json();
            match answer.status.as_u16() {
                200 => {
                    let scope = said["scope"].as_str().unwrap();
                    assert!(scope.split(' ').all(|name| ["", "read", "write", "manage", "view"].contains(&name)));
                }
                403 => assert_eq!(said["error"], "access_denied", "{said}"),
                status => panic!("{status} {said}"),
            }
        }
        for (more, expected) in [(&in_foo, of_api), (&foo, of_organization)] {
            let answer = shop.refresh(more).await;
            if expected == "refused" {
                answer.refuses(403, "access_denied", "user is not a member of the organization");
            } else {
                assert_eq!(claims(&answer.expect(200)["access_token"])["scope"], expected, "{deleted} {more}");
            }
        }
    }
    let resource = format!("/resources/{}", shop.api["id"].as_str().unwrap());
    let (answers, gone) = tokio::join!(
        join_all((0..8).map(|_| shop.refresh("&resource=https://shopping.api/"))),
        shop.signet.api("DELETE", &resource, json!(null))
    );
    gone.expect(204);
    assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 200 | 400)));
    shop.refresh(&format!("&resource={API}")).await.refuses(
        400,
        "invalid_target",
        "resource indicator is missing, or unknown",
    );
}
