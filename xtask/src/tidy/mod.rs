//! Rules of the tree that are neither types nor lints. Each check is a function from text to problems, so that a test
//! can show that it fails.

mod dependencies;
mod layers;
mod links;
mod source;
mod sql;
mod text;

use anyhow::{Context as _, Result, bail};
use std::fmt;
use std::path::Path;

/// Something to put right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    path: String,
    /// 0: the whole file.
    line: usize,
    text: String,
}

impl Problem {
    fn new(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, text: text.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.text),
            line => write!(f, "{}:{line}: {}", self.path, self.text),
        }
    }
}

/// A text file of the tree.
pub(crate) struct File {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl File {
    fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "rs")
    }

    fn is_markdown(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "md")
    }
}

pub(crate) fn run(root: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    let mut problems = layers::check(root)?;
    problems.extend(dependencies::check(&std::fs::read_to_string(root.join("Cargo.lock"))?));
    for file in &files {
        problems.extend(text::check(file));
        if file.is_rust() {
            problems.extend(sql::check(file));
        }
    }
    problems.extend(links::check(&files, &|path| root.join(path).exists()));
    for problem in &problems {
        println!("{problem}");
    }
    match problems.len() {
        0 => {
            println!("tidy: {} files, nothing to put right", files.len());
            Ok(())
        }
        count => bail!("{count} to put right"),
    }
}

/// Directories that are not ours to check.
const SKIPPED: &[&str] = &["target", "node_modules", "data", "artifacts", "corpus"];

/// Reads the text files below `root/below`, in order.
fn collect(root: &Path, below: &str, files: &mut Vec<File>) -> Result<()> {
    let directory = root.join(below);
    let mut entries = std::fs::read_dir(&directory)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .with_context(|| format!("cannot list {}", directory.display()))?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let ours = name != ".git" && !SKIPPED.contains(&name.as_str());
            if ours && !entry.path().join("CACHEDIR.TAG").exists() {
                collect(root, &path, files)?;
            }
        } else if kind.is_file() && name != "Cargo.lock" {
            // What is not UTF-8 is no text.
            if let Ok(text) = std::fs::read_to_string(entry.path()) {
                files.push(File { path, text });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_walked_without_what_is_built() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("a/b.rs", "x"),
            ("a/node_modules/c.js", "x"),
            ("out/CACHEDIR.TAG", ""),
            ("out/d.rs", "x"),
            (".git/e", "x"),
        ] {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }

        let mut files = Vec::new();
        collect(root.path(), "", &mut files).unwrap();

        assert_eq!(files.into_iter().map(|file| file.path).collect::<Vec<_>>(), ["a/b.rs"]);
    }
}
