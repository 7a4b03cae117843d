//! Effective permissions against a model: random sequences of sign-ins, memberships, roles, permissions, consents and
//! refreshes. Whatever happened before, a token carries exactly what the rules say, and never what its subject does not
//! hold.

mod model;
mod world;

use model::{App, Asked, Dice, Model, Names, PEOPLE, PLACES};
use signet_tests::Answer;
use signet_tests::token::claims;
use std::collections::BTreeSet;
use world::World;

const API: &str = "https://model.example/api";
const ASK_ORGANIZATIONS: &str = "urn:logto:scope:organizations";
/// Each begins with a sign-in and has some changes and refreshes.
const SEQUENCES: usize = 750;

fn about(dice: &mut Dice) -> Asked {
    match dice.below(3) {
        0 => (true, None),
        1 => (true, Some(dice.below(PLACES))),
        _ => (false, Some(dice.below(PLACES))),
    }
}

/// The scopes of an answer, which its token repeats. `None`: refused as somebody without the right is.
fn said(answer: &Answer) -> Option<BTreeSet<String>> {
    if answer.status == 403 {
        assert!(["access_denied", "insufficient_scope"].contains(&answer.json()["error"].as_str().unwrap()));
        return None;
    }
    let granted = answer.expect(200);
    let scope = claims(&granted["access_token"])["scope"].as_str().unwrap_or_default().to_owned();
    assert_eq!(granted["scope"].as_str().unwrap_or_default(), scope);
    Some(scope.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

fn owned(names: Option<Names>) -> Option<BTreeSet<String>> {
    names.map(|names| names.into_iter().map(str::to_owned).collect())
}

#[tokio::test]
async fn no_sequence_of_changes_gives_a_token_that_the_rules_do_not() {
    play(App::Own, 0x5eed_0f5e_ed0f_5eed).await;
}

#[tokio::test]
async fn no_sequence_of_changes_gives_a_third_party_what_the_rules_do_not() {
    play(App::Foreign, 0x0dd5_eed0_dd5e_ed0d).await;
}

async fn play(app: App, seed: u64) {
    let (world, mut model, mut dice) = (World::new().await, Model::default(), Dice(seed));
    let (mut issued, mut refused, mut scopes) = (0, 0, 0);
    for number in 0..SEQUENCES {
        let who = dice.below(PEOPLE);
        let (agreed, token) = world.sign_in(&mut model, (app, who), &mut dice).await;
        for _ in 0..=dice.below(3) {
            world.change(&mut model, &mut dice).await;
            let asked = about(&mut dice);
            let answer = world.client(app).refreshes(&world.signet, &token, &world.parameters(asked)).await;
            let (found, expected) = (said(&answer), owned(model.person(who, asked, &agreed)));
            assert_eq!(found, expected, "sequence {number}: {asked:?}, {agreed:?}, strict {}", model.strict);
            issued += 1;
            refused += usize::from(found.is_none());
            scopes += found.map_or(0, |found| found.len());
        }
        let asked = about(&mut dice);
        let parameters = world.parameters(asked);
        let form = format!("grant_type=client_credentials&scope=read+write+delete+manage+view{parameters}");
        let answer = world.machine.asks(&world.signet, &form).await;
        assert_eq!(said(&answer), owned(model.machine(asked)), "sequence {number}: machine, {asked:?}");
    }
    let say_something = refused * 10 > issued && scopes * 5 > issued;
    assert!(say_something, "the sequences say too little: {issued} issued, {refused} refused, {scopes} scopes");
}
