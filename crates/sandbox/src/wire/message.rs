//! The bodies of the frames.

use super::{Kind, Malformed, Reader, Writer};
use crate::broker::RedirectMode;
use crate::limits::Limits;
use crate::outcome::{LogLevel, LogLine};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// `Kind::Run`. The source is left out when the worker holds the script already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunMessage<'a> {
    pub(crate) limits: Limits,
    pub(crate) key: [u8; 32],
    pub(crate) source: Option<&'a str>,
    pub(crate) entry: &'a str,
    /// JSON, without the NUL that follows it on the wire.
    pub(crate) input: &'a [u8],
}

impl<'a> RunMessage<'a> {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut frame = Writer::begin(out, Kind::Run);
        frame.u64(micros(self.limits.wall)).u64(micros(self.limits.cpu));
        let sizes = [&self.limits.memory_bytes, &self.limits.stack_bytes, &self.limits.output_bytes];
        for size in sizes.into_iter().chain([&self.limits.log_bytes]) {
            frame.u64(u64::try_from(*size).unwrap_or(u64::MAX));
        }
        frame.raw(&self.key).u8(u8::from(self.source.is_some()));
        frame.block(self.source.unwrap_or_default().as_bytes()).block(self.entry.as_bytes());
        // The engine's JSON parser wants the NUL; sending it saves a copy in the worker.
        frame.raw(self.input).u8(0);
    }

    pub(crate) fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::new(body);
        let (wall, cpu) = (Duration::from_micros(fields.u64()?), Duration::from_micros(fields.u64()?));
        let mut size = || usize::try_from(fields.u64()?).map_err(|_| Malformed);
        let limits = Limits {
            wall,
            cpu,
            memory_bytes: size()?,
            stack_bytes: size()?,
            output_bytes: size()?,
            log_bytes: size()?,
        };
        let key = fields.key()?;
        let has_source = fields.u8()? != 0;
        let source = fields.text()?;
        let entry = fields.text()?;
        let (nul, input) = fields.rest().split_last().ok_or(Malformed)?;
        if *nul != 0 {
            return Err(Malformed);
        }
        Ok(Self { limits, key, source: has_source.then_some(source), entry, input })
    }
}

/// How a run ended, in the worker's words; the server checks it before it becomes an `Outcome`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Returned(String),
    Denied(String),
    Syntax {
        message: String,
        line: Option<u32>,
        column: Option<u32>,
    },
    MissingFunction,
    Type(String),
    Runtime {
        name: String,
        message: String,
        stack: Option<String>,
        line: Option<u32>,
        column: Option<u32>,
    },
    TimedOut(Duration),
    OutOfMemory,
    /// The worker cannot serve the request; it did not come from a script.
    Refused,
}

/// `Kind::Result`.
pub(crate) fn write_result(out: &mut Vec<u8>, verdict: &Verdict, logs: &[LogLine]) {
    let mut frame = Writer::begin(out, Kind::Result);
    match verdict {
        Verdict::Returned(json) => frame.u8(0).block(json.as_bytes()),
        Verdict::Denied(message) => frame.u8(1).block(message.as_bytes()),
        Verdict::Syntax { message, line, column } => {
            frame.u8(2).block(message.as_bytes()).optional(*line).optional(*column)
        }
        Verdict::MissingFunction => frame.u8(3),
        Verdict::Type(message) => frame.u8(4).block(message.as_bytes()),
        Verdict::Runtime { name, message, stack, line, column } => frame
            .u8(5)
            .block(name.as_bytes())
            .block(message.as_bytes())
            .u8(u8::from(stack.is_some()))
            .block(stack.as_deref().unwrap_or_default().as_bytes())
            .optional(*line)
            .optional(*column),
        Verdict::TimedOut(limit) => frame.u8(6).u64(micros(*limit)),
        Verdict::OutOfMemory => frame.u8(7),
        Verdict::Refused => frame.u8(8),
    };
    for line in logs {
        frame.u8(line.level as u8).block(line.text.as_bytes());
    }
}

pub(crate) fn read_result(body: &[u8]) -> Result<(Verdict, Vec<LogLine>), Malformed> {
    let mut fields = Reader::new(body);
    let text = |fields: &mut Reader<'_>| fields.text().map(str::to_owned);
    let verdict = match fields.u8()? {
        0 => Verdict::Returned(text(&mut fields)?),
        1 => Verdict::Denied(text(&mut fields)?),
        2 => Verdict::Syntax { message: text(&mut fields)?, line: fields.optional()?, column: fields.optional()? },
        3 => Verdict::MissingFunction,
        4 => Verdict::Type(text(&mut fields)?),
        5 => {
            let (name, message) = (text(&mut fields)?, text(&mut fields)?);
            let (has_stack, stack) = (fields.u8()? != 0, text(&mut fields)?);
            let (line, column) = (fields.optional()?, fields.optional()?);
            Verdict::Runtime { name, message, stack: has_stack.then_some(stack), line, column }
        }
        6 => Verdict::TimedOut(Duration::from_micros(fields.u64()?)),
        7 => Verdict::OutOfMemory,
        8 => Verdict::Refused,
        _ => return Err(Malformed),
    };
    let mut logs = Vec::new();
    let mut fields = fields.rest();
    while !fields.is_empty() {
        let mut line = Reader::new(fields);
        logs.push(LogLine { level: level(line.u8()?)?, text: line.text()?.to_owned() });
        fields = line.rest();
    }
    Ok((verdict, logs))
}

fn level(byte: u8) -> Result<LogLevel, Malformed> {
    [LogLevel::Debug, LogLevel::Log, LogLevel::Info, LogLevel::Warn, LogLevel::Error]
        .into_iter()
        .find(|level| *level as u8 == byte)
        .ok_or(Malformed)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// The head of `Kind::Fetch`: an id, whether there is a body, this as JSON, then the body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FetchHead {
    pub(crate) url: String,
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) redirect: RedirectMode,
}

/// The head of `Kind::Reply`: an id, this as JSON, then the body. Scripts read it, so its names are theirs.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum ReplyHead<'a> {
    #[serde(rename_all = "camelCase")]
    Response {
        status: u16,
        status_text: &'a str,
        headers: &'a [(String, String)],
        url: &'a str,
        redirected: bool,
    },
    Failed {
        error: &'a str,
    },
}

/// A reply as the worker hands it to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FetchReply<'a> {
    pub(crate) id: u32,
    pub(crate) head: &'a str,
    pub(crate) body: &'a [u8],
}

impl<'a> FetchReply<'a> {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        Writer::begin(out, Kind::Reply).u32(self.id).block(self.head.as_bytes()).raw(self.body);
    }

    pub(crate) fn read(body: &'a [u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::new(body);
        Ok(Self { id: fields.u32()?, head: fields.text()?, body: fields.rest() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{HEADER, header};
    use proptest::prelude::*;

    fn verdicts() -> impl Strategy<Value = Verdict> {
        let place = || any::<Option<u32>>();
        prop_oneof![
            ".*".prop_map(Verdict::Returned),
            ".*".prop_map(Verdict::Denied),
            (".*", place(), place()).prop_map(|(message, line, column)| Verdict::Syntax { message, line, column }),
            Just(Verdict::MissingFunction),
            ".*".prop_map(Verdict::Type),
            (".*", ".*", any::<Option<String>>(), place(), place()).prop_map(|(name, message, stack, line, column)| {
                Verdict::Runtime { name, message, stack, line, column }
            }),
            any::<u32>().prop_map(|ms| Verdict::TimedOut(Duration::from_millis(ms.into()))),
            Just(Verdict::OutOfMemory),
            Just(Verdict::Refused),
        ]
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_parse_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = header(&bytes);
            let _ = RunMessage::read(&bytes);
            let _ = read_result(&bytes);
            let _ = FetchReply::read(&bytes);
        }

        #[test]
        fn a_result_survives_the_wire(verdict in verdicts(), texts in prop::collection::vec(".*", 0..4)) {
            let logs: Vec<_> = texts.into_iter().map(|text| LogLine { level: LogLevel::Warn, text }).collect();
            let mut frame = Vec::new();
            write_result(&mut frame, &verdict, &logs);

            prop_assert_eq!(header(&frame), Ok(Some((Kind::Result, frame.len() - HEADER))));
            prop_assert_eq!(read_result(&frame[HEADER..]), Ok((verdict, logs)));
        }

        #[test]
        fn a_run_survives_the_wire(source in any::<Option<String>>(), entry in ".*", input in any::<Vec<u8>>()) {
            let run = RunMessage {
                limits: Limits::default(), key: [7; 32], source: source.as_deref(), entry: &entry, input: &input,
            };
            let mut frame = Vec::new();
            run.write(&mut frame);

            prop_assert_eq!(RunMessage::read(&frame[HEADER..]), Ok(run));
        }

        #[test]
        fn a_cut_result_is_refused(verdict in verdicts()) {
            let mut frame = Vec::new();
            write_result(&mut frame, &verdict, &[LogLine { level: LogLevel::Log, text: "x".into() }]);
            frame.pop();

            prop_assert_eq!(read_result(&frame[HEADER..]), Err(Malformed));
        }
    }
}
