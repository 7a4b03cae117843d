//! Reads what Node's test runner says in TAP (testanything.org, version 13, with nested subtests).

/// What became of the tests of one run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) passed: usize,
    pub(crate) failed: Vec<String>,
    /// How many of `failed` are suites, which fail with a test in them.
    pub(crate) failed_suites: usize,
    /// Skipped or put off, for a reason other than a name pattern.
    pub(crate) skipped: Vec<String>,
}

/// The runner reports tests that a name pattern leaves out as skipped.
const LEFT_OUT: &str = "test name does not match pattern";

pub(crate) fn summary(text: &str) -> Summary {
    let mut summary = Summary::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        let (ok, rest) = match (line.strip_prefix("ok "), line.strip_prefix("not ok ")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => continue,
        };
        let Some((number, rest)) = rest.split_once(" - ") else { continue };
        if number.parse::<u32>().is_err() {
            continue;
        }
        let is_suite = is_suite(&mut lines);
        // A `#` in a name is escaped.
        let (name, directive) = rest.split_once(" # ").unwrap_or((rest, ""));
        if directive.contains(LEFT_OUT) {
            continue;
        }
        if directive.starts_with("SKIP") || directive.starts_with("TODO") {
            summary.skipped.push(format!("{name} ({directive})"));
        } else if !ok {
            summary.failed.push(name.to_owned());
            summary.failed_suites += usize::from(is_suite);
        } else if !is_suite {
            summary.passed += 1;
        }
    }
    summary
}

/// Whether the details that follow a result say that it is a suite's.
fn is_suite<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> bool {
    if lines.next_if(|line| line.trim() == "---").is_none() {
        return false;
    }
    let mut suite = false;
    for line in lines.by_ref() {
        suite |= line.trim() == "type: 'suite'";
        if line.trim() == "..." {
            break;
        }
    }
    suite
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = r"TAP version 13
# Subtest: outer
    # Subtest: one \# x
    ok 1 - one \# x
      ---
      duration_ms: 0.9
      ...
    # Subtest: two
    ok 2 - two # SKIP needs a thing
      ---
      duration_ms: 0.1
      ...
    ok 3 - three # TODO
    not ok 4 - four
      ---
      error: |-
        ok 5 - not a result
      type: 'test'
      ...
    ok 5 - five # SKIP test name does not match pattern
    1..5
not ok 1 - outer
  ---
  type: 'suite'
  ...
ok 2 - top
  ---
  duration_ms: 1
  ...
ok 3 - whole suite # SKIP
  ---
  type: 'suite'
  ...
ok 4 - good suite
  ---
  type: 'suite'
  ...
1..4
# tests 6
";

    #[test]
    fn results_are_counted_and_skips_are_told_from_what_was_left_out() {
        assert_eq!(
            summary(RUN),
            Summary {
                passed: 2,
                failed: vec!["four".into(), "outer".into()],
                failed_suites: 1,
                skipped: vec!["two (SKIP needs a thing)".into(), "three (TODO)".into(), "whole suite (SKIP)".into()],
            }
        );
    }

    #[test]
    fn a_run_without_tests_has_nothing() {
        assert_eq!(summary("TAP version 13\n1..0\n# tests 0\n"), Summary::default());
    }
}
