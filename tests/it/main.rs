//! Everything visible, told as stories through the front door.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a story that cannot go on must stop")]

mod console;
mod experience;
mod management;
mod oidc;
mod operations;
mod pages;

use signet_tests::{Signet, SignetBuilder};

/// A Signet with default settings.
async fn signet() -> Signet {
    start(Signet::with()).await
}

async fn start(builder: SignetBuilder) -> Signet {
    builder.start(env!("CARGO_BIN_EXE_story-script-worker")).await
}
