//! What is kept in memory, and how it is forgotten.
//!
//! A cached value remembers the epoch of its topic. A committed write moves the topic to the next epoch, and from then
//! on no older value is served; a load that began before the write cannot bring an old value back, because it is
//! stored under the epoch it began in. On PostgreSQL the other processes hear of it through `LISTEN`; while a process
//! is not listening it serves nothing from memory but signing keys, and when it listens again it forgets everything.

use moka::sync::Cache;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Things that change together. Coarse on purpose: administrators write seldom, tokens are issued often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Applications and their secrets.
    Applications,
    /// API resources.
    Resources,
    /// Roles, their scopes, and who holds them.
    Roles,
    /// Claims scripts.
    Scripts,
    /// Signing keys.
    Keys,
    /// Other settings of a tenant.
    Configs,
    /// People, and the roles they hold.
    Users,
    /// Organizations, their members, and the template of roles and permissions.
    Organizations,
}

const TOPICS: [(Topic, &str); 8] = [
    (Topic::Applications, "applications"),
    (Topic::Resources, "resources"),
    (Topic::Roles, "roles"),
    (Topic::Scripts, "scripts"),
    (Topic::Keys, "keys"),
    (Topic::Configs, "configs"),
    (Topic::Users, "users"),
    (Topic::Organizations, "organizations"),
];

impl Topic {
    pub(crate) fn name(self) -> &'static str {
        TOPICS.iter().find(|(topic, _)| *topic == self).map_or("", |(_, name)| name)
    }
}

#[derive(Debug, Default)]
struct Epoch(AtomicU64);

/// The epochs of all topics of one process.
#[derive(Debug)]
pub(crate) struct Epochs {
    topics: [Arc<Epoch>; 8],
    in_touch: Arc<AtomicBool>,
}

impl Epochs {
    /// `in_touch` says whether other processes' writes are heard of from the start.
    pub(crate) fn new(in_touch: bool) -> Self {
        Self { topics: Default::default(), in_touch: Arc::new(AtomicBool::new(in_touch)) }
    }

    fn of(&self, wanted: Topic) -> Arc<Epoch> {
        let found = TOPICS.iter().zip(&self.topics).find(|((topic, _), _)| *topic == wanted);
        found.map(|(_, epoch)| epoch.clone()).unwrap_or_default()
    }

    pub(crate) fn advance(&self, topic: Topic) {
        self.of(topic).0.fetch_add(1, Ordering::SeqCst);
    }

    /// A notification: topic names joined by commas.
    pub(crate) fn advance_named(&self, names: &str) {
        for name in names.split(',') {
            for (topic, known) in TOPICS {
                if known == name {
                    self.advance(topic);
                }
            }
        }
    }

    pub(crate) fn lost_touch(&self) {
        self.in_touch.store(false, Ordering::SeqCst);
    }

    pub(crate) fn back_in_touch(&self) {
        for (topic, _) in TOPICS {
            self.advance(topic);
        }
        self.in_touch.store(true, Ordering::SeqCst);
    }
}

/// Values derived from one topic or several, loaded once.
pub struct Cached<K, V> {
    epochs: Vec<Arc<Epoch>>,
    in_touch: Arc<AtomicBool>,
    serves_stale: bool,
    values: Cache<K, (u64, V)>,
}

impl<K, V> Cached<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub(crate) fn new(epochs: &Epochs, topics: &[Topic], capacity: u64) -> Self {
        Self {
            epochs: topics.iter().map(|topic| epochs.of(*topic)).collect(),
            in_touch: epochs.in_touch.clone(),
            // Keys must verify and sign while the database is away; they change seldom and overlap when they do.
            serves_stale: topics == [Topic::Keys],
            values: Cache::new(capacity),
        }
    }

    /// Epochs only grow, so their sum stands for all of them.
    fn epoch(&self) -> u64 {
        self.epochs.iter().map(|epoch| epoch.0.load(Ordering::SeqCst)).sum()
    }

    /// The cached value, or what `load` returns. Errors are not cached.
    pub async fn get_or_load<E>(&self, key: K, load: impl AsyncFnOnce(&K) -> Result<V, E>) -> Result<V, E> {
        let epoch = self.epoch();
        let trusted = self.serves_stale || self.in_touch.load(Ordering::SeqCst);
        if trusted
            && let Some((stored, value)) = self.values.get(&key)
            && stored == epoch
        {
            return Ok(value);
        }
        let value = load(&key).await?;
        self.values.insert(key, (epoch, value.clone()));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn load(cached: &Cached<u8, u32>, value: u32) -> u32 {
        cached.get_or_load(1, async |_| Ok::<_, ()>(value)).await.unwrap()
    }

    #[tokio::test]
    async fn a_write_makes_the_old_value_unreachable() {
        let epochs = Epochs::new(true);
        let cached = Cached::new(&epochs, &[Topic::Resources], 10);

        assert_eq!(load(&cached, 1).await, 1);
        assert_eq!(load(&cached, 2).await, 1);
        epochs.advance(Topic::Roles);
        assert_eq!(load(&cached, 2).await, 1);
        epochs.advance_named("resources,roles");
        assert_eq!(load(&cached, 2).await, 2);
    }

    #[tokio::test]
    async fn a_load_that_began_before_a_write_is_not_served_after_it() {
        let epochs = Epochs::new(true);
        let cached: Cached<u8, u32> = Cached::new(&epochs, &[Topic::Resources], 10);

        let slow = cached.get_or_load(1, async |_| {
            epochs.advance(Topic::Resources);
            Ok::<_, ()>(1)
        });
        assert_eq!(slow.await, Ok(1));

        assert_eq!(load(&cached, 2).await, 2);
    }

    #[tokio::test]
    async fn nothing_but_keys_is_served_while_out_of_touch() {
        let epochs = Epochs::new(false);
        let (resources, keys) =
            (Cached::new(&epochs, &[Topic::Resources], 10), Cached::new(&epochs, &[Topic::Keys], 10));
        load(&resources, 1).await;
        load(&keys, 1).await;

        assert_eq!((load(&resources, 2).await, load(&keys, 2).await), (2, 1));

        epochs.back_in_touch();
        assert_eq!((load(&resources, 3).await, load(&keys, 3).await), (3, 3));
    }

    #[tokio::test]
    async fn a_write_of_any_topic_makes_a_value_of_several_unreachable() {
        let epochs = Epochs::new(true);
        let cached = Cached::new(&epochs, &[Topic::Users, Topic::Roles], 10);

        for (written, value, expected) in
            [(None, 1, 1), (Some(Topic::Resources), 2, 1), (Some(Topic::Roles), 3, 3), (Some(Topic::Users), 4, 4)]
        {
            if let Some(topic) = written {
                epochs.advance(topic);
            }
            assert_eq!(load(&cached, value).await, expected);
        }
    }
}
