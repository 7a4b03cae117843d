//! One file of `attacks/`: its header, its source.

use super::expectation::Expectation;
use signet_sandbox::{Limits, Script};
use std::fmt::Write;
use std::time::Duration;

/// A file that can be run.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) script: Script,
    /// One of them must come true.
    pub(super) expected: Vec<Expectation>,
    pub(super) limits: Limits,
    pub(super) input: String,
    pub(super) runs: usize,
}

/// What the header says, before it is put together.
struct Header {
    expected: Vec<Expectation>,
    limits: Limits,
    input: String,
    entry: String,
    first: String,
    newline: Option<String>,
    expands: bool,
    runs: usize,
    says: bool,
}

impl Case {
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, String> {
        let mut header = Header {
            expected: Vec::new(),
            limits: Limits { memory_bytes: 32 << 20, ..Limits::default() },
            input: r#"{"token":{},"context":{},"environmentVariables":{}}"#.to_owned(),
            entry: "getCustomJwtClaims".to_owned(),
            first: String::new(),
            newline: None,
            expands: false,
            runs: 1,
            says: false,
        };
        for line in text.lines().map_while(|line| line.strip_prefix("//")) {
            header.line(line.trim())?;
        }
        if header.expected.is_empty() {
            return Err("the header has no `expect:`".to_owned());
        }
        if !header.says {
            return Err("the header has no sentence that says what is attacked".to_owned());
        }
        let mut source = if header.expands { expand(text)? } else { text.to_owned() };
        source.insert_str(0, &header.first);
        if let Some(newline) = &header.newline {
            source = source.replace('\n', newline);
        }
        Ok(Self {
            name: name.to_owned(),
            script: Script::new(source, &header.entry),
            expected: header.expected,
            limits: header.limits,
            input: header.input,
            runs: header.runs,
        })
    }
}

impl Header {
    /// A line that begins with a lower-case word and a colon, or is one such word, is a directive; others are prose.
    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, value) = line.split_once(':').map_or((line, ""), |(word, value)| (word, value.trim()));
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.says |= !line.is_empty();
            return Ok(());
        }
        match (word, value) {
            ("expect", _) => {
                for part in value.split(" | ") {
                    self.expected.push(part.parse()?);
                }
            }
            ("limits", _) => value.split_whitespace().try_for_each(|limit| self.limit(limit))?,
            ("input", _) => value.clone_into(&mut self.input),
            ("entry", _) => value.clone_into(&mut self.entry),
            ("first", _) => self.first = quoted(value)?,
            ("newline", _) => self.newline = Some(quoted(value)?),
            ("expand", "") => self.expands = true,
            ("twice", "") => self.runs = 2,
            _ => return Err(format!("`{line}` is no directive")),
        }
        Ok(())
    }

    fn limit(&mut self, limit: &str) -> Result<(), String> {
        let wrong = || format!("`{limit}` is no limit");
        let (name, amount) = limit.split_once('=').ok_or_else(wrong)?;
        let digits = amount.trim_end_matches(|c: char| !c.is_ascii_digit());
        let number: u64 = digits.parse().map_err(|_| wrong())?;
        let factor = match amount.strip_prefix(digits) {
            Some("ms" | "B") => 1,
            Some("s") => 1000,
            Some("KB") => 1 << 10,
            Some("MB") => 1 << 20,
            _ => return Err(wrong()),
        };
        let (time, bytes) = (Duration::from_millis(number * factor), usize::try_from(number * factor).unwrap());
        match (name, amount.ends_with('B')) {
            ("wall", false) => self.limits.wall = time,
            ("cpu", false) => self.limits.cpu = time,
            ("memory", true) => self.limits.memory_bytes = bytes,
            ("stack", true) => self.limits.stack_bytes = bytes,
            ("output", true) => self.limits.output_bytes = bytes,
            ("log", true) => self.limits.log_bytes = bytes,
            _ => return Err(wrong()),
        }
        Ok(())
    }
}

fn quoted(text: &str) -> Result<String, String> {
    serde_json::from_str(text).map_err(|_| format!("`{text}` is no JSON string"))
}

/// Replaces each `<<<"text"|count>>>` by that many copies of the text, in which `{n}` is the number of the copy.
fn expand(text: &str) -> Result<String, String> {
    let mut source = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<<<") {
        let (inside, after) = after.split_once(">>>").ok_or("a `<<<` without its `>>>`")?;
        let (piece, count) = inside.rsplit_once('|').ok_or("a repetition without a count")?;
        let (piece, count) = (quoted(piece)?, count.parse::<u32>().map_err(|_| "a count that is no number")?);
        source.push_str(before);
        for n in 0..count {
            match piece.split_once("{n}") {
                None => source.push_str(&piece),
                Some(_) => source.push_str(&piece.replace("{n}", &n.to_string())),
            }
        }
        rest = after;
    }
    source.write_str(rest).unwrap();
    Ok(source)
}

#[test]
fn a_header_is_read_as_the_readme_says() {
    let text =
        "// Spins.\n// expect: timeout | returns {\"n\":1}\n// limits: wall=2s memory=1MB log=5B\n// twice\n\nf();\n";
    let case = Case::parse("a.js", text).unwrap_or_else(|reason| panic!("{reason}"));

    assert_eq!((case.expected.len(), case.runs), (2, 2));
    assert_eq!((case.limits.wall.as_secs(), case.limits.memory_bytes, case.limits.log_bytes), (2, 1 << 20, 5));
    assert_eq!(case.script.source(), text);
}

#[test]
fn a_source_can_be_generated() {
    let text = "// Long.\n// expect: timeout\n// expand\n// first: \"#!x\\n\"\n\n<<<\"v{n};\"|3>>>\n";
    let case = Case::parse("a.js", text).unwrap_or_else(|reason| panic!("{reason}"));

    assert!(case.script.source().starts_with("#!x\n// Long."));
    assert!(case.script.source().ends_with("\n\nv0;v1;v2;\n"));
}

#[test]
fn a_header_that_cannot_be_read_is_refused() {
    for (header, reason) in [
        ("// Spins.\n\nf();", "no `expect:`"),
        ("// expect: timeout\n", "no sentence"),
        ("// Spins.\n// expct: timeout\n", "`expct: timeout` is no directive"),
        ("// Spins.\n// expect: timeout\n// twise\n", "`twise` is no directive"),
        ("// Spins.\n// expect: timeot\n", "`timeot` is no outcome"),
        ("// Spins.\n// expect: returns {1}\n", "is no outcome"),
        ("// Spins.\n// expect: timeout\n// limits: wall=5MB\n", "`wall=5MB` is no limit"),
        ("// Spins.\n// expect: timeout\n// limits: size=5MB\n", "`size=5MB` is no limit"),
        ("// Spins.\n// expect: timeout\n// limits: memory=MB\n", "`memory=MB` is no limit"),
        ("// Spins.\n// expect: timeout\n// first: x\n", "`x` is no JSON string"),
        ("// Spins.\n// expect: timeout\n// expand\n\n<<<\"a\">>>", "without a count"),
    ] {
        let refused = Case::parse("a.js", header).err().unwrap_or_default();
        assert!(refused.contains(reason), "{header}: {refused}");
    }
}
