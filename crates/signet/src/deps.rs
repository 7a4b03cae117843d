//! What comes from outside the program. Production and tests differ here and nowhere else.

use crate::config::WORKER_COMMAND;
use signet_core::random::{Rng, SystemRng};
use signet_core::time::{Clock, SystemClock};
use signet_sandbox::{Fetcher, NoNetwork, WorkerCommand};
use std::sync::Arc;

#[derive(Clone)]
pub struct Deps {
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    /// How to start a script worker: this program again.
    pub worker: WorkerCommand,
    /// Who makes the requests that scripts ask for.
    pub fetcher: Arc<dyn Fetcher>,
}

impl Deps {
    pub fn production() -> Self {
        // The running file, even when an update has replaced it on disk.
        let program = "/proc/self/exe".into();
        Self {
            clock: Arc::new(SystemClock),
            rng: Arc::new(SystemRng),
            worker: WorkerCommand { program, args: vec![WORKER_COMMAND.into()] },
            fetcher: Arc::new(NoNetwork),
        }
    }
}
