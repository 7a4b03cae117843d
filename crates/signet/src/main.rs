//! `signet`: see `signet --help`.

use signet::commands;
use signet::config::WORKER_COMMAND;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A script worker must not start a runtime, read configuration or open files.
    if std::env::args_os().nth(1).is_some_and(|command| command == WORKER_COMMAND) {
        return signet_sandbox::worker_main();
    }
    commands::main()
}
