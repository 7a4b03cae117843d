//! The Encoding standard, by `encoding_rs`, for `TextEncoder` and `TextDecoder`.

use crate::engine::call::{Answer, Call};
use crate::engine::state;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

/// Decoders that may be in the middle of a stream at one time.
const MAX_STREAMS: usize = 1000;

/// `(text)`: a `Uint8Array`.
pub(super) fn utf8_encode(call: &Call<'_>) -> Answer {
    match call.text(0) {
        Some(text) => call.new_bytes(text.as_bytes()),
        None => call.type_error(c"expected a string"),
    }
}

/// `(label)`: the name of the encoding in small letters, or nothing when there is none that can be decoded.
pub(super) fn encoding(call: &Call<'_>) -> Answer {
    let encoding = call.text(0).and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    encoding.map_or_else(|| call.nothing(), |encoding| call.new_text(&encoding.name().to_ascii_lowercase()))
}

/// `(encoding, bytes, fatal, keepMark)`: the text of all the bytes.
pub(super) fn decode(call: &Call<'_>) -> Answer {
    let (Some(encoding), Some(bytes)) = (named(call), call.data(1)) else {
        return call.type_error(c"expected an encoding and at most 16 MB");
    };
    if encoding == UTF_8 {
        let bytes = if call.flag(3) { bytes } else { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) };
        if let Ok(text) = std::str::from_utf8(bytes) {
            return call.new_text(text);
        }
    }
    match decoded(&mut decoder(encoding, call.flag(3)), bytes, call.flag(2), true) {
        Some(text) => call.new_text(&text),
        None => call.type_error(c"The encoded data was not valid"),
    }
}

/// `(stream, encoding, bytes, fatal, keepMark, last)`: the text of the next bytes of a stream. Stream 0 begins one; the
/// answer is its number and the text. After the last bytes, and after an error, the stream is gone.
pub(super) fn decode_next(call: &Call<'_>) -> Answer {
    let (Some(name), Some(bytes)) = (call.text(1), call.data(2)) else {
        return call.type_error(c"expected an encoding and at most 16 MB");
    };
    let (number, fatal, last) = (call.index(0, u32::MAX), call.flag(3), call.flag(5));
    let text = state::with(|run| {
        let mut stream = match run.streams.remove(&number) {
            Some(stream) => stream,
            None => decoder(Encoding::for_label(name.as_bytes())?, call.flag(4)),
        };
        let text = decoded(&mut stream, bytes, fatal, last);
        let number = if number == 0 { run.next_stream() } else { number };
        if text.is_some() && !last {
            if run.streams.len() >= MAX_STREAMS {
                return None;
            }
            run.streams.insert(number, stream);
        }
        text.map(|text| (number, text))
    });
    match text.flatten() {
        Some((number, text)) => call.new_list([number.to_string().as_str(), &text]),
        None => call.type_error(c"The encoded data was not valid"),
    }
}

fn named(call: &Call<'_>) -> Option<&'static Encoding> {
    call.text(0).and_then(|name| Encoding::for_label(name.as_bytes()))
}

fn decoder(encoding: &'static Encoding, keep_mark: bool) -> Decoder {
    if keep_mark { encoding.new_decoder_without_bom_handling() } else { encoding.new_decoder_with_bom_removal() }
}

/// The text of `bytes`, or nothing when they are wrong and wrong bytes are fatal.
fn decoded(decoder: &mut Decoder, bytes: &[u8], fatal: bool, last: bool) -> Option<String> {
    if fatal {
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len())?);
        let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, last);
        matches!(result, DecoderResult::InputEmpty).then_some(text)
    } else {
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len())?);
        let (_, _, _) = decoder.decode_to_string(bytes, &mut text, last);
        Some(text)
    }
}
