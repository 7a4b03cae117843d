//! What a script threw, as bounded text with its place in the author's source.

/// Bytes of a message or name that leave the worker.
pub(crate) const MAX_MESSAGE: usize = 4 << 10;
/// Bytes of a stack trace that leave the worker.
pub(crate) const MAX_STACK: usize = 8 << 10;
/// The name of the author's source in stack traces.
pub(super) const FILE: &str = "script.js";

/// A thrown value, described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) name: String,
    pub(super) message: String,
    pub(super) stack: Option<String>,
    pub(super) line: Option<u32>,
    pub(super) column: Option<u32>,
}

impl Fault {
    pub(super) fn new(name: &str, message: &str, stack: Option<&str>) -> Self {
        let place = stack.and_then(place);
        let (name, message) = standard(name, message);
        Self {
            name: bounded(name),
            message: bounded(message),
            stack: stack.map(|stack| cut(stack, MAX_STACK).trim_end().to_owned()),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
        }
    }
}

/// What the engine throws beside the standard, in the words that authors know from other engines.
fn standard<'t>(name: &'t str, message: &'t str) -> (&'t str, &'t str) {
    match (name, message) {
        ("InternalError", "string too long") => ("RangeError", "Invalid string length"),
        other => other,
    }
}

/// The text, cut to what may leave the worker.
pub(super) fn bounded(text: &str) -> String {
    cut(text, MAX_MESSAGE).to_owned()
}

fn cut(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or_default()
}

/// Line and column of the first frame in the author's source.
fn place(stack: &str) -> Option<(u32, u32)> {
    stack.lines().find_map(|frame| {
        let (_, place) = frame.split_once(FILE)?;
        let (line, column) = place.strip_prefix(':')?.split_once(':')?;
        let digits = column.trim_end_matches(')');
        Some((line.parse().ok()?, digits.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_the_first_frame_of_the_author() {
        for (stack, expected) in [
            ("    at fetch (native)\n    at f (script.js:3:15)\n    at script.js:9:1\n", Some((3, 15))),
            ("    at script.js:2:13\n", Some((2, 13))),
            ("    at f (prelude:1:1)\n", None),
            ("script.js:x:1\nscript.js:99999999999:1\nscript.js", None),
            ("", None),
        ] {
            assert_eq!(place(stack), expected, "{stack}");
        }
    }

    #[test]
    fn texts_are_cut_at_a_character() {
        let fault = Fault::new("Error", &"é".repeat(10_000), Some(&"x".repeat(100_000)));
        assert_eq!(fault.message.len(), MAX_MESSAGE);
        assert_eq!(fault.stack.unwrap().len(), MAX_STACK);
    }
}
