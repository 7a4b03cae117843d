//! How a run ended, as a value.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;
use std::time::Duration;

/// A finished run.
#[derive(Debug)]
pub struct Run {
    pub outcome: Outcome,
    /// What the script wrote to `console`, in order, within [`crate::Limits::log_bytes`].
    pub logs: Vec<LogLine>,
    /// Time spent in the worker; waiting for a worker is not part of it.
    pub duration: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    pub level: LogLevel,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    Debug,
    Log,
    Info,
    Warn,
    Error,
}

#[derive(Debug)]
pub enum Outcome {
    /// A JSON object within the output limit, checked on the server's side.
    Returned(Box<RawValue>),
    /// The script called `api.denyAccess`. Final, whatever the script did afterwards.
    Denied {
        message: String,
    },
    /// The script does not compile.
    Syntax {
        message: String,
        line: Option<u32>,
        column: Option<u32>,
    },
    /// The script compiles and runs, but has no function of the wanted name.
    MissingFunction {
        entry: Arc<str>,
    },
    /// The function returned something that is not a JSON object within the output limit.
    Type {
        message: String,
    },
    /// The script threw.
    Runtime {
        name: String,
        message: String,
        stack: Option<String>,
        line: Option<u32>,
        column: Option<u32>,
    },
    /// The script ran past the limit, or waits for something that can never happen.
    TimedOut {
        limit: Duration,
    },
    OutOfMemory,
    /// The worker died or broke the protocol. No fault of the script as far as we can tell.
    Crashed,
    /// No worker was free in time.
    Shed,
    /// The script has failed expensively so often that it is not run for a while.
    CircuitOpen,
}

impl Outcome {
    /// Whether the script's author can mend this. Denials and results are no faults; a crash or an overload is ours.
    pub fn is_script_fault(&self) -> bool {
        match self {
            Self::Syntax { .. }
            | Self::MissingFunction { .. }
            | Self::Type { .. }
            | Self::Runtime { .. }
            | Self::TimedOut { .. }
            | Self::OutOfMemory => true,
            Self::Returned(_) | Self::Denied { .. } | Self::Crashed | Self::Shed | Self::CircuitOpen => false,
        }
    }

    /// The text for the author or the client. Empty for [`Outcome::Returned`].
    pub fn message(&self) -> String {
        match self {
            Self::Returned(_) => String::new(),
            Self::Denied { message }
            | Self::Syntax { message, .. }
            | Self::Type { message }
            | Self::Runtime { message, .. } => message.clone(),
            Self::MissingFunction { entry } => format!("The script does not have a function named `{entry}`"),
            Self::TimedOut { limit } => format!("Script execution timed out after {}ms.", limit.as_millis()),
            Self::OutOfMemory => "Script execution exceeded the memory limit.".to_owned(),
            Self::Crashed => "The script could not be run.".to_owned(),
            Self::Shed => "The server is too busy to run the script.".to_owned(),
            Self::CircuitOpen => "The script has failed too often and is not run for a while.".to_owned(),
        }
    }
}
