//! What can be seen line by line: module docs, open tasks, length, and words that have no place here.

use super::{File, Problem};
use regex::Regex;
use std::path::Path;
use std::sync::LazyLock;

/// Lines of a source file, its unit tests not counted.
const LONGEST: usize = 400;
/// Tables and generated files may be longer.
const MAY_BE_LONG: &[&str] = &["crates/core/src/error_code.rs"];

/// The test runner's output has a word for tests that are put off.
const READS_TASKS: &[&str] = &["xtask/src/tap.rs"];

/// Hosts of package registries: where packages come from is the machine's business. In pieces, so that this file passes.
const HOSTS: &[&str] = &[
    concat!("registry.", "npmjs"),
    concat!("registry.", "yarnpkg"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("crates.io", "-index"),
    concat!("py", "pi.org"),
    concat!("files.", "pythonhosted"),
    concat!("deb.", "debian.org"),
    concat!("archive.", "ubuntu.com"),
    concat!("proxy.", "golang"),
];

/// An absolute path of somebody's machine.
static MACHINE_PATH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(concat!(r"(^|[^\w.~*/-])/(wor", r"k|roo", r"t|home/\w+)(/|\b)")).ok());
/// A task without an issue: `#12` in parentheses must follow.
static OPEN_TASK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(concat!(r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b(\(#\d+\))?")).ok());

pub(super) fn check(file: &File) -> Vec<Problem> {
    let mut problems = Vec::new();
    if file.is_rust() {
        problems.extend(module_doc(file));
        problems.extend(length(file));
    }
    for (number, line) in file.text.lines().enumerate() {
        problems.extend(words(&file.path, line).map(|text| Problem::new(&file.path, number + 1, text)));
    }
    problems
}

fn module_doc(file: &File) -> Option<Problem> {
    let mut lines = file.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("#!["));
    let first = lines.next().unwrap_or_default();
    let missing = !first.starts_with("//!");
    missing.then(|| Problem::new(&file.path, 1, "a Rust file opens with a module doc (`//!`)"))
}

fn length(file: &File) -> Option<Problem> {
    let is_test = file.path.split('/').any(|part| part == "tests")
        || Path::new(&file.path).file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"));
    if is_test || MAY_BE_LONG.contains(&file.path.as_str()) {
        return None;
    }
    let code = file.text.split_once("\n#[cfg(test)]\nmod tests {").map_or(file.text.as_str(), |(code, _)| code);
    let lines = code.lines().count();
    (lines > LONGEST).then(|| {
        let text = format!("{lines} lines of code; more than {LONGEST} hide a second notion");
        Problem::new(&file.path, 0, text)
    })
}

fn words(path: &str, line: &str) -> impl Iterator<Item = String> {
    let host = HOSTS.iter().find(|host| line.contains(**host)).map(|host| format!("names the host `{host}`"));
    let machine = MACHINE_PATH
        .as_ref()
        .is_none_or(|machine| machine.is_match(line))
        .then(|| "names a directory of one machine".to_owned());
    let task = OPEN_TASK.as_ref().is_none_or(|task| task.captures_iter(line).any(|found| found.get(2).is_none()));
    let task = (task && !READS_TASKS.contains(&path))
        .then(|| "an open task names its issue, like `(#12)`, or goes".to_owned());
    [host, machine, task].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn problems(path: &str, text: &str) -> usize {
        check(&file(path, text)).len()
    }

    #[test]
    fn a_rust_file_opens_with_a_module_doc() {
        assert_eq!(problems("a.rs", "use x;\n"), 1);
        assert_eq!(problems("a.rs", "// no doc\n"), 1);
        assert_eq!(problems("a.rs", ""), 1);
        assert_eq!(problems("a.rs", "//! Doc.\nuse x;\n"), 0);
        assert_eq!(problems("a.rs", "#![no_main]\n\n//! Doc.\n"), 0);
        assert_eq!(problems("a.md", "text"), 0);
    }

    #[test]
    fn a_long_file_is_told_but_not_for_its_tests() {
        let long = |lines: usize, rest: &str| format!("//! Doc.\n{}{rest}", "x\n".repeat(lines - 1));
        assert_eq!(problems("a.rs", &long(400, "")), 0);
        assert_eq!(problems("a.rs", &long(401, "")), 1);
        assert_eq!(problems("a.rs", &long(300, &format!("\n#[cfg(test)]\nmod tests {{\n{}", "x\n".repeat(300)))), 0);
        for path in ["tests/it/a.rs", "crates/a/src/b_tests.rs", "crates/core/src/error_code.rs"] {
            assert_eq!(problems(path, &long(900, "")), 0, "{path}");
        }
    }

    #[test]
    fn hosts_and_machine_paths_have_no_place() {
        for bad in [
            format!("\"resolved\": \"https://{}.org/x\"", HOSTS.first().unwrap()),
            format!("cd /{}/main", "work"),
            format!("`/{}`", "root"),
            format!("path = \"/{}/alice/src\"", "home"),
        ] {
            assert_eq!(problems("a.md", &bad), 1, "{bad}");
        }
        for good in ["see docs/work/x", "https://a.example/root/x", "/var/lib/signet", "../work/", "./root/", "$HOME/x"]
        {
            assert_eq!(problems("a.md", good), 0, "{good}");
        }
    }

    #[test]
    fn open_tasks_name_their_issue() {
        for word in [concat!("TO", "DO"), concat!("FIX", "ME")] {
            assert_eq!(problems("a.md", &format!("{word}: later")), 1);
            assert_eq!(problems("a.md", &format!("{word}(#12): later")), 0);
        }
    }
}
