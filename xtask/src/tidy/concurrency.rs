//! Where the tools of concurrency may be named, and what must be said beside them.

use super::Report;
use super::modules::Modules;
use super::repository::{Repository, TextFile, backticked};
use super::source::Source;

/// The one file that chooses between std and the model checkers.
const SHIM: &str = "lvar-runtime/src/sync.rs";

/// What the model checker must be able to see: a primitive taken from elsewhere is invisible to every model.
const PRIMITIVES: &[&str] = &[
    "core::sync::atomic",
    "loom",
    "shuttle",
    "std::sync::Barrier",
    "std::sync::Condvar",
    "std::sync::LazyLock",
    "std::sync::Mutex",
    "std::sync::Once",
    "std::sync::OnceLock",
    "std::sync::RwLock",
    "std::sync::atomic",
    "std::sync::mpsc",
    "std::thread",
];

const ORDERINGS: [&str; 5] = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];

/// The page that lists, under [`LISTED_UNDER`], the files that may choose a memory ordering.
const MEMORY_MODEL: &str = "docs/memory-model.md";
const LISTED_UNDER: &str = "## Files with orderings";

/// How far above an ordering its comment may stand.
const LINES_TO_COMMENT: usize = 6;

/// The files that may say `unsafe`. A new one needs a reason in its header and a reader who has checked the proofs.
const UNSAFE_FILES: &[&str] = &["lvar-runtime/src/sync/append.rs", "lvar-runtime/src/sync/write_once.rs"];

/// A model that runs on std's primitives proves nothing, so the runtime takes them from one file.
pub(super) fn only_the_shim_names_primitives(repository: &Repository, report: &mut Report) {
    let modules = Modules::of(repository);
    for (file, source) in repository.sources() {
        if !file.path.starts_with("lvar-runtime/src/") || file.path == SHIM {
            continue;
        }
        for (line, path) in paths(source) {
            let is_primitive = |name: &&&str| {
                path.strip_prefix(**name).is_some_and(|rest| matches!(rest.get(..2), None | Some("::")))
            };
            if PRIMITIVES.iter().any(|name| is_primitive(&name)) && !modules.is_test(file, line) {
                report.add(
                    &file.path,
                    line,
                    format!("`{path}` is named in `{SHIM}` only; take it from there"),
                );
            }
        }
    }
}

/// An ordering is a claim about two threads. The page of the claims names the files that make any.
pub(super) fn orderings_are_listed(repository: &Repository, report: &mut Report) {
    let listed: Vec<&str> = match repository.file(MEMORY_MODEL) {
        Some(page) => listed_files(page),
        None => Vec::new(),
    };
    for (file, line, name) in orderings(repository) {
        if !listed.contains(&file.path.as_str()) {
            let message = format!("`{name}` in a file that `{MEMORY_MODEL}` does not list");
            report.add(&file.path, line, message);
        }
    }
    for path in listed {
        if repository.file(path).is_none() {
            report.add(MEMORY_MODEL, 1, format!("lists `{path}`, which does not exist"));
        }
    }
}

fn listed_files(page: &TextFile) -> Vec<&str> {
    page.text
        .lines()
        .skip_while(|line| line.trim_end() != LISTED_UNDER)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.trim_start().starts_with(['-', '*']))
        .filter_map(|line| backticked(line).next())
        .collect()
}

/// The comment that names an ordering's partner begins with the ordering, so that both ends of a pair can be searched for.
pub(super) fn orderings_name_themselves(repository: &Repository, report: &mut Report) {
    for (file, line, name) in orderings(repository) {
        let is_named = file.source.as_ref().is_some_and(|source| named_near(source, line).contains(&name));
        if !is_named {
            let message = format!("say in a comment beginning with `{name}:` what this ordering pairs with");
            report.add(&file.path, line, message);
        }
    }
}

/// The orderings named by comments that begin with one, on this line or in a block that reaches into the lines above it.
fn named_near(source: &Source, line: usize) -> Vec<&'static str> {
    let at = line - 1;
    let is_comment = |i: usize| !source.comments[i].trim().is_empty() && source.code[i].trim().is_empty();
    let mut first = at.saturating_sub(LINES_TO_COMMENT);
    while first > 0 && is_comment(first) && is_comment(first - 1) {
        first -= 1;
    }
    let mut named = Vec::new();
    for comment in &source.comments[first..=at] {
        let text = comment.trim_start_matches([' ', '/', '!', '*', '`']);
        if ORDERINGS.iter().any(|name| begins_with_word(text, name)) {
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            named.extend(ORDERINGS.into_iter().filter(|name| words.contains(name)));
        }
    }
    named
}

fn begins_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Each use of an ordering in the product: not in tests, examples and benches, which prove nothing with theirs.
fn orderings(repository: &Repository) -> Vec<(&TextFile, usize, &'static str)> {
    let modules = Modules::of(repository);
    let mut found = Vec::new();
    for (file, source) in repository.sources() {
        if ["tests/", "examples/", "benches/"].iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        let mut is_import = false;
        for token in &source.tokens {
            match token.text.as_str() {
                "use" => is_import = true,
                ";" => is_import = false,
                word => {
                    let name = ORDERINGS.into_iter().find(|name| *name == word && !is_import);
                    found.extend(
                        name.filter(|_| !modules.is_test(file, token.line))
                            .map(|name| (file, token.line, name)),
                    );
                }
            }
        }
    }
    found
}

/// Every `unsafe` is a proof that somebody must have read; a list of the files makes sure that somebody was asked.
pub(super) fn unsafe_is_listed(repository: &Repository, report: &mut Report) {
    for (file, source) in repository.sources() {
        if UNSAFE_FILES.contains(&file.path.as_str()) || file.is_fixture() {
            continue;
        }
        for token in source.tokens.iter().filter(|token| token.text == "unsafe") {
            report.add(&file.path, token.line, "`unsafe` in a file that tidy's table does not list");
        }
    }
}

/// Every path with at least two parts, with the groups of `use` spelled out.
fn paths(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut groups: Vec<String> = Vec::new();
    let mut path = String::new();
    for (at, token) in source.tokens.iter().enumerate() {
        let text = token.text.as_str();
        let is_colon =
            text == ":" && (source.reads(at, &[":", ":"]) || (at > 0 && source.reads(at - 1, &[":", ":"])));
        if is_colon || (token.is_word() && (path.is_empty() || path.ends_with(':'))) {
            path.push_str(text);
            continue;
        }
        if text == "{" && path.ends_with("::") {
            groups.push(path.clone());
            continue;
        }
        if path.contains("::") {
            found.push((token.line, path.trim_start_matches(':').to_owned()));
        }
        path.clear();
        match text {
            "}" => drop(groups.pop()),
            "," => path.push_str(groups.last().map_or("", String::as_str)),
            _ if token.is_word() => path.push_str(text),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const PAGE: (&str, &str) = (
        MEMORY_MODEL,
        "# Orderings\n\n## Files with orderings\n\n- `a/src/lib.rs`: why\n\n## Next\n\n- `b.rs`\n",
    );

    #[test]
    fn a_group_of_imports_is_spelled_out() {
        let source = Source::new(
            "use std::{sync::{Arc, atomic::{AtomicU64, Ordering}}, thread};\nfn f() { ::loom::model(g) }",
        );
        let names: Vec<String> = paths(&source).into_iter().map(|(_, path)| path).collect();
        let expected = [
            "std::sync::Arc",
            "std::sync::atomic::AtomicU64",
            "std::sync::atomic::Ordering",
            "std::thread",
            "loom::model",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn primitives_are_refused_outside_the_shim_and_outside_tests() {
        let text = "use std::sync::{Arc, Mutex};\nuse std::thread;\n#[cfg(test)]\nmod tests {\n    use std::thread;\n}\n";
        let at = |path| {
            found(
                only_the_shim_names_primitives,
                &[("lvar-runtime/src/lib.rs", "mod sync; mod a;"), (path, text)],
            )
        };
        assert_eq!(at("lvar-runtime/src/a.rs").len(), 2, "{:?}", at("lvar-runtime/src/a.rs"));
        assert!(at(SHIM).is_empty());
    }

    #[test]
    fn std_sync_once_does_not_stand_for_its_longer_neighbours() {
        let files = [("lvar-runtime/src/lib.rs", "use std::sync::OnceCellLike;\nuse std::threads::x;\n")];
        assert!(found(only_the_shim_names_primitives, &files).is_empty());
    }

    #[test]
    fn an_ordering_needs_its_file_listed() {
        let text = "use std::sync::atomic::Ordering::SeqCst;\nfn f() { a.load(SeqCst) }\n";
        assert!(found(orderings_are_listed, &[PAGE, ("a/src/lib.rs", text)]).is_empty());
        let unlisted = found(orderings_are_listed, &[PAGE, ("a/src/lib.rs", ""), ("b/src/lib.rs", text)]);
        assert_eq!(
            unlisted,
            ["b/src/lib.rs:2: `SeqCst` in a file that `docs/memory-model.md` does not list"]
        );
        assert_eq!(
            found(orderings_are_listed, &[PAGE]),
            ["docs/memory-model.md:1: lists `a/src/lib.rs`, which does not exist"]
        );
    }

    #[test]
    fn an_ordering_needs_a_comment_that_begins_with_it() {
        let of = |comment: &str| {
            let text = format!(
                "fn f() {{\n    // {comment}\n    // and so on\n    a.swap(1, AcqRel, Acquire)\n}}\n"
            );
            found(orderings_name_themselves, &[("a/src/lib.rs", &text)])
        };
        assert!(of("AcqRel on success, Acquire on failure: pairs with `g`").is_empty());
        assert_eq!(of("AcqRel: pairs with `g`").len(), 1, "the other is not named");
        assert_eq!(
            of("pairs with the AcqRel and the Acquire in `g`").len(),
            2,
            "a mention is not a beginning"
        );
        let far = format!("fn f() {{\n// SeqCst: x\n{}a.load(SeqCst)}}", "b();\n".repeat(6));
        assert_eq!(found(orderings_name_themselves, &[("a/src/lib.rs", &far)]).len(), 1, "too far above");
    }

    #[test]
    fn unsafe_is_seen_in_code_only() {
        let text = "#![forbid(unsafe_code)]\n// unsafe\nfn f() { unsafe { g() } }\n";
        assert_eq!(found(unsafe_is_listed, &[("a/src/lib.rs", text)]).len(), 1);
    }
}
