//! PostgreSQL through a pool. Statements are prepared once per connection.

use super::{Cells, HALF_DONE, PoolSettings};
use crate::constraint;
use crate::error::StoreError;
use crate::row::Cell;
use crate::value::Value;
use bytes::BytesMut;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

pub(crate) struct Postgres {
    /// One for each runtime that asks: a connection is driven by the runtime that opened it, and whoever uses it from
    /// another one wakes two threads for each statement.
    pools: Mutex<HashMap<runtime::Id, Pool>>,
    settings: PoolSettings,
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

/// A connection, perhaps in a transaction.
pub(crate) struct Connection {
    /// `None` only while it is being dropped.
    object: Option<Box<Object>>,
    in_transaction: bool,
    /// PostgreSQL answers a commit after a failed statement with a rollback, and says so in no error.
    failed: AtomicBool,
}

impl Postgres {
    pub(crate) fn connect(url: &str, settings: PoolSettings) -> Result<Self, StoreError> {
        let (url, verify) = tls_mode(url)?;
        let mut config: Config = url.parse().map_err(|error| StoreError::Schema(format!("DB_URL: {error}")))?;
        config.connect_timeout(settings.connection_timeout).application_name("signet");
        config.keepalives_idle(Duration::from_secs(30));
        if let Some(timeout) = settings.statement_timeout {
            let given = config.get_options().map(|options| format!("{options} ")).unwrap_or_default();
            config.options(format!("{given}-c statement_timeout={}", timeout.as_millis()));
        }
        let tls = verify.then(verified_tls).transpose()?;
        Ok(Self { pools: Mutex::default(), settings, config, tls })
    }

    fn pool(&self) -> Result<Pool, StoreError> {
        let here = runtime::Handle::current().id();
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools.get(&here) {
            return Ok(pool.clone());
        }
        let pool = self.new_pool()?;
        pools.insert(here, pool.clone());
        Ok(pool)
    }

    fn new_pool(&self) -> Result<Pool, StoreError> {
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = match &self.tls {
            Some(tls) => Manager::from_config(self.config.clone(), tls.clone(), recycling),
            None => Manager::from_config(self.config.clone(), NoTls, recycling),
        };
        let runtimes = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Pool::builder(manager)
            .max_size(self.settings.size.div_ceil(runtimes).max(2))
            .wait_timeout(Some(self.settings.connection_timeout))
            .create_timeout(Some(self.settings.connection_timeout))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StoreError::Unavailable(Box::new(error)))
    }

    pub(crate) async fn get(&self) -> Result<Connection, StoreError> {
        let object = self.pool()?.get().await.map_err(unreachable_pool)?;
        Ok(Connection { object: Some(Box::new(object)), in_transaction: false, failed: AtomicBool::new(false) })
    }

    pub(crate) async fn begin(&self) -> Result<Connection, StoreError> {
        let mut connection = self.get().await?;
        // Before it is sent: whoever gives up waiting must not leave a transaction open in the pool.
        connection.in_transaction = true;
        connection.batch("BEGIN").await?;
        Ok(connection)
    }

    /// A connection of its own for `LISTEN`, with the stream of its notifications: each payload is passed to `heard`.
    /// Returns when the connection ends.
    pub(crate) async fn listen(
        &self,
        command: &str,
        ready: impl FnOnce(),
        heard: impl FnMut(&str) + Send + 'static,
    ) -> Result<(), StoreError> {
        match &self.tls {
            Some(tls) => self.listen_over(tls.clone(), command, ready, heard).await,
            None => self.listen_over(NoTls, command, ready, heard).await,
        }
    }

    async fn listen_over<T>(
        &self,
        tls: T,
        command: &str,
        ready: impl FnOnce(),
        mut heard: impl FnMut(&str) + Send + 'static,
    ) -> Result<(), StoreError>
    where
        T: tokio_postgres::tls::MakeTlsConnect<tokio_postgres::Socket>,
        T::Stream: Send + 'static,
    {
        let (client, mut connection) = self.config.connect(tls).await.map_err(failed)?;
        let mut pump = tokio::spawn(async move {
            let mut messages = futures_util::stream::poll_fn(move |context| connection.poll_message(context));
            while let Some(message) = futures_util::StreamExt::next(&mut messages).await {
                match message {
                    Ok(tokio_postgres::AsyncMessage::Notification(note)) => heard(note.payload()),
                    Ok(_) => {}
                    Err(error) => return Err(failed(error)),
                }
            }
            Ok(())
        });
        client.batch_execute(command).await.map_err(failed)?;
        ready();
        // A dead peer sends nothing: ask now and then, so that silence is noticed.
        let mut pulse = tokio::time::interval(Duration::from_secs(10));
        loop {
            tokio::select! {
                ended = &mut pump => return ended.unwrap_or(Ok(())),
                _ = pulse.tick() => {
                    let answer = tokio::time::timeout(Duration::from_secs(5), client.batch_execute("")).await;
                    match answer {
                        Ok(Ok(())) => {}
                        Ok(Err(error)) => return Err(failed(error)),
                        Err(elapsed) => { pump.abort(); return Err(StoreError::Unavailable(Box::new(elapsed))); }
                    }
                }
            }
        }
    }
}

impl Connection {
    fn client(&self) -> Result<&Object, StoreError> {
        self.object.as_deref().ok_or_else(|| StoreError::Unavailable("the connection is gone".into()))
    }

    fn note<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        outcome.inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }

    pub(crate) async fn query(&self, sql: &str, values: &[Value<'_>]) -> Result<Cells, StoreError> {
        self.note(self.rows(sql, values).await)
    }

    async fn rows(&self, sql: &str, values: &[Value<'_>]) -> Result<Cells, StoreError> {
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await.map_err(failed)?;
        let rows = client.query_raw(&statement, values).await.map_err(failed)?;
        let rows: Vec<_> = futures_util::TryStreamExt::try_collect(rows).await.map_err(failed)?;
        rows.iter()
            .map(|row| (0..row.len()).map(|column| row.try_get::<_, Cell>(column)).collect::<Result<_, _>>())
            .collect::<Result<_, _>>()
            .map_err(failed)
    }

    pub(crate) async fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.note(self.changed(sql, values).await)
    }

    async fn changed(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await.map_err(failed)?;
        client.execute_raw(&statement, values).await.map_err(failed)
    }

    pub(crate) async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.note(self.client()?.batch_execute(sql).await.map_err(failed))
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(StoreError::Database(HALF_DONE.into()));
        }
        if self.in_transaction {
            self.batch("COMMIT").await?;
            self.in_transaction = false;
        }
        Ok(())
    }
}

impl Drop for Connection {
    /// A transaction that was not committed must not go back to the pool: its connection is closed, and PostgreSQL
    /// rolls it back.
    fn drop(&mut self) {
        if self.in_transaction
            && let Some(object) = self.object.take()
        {
            drop(Object::take(*object));
        }
    }
}

/// `sslmode` as operators write it. Whoever asks for TLS gets a verified certificate.
fn tls_mode(url: &str) -> Result<(String, bool), StoreError> {
    let mut parsed = url::Url::parse(url).map_err(|error| StoreError::Schema(format!("DB_URL: {error}")))?;
    let mode = parsed.query_pairs().find(|(key, _)| key == "sslmode").map(|(_, value)| value.into_owned());
    let rest: Vec<(String, String)> = parsed
        .query_pairs()
        .filter(|(key, _)| key != "sslmode")
        .map(|(k, v)| (k.into_owned(), v.into_owned()))
        .collect();
    let (verify, forced) = match mode.as_deref() {
        None | Some("disable" | "allow") => (false, "disable"),
        Some("require" | "verify-ca" | "verify-full" | "prefer") => (true, "require"),
        Some(other) => {
            let text = format!("DB_URL: sslmode `{other}` is not supported; use `disable` or `verify-full`");
            return Err(StoreError::Schema(text));
        }
    };
    parsed.query_pairs_mut().clear().extend_pairs(rest).append_pair("sslmode", forced);
    // A space in a form is a plus; in PostgreSQL's URLs a plus is a plus.
    let spaced = parsed.query().map(|query| query.replace('+', "%20"));
    parsed.set_query(spaced.as_deref());
    Ok((parsed.into(), verify))
}

fn verified_tls() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in rustls_native_certs::load_native_certs().certs {
        roots.add(certificate).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Unavailable(Box::new(error)))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn unreachable_pool(error: PoolError) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

fn failed(error: tokio_postgres::Error) -> StoreError {
    let Some(cause) = error.as_db_error() else {
        return StoreError::Unavailable(Box::new(error));
    };
    let code = cause.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        StoreError::Conflict(constraint::by_name(cause.constraint().unwrap_or_default()))
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        StoreError::MissingReference
    } else if *code == SqlState::INVALID_REGULAR_EXPRESSION || *code == SqlState::INVALID_ESCAPE_SEQUENCE {
        StoreError::Pattern(cause.message().to_owned())
    } else if ["08", "53", "57"].iter().any(|class| code.code().starts_with(class))
        || [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code)
    {
        // Connection exceptions, insufficient resources, operator intervention, and what goes well the next time.
        StoreError::Unavailable(Box::new(error))
    } else {
        StoreError::Database(Box::new(error))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(value) => value.to_sql(kind, out),
            Value::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Value::Int(value) => value.to_sql(kind, out),
            Value::Text(value) => value.to_sql(kind, out),
            Value::Owned(value) => value.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *kind {
            Type::BOOL => Self::Int(i64::from(bool::from_sql(kind, raw)?)),
            Type::INT8 => Self::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Int(i64::from(i32::from_sql(kind, raw)?)),
            _ => Self::Text(String::from_sql(&Type::TEXT, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_is_verified_or_off_and_other_parameters_stay() {
        for (url, expected, verify) in [
            ("postgres://a@h/d", "postgres://a@h/d?sslmode=disable", false),
            ("postgres://a@h/d?sslmode=prefer", "postgres://a@h/d?sslmode=require", true),
            (
                "postgres://a@h/d?sslmode=verify-full&options=-c%20search_path%3Dx%2By",
                "postgres://a@h/d?options=-c%20search_path%3Dx%2By&sslmode=require",
                true,
            ),
            ("postgres://a@%2Frun%2Fpg/d", "postgres://a@%2Frun%2Fpg/d?sslmode=disable", false),
        ] {
            assert_eq!(tls_mode(url).unwrap(), (expected.to_owned(), verify), "{url}");
        }
        assert!(tls_mode("postgres://a@h/d?sslmode=maybe").is_err());
    }
}
