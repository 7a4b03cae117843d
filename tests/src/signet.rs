//! The server of a story.

use crate::answer::Answer;
use crate::outside::{Outside, Receiver};
use crate::round_trips::RoundTrips;
use crate::{START, database};
use axum::body::Body;
use axum::http::Request;
use clap::Parser as _;
use signet::app::App;
use signet::config::{Cli, Settings};
use signet::deps::Deps;
use signet_core::random::SeededRng;
use signet_core::time::{FrozenClock, Timestamp};
use signet_sandbox::WorkerCommand;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Client id and secret of the first application of every story.
pub(crate) const BOOTSTRAP: (&str, &str) = ("m-default", "bootstrap-secret-bootstrap-secret");
/// Public URLs of the two tenants.
pub(crate) const ENDPOINTS: (&str, &str) = ("https://id.example", "https://admin.id.example");

/// A running Signet without listeners: requests go straight to its routers.
pub struct Signet {
    pub app: App,
    pub settings: Settings,
    pub deps: Deps,
    /// How often it waits for its database, when the story counts that and there is one to wait for.
    pub round_trips: Option<RoundTrips>,
    pub(crate) administrator: Mutex<Option<(String, Timestamp)>>,
    clock: Arc<FrozenClock>,
    directory: TempDir,
}

/// Settings that a story changes.
#[derive(Default)]
pub struct SignetBuilder {
    flags: Vec<String>,
    outside: Outside,
    counts_round_trips: bool,
}

impl SignetBuilder {
    /// A flag as on the command line.
    #[must_use]
    pub fn flag(mut self, name: &str, value: &str) -> Self {
        self.flags.push(format!("--{name}={value}"));
        self
    }

    /// Puts a relay that counts before the database.
    #[must_use]
    pub fn counting_round_trips(mut self) -> Self {
        self.counts_round_trips = true;
        self
    }

    /// Gives a host name an address on the public internet, where `receiver` answers.
    #[must_use]
    pub fn public_host(mut self, name: &str, receiver: &Receiver) -> Self {
        self.outside.add(name, receiver.address());
        self
    }

    /// `worker` is the program of the script workers: `env!("CARGO_BIN_EXE_story-script-worker")`.
    pub async fn start(self, worker: &str) -> Signet {
        let directory = tempfile::tempdir().unwrap();
        let mut arguments = vec![
            "signet".to_owned(),
            "serve".to_owned(),
            format!("--data-dir={}", directory.path().display()),
            format!("--endpoint={}", ENDPOINTS.0),
            format!("--admin-endpoint={}", ENDPOINTS.1),
            format!("--bootstrap-app-id={}", BOOTSTRAP.0),
            format!("--bootstrap-app-secret={}", BOOTSTRAP.1),
            "--script-workers=2".to_owned(),
        ];
        // A flag may stand once, so what a story says takes the place of the default.
        arguments.retain(|default| {
            let name = default.split_once('=').map_or(default.as_str(), |(name, _)| name);
            !self.flags.iter().any(|flag| flag.split_once('=').is_some_and(|(told, _)| told == name))
        });
        arguments.extend(self.flags);
        let mut settings = Cli::try_parse_from(arguments).unwrap().settings;
        let database = database::fresh(directory.path()).await;
        let counted = if self.counts_round_trips { RoundTrips::to(&database).await } else { None };
        let (round_trips, database) = counted.map_or((None, database), |(count, url)| (Some(count), url));
        settings.storage.db_url = Some(database);
        let clock = Arc::new(FrozenClock::at(START));
        let deps = Deps {
            clock: clock.clone(),
            rng: Arc::new(SeededRng::new(7)),
            worker: WorkerCommand { program: PathBuf::from(worker), args: Vec::new() },
            network: self.outside.network(),
            console: crate::console::files,
        };
        let app = App::build(&settings, &deps).await.unwrap();
        Signet { app, settings, deps, round_trips, administrator: Mutex::default(), clock, directory }
    }
}

impl Signet {
    pub fn with() -> SignetBuilder {
        SignetBuilder::default()
    }

    /// The data directory.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }

    /// Time moves only so.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Sends a request to the `default` tenant.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(signet::server::call(&self.app.core, request).await).await
    }

    /// Sends a request to the `admin` tenant.
    pub async fn send_admin(&self, request: Request<Body>) -> Answer {
        Answer::of(signet::server::call(&self.app.admin, request).await).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// `POST` of a form that is written out, to the token endpoint.
    pub async fn token(&self, form: &str) -> Answer {
        self.send(form_request("/oidc/token", form)).await
    }
}

/// A form as a browser sends it.
pub(crate) fn form_request(path: &str, form: &str) -> Request<Body> {
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    request.body(Body::from(form.to_owned())).unwrap()
}
