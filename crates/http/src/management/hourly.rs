//! Plots by the hour: tokens, sign-ins, and runs of claims scripts.

use super::caller::ManagementCaller;
use super::openapi::Refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::digits;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use signet_core::script::TokenType;
use signet_core::statistics::{Bucket, Counter, Series, hour_of, percentile};
use signet_core::time::Timestamp;
use signet_storage::HourlyCount;
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const HOUR: i64 = 3_600_000;
/// A month with a change to summer time in it.
const MOST_HOURS: i64 = 31 * 24 + 1;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_token_counts))
        .routes(routes!(get_sign_in_counts))
        .routes(routes!(get_script_statistics))
}

/// Which hours.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct Range {
    /// Milliseconds since the epoch. 24 hours before `to` unless told otherwise.
    from: Option<i64>,
    /// Milliseconds since the epoch. Now unless told otherwise. At most 31 days after `from`.
    to: Option<i64>,
}

impl FromFields for Range {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let (from, to) = (fields.optional("from", digits()), fields.optional("to", digits()));
        Ok(Self { from: from?, to: to? })
    }
}

impl Range {
    /// The hours that it touches, by their beginnings.
    fn hours(&self, now: Timestamp) -> Result<Vec<Timestamp>, ApiError> {
        let to = self.to.unwrap_or(now.0);
        // The hour under way is one of the twenty-four.
        let from = self.from.unwrap_or_else(|| to.saturating_sub(23 * HOUR));
        let (first, last) = (hour_of(Timestamp(from)).0, hour_of(Timestamp(to)).0);
        if from > to || last.saturating_sub(first) / HOUR >= MOST_HOURS {
            return Err(ApiError::invalid_request("`to` is after `from`, and at most 31 days."));
        }
        Ok((0..=(last - first) / HOUR).map(|number| Timestamp(first + number * HOUR)).collect())
    }
}

/// What was counted in an hour.
#[derive(Default)]
struct Hour(Vec<(Counter, i64)>);

impl Hour {
    fn count(&self, counter: Counter) -> i64 {
        self.0.iter().find(|(found, _)| *found == counter).map_or(0, |(_, count)| *count)
    }
}

/// Every hour, also those in which nothing happened.
async fn counted(state: &TenantState, series: Series, hours: &[Timestamp]) -> Result<Vec<(Timestamp, Hour)>, ApiError> {
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else { return Ok(Vec::new()) };
    let found = state.store.read().await?.hourly_counts(series, (*first, Timestamp(last.0 + 1))).await?;
    let mut by_hour = HashMap::<Timestamp, Hour>::new();
    for HourlyCount { hour, counter, count } in found {
        by_hour.entry(hour).or_default().0.push((counter, count));
    }
    Ok(hours.iter().map(|hour| (*hour, by_hour.remove(hour).unwrap_or_default())).collect())
}

/// Token requests of an hour.
#[derive(Debug, Serialize, ToSchema)]
struct TokensOfHour {
    /// Its beginning, in milliseconds since the epoch.
    hour: i64,
    /// Answered for people.
    user: i64,
    /// Answered for machines.
    machine: i64,
    /// Refused.
    failed: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct TokenCounts {
    hours: Vec<TokensOfHour>,
}

/// Count token requests by the hour
///
/// Counted about a second after they were answered.
#[utoipa::path(get, path = "/dashboard/tokens", tag = "Dashboard", params(Range),
    responses((status = 200, body = TokenCounts), Refused))]
async fn get_token_counts(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(range): Query<Range>,
) -> Result<Json<TokenCounts>, ApiError> {
    let hours = range.hours(state.clock.now())?;
    state.store.store().store_statistics().await?;
    let hours = counted(&state, Series::Tokens, &hours).await?.into_iter().map(|(hour, of_hour)| TokensOfHour {
        hour: hour.0,
        user: of_hour.count(Counter::UserTokens),
        machine: of_hour.count(Counter::MachineTokens),
        failed: of_hour.count(Counter::RefusedTokens),
    });
    Ok(Json(TokenCounts { hours: hours.collect() }))
}

/// Sign-ins of an hour.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SignInsOfHour {
    /// Its beginning, in milliseconds since the epoch.
    hour: i64,
    sign_ins: i64,
    registrations: i64,
    /// Passwords and codes that were wrong.
    failed: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct SignInCounts {
    hours: Vec<SignInsOfHour>,
}

/// Count sign-ins by the hour
#[utoipa::path(get, path = "/dashboard/sign-ins", tag = "Dashboard", params(Range),
    responses((status = 200, body = SignInCounts), Refused))]
async fn get_sign_in_counts(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(range): Query<Range>,
) -> Result<Json<SignInCounts>, ApiError> {
    let hours = range.hours(state.clock.now())?;
    state.store.store().store_statistics().await?;
    let hours = counted(&state, Series::SignIns, &hours).await?.into_iter().map(|(hour, of_hour)| SignInsOfHour {
        hour: hour.0,
        sign_ins: of_hour.count(Counter::SignIns),
        registrations: of_hour.count(Counter::Registrations),
        failed: of_hour.count(Counter::FailedProofs),
    });
    Ok(Json(SignInCounts { hours: hours.collect() }))
}

/// Runs of a claims script.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScriptRuns {
    runs: i64,
    /// Runs that ended in an error, or could not begin.
    failures: i64,
    /// Runs that denied the token.
    denials: i64,
    /// Milliseconds that half of the runs stayed below; less than 5 % off. `null` without runs.
    p50_ms: Option<f64>,
    /// Milliseconds that 99 of 100 runs stayed below.
    p99_ms: Option<f64>,
}

impl ScriptRuns {
    fn of(hours: &[&Hour]) -> Self {
        let sum = |counter| hours.iter().map(|of_hour| of_hour.count(counter)).sum();
        let all = hours.iter().flat_map(|of_hour| &of_hour.0);
        let buckets: Vec<(Bucket, i64)> = all
            .filter_map(|(counter, count)| match counter {
                Counter::Took(bucket) => Some((*bucket, *count)),
                _ => None,
            })
            .collect();
        let rounded = |part| percentile(&buckets, part).map(|millis| (millis * 1000.0).round() / 1000.0);
        Self {
            runs: sum(Counter::Runs),
            failures: sum(Counter::Failures),
            denials: sum(Counter::Denials),
            p50_ms: rounded(0.5),
            p99_ms: rounded(0.99),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct ScriptRunsOfHour {
    /// Its beginning, in milliseconds since the epoch.
    hour: i64,
    #[serde(flatten)]
    runs: ScriptRuns,
}

#[derive(Debug, Serialize, ToSchema)]
struct ScriptStatistics {
    /// `access-token` or `client-credentials`.
    key: &'static str,
    total: ScriptRuns,
    hours: Vec<ScriptRunsOfHour>,
}

#[derive(Debug, Serialize, ToSchema)]
struct AllScriptStatistics {
    scripts: Vec<ScriptStatistics>,
}

/// Count runs of claims scripts by the hour
///
/// How many there were, how they ended and how long they took.
#[utoipa::path(get, path = "/statistics/scripts", tag = "Dashboard", params(Range),
    responses((status = 200, body = AllScriptStatistics), Refused))]
async fn get_script_statistics(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(range): Query<Range>,
) -> Result<Json<AllScriptStatistics>, ApiError> {
    let hours = range.hours(state.clock.now())?;
    state.store.store().store_statistics().await?;
    let mut scripts = Vec::new();
    for kind in TokenType::ALL {
        let counted = counted(&state, Series::Script(kind), &hours).await?;
        let all: Vec<&Hour> = counted.iter().map(|(_, of_hour)| of_hour).collect();
        let total = ScriptRuns::of(&all);
        let hours = counted.iter().map(|(hour, of_hour)| {
            let runs = ScriptRuns::of(&[of_hour]);
            ScriptRunsOfHour { hour: hour.0, runs }
        });
        scripts.push(ScriptStatistics { key: kind.as_path(), total, hours: hours.collect() });
    }
    Ok(Json(AllScriptStatistics { scripts }))
}
