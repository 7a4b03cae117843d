//! Making, rotating and deleting keys. The rules are pure; the caller stores what they decide.

use signet_core::signing_key::{KeyStatus, KeyUse, StoredKey};
use signet_core::time::Timestamp;
use std::time::Duration;

/// Why keys cannot be changed as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotationRefused {
    #[error("a staged key exists; wait until it takes effect or stage another one")]
    NextExists,
    #[error("cookie keys cannot be staged")]
    CookieKeysCannotBeStaged,
    #[error("no such key")]
    UnknownKey,
    #[error("the last key cannot be deleted")]
    LastKey,
    #[error("only a previous key can be deleted")]
    NotPrevious,
}

/// What happens to a set of keys.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Status of the key that is to be made. `None`: no key is made.
    pub add: Option<KeyStatus>,
    pub set_status: Vec<(String, KeyStatus)>,
    pub delete: Vec<String>,
}

/// A staged key whose time has come is Current, and the one before it Previous.
pub fn settled(mut keys: Vec<StoredKey>, now: Timestamp) -> Vec<StoredKey> {
    let due = |key: &StoredKey| matches!(key.status, KeyStatus::Next { effective_at } if effective_at <= now);
    if keys.iter().any(due) {
        keys.retain(|key| key.status != KeyStatus::Previous);
        for key in &mut keys {
            key.status = if due(key) { KeyStatus::Current } else { KeyStatus::Previous };
        }
    }
    keys.sort_by_key(|key| (crate::keys::order(key.status), std::cmp::Reverse(key.created_at)));
    keys
}

/// Rotates a set. `keys` are as stored; what is due is settled on the way.
///
/// Without a grace period the new key is Current at once, the old one Previous, and older ones vanish. With one the
/// new key is published as Next, in place of an earlier Next, and signs when the period ends. Of cookie keys the two
/// newest are kept.
pub fn rotate(
    usage: KeyUse,
    keys: Vec<StoredKey>,
    grace: Duration,
    now: Timestamp,
) -> Result<Changes, RotationRefused> {
    if usage == KeyUse::Cookie && !grace.is_zero() {
        return Err(RotationRefused::CookieKeysCannotBeStaged);
    }
    let mut changes = Changes::default();
    let settled = settle(keys, now, &mut changes);
    if grace.is_zero() {
        changes.add = Some(KeyStatus::Current);
        for key in &settled {
            match key.status {
                KeyStatus::Next { .. } => return Err(RotationRefused::NextExists),
                KeyStatus::Current => changes.set(&key.id, KeyStatus::Previous),
                KeyStatus::Previous => changes.delete.push(key.id.clone()),
            }
        }
    } else {
        changes.add = Some(KeyStatus::Next { effective_at: now.plus(grace) });
        let staged = settled.iter().filter(|key| matches!(key.status, KeyStatus::Next { .. }));
        changes.delete.extend(staged.map(|key| key.id.clone()));
    }
    changes.set_status.retain(|(id, _)| !changes.delete.contains(id));
    Ok(changes)
}

/// Deletes one key of a set.
pub fn delete(usage: KeyUse, keys: Vec<StoredKey>, id: &str, now: Timestamp) -> Result<Changes, RotationRefused> {
    let mut changes = Changes::default();
    let settled = settle(keys, now, &mut changes);
    let key = settled.iter().find(|key| key.id == id).ok_or(RotationRefused::UnknownKey)?;
    if settled.len() == 1 {
        return Err(RotationRefused::LastKey);
    }
    if usage != KeyUse::Cookie && key.status != KeyStatus::Previous {
        return Err(RotationRefused::NotPrevious);
    }
    if key.status == KeyStatus::Current
        && let Some(heir) = settled.iter().find(|key| key.id != id)
    {
        changes.set(&heir.id, KeyStatus::Current);
    }
    changes.delete.push(id.to_owned());
    changes.set_status.retain(|(changed, _)| changed != id);
    Ok(changes)
}

impl Changes {
    fn set(&mut self, id: &str, status: KeyStatus) {
        self.set_status.retain(|(changed, _)| changed != id);
        self.set_status.push((id.to_owned(), status));
    }
}

fn settle(keys: Vec<StoredKey>, now: Timestamp, changes: &mut Changes) -> Vec<StoredKey> {
    let before = keys.clone();
    let after = settled(keys, now);
    for old in before {
        match after.iter().find(|new| new.id == old.id) {
            None => changes.delete.push(old.id),
            Some(new) if new.status != old.status => changes.set(&old.id, new.status),
            Some(_) => {}
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_core::secret::Sealed;

    const NOW: Timestamp = Timestamp(100_000);

    fn key(id: &str, status: KeyStatus, created_at: i64) -> StoredKey {
        let material = Sealed::from_stored(String::new());
        StoredKey { id: id.to_owned(), material, algorithm: None, status, created_at: Timestamp(created_at) }
    }

    fn next(at: i64) -> KeyStatus {
        KeyStatus::Next { effective_at: Timestamp(at) }
    }

    #[test]
    fn an_immediate_rotation_keeps_one_previous_key() {
        let keys = vec![key("b", KeyStatus::Current, 2), key("a", KeyStatus::Previous, 1)];

        let changes = rotate(KeyUse::Private, keys, Duration::ZERO, NOW).unwrap();

        assert_eq!(changes.add, Some(KeyStatus::Current));
        assert_eq!(changes.set_status, [("b".to_owned(), KeyStatus::Previous)]);
        assert_eq!(changes.delete, ["a"]);
    }

    #[test]
    fn a_staged_key_replaces_an_earlier_one_and_blocks_immediate_rotation() {
        let keys = vec![key("b", KeyStatus::Current, 2), key("c", next(200_000), 3)];

        let staged = rotate(KeyUse::Private, keys.clone(), Duration::from_mins(1), NOW).unwrap();
        assert_eq!((staged.add, staged.delete), (Some(next(160_000)), vec!["c".to_owned()]));

        assert_eq!(rotate(KeyUse::Private, keys, Duration::ZERO, NOW), Err(RotationRefused::NextExists));
    }

    #[test]
    fn a_key_that_is_due_counts_as_current() {
        let keys = vec![key("a", KeyStatus::Previous, 1), key("b", KeyStatus::Current, 2), key("c", next(99_000), 3)];

        let settled = settled(keys.clone(), NOW);
        assert_eq!(
            settled.iter().map(|k| (&*k.id, k.status)).collect::<Vec<_>>(),
            [("c", KeyStatus::Current), ("b", KeyStatus::Previous)]
        );

        let changes = rotate(KeyUse::Private, keys, Duration::ZERO, NOW).unwrap();
        assert_eq!(changes.set_status, [("c".to_owned(), KeyStatus::Previous)]);
        assert_eq!(changes.delete, ["a", "b"]);
    }

    #[test]
    fn cookie_keys_are_never_staged_and_any_but_the_last_can_go() {
        let keys = vec![key("b", KeyStatus::Current, 2), key("a", KeyStatus::Previous, 1)];
        let staged = rotate(KeyUse::Cookie, keys.clone(), Duration::from_secs(1), NOW);
        assert_eq!(staged, Err(RotationRefused::CookieKeysCannotBeStaged));

        let changes = delete(KeyUse::Cookie, keys.clone(), "b", NOW).unwrap();
        assert_eq!(
            (changes.set_status, changes.delete),
            (vec![("a".to_owned(), KeyStatus::Current)], vec!["b".to_owned()])
        );
        assert_eq!(delete(KeyUse::Private, keys.clone(), "b", NOW), Err(RotationRefused::NotPrevious));
        assert_eq!(delete(KeyUse::Private, keys, "x", NOW), Err(RotationRefused::UnknownKey));
        let last = vec![key("a", KeyStatus::Current, 1)];
        assert_eq!(delete(KeyUse::Cookie, last, "a", NOW), Err(RotationRefused::LastKey));
    }
}
