//! What the fuzz targets see of the inside. Only with the feature `fuzzing`, and no part of the API.

pub use crate::engine::fuzzing::{Block, Heap, Runner};
pub use crate::pool::fuzzing::{Heard, fetch_request, worker_says};
pub use crate::worker::fuzzing::server_says;
