//! Links between documents lead somewhere, headings included.

use super::{File, Problem};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\]\(([^()\s]+)\)").ok());

/// `exists` knows the files that are no text, and directories.
pub(super) fn check(files: &[File], exists: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.is_markdown()) {
        for (number, line) in prose(&file.text) {
            for target in LINK.iter().flat_map(|link| link.captures_iter(line)).filter_map(|found| found.get(1)) {
                if let Some(text) = dead(file, target.as_str(), files, exists) {
                    problems.push(Problem::new(&file.path, number, text));
                }
            }
        }
    }
    problems
}

/// The numbered lines outside of fenced code.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    let numbered = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    numbered.filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        !in_code && !fence
    })
}

/// Why a link leads nowhere.
fn dead(file: &File, target: &str, files: &[File], exists: &dyn Fn(&str) -> bool) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, heading) = target.split_once('#').unwrap_or((target, ""));
    let path = if path.is_empty() { file.path.clone() } else { resolve(&file.path, path) };
    if !exists(&path) && !files.iter().any(|other| other.path == path) {
        return Some(format!("the link `{target}` leads nowhere"));
    }
    let linked = files.iter().find(|other| other.path == path && other.is_markdown())?;
    let known = heading.is_empty() || headings(&linked.text).contains(heading);
    (!known).then(|| format!("the link `{target}` names no heading of {path}"))
}

/// A path relative to the directory of `from`.
fn resolve(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Headings as they stand in links: lower case, hyphens for spaces, no punctuation.
fn headings(text: &str) -> HashSet<String> {
    let titles = prose(text).filter_map(|(_, line)| line.strip_prefix('#'));
    titles
        .map(|title| {
            let title = title.trim_start_matches('#').trim().to_lowercase();
            let kept = title.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
            kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn links_lead_to_files_and_headings() {
        let files = [
            file("docs/adr/0001-x.md", "# One: `two`, three\n[up](../../README.md#quick-start)"),
            file(
                "README.md",
                "## Quick start\n[a](docs/adr/0001-x.md#one-two-three) [b](docs) [c](https://x.example/y)",
            ),
        ];
        assert_eq!(check(&files, &|path| path == "docs"), []);
    }

    #[test]
    fn dead_links_are_found() {
        for text in ["[a](none.md)", "[a](#none)", "[a](b.md#none)", "[a](../b.md)"] {
            let files = [file("docs/a.md", text), file("docs/b.md", "# There")];
            assert_eq!(check(&files, &|_| false).len(), 1, "{text}");
        }
        let in_code = [file("a.md", "```\n[a](none.md)\n```\n[b](none.md)")];
        assert_eq!(check(&in_code, &|_| false).first().map(|problem| problem.line), Some(4));
    }
}
