//! The script worker of the stories: what `signet script-worker` is in production.

use std::process::ExitCode;

fn main() -> ExitCode {
    signet_sandbox::worker_main()
}
