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
        Err(_) => mended(bytes).map_or_else(|| call.out_of_memory(), |text| call.new_text(&text)),
    }
}

/// The text with U+FFFD for what is broken. It is made outside the script's heap, so the most that it can take is asked
/// for first: a worker that cannot have the memory ends the run instead of dying of it.
fn mended(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    text.try_reserve_exact(bytes.len().checked_mul(char::REPLACEMENT_CHARACTER.len_utf8())?).ok()?;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn broken_bytes_become_replacement_characters() {
        for bytes in [&b"ok"[..], b"", b"\xff", b"a\xe2\x82b\xf0\x9f\x98", b"\xed\xa0\x80\xc3\xa9", b"\xc0\x80"] {
            assert_eq!(mended(bytes).as_deref(), Some(&*String::from_utf8_lossy(bytes)), "{bytes:?}");
        }
    }
}
