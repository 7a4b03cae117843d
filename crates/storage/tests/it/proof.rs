//! What people prove who they are with: codes, one-time tokens, and how often they failed. And phrases.

use crate::harness::sample::{id, object, user};
use crate::harness::{Database, NOW, write};
use serde_json::json;
use signet_core::id::InteractionUid;
use signet_core::one_time_token::{OneTimeToken, OneTimeTokenContext, OneTimeTokenStatus};
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::user::User;
use signet_core::verification::{Channel, TemplateType, VerificationCode};
use signet_storage::{CustomPhrases, OneTimeTokenFilter, Page, SentinelActivity, TenantStore, Tx};
use std::time::Duration;

on_both_backends!(
    a_code_is_tried_as_often_as_allowed_and_used_once,
    a_newer_code_ends_the_earlier_ones_of_its_kind,
    codes_of_interactions_and_of_programs_are_told_apart,
    a_token_is_used_once_and_listed_by_what_it_is_now,
    attempts_under_way_failed_and_decisions_are_told_apart,
    phrases_are_replaced_and_deleted,
    namesakes_are_found,
    a_tenant_sees_and_changes_its_own_rows_only,
);

const END: Timestamp = Timestamp(i64::MAX);

fn code(tx: &Tx, name: &str, interaction: Option<&str>) -> VerificationCode {
    VerificationCode {
        code: tx.seal_verification_code(name, "123456").unwrap(),
        id: name.to_owned(),
        interaction: interaction.map(id::<InteractionUid>),
        purpose: TemplateType::SignIn,
        channel: Channel::Email,
        recipient: "ada@example.com".to_owned(),
        tries: 0,
        created_at: NOW,
        expires_at: NOW.plus(Duration::from_mins(10)),
        consumed_at: None,
    }
}

fn token(name: &str) -> OneTimeToken {
    OneTimeToken {
        id: name.to_owned(),
        email: "ada@example.com".to_owned(),
        token: ValueHash::of(name),
        context: OneTimeTokenContext::default(),
        status: OneTimeTokenStatus::Active,
        created_at: NOW,
        expires_at: NOW.plus(Duration::from_mins(10)),
    }
}

fn attempt(name: &str, is_blocked: bool, decision_expires_at: Timestamp) -> SentinelActivity {
    let (id, target) = (name.to_owned(), ValueHash::of("ada"));
    SentinelActivity { id, target, action: "Password", is_blocked, created_at: NOW, decision_expires_at }
}

async fn a_code_is_tried_as_often_as_allowed_and_used_once(db: Database) {
    db.write(async |tx| tx.insert_verification_code(&code(tx, "code", Some("waiting"))).await).await;
    let stored = db.tenant.read().await.unwrap().verification_code("code").await.unwrap().unwrap();
    assert_eq!(stored.interaction, Some(id("waiting")));
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.open_verification_code(&stored).unwrap().expose(), "123456");
    drop(reader);

    for expected in [true, true, false] {
        assert_eq!(db.write(async |tx| tx.try_verification_code("code", 2).await).await, expected);
    }
    assert!(db.write(async |tx| tx.consume_verification_code("code", NOW).await).await);
    assert!(!db.write(async |tx| tx.consume_verification_code("code", NOW).await).await);
    assert!(!db.write(async |tx| tx.try_verification_code("code", 9).await).await);
    assert_eq!(db.write(async |tx| tx.delete_expired_verification_codes(NOW).await).await, 0);
    assert_eq!(db.write(async |tx| tx.delete_expired_verification_codes(END).await).await, 1);
}

async fn a_newer_code_ends_the_earlier_ones_of_its_kind(db: Database) {
    db.write(async |tx| {
        tx.insert_verification_code(&code(tx, "old", Some("waiting"))).await?;
        let other = VerificationCode { purpose: TemplateType::Register, ..code(tx, "other", Some("waiting")) };
        tx.insert_verification_code(&other).await?;
        tx.insert_verification_code(&code(tx, "stranger", Some("elsewhere"))).await?;
        let new = code(tx, "new", Some("waiting"));
        tx.supersede_verification_codes(&new).await?;
        tx.insert_verification_code(&new).await
    })
    .await;

    let reader = db.tenant.read().await.unwrap();
    for (name, is_over) in [("old", true), ("other", false), ("stranger", false), ("new", false)] {
        let found = reader.verification_code(name).await.unwrap().unwrap();
        assert_eq!(found.consumed_at.is_some(), is_over, "{name}");
    }
    assert_eq!(reader.count_verification_codes("ada@example.com", Timestamp(NOW.0 - 1)).await.unwrap(), 4);
    assert_eq!(reader.count_verification_codes("ada@example.com", NOW).await.unwrap(), 0);
    assert_eq!(reader.count_verification_codes("bob@example.com", Timestamp(0)).await.unwrap(), 0);
}

async fn codes_of_interactions_and_of_programs_are_told_apart(db: Database) {
    db.write(async |tx| {
        tx.insert_verification_code(&code(tx, "a", Some("waiting"))).await?;
        tx.insert_verification_code(&code(tx, "b", None)).await?;
        let later = VerificationCode { created_at: Timestamp(NOW.0 + 1), ..code(tx, "c", None) };
        tx.supersede_verification_codes(&later).await?;
        tx.insert_verification_code(&later).await
    })
    .await;

    let reader = db.tenant.read().await.unwrap();
    let latest = async |interaction: Option<InteractionUid>, recipient: &str| {
        let of = (Channel::Email, recipient);
        let found = reader.latest_verification_code(interaction.as_ref(), of, TemplateType::SignIn).await.unwrap();
        found.map(|found| found.id)
    };
    assert_eq!(latest(None, "ada@example.com").await.as_deref(), Some("c"));
    assert_eq!(latest(Some(id("waiting")), "").await.as_deref(), Some("a"));
    assert_eq!(latest(None, "bob@example.com").await, None);
    assert!(reader.verification_code("b").await.unwrap().unwrap().consumed_at.is_some());
}

async fn a_token_is_used_once_and_listed_by_what_it_is_now(db: Database) {
    db.write(async |tx| {
        tx.insert_one_time_token(&token("used")).await?;
        tx.insert_one_time_token(&OneTimeToken { expires_at: NOW, ..token("old") }).await?;
        tx.insert_one_time_token(&OneTimeToken { email: "bob@example.com".to_owned(), ..token("bob") }).await
    })
    .await;
    assert!(db.write(async |tx| tx.consume_one_time_token("used", NOW).await).await);
    assert!(!db.write(async |tx| tx.consume_one_time_token("used", NOW).await).await);
    assert!(!db.write(async |tx| tx.consume_one_time_token("old", NOW).await).await);

    let reader = db.tenant.read().await.unwrap();
    let ids = async |email: Option<&str>, status: Option<OneTimeTokenStatus>| {
        let filter = OneTimeTokenFilter { email: email.map(str::to_owned), status, now: Some(NOW) };
        let page = Page { number: 1, size: 10 };
        let mut ids: Vec<String> =
            reader.one_time_tokens(&filter, Some(page)).await.unwrap().items.into_iter().map(|t| t.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(None, Some(OneTimeTokenStatus::Active)).await, ["bob"]);
    assert_eq!(ids(None, Some(OneTimeTokenStatus::Expired)).await, ["old"]);
    for address in ["ada@example.com", "Ada@Example.COM"] {
        assert_eq!(ids(Some(address), None).await, ["old", "used"]);
    }
    let found = reader.one_time_token_by_value(&ValueHash::of("used")).await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.status), ("used", OneTimeTokenStatus::Consumed));
    drop(reader);
    assert!(db.write(async |tx| tx.set_one_time_token_status("bob", OneTimeTokenStatus::Revoked).await).await);
    assert!(db.write(async |tx| tx.delete_one_time_token("bob").await).await);
    assert!(!db.write(async |tx| tx.delete_one_time_token("bob").await).await);
}

async fn attempts_under_way_failed_and_decisions_are_told_apart(db: Database) {
    let soon = NOW.plus(Duration::from_mins(1));
    db.write(async |tx| {
        tx.lock_name("ada").await?;
        for name in ["a", "b", "c"] {
            tx.insert_sentinel_activity(&attempt(name, false, soon)).await?;
        }
        tx.settle_sentinel_activity("a").await?;
        tx.delete_sentinel_activity("b").await?;
        tx.insert_sentinel_activity(&attempt("decision", true, soon)).await
    })
    .await;

    let target = ValueHash::of("ada");
    let tally = async |since: i64, now: Timestamp| {
        db.tenant.read().await.unwrap().sentinel_tally(&target, Timestamp(since), now).await.unwrap()
    };
    let now = tally(NOW.0 - 1, NOW).await;
    assert_eq!((now.failed, now.under_way, now.blocked_until), (1, 1, soon));
    let later = tally(NOW.0 - 1, soon).await;
    assert_eq!((later.failed, later.under_way), (2, 0), "what nobody ended failed");
    let none = tally(NOW.0, soon).await;
    assert_eq!((none.failed, none.under_way, none.blocked_until), (0, 0, Timestamp(0)));

    assert_eq!(db.write(async |tx| tx.delete_old_sentinel_activities(NOW, NOW).await).await, 1);
    assert_eq!(db.write(async |tx| tx.delete_sentinel_activities_of(&target).await).await, 2);
}

async fn phrases_are_replaced_and_deleted(db: Database) {
    let phrases = |text: &str| CustomPhrases {
        language_tag: "fr".to_owned(),
        translation: object(json!({"action": {"sign_in": text}})),
    };
    db.write(async |tx| tx.put_custom_phrases(&phrases("Entrer")).await).await;
    db.write(async |tx| tx.put_custom_phrases(&phrases("Ouvrir")).await).await;

    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.custom_phrases("fr").await.unwrap(), Some(phrases("Ouvrir")));
    assert_eq!(reader.all_custom_phrases().await.unwrap(), [phrases("Ouvrir")]);
    drop(reader);
    assert!(db.write(async |tx| tx.delete_custom_phrases("fr").await).await);
    assert!(!db.write(async |tx| tx.delete_custom_phrases("fr").await).await);
}

async fn namesakes_are_found(db: Database) {
    assert!(!db.tenant.read().await.unwrap().has_users().await.unwrap());
    db.write(async |tx| {
        for (name, username) in [("a", "Ada"), ("b", "ada"), ("c", "Bob"), ("d", "ADA")] {
            tx.insert_user(&User { username: Some(username.to_owned()), ..user(name) }).await?;
        }
        Ok(())
    })
    .await;

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.has_users().await.unwrap());
    assert_eq!(reader.username_case_conflicts().await.unwrap(), [("ada".to_owned(), vec![id("a"), id("b"), id("d")])]);
}

async fn fill(tenant: &TenantStore, mark: &str) {
    write(tenant, async |tx| {
        tx.insert_verification_code(&VerificationCode { recipient: mark.to_owned(), ..code(tx, "code", None) }).await?;
        tx.insert_one_time_token(&OneTimeToken { email: mark.to_owned(), ..token("token") }).await?;
        tx.insert_sentinel_activity(&attempt("attempt", false, NOW)).await?;
        let translation = object(json!({"mark": mark}));
        tx.put_custom_phrases(&CustomPhrases { language_tag: "fr".to_owned(), translation }).await
    })
    .await;
}

/// The answer of every method that reads.
async fn everything(tenant: &TenantStore) -> String {
    let reader = tenant.read().await.unwrap();
    let target = ValueHash::of("ada");
    let stored = reader.verification_code("code").await.unwrap().map(|code| (code.recipient, code.consumed_at));
    format!(
        "{:?}",
        (
            stored,
            reader.count_verification_codes("theirs", Timestamp(0)).await.unwrap(),
            reader.one_time_token("token").await.unwrap(),
            reader.one_time_token_by_value(&ValueHash::of("token")).await.unwrap(),
            reader.one_time_tokens(&OneTimeTokenFilter::default(), None).await.unwrap(),
            reader.sentinel_tally(&target, Timestamp(0), END).await.unwrap(),
            (reader.custom_phrases("fr").await.unwrap(), reader.all_custom_phrases().await.unwrap()),
        )
    )
}

async fn a_tenant_sees_and_changes_its_own_rows_only(db: Database) {
    let other = db.another_tenant("other").await;
    fill(&db.tenant, "mine").await;
    fill(&other, "theirs").await;
    let before = everything(&other).await;
    assert!(before.contains("theirs") && !before.contains("mine"));

    db.write(async |tx| {
        tx.try_verification_code("code", 9).await?;
        tx.consume_verification_code("code", NOW).await?;
        tx.supersede_verification_codes(&code(tx, "code", None)).await?;
        tx.delete_expired_verification_codes(END).await?;
        tx.consume_one_time_token("token", NOW).await?;
        tx.set_one_time_token_status("token", OneTimeTokenStatus::Revoked).await?;
        tx.delete_one_time_token("token").await?;
        tx.settle_sentinel_activity("attempt").await?;
        tx.delete_sentinel_activity("attempt").await?;
        tx.delete_sentinel_activities_of(&ValueHash::of("ada")).await?;
        tx.delete_old_sentinel_activities(END, END).await?;
        tx.delete_custom_phrases("fr").await
    })
    .await;

    assert_eq!(everything(&other).await, before);
    assert!(!everything(&db.tenant).await.contains("mine"));
}
