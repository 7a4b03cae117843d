//! Date patterns as text (UTS #35, Date Field Symbol Table): letters are fields, the rest is literal.

/// Replaces the length of each field by what `length` says, by its symbol and its length so far.
pub(super) fn with_lengths(pattern: &str, length: impl Fn(char, usize) -> usize) -> String {
    let mut written = String::with_capacity(pattern.len() + 8);
    for item in items(pattern) {
        match item {
            Item::Field(symbol, now) => written.extend(std::iter::repeat_n(symbol, length(symbol, now))),
            Item::Other(character) => written.push(character),
        }
    }
    written
}

/// The length of the first of some fields.
pub(super) fn length_of(pattern: &str, symbols: &[char]) -> Option<(char, usize)> {
    items(pattern).into_iter().find_map(|item| match item {
        Item::Field(symbol, length) if symbols.contains(&symbol) => Some((symbol, length)),
        _ => None,
    })
}

enum Item {
    Field(char, usize),
    /// A character of a literal, or a quote around one.
    Other(char),
}

fn items(pattern: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut is_quoted = false;
    for character in pattern.chars() {
        is_quoted ^= character == '\'';
        match items.last_mut() {
            Some(Item::Field(symbol, length)) if !is_quoted && *symbol == character => *length += 1,
            _ if !is_quoted && character.is_ascii_alphabetic() => items.push(Item::Field(character, 1)),
            _ => items.push(Item::Other(character)),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_change_their_length_and_literals_stay() {
        let longer = |symbol, length| if symbol == 'd' { 2 } else { length };
        for (pattern, expected) in [
            ("EEEE, d 'de' MMMM 'de' y", "EEEE, dd 'de' MMMM 'de' y"),
            ("y MMM d'(a) ('HH:mm)", "y MMM dd'(a) ('HH:mm)"),
            ("d. 'o''clock d'", "dd. 'o''clock d'"),
        ] {
            assert_eq!(with_lengths(pattern, longer), expected);
        }
        assert_eq!(length_of("d 'M' LLLL", &['M', 'L']), Some(('L', 4)));
        assert_eq!(length_of("HH 'h'", &['h']), None);
    }
}
