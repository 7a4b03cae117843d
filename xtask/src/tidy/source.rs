//! Enough of Rust's grammar to tell string literals from the rest.

/// A string literal and the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) line: usize,
    pub(super) text: String,
}

/// The string literals of a source text, without those in comments. Escapes are left as they are written.
pub(super) fn literals(source: &str) -> Vec<Literal> {
    let mut scanner = Scanner { rest: source, line: 1 };
    let mut found = Vec::new();
    while !scanner.rest.is_empty() {
        if scanner.rest.starts_with("//") {
            scanner.skip_until("\n");
        } else if scanner.rest.starts_with("/*") {
            scanner.skip_comment();
        } else if let Some(hashes) = raw_hashes(scanner.rest) {
            let line = scanner.line;
            scanner.skip(scanner.rest.find('"').map_or(1, |quote| quote + 1));
            let end = format!("\"{}", "#".repeat(hashes));
            let text = scanner.skip_until(&end).to_owned();
            found.push(Literal { line, text });
        } else if scanner.rest.starts_with('"') {
            let line = scanner.line;
            scanner.skip(1);
            let text = scanner.skip_string();
            found.push(Literal { line, text });
        } else if scanner.rest.starts_with('\'') {
            scanner.skip_quote();
        } else {
            scanner.skip_word();
        }
    }
    found
}

/// `r"`, `r#"` and with a `b` or `c` before them: the number of `#`.
fn raw_hashes(text: &str) -> Option<usize> {
    let text = text.strip_prefix(['b', 'c']).unwrap_or(text).strip_prefix('r')?;
    let after = text.trim_start_matches('#');
    after.starts_with('"').then(|| text.len() - after.len())
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Scanner<'a> {
    /// Takes `length` bytes.
    fn skip(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    /// Takes all before `end`, and `end` itself.
    fn skip_until(&mut self, end: &str) -> &'a str {
        let length = self.rest.find(end).unwrap_or(self.rest.len());
        let taken = self.skip(length);
        self.skip(end.len());
        taken
    }

    /// One letter, or a whole name or number, so that the `r` of `for` begins no raw string.
    fn skip_word(&mut self) {
        let word = self.rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        let first = self.rest.chars().next().map_or(1, char::len_utf8);
        self.skip(word.unwrap_or(self.rest.len()).max(first));
    }

    fn skip_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.skip(2);
            } else if self.rest.starts_with("*/") {
                depth -= 1;
                self.skip(2);
            } else {
                self.skip(self.rest.chars().next().map_or(1, char::len_utf8));
            }
            if depth == 0 || self.rest.is_empty() {
                return;
            }
        }
    }

    fn skip_string(&mut self) -> String {
        let mut text = String::new();
        while let Some(letter) = self.rest.chars().next() {
            self.skip(letter.len_utf8());
            match letter {
                '"' => break,
                '\\' => {
                    text.push(letter);
                    let next = self.rest.chars().next().unwrap_or_default();
                    text.push_str(self.skip(next.len_utf8()));
                }
                other => text.push(other),
            }
        }
        text
    }

    /// A character literal or a lifetime.
    fn skip_quote(&mut self) {
        self.skip(1);
        let mut letters = self.rest.chars();
        match (letters.next(), letters.next()) {
            (Some('\\'), Some(escaped)) => {
                self.skip(1 + escaped.len_utf8());
                self.skip_until("'");
            }
            (Some(letter), Some('\'')) => {
                self.skip(letter.len_utf8() + 1);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_told_from_comments_characters_and_lifetimes() {
        let source = r##"
            // "no"
            /* "no" /* "no" */ "no" */
            fn f<'a>(x: &'a str) { let c = '"'; let d = '\''; let e = '\\'; for"yes 1" }
            let raw = r#"yes "2" "#; let byte = b"yes 3"; let raw_byte = br"yes \4";
            let escaped = "yes \" 5
                still 5"; "yes 6"
        "##;

        let found: Vec<_> = literals(source).into_iter().map(|literal| (literal.line, literal.text)).collect();

        let expected = [
            (4, "yes 1"),
            (5, "yes \"2\" "),
            (5, "yes 3"),
            (5, "yes \\4"),
            (6, "yes \\\" 5\n                still 5"),
            (7, "yes 6"),
        ];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
