//! Fifty requests with one code at once, a thousand times: how often exactly one of them gets tokens.

use crate::database::Kind;
use crate::http::{Body, send};
use crate::say;
use crate::server::Installation;
use crate::workload::Workload;
use anyhow::{Result, anyhow};
use std::path::Path;
use std::thread;

/// Requests with one code.
const AT_ONCE: usize = 50;

/// What came of it on one database.
#[derive(Debug)]
pub(crate) struct Redemptions {
    pub(crate) kind: Kind,
    pub(crate) rounds: usize,
    /// Rounds in which one request got tokens and all others were refused.
    pub(crate) exact: usize,
}

impl Redemptions {
    pub(crate) async fn count(kind: Kind, program: &Path, rounds: usize) -> Result<Self> {
        let installation = Installation::new(kind, program).await?;
        let workload = Workload::set_up(&installation, rounds).await?;
        let server = installation.start()?;
        say(format_args!("{}, {rounds} codes, each redeemed {AT_ONCE} times at once", kind.name()));
        let mut exact = 0;
        for code in workload.codes() {
            exact += usize::from(granted(&workload, code)? == 1);
        }
        server.stop()?;
        installation.remove().await?;
        Ok(Self { kind, rounds, exact })
    }
}

/// How many of the requests got tokens. Any answer but tokens and a refusal is an error.
fn granted(workload: &Workload, code: &str) -> Result<usize> {
    let form = format!("grant_type=authorization_code&code={code}");
    let statuses = thread::scope(|scope| {
        let asked: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| {
                    send(workload.address, ("POST", "/oidc/token"), workload.web(), &Body::Form(&form))
                        .map(|answer| answer.status)
                })
            })
            .collect();
        asked.into_iter().map(|one| one.join().map_err(|_| anyhow!("a request panicked"))?).collect::<Result<Vec<_>>>()
    })?;
    anyhow::ensure!(statuses.iter().all(|status| [200, 400].contains(status)), "answered {statuses:?}");
    Ok(statuses.iter().filter(|status| **status == 200).count())
}
