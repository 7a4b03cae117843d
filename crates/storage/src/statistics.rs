//! What happened, counted in memory and added to the database about once a second: a token waits for no statement about
//! statistics. What a process that is killed had not added yet is lost; the audit log is what must be exact.

use crate::error::StoreError;
use crate::store::{Store, TenantStore};
use signet_core::id::{TenantId, UserId};
use signet_core::statistics::{Counter, Series, day_of, hour_of};
use signet_core::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// People of one day and tenant who are remembered as active. One more forgets all of them, and they are stored again.
const REMEMBERED: usize = 100_000;

/// What waits to be stored.
#[derive(Default)]
pub(crate) struct Statistics {
    counted: Mutex<HashMap<TenantId, Counted>>,
    /// One at a time, so that whoever waited for it sees what was counted before.
    storing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Counted {
    waiting: Waiting,
    /// Who is known to have been active on a day.
    known: (Option<Timestamp>, HashSet<UserId>),
}

/// In the order of the tables' keys: two nodes that store at once wait for each other instead of deadlocking.
#[derive(Default)]
pub(crate) struct Waiting {
    pub(crate) counts: BTreeMap<(Series, Timestamp, Counter), i64>,
    pub(crate) active: BTreeSet<(Timestamp, UserId)>,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.active.is_empty()
    }

    fn add(&mut self, other: Self) {
        for (counter, count) in other.counts {
            *self.counts.entry(counter).or_default() += count;
        }
        self.active.extend(other.active);
    }
}

impl Counted {
    fn active(&mut self, user: &UserId, day: Timestamp) {
        let (known_day, known) = &mut self.known;
        if *known_day != Some(day) || known.len() >= REMEMBERED {
            *known_day = Some(day);
            known.clear();
        }
        if known.insert(user.clone()) {
            self.waiting.active.insert((day, user.clone()));
        }
    }
}

impl Statistics {
    fn lock(&self) -> MutexGuard<'_, HashMap<TenantId, Counted>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, tenant: &TenantId, change: impl FnOnce(&mut Counted) -> T) -> T {
        let mut all = self.lock();
        if let Some(counted) = all.get_mut(tenant) {
            return change(counted);
        }
        change(all.entry(tenant.clone()).or_default())
    }

    fn take(&self) -> Vec<(TenantId, Waiting)> {
        let mut all = self.lock();
        let taken = all.iter_mut().filter(|(_, counted)| !counted.waiting.is_empty());
        taken.map(|(tenant, counted)| (tenant.clone(), std::mem::take(&mut counted.waiting))).collect()
    }
}

impl TenantStore {
    /// Counts something that happened.
    pub fn count(&self, series: Series, counter: Counter, at: Timestamp) {
        self.store().inner.statistics.with(self.id(), |counted| {
            *counted.waiting.counts.entry((series, hour_of(at), counter)).or_default() += 1;
        });
    }

    /// Notes that somebody was active on a day.
    pub fn count_active(&self, user: &UserId, at: Timestamp) {
        self.store().inner.statistics.with(self.id(), |counted| counted.active(user, day_of(at)));
    }
}

impl Store {
    /// Stores what was counted so far. What cannot be stored now is counted on.
    pub async fn store_statistics(&self) -> Result<(), StoreError> {
        let statistics = &self.inner.statistics;
        let _one_at_a_time = statistics.storing.lock().await;
        let mut outcome = Ok(());
        for (tenant, waiting) in statistics.take() {
            if let Err(error) = self.tenant(tenant.clone()).add_statistics(&waiting).await {
                statistics.with(&tenant, |counted| counted.waiting.add(waiting));
                outcome = Err(error);
            }
        }
        outcome
    }
}

impl TenantStore {
    async fn add_statistics(&self, waiting: &Waiting) -> Result<(), StoreError> {
        let tx = self.write().await?;
        for ((series, hour, counter), count) in &waiting.counts {
            tx.add_hourly_count((*series, *hour), *counter, *count).await?;
        }
        for (day, user) in &waiting.active {
            tx.put_active_user(*day, user).await?;
        }
        tx.commit().await
    }
}
