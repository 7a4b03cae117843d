//! QuickJS-ng over a heap that can be put back: compile once, then run every time in a bit-identical fresh realm.
//!
//! Only a worker process may own an engine: the engine assumes one thread, and the jail is what holds if C code errs.

mod arena;
pub(crate) mod cache;
mod call;
mod fault;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod habit;
mod input;
mod intl;
mod natives;
mod pages;
mod prelude;
mod realm;
mod run;
mod session;
mod size_class;
mod state;

use crate::limits::Limits;
use crate::outcome::LogLine;
use crate::wire::{FetchReply, Verdict};
use cache::Cache;
use habit::Habit;
use realm::Realm;
use std::time::Duration;

pub(crate) use fault::{MAX_MESSAGE, MAX_STACK};
pub(crate) use pages::prepare;
pub(crate) use realm::EngineError;
pub(crate) use state::{MAX_FETCH_BODIES, MAX_FETCH_BODY, MAX_FETCH_HEAD, MAX_FETCHES};

/// What a run needs from outside: a way to send frames and to wait for replies.
pub(crate) trait Host {
    /// Sends `outgoing`, then waits up to `wait` for a reply.
    fn exchange(&mut self, outgoing: &[u8], wait: Duration) -> Incoming<'_>;
}

pub(crate) enum Incoming<'a> {
    Reply(FetchReply<'a>),
    Nothing,
}

/// One run, as the engine sees it.
pub(crate) struct Job<'a> {
    pub(crate) key: &'a [u8; 32],
    /// Absent when the engine has compiled the script before.
    pub(crate) source: Option<&'a str>,
    pub(crate) entry: &'a str,
    /// JSON with a NUL behind it.
    pub(crate) input: &'a [u8],
    pub(crate) limits: &'a Limits,
}

/// How it went.
pub(crate) struct Report {
    pub(crate) verdict: Verdict,
    pub(crate) logs: Vec<LogLine>,
}

/// A script in the form that runs, or what the compiler said.
enum Compiled {
    /// Runs the script, then looks the entry function up in the global scope, where `const`, `let` and functions all
    /// are.
    Ready(Habit),
    Rejected(Verdict),
}

pub(crate) struct Engine {
    realm: Realm,
    compiled: Cache<Compiled>,
    next_fetch: u32,
}

impl Engine {
    pub(crate) fn new() -> Result<Self, EngineError> {
        Ok(Self { realm: Realm::new()?, compiled: Cache::new(), next_fetch: 1 })
    }

    pub(crate) fn run(&mut self, job: &Job<'_>, host: &mut dyn Host) -> Report {
        state::enter(job.limits, self.next_fetch);
        let verdict = self.verdict(job, host);
        let out_of_memory = self.realm.ran_out();
        let Some(state) = state::leave() else { return Report { verdict: Verdict::Refused, logs: Vec::new() } };
        self.next_fetch = state.next_fetch();
        // A script can catch a failed allocation and go on; it is over its budget all the same. A denial outlasts that.
        let verdict = match state.stop {
            Some(state::Stop::Denied(message)) => Verdict::Denied(message),
            _ if out_of_memory => Verdict::OutOfMemory,
            Some(state::Stop::TimedOut(limit)) => Verdict::TimedOut(limit),
            None => verdict,
        };
        Report { verdict, logs: state.logs }
    }

    /// Puts everything back. To be called when a run has been answered.
    pub(crate) fn rest(&mut self) {
        self.realm.rest();
    }

    fn verdict(&mut self, job: &Job<'_>, host: &mut dyn Host) -> Verdict {
        if self.compiled.touch(job.key).is_none() {
            let Some(source) = job.source else { return Verdict::Refused };
            let compiled = compile(&mut self.realm, source, job.entry);
            self.compiled.insert(*job.key, compiled);
            self.realm.forget_written();
        }
        match self.compiled.touch(job.key) {
            Some(Compiled::Ready(script)) => {
                let (read, place) = script.begin(&mut self.realm, job.input);
                let (session, program, part) = self.realm.renew_with(read, job.limits);
                let is_new = place.is_none();
                let mut outline = habit::outline(part, place);
                let verdict = run::run(&session, program, (job, &mut outline), host);
                if is_new {
                    script.learn(job.input, outline.largest);
                }
                verdict
            }
            Some(Compiled::Rejected(verdict)) => {
                let verdict = verdict.clone();
                // The compiler may have used up its memory; that is not this run's.
                self.realm.renew(job.limits);
                verdict
            }
            None => Verdict::Refused,
        }
    }
}

fn compile(realm: &mut Realm, source: &str, entry: &str) -> Compiled {
    // Alone first: what stands behind it could complete a source that is not complete, or move its errors.
    if let Err(verdict) = run::compile(realm, source) {
        return Compiled::Rejected(verdict);
    }
    let is_identifier = |text: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
            && text.chars().next().is_some_and(|c| !c.is_ascii_digit())
    };
    if !is_identifier(entry) {
        return Compiled::Rejected(Verdict::MissingFunction);
    }
    // On a line of its own, behind a comment that the source may end in.
    let program = format!("{source}\n;typeof {entry} === 'function' ? {entry} : undefined");
    match run::compile(realm, &program) {
        Ok(program) => realm
            .read(&program)
            .map_or(Compiled::Rejected(Verdict::OutOfMemory), |read| Compiled::Ready(Habit::new(read))),
        Err(verdict) => Compiled::Rejected(verdict),
    }
}

#[cfg(test)]
mod tests;
