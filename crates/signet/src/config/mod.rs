//! Configuration: flags, then environment, then file, then defaults. Names in the environment are the ones that
//! existing deployments use; what is only Signet's begins with `SIGNET_`.

mod file;
mod parse;
mod refused;
pub mod vault_key;

pub use refused::NotBuilt;

use clap::{Args, Parser, Subcommand};
use parse::{boolean, milliseconds, seconds, statement_timeout};
use signet_egress::AllowEntry;
use signet_storage::{DatabaseUrl, PoolSettings, SqliteSync};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// Argument with which the server starts itself as a script worker.
pub const WORKER_COMMAND: &str = "script-worker";

/// An OpenID Connect and OAuth 2 server for products with organizations.
#[derive(Debug, Parser)]
#[command(name = "signet", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub settings: Settings,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the server.
    Serve,
    /// Work on the database.
    Db {
        #[command(subcommand)]
        command: DbCommand,
    },
    /// Bring the database schema up to date.
    Migrate {
        /// Only say whether it is; exit with 1 when it is not.
        #[arg(long)]
        check: bool,
    },
    /// Copy the database to a directory. The server may run meanwhile.
    Backup {
        /// A directory that does not exist yet.
        target: PathBuf,
    },
    /// Put a backup in place of the database. The server must not run.
    Restore {
        /// A directory that `signet backup` made.
        source: PathBuf,
        /// Replace a database that exists.
        #[arg(long)]
        force: bool,
    },
    /// Work on claims scripts without the Management API.
    Script {
        #[command(subcommand)]
        command: ScriptCommand,
    },
    /// Write the OpenAPI document of the Management API.
    Openapi,
    /// Say what this machine protects scripts with, and whether the configuration works.
    Doctor,
}

#[derive(Debug, Subcommand)]
pub enum DbCommand {
    /// Create the schema and the first data: tenants, keys, the Management API and its role.
    Seed {
        /// Do nothing when there is data already, instead of failing.
        #[arg(long, visible_alias = "swe")]
        skip_when_exists: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum ScriptCommand {
    /// Write what scripts see, as TypeScript declarations for an editor.
    Types {
        /// Whose tokens the script is for.
        token_type: ScriptTokenType,
    },
    /// Remove a script, for instance one that refuses every token.
    Remove {
        /// Whose tokens the script is for.
        token_type: ScriptTokenType,
    },
}

/// Token types as the Management API's paths name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ScriptTokenType {
    AccessToken,
    ClientCredentials,
}

/// Every setting. Each can be a flag, an environment variable or a key of the configuration file.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// A TOML file of settings, named like the flags: `port = 3001`.
    #[arg(long, global = true, env = "SIGNET_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub storage: StorageArgs,
    #[command(flatten)]
    pub server: ServerArgs,
    #[command(flatten)]
    pub people: PeopleArgs,
    #[command(flatten)]
    pub scripts: ScriptArgs,
    #[command(flatten)]
    pub egress: EgressArgs,
    #[command(flatten)]
    pub seed: SeedArgs,
    #[command(flatten)]
    pub log: LogArgs,
    #[command(flatten)]
    pub not_built: NotBuilt,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Storage")]
pub struct StorageArgs {
    /// Where the embedded database and the vault key live.
    #[arg(long, global = true, env = "SIGNET_DATA_DIR", default_value = "./data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// `postgres://…` or `sqlite:<path>` (default: `signet.db` in the data directory).
    #[arg(long, global = true, env = "DB_URL", value_name = "URL", hide_env_values = true)]
    pub db_url: Option<DatabaseUrl>,
    /// Connections to PostgreSQL.
    #[arg(long, global = true, env = "DATABASE_POOL_SIZE", default_value_t = 20, value_name = "N")]
    pub database_pool_size: usize,
    /// Milliseconds to wait for a connection.
    #[arg(long, global = true, env = "DATABASE_CONNECTION_TIMEOUT", default_value = "5000", value_name = "MS", value_parser = milliseconds)]
    pub database_connection_timeout: Duration,
    /// Milliseconds that PostgreSQL may work on a statement, or `DISABLE_TIMEOUT`.
    #[arg(long, global = true, env = "DATABASE_STATEMENT_TIMEOUT", default_value = "60000", value_name = "MS", value_parser = statement_timeout)]
    pub database_statement_timeout: StatementTimeout,
    /// Make every commit wait for the disk, so that a power loss loses nothing (SQLite).
    #[arg(long, global = true, env = "SIGNET_SQLITE_FULL_SYNC", default_value = "false", value_name = "YES", num_args = 0..=1, default_missing_value = "true", value_parser = boolean)]
    pub sqlite_full_sync: bool,
    /// The vault key: 32 bytes in base64. Without it the key file of the data directory is used, made at first start.
    #[arg(long, global = true, env = "SECRET_VAULT_KEK", value_name = "BASE64", hide_env_values = true)]
    pub secret_vault_kek: Option<String>,
    /// Days that audit entries are kept. 0 keeps them for ever.
    #[arg(long, global = true, env = "SIGNET_AUDIT_RETENTION_DAYS", default_value_t = 90, value_name = "DAYS")]
    pub audit_retention_days: u32,
}

/// How long PostgreSQL may work on a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementTimeout {
    After(Duration),
    Disabled,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Server")]
pub struct ServerArgs {
    /// Port of the `default` tenant.
    #[arg(long, global = true, env = "PORT", default_value_t = 3001, value_name = "PORT")]
    pub port: u16,
    /// Port of the `admin` tenant.
    #[arg(long, global = true, env = "ADMIN_PORT", default_value_t = 3002, value_name = "PORT")]
    pub admin_port: u16,
    /// Address to listen on.
    #[arg(long, global = true, env = "SIGNET_LISTEN", default_value = "0.0.0.0", value_name = "IP")]
    pub listen: std::net::IpAddr,
    /// Public base URL of the `default` tenant (default: `http://localhost:<port>`).
    #[arg(long, global = true, env = "ENDPOINT", value_name = "URL")]
    pub endpoint: Option<Url>,
    /// Public base URL of the `admin` tenant (default: `http://localhost:<admin port>`).
    #[arg(long, global = true, env = "ADMIN_ENDPOINT", value_name = "URL")]
    pub admin_endpoint: Option<Url>,
    /// Do not listen for the `admin` tenant on its own port.
    #[arg(long, global = true, env = "ADMIN_DISABLE_LOCALHOST", default_value = "false", value_name = "YES", num_args = 0..=1, default_missing_value = "true", value_parser = boolean)]
    pub admin_disable_localhost: bool,
    /// Believe `X-Forwarded-For` of the proxies in front.
    #[arg(long, global = true, env = "TRUST_PROXY_HEADER", default_value = "false", value_name = "YES", num_args = 0..=1, default_missing_value = "true", value_parser = boolean)]
    pub trust_proxy_header: bool,
    /// How many proxies append to `X-Forwarded-For`.
    #[arg(long, global = true, env = "SIGNET_TRUSTED_PROXIES", default_value_t = 1, value_name = "N")]
    pub trusted_proxies: usize,
    /// Certificate chain (PEM). With a key, the listeners speak TLS.
    #[arg(long, global = true, env = "HTTPS_CERT_PATH", value_name = "FILE", requires = "https_key_path")]
    pub https_cert_path: Option<PathBuf>,
    /// Private key of the certificate (PEM).
    #[arg(long, global = true, env = "HTTPS_KEY_PATH", value_name = "FILE", requires = "https_cert_path")]
    pub https_key_path: Option<PathBuf>,
    /// Private listener for `/metrics`, `/live` and `/ready`.
    #[arg(long, global = true, env = "SIGNET_METRICS_LISTEN", value_name = "IP:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// Callers of `GET /api/status` that know this key learn the tenant id.
    #[arg(long, global = true, env = "STATUS_API_KEY", value_name = "KEY", hide_env_values = true)]
    pub status_api_key: Option<String>,
    /// Seconds between publishing a rotated key and signing with it, when a rotation names none.
    #[arg(long, global = true, env = "PRIVATE_KEY_ROTATION_GRACE_PERIOD", default_value = "0", value_name = "S", value_parser = seconds)]
    pub private_key_rotation_grace_period: Duration,
    /// Connections that a listener serves at once.
    #[arg(long, global = true, env = "SIGNET_MAX_CONNECTIONS", default_value_t = 10_000, value_name = "N")]
    pub max_connections: usize,
    /// Seconds that running requests get when the server is told to stop.
    #[arg(long, global = true, env = "SIGNET_SHUTDOWN_TIMEOUT", default_value = "30", value_name = "S", value_parser = seconds)]
    pub shutdown_timeout: Duration,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "People")]
pub struct PeopleArgs {
    /// Development: keep messages to people, with their codes, for an administrator to read. Endpoints on loopback do so
    /// without this.
    #[arg(long, global = true, env = "SIGNET_DEV", default_value = "false", value_name = "YES", num_args = 0..=1, default_missing_value = "true", value_parser = boolean)]
    pub dev: bool,
    /// Who knows breached passwords: a URL that the first five digits of a SHA-1 are put behind. Empty asks nobody.
    #[arg(
        long,
        global = true,
        env = "SIGNET_BREACHED_PASSWORDS_URL",
        default_value = "https://api.pwnedpasswords.com/range/",
        value_name = "URL"
    )]
    pub breached_passwords_url: String,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Claims scripts")]
pub struct ScriptArgs {
    /// Scripts that run at once (default: one per processor, at least two).
    #[arg(long, global = true, env = "SIGNET_SCRIPT_WORKERS", value_name = "N")]
    pub script_workers: Option<usize>,
    /// Worker processes at most, busy or not. Each belongs to a tenant, is kept for it, and takes some 2 MB.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_WORKERS_KEPT", default_value_t = 64, value_name = "N")]
    pub script_workers_kept: usize,
    /// Runs that may wait for a worker.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_QUEUE", default_value_t = 1024, value_name = "N")]
    pub script_queue: usize,
    /// Milliseconds that a run may take.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_TIMEOUT", default_value = "5000", value_name = "MS", value_parser = milliseconds)]
    pub script_timeout: Duration,
    /// Runs of a script that end in a row by time, memory or a lost worker before it is refused for a while; 0 never
    /// refuses one.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_CIRCUIT_FAILURES", default_value_t = 10, value_name = "N")]
    pub script_circuit_failures: u32,
    /// Milliseconds that such a script is refused before one run may try again.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_CIRCUIT_COOLDOWN", default_value = "10000", value_name = "MS", value_parser = milliseconds)]
    pub script_circuit_cooldown: Duration,
    /// Megabytes that a run may allocate.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_MEMORY_MB", default_value_t = 128, value_name = "MB")]
    pub script_memory_mb: usize,
    /// Kilobytes of the object that a run may return, as JSON.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_OUTPUT_KB", default_value_t = 50, value_name = "KB")]
    pub script_output_kb: usize,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Outbound requests")]
pub struct EgressArgs {
    /// What claims scripts may fetch from although it is not public: `host`, `host:port`, `10.1.0.0/16`, separated by
    /// commas.
    #[arg(long, global = true, env = "SIGNET_SCRIPT_FETCH_ALLOW", value_name = "PLACES", value_delimiter = ',')]
    pub script_fetch_allow: Vec<AllowEntry>,
    /// The same for the server's own requests, such as those for the key sets of applications.
    #[arg(long, global = true, env = "SIGNET_EGRESS_ALLOW", value_name = "PLACES", value_delimiter = ',')]
    pub egress_allow: Vec<AllowEntry>,
    /// Let requests to URLs that applications registered reach private networks.
    #[arg(long, global = true, env = "OIDC_PROVIDER_SSRF_PROTECTION_DISABLED", default_value = "false", value_name = "YES", num_args = 0..=1, default_missing_value = "true", value_parser = boolean)]
    pub oidc_provider_ssrf_protection_disabled: bool,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "First data")]
pub struct SeedArgs {
    /// Client id of the first machine-to-machine application, made on an empty database.
    #[arg(long, global = true, env = "SIGNET_BOOTSTRAP_APP_ID", value_name = "ID", requires = "bootstrap_app_secret")]
    pub bootstrap_app_id: Option<String>,
    /// Its secret.
    #[arg(
        long,
        global = true,
        env = "SIGNET_BOOTSTRAP_APP_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        requires = "bootstrap_app_id"
    )]
    pub bootstrap_app_secret: Option<String>,
    /// Signing keys to import on an empty database: PEM, or base64 of PEM; at most two, the current one first.
    #[arg(
        long,
        global = true,
        env = "OIDC_PRIVATE_KEYS",
        value_name = "KEYS",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub oidc_private_keys: Vec<String>,
    /// The same from files.
    #[arg(long, global = true, env = "OIDC_PRIVATE_KEY_PATHS", value_name = "FILES", value_delimiter = ',')]
    pub oidc_private_key_paths: Vec<PathBuf>,
    /// Cookie keys to import on an empty database, the current one first.
    #[arg(
        long,
        global = true,
        env = "OIDC_COOKIE_KEYS",
        value_name = "KEYS",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub oidc_cookie_keys: Vec<String>,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Logs")]
pub struct LogArgs {
    /// What to log: `info`, `warn`, or targets like `info,signet_http::request=info` for a line per request.
    #[arg(
        long,
        global = true,
        env = "SIGNET_LOG",
        default_value = "info,signet_http::request=warn",
        value_name = "FILTER"
    )]
    pub log: String,
    /// `json` or `text` (default: `text` on a terminal).
    #[arg(long, global = true, env = "SIGNET_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    Json,
    Text,
}

impl Cli {
    /// Reads flags, environment and file.
    pub fn load() -> Result<Self, clap::Error> {
        file::parse(&std::env::args_os().collect::<Vec<_>>())
    }
}

impl StorageArgs {
    pub fn database(&self) -> DatabaseUrl {
        self.db_url.clone().unwrap_or_else(|| DatabaseUrl::Sqlite(self.data_dir.join("signet.db")))
    }

    pub fn pool(&self) -> PoolSettings {
        PoolSettings {
            size: self.database_pool_size.max(2),
            connection_timeout: self.database_connection_timeout,
            statement_timeout: match self.database_statement_timeout {
                StatementTimeout::After(timeout) => Some(timeout),
                StatementTimeout::Disabled => None,
            },
            sqlite_sync: if self.sqlite_full_sync { SqliteSync::Full } else { SqliteSync::Normal },
        }
    }
}

impl ServerArgs {
    fn scheme(&self) -> &'static str {
        if self.https_cert_path.is_some() { "https" } else { "http" }
    }

    /// Without a trailing slash.
    pub fn endpoint(&self) -> String {
        base(self.endpoint.as_ref(), self.scheme(), self.port)
    }

    /// Without a trailing slash.
    pub fn admin_endpoint(&self) -> String {
        base(self.admin_endpoint.as_ref(), self.scheme(), self.admin_port)
    }
}

fn base(url: Option<&Url>, scheme: &str, port: u16) -> String {
    url.map_or_else(|| format!("{scheme}://localhost:{port}"), |url| url.as_str().trim_end_matches('/').to_owned())
}
