//! What the text may say: the words of the glossary, nothing about how it came about, and no test that is not there.

use std::collections::BTreeSet;

use super::Report;
use super::repository::{Repository, TextFile, backticked};
use super::sizes::functions;

/// The page whose table says which words are not used; those in backticks in its third column are refused here.
const GLOSSARY: &str = "docs/glossary.md";

/// This file, which must spell what it refuses.
const THIS: &str = "xtask/src/tidy/prose.rs";

/// Names of others, in which a refused word is not ours.
const ALLOWED_PHRASES: &[&str] = &["event listener", "tcp listener", "unix listener"];

/// Where a refused word has another meaning: folder or file, word, and why.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("examples/reachability", "node id", "there a node is a vertex of the graph, not a machine")];

/// One notion, one word: a synonym makes the reader look for a difference.
pub(super) fn words_come_from_the_glossary(repository: &Repository, report: &mut Report) {
    let refused = repository.file(GLOSSARY).map(refused_words).unwrap_or_default();
    for file in &repository.files {
        let is_about_words = file.path == GLOSSARY || file.path == THIS;
        if is_about_words || !(file.has_extension("rs") || file.has_extension("md")) {
            continue;
        }
        for (number, line) in file.lines() {
            let words = words_of(line);
            for (synonym, word) in &refused {
                let is_exception = EXCEPTIONS
                    .iter()
                    .any(|(folder, known, _)| file.path.starts_with(folder) && known == synonym);
                if !is_exception && says(&words, synonym) {
                    report.add(
                        &file.path,
                        number,
                        format!("`{synonym}` is not a word of the glossary; say {word}"),
                    );
                }
            }
        }
    }
}

/// Each synonym with the word to use for it, from rows like ``| join, ⊔ | meaning | `lub`, merge |``.
fn refused_words(glossary: &TextFile) -> Vec<(&str, &str)> {
    let rows = glossary.text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim().strip_prefix('|')?.split('|').collect();
        Some((cells.first()?.trim(), *cells.get(2)?))
    });
    rows.flat_map(|(word, never)| backticked(never).map(move |synonym| (synonym, word))).collect()
}

/// The words of prose and the parts of identifiers, in lower case: `LubTable` and `lub_table` both say "lub table".
fn words_of(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in line.chars() {
        let starts_word = !previous.is_alphanumeric() || (c.is_uppercase() && !previous.is_uppercase());
        if c.is_alphanumeric() {
            if starts_word {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        previous = c;
    }
    words
}

/// Whether the words hold the phrase outside every allowed one.
fn says(words: &[String], phrase: &str) -> bool {
    let occurs = |phrase: &str| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.windows(parts.len()).filter(|window| window.iter().zip(&parts).all(|(a, b)| a == b)).count()
    };
    let n_allowed: usize = ALLOWED_PHRASES
        .iter()
        .filter(|allowed| allowed.split(' ').any(|word| word == phrase))
        .map(|a| occurs(a))
        .sum();
    occurs(phrase) > n_allowed
}

/// A reader elsewhere has neither the folders of the machine that a line was written on, nor its package servers, nor any
/// use for how the work was organised.
pub(super) fn text_is_about_the_project(repository: &Repository, report: &mut Report) {
    const FOLDERS: &[&str] = &["/work/", "/root/", "/home/", "/Users/"];
    const HOSTS: &[&str] = &["crates.io", "static.rust-lang.org"];
    for file in &repository.files {
        if file.path == THIS || file.path.ends_with("Cargo.lock") {
            continue;
        }
        for (number, line) in file.lines() {
            for name in FOLDERS.iter().chain(HOSTS).filter(|name| line.contains(**name)) {
                report.add(&file.path, number, format!("`{name}` is of one machine, not of the project"));
            }
            if words_of(line).iter().any(|word| word == "session" || word == "sessions") {
                report.add(&file.path, number, "text is about the project, not about how it was written");
            }
        }
    }
}

/// "Tested by" is a promise to the reader who wants to see the test.
pub(super) fn tests_named_in_prose_exist(repository: &Repository, report: &mut Report) {
    let known: BTreeSet<&str> =
        repository.sources().flat_map(|(_, source)| functions(source)).map(|f| f.name).collect();
    let in_rust = repository.sources().flat_map(|(file, source)| {
        source.comments.iter().enumerate().map(move |(i, comment)| (file, i + 1, comment.as_str()))
    });
    let in_prose = repository
        .files
        .iter()
        .filter(|file| file.has_extension("md"))
        .flat_map(|file| file.lines().map(move |(line, text)| (file, line, text)));
    for (file, line, text) in in_rust.chain(in_prose) {
        for name in promised_tests(text) {
            if !known.contains(name) {
                report.add(&file.path, line, format!("there is no test `{name}`"));
            }
        }
    }
}

/// The names in backticks right after "tested by" or "held by", one or several in a row; one without an underscore is a tool, not a test.
fn promised_tests(text: &str) -> impl Iterator<Item = &str> {
    let rows = ["tested by ", "held by "].into_iter().filter_map(|promise| Some(text.split_once(promise)?.1));
    rows.flat_map(names_in_a_row)
        .filter(|name| name.contains('_') && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
}

/// The names in backticks with which a text begins, with a comma between each two.
fn names_in_a_row(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (name, behind) = rest.strip_prefix('`')?.split_once('`')?;
        rest = behind.strip_prefix(", ").unwrap_or_default();
        Some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const TABLE: (&str, &str) = (
        GLOSSARY,
        "| word | meaning | never |\n| --- | --- | --- |\n| join, ⊔ | x | `zonk`, union |\n| handler | x | `listener`, `node id` |\n",
    );

    fn says_wrong(text: &str) -> usize {
        found(words_come_from_the_glossary, &[TABLE, ("a.rs", text)]).len()
    }

    #[test]
    fn a_refused_word_is_found_in_prose_and_in_names() {
        for text in [
            "// the zonk of both",
            "fn zonk_table() {}",
            "struct ZonkTable;",
            "// A Node ID is",
            "let node_id = 1;",
        ] {
            assert_eq!(says_wrong(text), 1, "{text}");
        }
    }

    #[test]
    fn longer_words_unquoted_ones_and_names_of_others_are_fine() {
        for text in [
            "zonked",
            "a union of sets",
            "the event-listener crate",
            "use event_listener::Event;",
            "nodes: id",
        ] {
            assert_eq!(says_wrong(text), 0, "{text}");
        }
        assert_eq!(says_wrong("an event listener and a listener"), 1);
    }

    #[test]
    fn an_exception_holds_in_its_folder_only() {
        let at = |path| found(words_come_from_the_glossary, &[TABLE, (path, "node id")]).len();
        assert_eq!((at("examples/reachability/main.rs"), at("src/lib.rs")), (0, 1));
    }

    #[test]
    fn the_workplace_is_found() {
        let text = "see /home/me/x\nin this session\nsessile obsession\n";
        assert_eq!(found(text_is_about_the_project, &[("a.md", text)]).len(), 2);
    }

    #[test]
    fn a_promised_test_must_exist() {
        let of = |text| {
            found(tests_named_in_prose_exist, &[("a.md", text), ("t.rs", "#[test] fn put_is_seen() {}")])
        };
        assert!(of("tested by `put_is_seen`, held by `tidy`").is_empty());
        assert_eq!(of("held by `put_is_seen`, `no_such_test`").len(), 1);
        assert_eq!(of("tested by `put_is_lost`"), ["a.md:1: there is no test `put_is_lost`"]);
    }
}
