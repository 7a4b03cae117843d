//! See `signet_fuzz` for what this target does.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| signet_fuzz::worker_frames::run(data));
