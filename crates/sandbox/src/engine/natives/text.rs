//! UTF-8 for `TextEncoder` and `TextDecoder`.

use crate::engine::call::{Answer, Call};

/// `(text)`: a `Uint8Array`.
pub(super) fn utf8_encode(call: &Call<'_>) -> Answer {
    match call.text(0) {
        Some(text) => call.new_bytes(text.as_bytes()),
        None => call.type_error(c"expected a string"),
    }
}

/// `(bytes, fatal, keepMark)`
pub(super) fn utf8_decode(call: &Call<'_>) -> Answer {
    let Some(bytes) = call.bytes(0) else { return call.type_error(c"expected bytes") };
    let bytes = if call.flag(2) { bytes } else { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) };
    match std::str::from_utf8(bytes) {
        Ok(text) => call.new_text(text),
        Err(_) if call.flag(1) => call.type_error(c"The encoded data was not valid for encoding utf-8"),
        Err(_) => call.new_text(&String::from_utf8_lossy(bytes)),
    }
}
