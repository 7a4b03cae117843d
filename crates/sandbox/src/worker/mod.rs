//! `signet script-worker`: reads run frames on descriptor 3, runs them, answers, and does nothing else.

mod channel;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;

use crate::engine::{self, Engine, Job, Report};
use crate::jail;
use crate::protection::Protection;
use crate::wire::{Kind, RunMessage, Verdict, Writer, write_result};
use channel::Channel;
use std::process::ExitCode;

/// The whole life of a worker process. Expects a socket at descriptor 3 and an otherwise empty process.
///
/// The process is confined before it sees a script and ends when the server closes the channel.
pub fn worker_main() -> ExitCode {
    let Some(mut channel) = Channel::open() else { return ExitCode::from(2) };
    prepare();
    match jail::enter().map_err(|error| error.to_string()).and_then(ready) {
        Ok((protection, engine)) => {
            if greet(&mut channel, &Ok(protection)).is_some() {
                serve(engine, channel);
            }
            ExitCode::SUCCESS
        }
        Err(reason) => {
            greet(&mut channel, &Err(reason));
            ExitCode::FAILURE
        }
    }
}

fn ready(protection: Protection) -> Result<(Protection, Engine), String> {
    Engine::new().map(|engine| (protection, engine)).map_err(|error| error.to_string())
}

/// What the C library would open files for later, when a file would be the end of the worker.
#[expect(unsafe_code, reason = "the environment and the C library's time zone are process-wide")]
fn prepare() {
    let mut time = std::mem::MaybeUninit::uninit();
    // SAFETY: the process has one thread. Scripts see UTC: with a rule instead of a name, no time zone file is read.
    // `localtime_r` writes `time`, which nobody reads.
    unsafe {
        std::env::set_var("TZ", "UTC0");
        libc::localtime_r(&0, time.as_mut_ptr());
    }
    engine::prepare();
    // The first call may look for a device; its result does not matter.
    let _warmed = getrandom::u32();
}

fn greet(channel: &mut Channel, result: &Result<Protection, String>) -> Option<()> {
    let mut frame = Vec::new();
    Writer::begin(&mut frame, Kind::Hello).raw(&serde_json::to_vec(result).ok()?);
    channel.send(&frame).ok()
}

/// Serves runs until the channel closes.
fn serve(mut engine: Engine, mut channel: Channel) -> Option<()> {
    let mut answer = Vec::new();
    loop {
        let frame = channel.receive()?;
        // A reply that comes after its run has ended is for nobody.
        if frame.kind == Kind::Run {
            let report = run(&mut engine, frame.body(), &mut channel);
            answer.clear();
            write_result(&mut answer, &report.verdict, &report.logs);
            channel.send(&answer).ok()?;
            engine.rest();
        }
        channel.recycle(frame);
    }
}

fn run(engine: &mut Engine, body: &[u8], channel: &mut Channel) -> Report {
    let Ok(message) = RunMessage::read(body) else {
        return Report { verdict: Verdict::Refused, logs: Vec::new() };
    };
    let input = job_input(body, &message);
    let RunMessage { limits, key, source, entry, .. } = message;
    engine.run(&Job { key: &key, source, entry, input, limits: &limits }, channel)
}

/// The input is the last field, and the NUL that the parser wants follows it.
fn job_input<'a>(body: &'a [u8], message: &RunMessage<'_>) -> &'a [u8] {
    body.get(body.len() - message.input.len() - 1..).unwrap_or_default()
}

/// Enters the jail, then does what a script that has taken over the engine could do. For the tests of the jail.
#[doc(hidden)]
pub fn worker_probe(act: impl FnOnce()) -> ExitCode {
    prepare();
    match jail::enter() {
        Ok(_) => {
            act();
            ExitCode::SUCCESS
        }
        Err(_) => ExitCode::FAILURE,
    }
}
