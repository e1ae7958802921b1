//! The entries of `docs/mistakes`: a heading that is the message, prose that names programs, the mistake and the mend.

use super::super::repository::{Repository, TextFile, backticked};
use super::answers::pieces;
use super::pattern::Pattern;

/// One message, explained.
pub(super) struct Entry<'r> {
    pub(super) path: &'r str,
    pub(super) line: usize,
    /// The message, where a capital letter alone stands for what varies.
    pub(super) heading: &'r str,
    pub(super) pattern: Pattern,
    pub(super) programs: Vec<&'r str>,
    pub(super) examples: Vec<Example<'r>>,
}

/// A block of code.
pub(super) struct Example<'r> {
    /// Whether it must not compile.
    pub(super) is_wrong: bool,
    /// The code that a reader sees.
    pub(super) pieces: Vec<&'r str>,
}

/// The entries of all pages of the catalogue.
pub(super) fn entries(repository: &Repository) -> Vec<Entry<'_>> {
    let is_page = |file: &&TextFile| file.path.starts_with("docs/mistakes/") && file.has_extension("md");
    repository.files.iter().filter(is_page).flat_map(entries_of).collect()
}

fn entries_of(page: &TextFile) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut is_code = false;
    for (number, line) in page.lines() {
        if let Some(fence) = line.trim().strip_prefix("```") {
            if let (false, Some(entry)) = (is_code, entries.last_mut()) {
                entry.examples.push(Example { is_wrong: fence.contains("compile_fail"), pieces: Vec::new() });
            }
            is_code = !is_code;
            continue;
        }
        if let (false, Some(heading)) = (is_code, line.strip_prefix("### ")) {
            let pattern = Pattern::of_heading(heading);
            let (path, programs, examples) = (page.path.as_str(), Vec::new(), Vec::new());
            entries.push(Entry { path, line: number, heading, pattern, programs, examples });
            continue;
        }
        let Some(entry) = entries.last_mut() else { continue };
        match entry.examples.last_mut() {
            Some(example) if is_code => example.pieces.extend(shown(line)),
            _ => entry.programs.extend(backticked(line).filter(|text| text.starts_with("tests/ui/"))),
        }
    }
    entries
}

/// What a reader sees of a line of an example: nothing of one that rustdoc hides.
fn shown(line: &str) -> impl Iterator<Item = &str> {
    let is_hidden = line == "#" || line.starts_with("# ");
    pieces(if is_hidden { "" } else { line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_programs_and_examples() {
        let page = "# Page\n\n### `E` is empty\n\nWhy, in `a.rs`: `tests/ui/a/b.rs`, `tests/ui/a/c.rs`.\n\n```compile_fail\n# use x;\n\n\
                    enum E {}\n```\n\n```\n### no heading\n```\n### other\n";
        let repository = Repository::of(&[("docs/mistakes/a.md", page), ("docs/a.md", page)]);
        let entries = entries(&repository);
        let [entry, other] = entries.as_slice() else { panic!("{} entries", entries.len()) };
        assert_eq!((entry.heading, entry.line, other.heading), ("`E` is empty", 3, "other"));
        assert_eq!(entry.programs, ["tests/ui/a/b.rs", "tests/ui/a/c.rs"]);
        let examples: Vec<_> =
            entry.examples.iter().map(|example| (example.is_wrong, &example.pieces[..])).collect();
        assert_eq!(examples, [(true, &["enum E {", "}"][..]), (false, &["### no heading"][..])]);
    }
}
