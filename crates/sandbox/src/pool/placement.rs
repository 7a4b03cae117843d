//! Where a quick run takes place: on the processor of the thread that waits for it.
//!
//! A worker and the thread that drives it take turns: one sleeps while the other works. On two processors each turn
//! wakes the other one up, which on a virtual machine is an exit to the host; both together cost more than a small run
//! does. On one processor a turn is a change of context. So both are held there for a script that was quick the last time:
//! one that computes would keep the thread from everything else. They are let go at the first look at a run, a
//! millisecond after it began, and every ten milliseconds anyway: for no longer does anybody wait for a busy processor
//! beside an idle one.
//!
//! One thread at a time is held on a processor, and only one whose runs have come one after the other for a while: two
//! at once are work for two processors, and the kernel knows best which. What was once held together does not spread
//! again by itself where processors are busy.

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::{Place, anywhere, begin};
#[cfg(target_os = "linux")]
pub(super) use linux::{Place, anywhere, begin};

#[cfg(target_os = "linux")]
mod linux {
    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, OnceLock};
    use std::time::Duration;
    use tokio::time::sleep;

    /// No processor in particular.
    const ANY: usize = usize::MAX;
    /// How long a thread is held at most. Then the kernel may find a better place for it, where it is held again.
    const HELD: Duration = Duration::from_millis(10);
    /// Runs that must have begun with no other one under way before a thread is held.
    const LONELY: usize = 16;

    /// The processors that this program may use, from before the first thread was held.
    static ALL: OnceLock<CpuSet> = OnceLock::new();
    /// Whether a thread is held on a processor, by its number.
    static TAKEN: [AtomicBool; CpuSet::MAX_CPU] = [const { AtomicBool::new(false) }; CpuSet::MAX_CPU];

    thread_local! {
        static THREAD: Arc<Thread> = Arc::new(Thread {
            id: gettid(),
            runs: AtomicUsize::new(0),
            lonely: AtomicUsize::new(0),
            held: AtomicUsize::new(ANY),
        });
    }

    /// A thread that drives runs.
    struct Thread {
        id: Pid,
        /// Runs that it has begun and that are not over.
        runs: AtomicUsize,
        /// Runs that it has begun since two were under way at once.
        lonely: AtomicUsize,
        /// The processor on which it is held.
        held: AtomicUsize,
    }

    impl Thread {
        /// Where it is held from now on; `None` when there is another one.
        fn hold(self: &Arc<Self>) -> Option<usize> {
            let processor = sched_getcpu();
            let taken = TAKEN.get(processor)?;
            if taken.swap(true, Ordering::Relaxed) {
                return None;
            }
            if sched_setaffinity(Some(self.id), &only(processor)).is_err() {
                taken.store(false, Ordering::Relaxed);
                return None;
            }
            self.held.store(processor, Ordering::Relaxed);
            let hold = Hold(Arc::clone(self));
            tokio::spawn(async move {
                sleep(HELD).await;
                drop(hold);
            });
            Some(processor)
        }

        fn let_go(&self) {
            if let Some(taken) = TAKEN.get(self.held.swap(ANY, Ordering::Relaxed)) {
                // It fails only for a thread that has ended.
                let _ended = sched_setaffinity(Some(self.id), all());
                taken.store(false, Ordering::Relaxed);
            }
        }
    }

    /// A thread that is let go in the end, also when its runtime ends before.
    struct Hold(Arc<Thread>);

    impl Drop for Hold {
        fn drop(&mut self) {
            self.0.let_go();
        }
    }

    fn all() -> &'static CpuSet {
        ALL.get_or_init(|| sched_getaffinity(None).unwrap_or_else(|_| CpuSet::new()))
    }

    fn only(processor: usize) -> CpuSet {
        let mut set = CpuSet::new();
        set.set(processor);
        set
    }

    /// Lets this thread run anywhere. A new thread or process inherits where its maker is held.
    pub(in super::super) fn anywhere() {
        if let Some(all) = ALL.get() {
            // Should it fail, this one is as slow as on a machine with one processor.
            let _held = sched_setaffinity(None, all);
        }
    }

    /// Where a worker may run: on all processors, or on one.
    #[derive(Clone)]
    pub(in super::super) struct Place {
        worker: Option<Pid>,
        processor: Arc<AtomicUsize>,
    }

    impl Place {
        pub(in super::super) fn of(pid: Option<u32>) -> Self {
            let worker = pid.and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?));
            Self { worker, processor: Arc::new(AtomicUsize::new(ANY)) }
        }

        /// Remembers where the worker was sent, so that most runs need no system call for it.
        fn set(&self, processor: Option<usize>) {
            let number = processor.unwrap_or(ANY);
            if self.processor.load(Ordering::Relaxed) != number
                && self.worker.is_some()
                && sched_setaffinity(self.worker, &processor.map_or(*all(), only)).is_ok()
            {
                self.processor.store(number, Ordering::Relaxed);
            }
        }
    }

    /// A run begins on the worker of this place, driven by this thread. `is_quick` when the one before was.
    pub(in super::super) fn begin(place: &Place, is_quick: bool) -> Stay {
        let thread = THREAD.with(Arc::clone);
        let is_alone = thread.runs.fetch_add(1, Ordering::Relaxed) == 0;
        let lonely = if is_alone { thread.lonely.load(Ordering::Relaxed).saturating_add(1) } else { 0 };
        thread.lonely.store(lonely, Ordering::Relaxed);
        let processor = if !is_quick || lonely < LONELY || all().count() < 2 {
            thread.let_go();
            None
        } else {
            let held = thread.held.load(Ordering::Relaxed);
            if held == ANY { thread.hold() } else { Some(held) }
        };
        place.set(processor);
        Stay { thread, place: place.clone() }
    }

    /// A run that is under way. Its end leaves both sides where they are for the next one.
    pub(in super::super) struct Stay {
        thread: Arc<Thread>,
        place: Place,
    }

    impl Stay {
        /// The run takes longer: both sides go wherever they are wanted.
        pub(in super::super) fn let_go(&self) {
            self.place.set(None);
            self.thread.let_go();
        }
    }

    impl Drop for Stay {
        fn drop(&mut self) {
            self.thread.runs.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// The kernel places everybody.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    pub(in super::super) struct Place;

    impl Place {
        pub(in super::super) fn of(_: Option<u32>) -> Self {
            Self
        }
    }

    pub(in super::super) fn anywhere() {}

    pub(in super::super) fn begin(_: &Place, _: bool) -> Stay {
        Stay
    }

    pub(in super::super) struct Stay;

    impl Stay {
        pub(in super::super) fn let_go(&self) {}
    }
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Child, Command, Stdio};

    fn sleeper() -> Child {
        Command::new("sleep").arg("60").stdin(Stdio::null()).spawn().unwrap()
    }

    /// The processors that a process or thread may use, in the kernel's words.
    fn allowed(path: &str) -> String {
        let status = std::fs::read_to_string(format!("/proc/{path}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("Cpus_allowed_list:")).unwrap();
        line.split_whitespace().nth(1).unwrap().to_owned()
    }

    fn own() -> String {
        allowed("thread-self")
    }

    #[test]
    fn a_lonely_run_is_held_on_one_processor_and_no_other() {
        let all = own();
        if all.chars().all(|c| c.is_ascii_digit()) {
            return; // One processor: nothing to choose.
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut workers = [sleeper(), sleeper()];
        let [one, other] = [0, 1].map(|number| workers[number].id());
        let [place, elsewhere] = [one, other].map(|pid| Place::of(Some(pid)));
        let begin_lonely = |is_quick| {
            (0..20).for_each(|_| drop(begin(&place, is_quick)));
            begin(&place, is_quick)
        };
        let free = || (own(), allowed(&one.to_string())) == (all.clone(), all.clone());
        runtime.block_on(async {
            drop(begin_lonely(false));
            assert!(free(), "nobody knows how long it takes");

            let lonely = begin_lonely(true);
            assert!(own().parse::<u32>().is_ok(), "{}", own());
            assert_eq!(allowed(&one.to_string()), own());

            let second = begin(&elsewhere, true);
            assert_eq!((own(), allowed(&other.to_string())), (all.clone(), all.clone()), "two runs at once");
            drop((lonely, second));
            drop(begin(&place, true));
            assert!(free(), "two runs at once a moment ago");

            begin_lonely(true).let_go();
            assert!(free(), "a run that takes longer");

            let lonely = begin_lonely(true);
            let inherited = std::thread::spawn(|| (own(), anywhere(), own())).join().unwrap();
            assert_eq!((inherited.0, inherited.2), (own(), all.clone()), "a thread that is made meanwhile");
            drop(lonely);
        });
        drop(runtime);
        assert_eq!(own(), all, "when the runtime ends, at the latest");
        for worker in &mut workers {
            worker.kill().unwrap();
            worker.wait().unwrap();
        }
    }
}
