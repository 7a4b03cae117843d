//! Clients of a pool, in closed loops: each asks again as soon as it has its answer.

use super::case::Request;
use crate::numbers::Latencies;
use anyhow::Result;
use signet_sandbox::Pool;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// What a client asks for next.
pub(crate) type Next = Box<dyn FnMut() -> Arc<Request> + Send>;

/// When a client has enough.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Until {
    Time(Duration),
    Runs(u32),
}

/// Asks for the same every time.
pub(crate) fn always(request: &Arc<Request>) -> Next {
    let request = Arc::clone(request);
    Box::new(move || Arc::clone(&request))
}

/// Several clients at once, on the threads of the runtime as the server's requests are.
pub(crate) async fn together(pool: &Pool, clients: Vec<Next>, until: Until) -> Result<Latencies> {
    let mut running = JoinSet::new();
    for next in clients {
        running.spawn(closed_loop(pool.clone(), next, until));
    }
    let mut all = Vec::new();
    while let Some(ended) = running.join_next().await {
        all.append(&mut ended??);
    }
    Ok(Latencies::new(all))
}

/// One client.
pub(crate) async fn closed_loop(pool: Pool, mut next: Next, until: Until) -> Result<Vec<Duration>> {
    let (begun, mut runs, mut durations) = (Instant::now(), 0, Vec::new());
    let has_enough = |runs| match until {
        Until::Time(time) => begun.elapsed() >= time,
        Until::Runs(count) => runs >= count,
    };
    while !has_enough(runs) {
        let request = next();
        let started = Instant::now();
        let run = pool.run(request.as_run()).await;
        durations.push(started.elapsed());
        request.check(&run.outcome)?;
        runs += 1;
    }
    Ok(durations)
}
