//! Counters by the hour, and who was active on a day.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::UserId;
use signet_core::statistics::{Counter, Series};
use signet_core::time::Timestamp;

statements! {
    /// Counters of nodes add up.
    ADD = "INSERT INTO hourly_counts (tenant_id, series, hour, name, count) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, series, hour, name) DO UPDATE SET count = hourly_counts.count + excluded.count";
    LIST = "SELECT hour, name, count FROM hourly_counts WHERE tenant_id = $1 AND series = $2 AND hour >= $3 AND hour < $4 ORDER BY hour, name";
    DELETE_OLD = "DELETE FROM hourly_counts WHERE tenant_id = $1 AND hour < $2";
    PUT_ACTIVE = "INSERT INTO daily_active_users (tenant_id, day, user_id) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, day, user_id) DO NOTHING";
    ACTIVE_BY_DAY = "SELECT day, COUNT(*) FROM daily_active_users WHERE tenant_id = $1 AND day >= $2 AND day < $3 GROUP BY day ORDER BY day";
    COUNT_ACTIVE = "SELECT COUNT(DISTINCT user_id) FROM daily_active_users WHERE tenant_id = $1 AND day >= $2 AND day < $3";
    DELETE_OLD_ACTIVE = "DELETE FROM daily_active_users WHERE tenant_id = $1 AND (day, user_id) IN (SELECT day, user_id FROM daily_active_users WHERE tenant_id = $1 AND day < $2 ORDER BY day LIMIT 200)";
    COUNT_USERS = "SELECT COUNT(*) FROM users WHERE tenant_id = $1";
    COUNT_NEW_USERS = "SELECT COUNT(*) FROM users WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3";
}

/// A counter in an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourlyCount {
    pub hour: Timestamp,
    pub counter: Counter,
    pub count: i64,
}

/// People who were active on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailyCount {
    pub day: Timestamp,
    pub count: i64,
}

impl FromRow for HourlyCount {
    const TABLE: &'static str = "hourly_counts";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let hour = row.take()?;
        let counter = row.known(Counter::parse)?;
        Ok(Self { hour, counter, count: row.take()? })
    }
}

impl FromRow for DailyCount {
    const TABLE: &'static str = "daily_active_users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { day: row.take()?, count: row.take()? })
    }
}

struct Count(i64);

impl FromRow for Count {
    const TABLE: &'static str = "users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    /// From `from` on and before `until`.
    pub async fn hourly_counts(
        &self,
        series: Series,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<HourlyCount>, StoreError> {
        self.all(LIST, params![series.as_str(), from, until]).await
    }

    /// Days on which somebody was active.
    pub async fn active_users_by_day(
        &self,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<DailyCount>, StoreError> {
        self.all(ACTIVE_BY_DAY, params![from, until]).await
    }

    /// People who were active on one of these days.
    pub async fn count_active_between(&self, (from, until): (Timestamp, Timestamp)) -> Result<i64, StoreError> {
        Ok(self.one::<Count>(COUNT_ACTIVE, params![from, until]).await?.map_or(0, |count| count.0))
    }

    pub async fn count_users(&self) -> Result<i64, StoreError> {
        Ok(self.one::<Count>(COUNT_USERS, params![]).await?.map_or(0, |count| count.0))
    }

    pub async fn count_new_users(&self, (from, until): (Timestamp, Timestamp)) -> Result<i64, StoreError> {
        Ok(self.one::<Count>(COUNT_NEW_USERS, params![from, until]).await?.map_or(0, |count| count.0))
    }
}

impl Tx {
    pub(crate) async fn add_hourly_count(
        &self,
        (series, hour): (Series, Timestamp),
        counter: Counter,
        count: i64,
    ) -> Result<(), StoreError> {
        self.execute(ADD, params![series.as_str(), hour, counter.name(), count]).await.map(drop)
    }

    pub(crate) async fn put_active_user(&self, day: Timestamp, user: &UserId) -> Result<(), StoreError> {
        self.execute(PUT_ACTIVE, params![day, user]).await.map(drop)
    }

    /// Counts of hours before `oldest`, of which there are a few for each.
    pub async fn delete_old_counts(&self, oldest: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_OLD, params![oldest]).await
    }

    /// Who was active before `oldest`. Up to 200.
    pub async fn delete_old_activity(&self, oldest: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_OLD_ACTIVE, params![oldest]).await
    }
}
