//! Where passwords are hashed: a few threads of their own, behind everybody else for the processor, and a list of those
//! who wait that has an end. A storm of logins so fills this list and nothing else; tokens go on being issued.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use tokio::sync::oneshot;

/// How much may be hashed at once, and how much may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueSettings {
    pub running: usize,
    pub waiting: usize,
}

/// Who is last in line waits for some seconds: longer, and the browser has given up.
const WAITING_PER_THREAD: usize = 128;

impl QueueSettings {
    /// One processor is left to everything else, if there are two.
    pub fn for_this_machine() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let running = processors.saturating_sub(1).max(1);
        Self { running, waiting: running * WAITING_PER_THREAD }
    }
}

/// Why a password was not hashed. Neither says anything about the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashingError {
    #[error("too many passwords are waiting to be checked")]
    Busy,
    #[error("a password could not be hashed")]
    Failed,
}

/// Work that somebody waits for, or has stopped waiting for.
trait Job: Send {
    fn is_wanted(&self) -> bool;
    fn run(self: Box<Self>);
}

struct Task<W, T> {
    work: W,
    reply: oneshot::Sender<T>,
}

impl<T: Send, W: FnOnce() -> T + Send> Job for Task<W, T> {
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run(self: Box<Self>) {
        // Nobody may be there any more to hear it.
        let _ = self.reply.send((self.work)());
    }
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Box<dyn Job>>,
    idle: usize,
    closed: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    waiting: usize,
}

/// Threads that hash. They end when this is dropped.
pub(super) struct HashingQueue {
    shared: Arc<Shared>,
}

impl HashingQueue {
    pub(super) fn new(settings: QueueSettings) -> Self {
        let shared = Shared { state: Mutex::default(), changed: Condvar::new(), waiting: settings.waiting };
        let shared = Arc::new(shared);
        for number in 0..settings.running.max(1) {
            let mine = shared.clone();
            let started = thread::Builder::new().name(format!("hashing-{number}")).spawn(move || mine.serve());
            if let Err(error) = started {
                tracing::error!(%error, "a thread that hashes passwords could not be started");
            }
        }
        Self { shared }
    }

    /// Does `work` on one of the threads, when its turn has come. Refused at once when too many wait already.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashingError> {
        let (reply, answer) = oneshot::channel();
        self.shared.enqueue(Box::new(Task { work, reply }))?;
        answer.await.map_err(|_| HashingError::Failed)
    }
}

impl Drop for HashingQueue {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No job runs under the lock, so nothing is half done when a thread panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enqueue(&self, job: Box<dyn Job>) -> Result<(), HashingError> {
        let mut state = self.lock();
        if state.jobs.len() >= self.waiting + state.idle {
            state.jobs.retain(|job| job.is_wanted());
        }
        if state.jobs.len() >= self.waiting + state.idle {
            return Err(HashingError::Busy);
        }
        state.jobs.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    fn serve(&self) {
        step_back();
        while let Some(job) = self.next() {
            // What a panic has to say was printed; the one who waits hears that it failed.
            let _ = catch_unwind(AssertUnwindSafe(|| job.run()));
        }
    }

    fn next(&self) -> Option<Box<dyn Job>> {
        let mut state = self.lock();
        state.idle += 1;
        loop {
            if state.closed {
                return None;
            }
            match state.jobs.pop_front() {
                Some(job) if job.is_wanted() => {
                    state.idle -= 1;
                    return Some(job);
                }
                Some(_) => {}
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// The niceness of these threads: a third of the usual weight, when others want the processor too.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 5;

/// On Linux a niceness is a thread's. Elsewhere it would be the whole server's.
#[cfg(target_os = "linux")]
fn step_back() {
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::warn!(%error, "the threads that hash passwords have the usual priority");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::task::Poll;

    fn queue(running: usize, waiting: usize) -> HashingQueue {
        HashingQueue::new(QueueSettings { running, waiting })
    }

    /// A queue whose only thread is busy until the sender speaks.
    async fn blocked(waiting: usize) -> (HashingQueue, mpsc::Sender<()>) {
        let queue = queue(1, waiting);
        let (release, blocked) = mpsc::channel::<()>();
        let (started, is_started) = oneshot::channel();
        let work = move || {
            let _ = started.send(());
            let _ = blocked.recv();
        };
        let (reply, answer) = oneshot::channel();
        queue.shared.enqueue(Box::new(Task { work, reply })).unwrap();
        is_started.await.unwrap();
        // The one who waits for it stays.
        std::mem::forget(answer);
        (queue, release)
    }

    #[tokio::test]
    async fn a_storm_of_logins_is_refused_beyond_the_places_there_are() {
        let (queue, release) = blocked(2).await;

        let mut first = Box::pin(queue.run(|| 1));
        let mut second = Box::pin(queue.run(|| 2));
        assert!(futures_util::poll!(&mut first).is_pending() && futures_util::poll!(&mut second).is_pending());
        for _ in 0..1000 {
            assert_eq!(queue.run(|| 3).await, Err(HashingError::Busy));
        }

        release.send(()).unwrap();
        assert_eq!((first.await, second.await), (Ok(1), Ok(2)));
        assert_eq!(queue.run(|| 3).await, Ok(3));
    }

    #[tokio::test]
    async fn who_gave_up_takes_no_place() {
        let (queue, release) = blocked(1).await;
        let mut gone = Box::pin(queue.run(|| 1));
        assert!(futures_util::poll!(&mut gone).is_pending());
        drop(gone);

        let mut next = Box::pin(queue.run(|| 2));
        assert_eq!(futures_util::poll!(&mut next), Poll::Pending);

        release.send(()).unwrap();
        assert_eq!(next.await, Ok(2));
    }

    #[tokio::test]
    async fn no_more_run_at_once_than_there_are_threads() {
        static RUNNING: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let queue = queue(2, 100);
        let work = || {
            let running = RUNNING.fetch_add(1, Ordering::SeqCst) + 1;
            MOST.fetch_max(running, Ordering::SeqCst);
            std::thread::yield_now();
            RUNNING.fetch_sub(1, Ordering::SeqCst);
        };
        let done = join_all((0..100).map(|_| queue.run(work))).await;

        assert!(done.iter().all(Result::is_ok));
        assert!((1..=2).contains(&MOST.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn a_panic_takes_no_thread_away() {
        let queue = queue(1, 10);
        let fails = || -> u8 { panic!("on purpose") };
        assert_eq!(queue.run(fails).await, Err(HashingError::Failed));
        assert_eq!(queue.run(|| 1).await, Ok(1));
    }

    #[test]
    fn one_processor_is_left_to_tokens() {
        let settings = QueueSettings::for_this_machine();
        let processors = thread::available_parallelism().map_or(1, usize::from);
        assert!(settings.running == 1 || settings.running < processors);
        assert_eq!(settings.waiting, settings.running * WAITING_PER_THREAD);
    }
}
