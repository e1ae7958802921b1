//! The files that the rules read: all text that git tracks, and all that it would track if added.

use std::path::Path;
use std::process::Command;

use super::source::Source;
use crate::process::output;

/// Every text file, in the order of its path.
pub(super) struct Repository {
    pub(super) files: Vec<TextFile>,
}

pub(super) struct TextFile {
    /// From the root, with `/` on every system.
    pub(super) path: String,
    pub(super) text: String,
    /// Taken apart, if the file is Rust.
    pub(super) source: Option<Source>,
}

impl TextFile {
    fn new(path: &str, text: String) -> Self {
        let source = path.ends_with(".rs").then(|| Source::new(&text));
        Self { path: path.to_owned(), text, source }
    }

    /// The lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(i, line)| (i + 1, line))
    }

    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    /// Whether this file is input of a test (a program that must not compile, an expected expansion), not code that runs.
    pub(super) fn is_fixture(&self) -> bool {
        self.path.starts_with("tests/ui/") || self.path.starts_with("tests/expand/")
    }
}

impl Repository {
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
        let listed = output(&mut git)?;
        let mut paths: Vec<&str> = listed.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        // What is not text, and what was deleted but is still in the index, is nothing to read.
        let files = paths
            .into_iter()
            .filter_map(|path| Some(TextFile::new(path, std::fs::read_to_string(root.join(path)).ok()?)))
            .collect();
        Ok(Self { files })
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| TextFile::new(path, (*text).to_owned())).collect() }
    }

    pub(super) fn file(&self, path: &str) -> Option<&TextFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The Rust files, taken apart.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&TextFile, &Source)> {
        self.files.iter().filter_map(|file| Some((file, file.source.as_ref()?)))
    }
}

/// The parts of `line` between backticks.
pub(super) fn backticked(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}
