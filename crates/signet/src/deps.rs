//! What comes from outside the program. Production and tests differ here and nowhere else.

use crate::config::WORKER_COMMAND;
use crate::console;
use signet_core::random::{Rng, SystemRng};
use signet_core::time::{Clock, SystemClock};
use signet_egress::Network;
use signet_http::ConsoleFiles;
use signet_sandbox::WorkerCommand;
use std::sync::Arc;

#[derive(Clone)]
pub struct Deps {
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    /// How to start a script worker: this program again.
    pub worker: WorkerCommand,
    /// What outbound requests go through, below the egress guard.
    pub network: Network,
    /// The built console; empty when this build has none.
    pub console: fn() -> ConsoleFiles,
}

impl Deps {
    pub fn production() -> Self {
        // The running file, even when an update has replaced it on disk.
        let program = "/proc/self/exe".into();
        Self {
            clock: Arc::new(SystemClock),
            rng: Arc::new(SystemRng),
            worker: WorkerCommand { program, args: vec![WORKER_COMMAND.into()] },
            network: Network::system(),
            console: console::files,
        }
    }
}
