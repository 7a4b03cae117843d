//! Numbers of people for the dashboard. Days are those of UTC.

use super::caller::ManagementCaller;
use super::openapi::Refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use signet_core::date::Date;
use signet_core::statistics::day_of;
use signet_core::time::Timestamp;
use signet_storage::{Reader, StoreError};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const DAY: i64 = 24 * 3_600_000;
/// Days of the curve of daily active users.
const CURVE: i64 = 30;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_total_user_count))
        .routes(routes!(get_new_user_counts))
        .routes(routes!(get_active_user_counts))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TotalUsers {
    total_user_count: i64,
}

/// Count the users
#[utoipa::path(get, path = "/dashboard/users/total", tag = "Dashboard",
    responses((status = 200, body = TotalUsers), Refused))]
async fn get_total_user_count(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<TotalUsers>, ApiError> {
    Ok(Json(TotalUsers { total_user_count: state.store.read().await?.count_users().await? }))
}

/// A count, and how much more that is than in the time before.
#[derive(Debug, Serialize, ToSchema)]
struct Compared {
    count: i64,
    delta: i64,
}

impl Compared {
    fn new(count: i64, before: i64) -> Self {
        Self { count, delta: count - before }
    }
}

/// From `days` before the end of `day` on.
fn window(day: Timestamp, days: i64) -> (Timestamp, Timestamp) {
    let until = day.0 + DAY;
    (Timestamp(until - days * DAY), Timestamp(until))
}

fn before((from, until): (Timestamp, Timestamp)) -> (Timestamp, Timestamp) {
    (Timestamp(2 * from.0 - until.0), from)
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewUsers {
    today: Compared,
    last_7_days: Compared,
}

/// Count the new users
///
/// Of today against yesterday, and of the last seven days against those before.
#[utoipa::path(get, path = "/dashboard/users/new", tag = "Dashboard",
    responses((status = 200, body = NewUsers), Refused))]
async fn get_new_user_counts(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<NewUsers>, ApiError> {
    let reader = state.store.read().await?;
    let today = day_of(state.clock.now());
    let compared = async |days| {
        let now = window(today, days);
        let (count, earlier) = (reader.count_new_users(now).await?, reader.count_new_users(before(now)).await?);
        Ok::<_, StoreError>(Compared::new(count, earlier))
    };
    Ok(Json(NewUsers { today: compared(1).await?, last_7_days: compared(7).await? }))
}

/// Query of `GET /dashboard/users/active`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct ActiveOn {
    /// `YYYY-MM-DD`: the last day that is looked at. Today unless told otherwise.
    #[param(value_type = Option<String>)]
    date: Option<Date>,
}

impl FromFields for ActiveOn {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let is_date = |text: &str| text.parse::<Date>().is_ok();
        let date = fields.optional("date", text().matching("regex", "Invalid", is_date))?;
        Ok(Self { date: date.and_then(|date| date.parse().ok()) })
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct ActiveUsersOfDay {
    /// `YYYY-MM-DD`.
    date: String,
    count: i64,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActiveUsers {
    /// Of thirty days.
    dau_curve: Vec<ActiveUsersOfDay>,
    dau: Compared,
    wau: Compared,
    mau: Compared,
}

/// Count the active users
///
/// Whoever got a token on a day was active. Of a day, of seven days and of thirty, each against those before.
#[utoipa::path(get, path = "/dashboard/users/active", tag = "Dashboard", params(ActiveOn),
    responses((status = 200, body = ActiveUsers), Refused))]
async fn get_active_user_counts(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(asked): Query<ActiveOn>,
) -> Result<Json<ActiveUsers>, ApiError> {
    state.store.store().store_statistics().await?;
    let day = asked.date.map_or_else(|| day_of(state.clock.now()), Date::beginning);
    let reader = state.store.read().await?;
    let dau_curve = curve(&reader, day).await?;
    let compared = async |days| {
        let now = window(day, days);
        let count = reader.count_active_between(now).await?;
        Ok::<_, StoreError>(Compared::new(count, reader.count_active_between(before(now)).await?))
    };
    let (wau, mau) = (compared(7).await?, compared(30).await?);
    let last = |back: usize| dau_curve.iter().rev().nth(back).map_or(0, |of_day| of_day.count);
    let dau = Compared::new(last(0), last(1));
    Ok(Json(ActiveUsers { dau_curve, dau, wau, mau }))
}

/// Every day, also those on which nobody came.
async fn curve(reader: &Reader, last: Timestamp) -> Result<Vec<ActiveUsersOfDay>, StoreError> {
    let (from, until) = window(last, CURVE);
    let found = reader.active_users_by_day((from, until)).await?;
    let counts: HashMap<Timestamp, i64> = found.into_iter().map(|of_day| (of_day.day, of_day.count)).collect();
    let days = (0..CURVE).map(|number| Timestamp(from.0 + number * DAY));
    let shown = days.map(|day| ActiveUsersOfDay {
        date: Date::of(day).to_string(),
        count: counts.get(&day).copied().unwrap_or_default(),
    });
    Ok(shown.collect())
}
