//! One run, from bytecode to verdict.

use super::fault::{FILE, Fault};
use super::input::Outline;
use super::realm::{Debug, Hook, Realm};
use super::session::{Job as Step, Promise, Session, Thrown, Value};
use super::{Host, Incoming, Job, state};
use crate::wire::Verdict;
use std::time::Duration;

/// Looking at the clock after each promise job would cost more than most jobs.
const JOBS_PER_LOOK: u32 = 256;

/// Compiles the author's source, or says what is wrong with it.
pub(super) fn compile(realm: &mut Realm, source: &str) -> Result<Vec<u8>, Verdict> {
    let session = realm.compiler();
    session.compile(source, c"script.js", Debug::Keep).map_err(|thrown| {
        debug_assert_eq!(FILE, "script.js");
        match thrown {
            Some(error) if !session.ran_out() => {
                let Fault { message, line, column, .. } = describe(&session, error);
                Verdict::Syntax { message, line, column }
            }
            _ => Verdict::OutOfMemory,
        }
    })
}

/// Runs a script in a fresh realm. Early ends (time, memory, denial) are left in the state; they overrule the verdict.
pub(super) fn run<'r>(
    session: &Session<'r>,
    script: Value<'r>,
    (job, outline): (&Job<'_>, &mut Outline),
    host: &mut dyn Host,
) -> Verdict {
    let entry = match session.evaluate(script) {
        Ok(entry) if session.is_function(entry) => entry,
        Ok(_) => return Verdict::MissingFunction,
        Err(error) => return runtime(session, error),
    };
    let Some(input) = session.parse(job.input, outline) else { return Verdict::Refused };
    session.define(input, c"api", session.hook(Hook::Api));
    match session.call(entry, &[input]).and_then(|result| settled(session, result, host)) {
        Ok(value) => finish(session, value, job, host),
        Err(error) => runtime(session, error),
    }
}

/// The value of a result: itself, or what its promise settles to.
fn settled<'r>(session: &Session<'r>, result: Value<'r>, host: &mut dyn Host) -> Result<Value<'r>, Thrown<'r>> {
    loop {
        match session.promise(result) {
            Promise::NotOne => return Ok(result),
            Promise::Fulfilled(value) => return Ok(value),
            Promise::Rejected(error) => return Err(error),
            Promise::Pending => {}
        }
        // The value does not matter after an early end; `Engine::run` looks at the state first.
        if !run_jobs(session) || !matches!(session.promise(result), Promise::Pending) {
            if state::with(|run| run.stop.is_some()) == Some(true) || session.ran_out() {
                return Ok(result);
            }
            continue;
        }
        if !wait(session, host) {
            return Ok(result);
        }
    }
}

/// Empties the promise queue. False when the run has to end.
fn run_jobs(session: &Session<'_>) -> bool {
    for count in 1u32.. {
        match session.run_job() {
            Step::NoneLeft => return true,
            // An exception that reaches the queue was thrown by no promise: an early end, which the state knows.
            Step::Done | Step::Threw => {}
        }
        let ended = |run: &mut state::State| run.stop.is_some() || (count % JOBS_PER_LOOK == 0 && run.must_stop());
        if state::with(ended) != Some(false) || session.ran_out() {
            return false;
        }
    }
    true
}

/// Runs a timer that is due, or waits for a reply or a timer. False when the run has to end.
fn wait(session: &Session<'_>, host: &mut dyn Host) -> bool {
    let timer = match session.call(session.hook(Hook::Tick), &[]) {
        Ok(timer) => session.number(timer).unwrap_or(-1.0),
        Err(_) => return false,
    };
    if timer == 0.0 {
        return state::with(|run| !run.must_stop()) == Some(true);
    }
    let until_timer = Duration::try_from_secs_f64(timer / 1e3).ok();
    let Some((outgoing, wait)) = state::with(|run| {
        if until_timer.is_none() && !run.has_fetches() {
            // Nothing can ever settle this promise: say so now instead of at the deadline.
            run.never_settles();
        }
        if run.must_stop() {
            return None;
        }
        let left = run.time_left();
        Some((std::mem::take(&mut run.outgoing), until_timer.map_or(left, |timer| timer.min(left))))
    })
    .flatten() else {
        return false;
    };
    if let Incoming::Reply(reply) = host.exchange(&outgoing, wait)
        && state::with(|run| run.settle(reply.id)) == Some(true)
    {
        let (Ok(head), Ok(body)) = (session.new_text(reply.head), session.new_bytes(reply.body)) else { return false };
        // `settle` reports failures through the promise; what it throws is an early end.
        if session.call(session.hook(Hook::Settle), &[Value::number(reply.id), head, body]).is_err() {
            return false;
        }
    }
    true
}

/// A returned value as JSON, or what is wrong with it.
fn finish<'r>(session: &Session<'r>, value: Value<'r>, job: &Job<'_>, host: &mut dyn Host) -> Verdict {
    let limit = u32::try_from(job.limits.output_bytes).unwrap_or(u32::MAX);
    let call = |value| session.call(session.hook(Hook::Finish), &[value, Value::number(limit)]);
    let finished = call(value).and_then(|result| {
        // An object with a `then` method turns out to be a promise; its value cannot be one again.
        if result.is_object() { settled(session, result, host).and_then(call) } else { Ok(result) }
    });
    let result = match finished {
        Ok(result) => result,
        Err(error) => return runtime(session, error),
    };
    match session.string(result) {
        Some(json) if json.len() > job.limits.output_bytes => type_fault(TOO_LARGE),
        Some(json) => Verdict::Returned(without_lone_surrogates(json)),
        None => type_fault(session.number(result).unwrap_or_default()),
    }
}

/// `JSON.stringify` writes half of a surrogate pair as an escape that no other reader of JSON accepts.
fn without_lone_surrogates(json: String) -> String {
    if !json.contains("\\ud") {
        return json;
    }
    let mut mended = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some((before, escape)) = rest.split_once('\\') {
        mended.push_str(before);
        // Whole pairs are written as characters, so each escape from the surrogate range is a lone half.
        let is_lone = escape.as_bytes().first_chunk().is_some_and(|[u, d, half]| [*u, *d] == *b"ud" && *half >= b'8');
        let length = if is_lone { "ud800".len() } else { escape.chars().next().map_or(0, char::len_utf8) };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        mended.push('\\');
        mended.push_str(if is_lone { "ufffd" } else { escape });
        rest = after;
    }
    mended.push_str(rest);
    mended
}

/// The numbers by which `contract.js` says what is wrong with a result; any other is the first.
const NOT_SERIALIZABLE: f64 = 2.0;
const TOO_LARGE: f64 = 3.0;

fn type_fault(code: f64) -> Verdict {
    let message = if code >= TOO_LARGE {
        "The script return value is too large."
    } else if code >= NOT_SERIALIZABLE {
        "The script return value must be JSON-serializable."
    } else {
        "Invalid input"
    };
    Verdict::Type(message.to_owned())
}

fn runtime(session: &Session<'_>, error: Thrown<'_>) -> Verdict {
    // After an early end, no more script code runs, not even to describe an error.
    if session.ran_out() || state::with(state::State::must_stop) != Some(false) {
        return Verdict::Refused;
    }
    let Fault { name, message, stack, line, column } = describe(session, error);
    Verdict::Runtime { name, message, stack, line, column }
}

fn describe(session: &Session<'_>, error: Thrown<'_>) -> Fault {
    let Ok(list) = session.call(session.hook(Hook::Describe), &[Value::new(error.0.raw())]) else {
        return Fault::new("Error", "The script threw a value that cannot be described.", None);
    };
    let [name, message, stack] = [0, 1, 2].map(|index| session.string(session.member(list, index)));
    Fault::new(&name.unwrap_or_default(), &message.unwrap_or_default(), stack.as_deref())
}

#[cfg(test)]
mod tests {
    use super::without_lone_surrogates;

    #[test]
    fn lone_surrogates_become_replacement_characters() {
        for (json, expected) in [
            (r#"{"a":"x"}"#, r#"{"a":"x"}"#),
            (r#"{"\udfff":"\ud800é\ud800\udbff\n"}"#, r#"{"\ufffd":"\ufffdé\ufffd\ufffd\n"}"#),
            (r#"{"a":"\\ud800\\\ud800 \\"}"#, r#"{"a":"\\ud800\\\ufffd \\"}"#),
            (r#"{"a":"\ud7ff\ud"}"#, r#"{"a":"\ud7ff\ud"}"#),
        ] {
            assert_eq!(without_lone_surrogates(json.to_owned()), expected, "{json}");
        }
    }
}
