//! Which file belongs to which module, hence which belongs to none and which is compiled for tests only.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::Report;
use super::repository::{Repository, TextFile};
use super::source::Source;

/// A file that no `mod` names is not compiled: it looks like code and rots.
pub(super) fn no_file_is_dead(repository: &Repository, report: &mut Report) {
    let modules = Modules::of(repository);
    for (file, _) in repository.sources() {
        if !file.is_fixture() && !modules.uses.contains_key(&file.path) {
            report.add(&file.path, 1, "no `mod` leads to this file, so it is never compiled");
        }
    }
}

/// `x.rs` beside `x/`: a tab of an editor that says `mod.rs` says nothing.
pub(super) fn modules_stand_beside_their_folder(repository: &Repository, report: &mut Report) {
    for (file, _) in repository.sources() {
        if let Some(folder) = file.path.strip_suffix("/mod.rs")
            && format!("{folder}/").contains("src/")
        {
            report.add(
                &file.path,
                1,
                format!("write `{folder}.rs` beside the folder instead of `mod.rs` in it"),
            );
        }
    }
}

/// What a file or a part of it is compiled for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    TestsOnly,
    Product,
}

/// The files that are compiled, found by following `mod` from the roots of all targets.
pub(super) struct Modules {
    uses: BTreeMap<String, Use>,
}

impl Modules {
    pub(super) fn of(repository: &Repository) -> Self {
        let mut modules = Self { uses: BTreeMap::new() };
        for (file, _) in repository.sources() {
            if let Some(kind) = root_use(repository, &file.path) {
                modules.follow(repository, file, kind, true);
            }
        }
        modules
    }

    /// Whether this line is compiled only into tests, models included.
    pub(super) fn is_test(&self, file: &TextFile, line: usize) -> bool {
        self.uses.get(&file.path) != Some(&Use::Product)
            || file
                .source
                .as_ref()
                .is_some_and(|source| test_lines(source).iter().any(|lines| lines.contains(&line)))
    }

    fn follow(&mut self, repository: &Repository, file: &TextFile, kind: Use, is_root: bool) {
        if self.uses.get(&file.path).is_some_and(|known| *known >= kind) {
            return;
        }
        self.uses.insert(file.path.clone(), kind);
        let Some(source) = &file.source else { return };
        for child in declared(file, source) {
            let below = if child.is_test { Use::TestsOnly } else { kind };
            for path in child.candidates(&file.path, is_root) {
                if let Some(found) = repository.file(&path) {
                    self.follow(repository, found, below, path.ends_with("/mod.rs"));
                }
            }
        }
    }
}

/// What the file is compiled for if it is the root of a target, by Cargo's conventions or because a manifest names it.
fn root_use(repository: &Repository, path: &str) -> Option<Use> {
    let parts: Vec<&str> = path.split('/').collect();
    let kind = match parts[..] {
        [.., "src", "lib.rs" | "main.rs"] | [.., "src", "bin", _] | [.., "src", "bin", _, "main.rs"] => {
            Use::Product
        }
        [.., "examples", _] | [.., "examples", _, "main.rs"] => Use::Product,
        [.., "tests", _] | [.., "tests", _, "main.rs"] | [.., "build.rs"] => Use::TestsOnly,
        _ => {
            let is_named = repository.files.iter().any(|file| {
                file.path.strip_suffix("Cargo.toml").is_some_and(|folder| {
                    let named = path.strip_prefix(folder).map(|relative| format!("path = \"{relative}\""));
                    named.is_some_and(|named| file.text.contains(&named))
                })
            });
            return is_named.then_some(Use::TestsOnly);
        }
    };
    Some(kind)
}

/// `mod name;` with the attributes that matter here.
struct Declared<'a> {
    name: &'a str,
    path: Option<&'a str>,
    is_test: bool,
}

impl Declared<'_> {
    /// The files this may mean when declared in the file at `path`.
    fn candidates(&self, path: &str, is_root: bool) -> Vec<String> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let name = self.name;
        if let Some(path) = self.path {
            return vec![normal(&format!("{folder}/{path}"))];
        }
        let below = match is_root {
            true => folder.to_owned(),
            false => format!("{folder}/{}", file.trim_end_matches(".rs")),
        };
        vec![format!("{below}/{name}.rs"), format!("{below}/{name}/mod.rs")]
    }
}

/// The path without its `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The modules that a file declares, and the files that it includes as code.
fn declared<'a>(file: &'a TextFile, source: &'a Source) -> Vec<Declared<'a>> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut found = Vec::new();
    for at in 0..source.tokens.len() {
        if source.reads(at, &["include", "!", "("]) {
            let path = lines.get(source.tokens[at].line - 1).and_then(|line| quoted(line));
            found.push(Declared { name: "", path, is_test: false });
        }
        if source.reads(at, &["mod"]) && source.reads(at + 2, &[";"]) {
            let attributes = attributes(source, at);
            let path = attributes
                .iter()
                .find(|attribute| attribute.words.contains(&"path"))
                .and_then(|attribute| quoted(lines.get(attribute.line - 1)?));
            let is_test = attributes.iter().any(Attribute::is_test);
            found.push(Declared { name: &source.tokens[at + 1].text, path, is_test });
        }
    }
    found
}

/// What stands between the last two quotation marks of a line.
fn quoted(line: &str) -> Option<&str> {
    line.rsplit('"').nth(1)
}

/// The lines of the modules that are written in this file and compiled into tests only.
fn test_lines(source: &Source) -> Vec<RangeInclusive<usize>> {
    let inline =
        (0..source.tokens.len()).filter(|at| source.reads(*at, &["mod"]) && source.reads(at + 2, &["{"]));
    inline
        .filter(|at| attributes(source, *at).iter().any(Attribute::is_test))
        .map(|at| source.tokens[at].line..=source.tokens[source.closing(at + 2)].line)
        .collect()
}

struct Attribute<'a> {
    line: usize,
    words: Vec<&'a str>,
}

impl Attribute<'_> {
    fn is_test(&self) -> bool {
        let says = |word| self.words.contains(&word);
        says("cfg") && (says("test") || says("loom") || says("shuttle")) && !says("not")
    }
}

/// The attributes of the item whose keyword is at `at`, found by going backwards.
fn attributes(source: &Source, mut at: usize) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    while at > 0 {
        at -= 1;
        match source.tokens[at].text.as_str() {
            "pub" | "crate" | "super" | "(" | ")" | "in" => {}
            "]" => {
                let Some(open) =
                    (0..at).rev().find(|open| source.reads(*open, &["["]) && source.closing(*open) == at)
                else {
                    break;
                };
                let words = source.tokens[open..at].iter().map(|token| token.text.as_str()).collect();
                found.push(Attribute { line: source.tokens[open].line, words });
                at = open.saturating_sub(1);
            }
            _ => break,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const CRATE: &[(&str, &str)] = &[
        (
            "a/src/lib.rs",
            "pub(crate) mod b;\n#[cfg(all(test, loom))]\nmod models;\n#[path = \"x.rs\"]\npub mod y;",
        ),
        ("a/src/b.rs", "mod c;\nfn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\n"),
        ("a/src/b/c.rs", "include!(\"d.in.rs\");"),
        ("a/src/b/d.in.rs", ""),
        ("a/src/models.rs", "// mod dead;"),
        ("a/src/x.rs", ""),
        ("examples/cart/main.rs", "#[path = \"../support/flags.rs\"]\nmod flags;"),
        ("examples/support/flags.rs", ""),
        ("tests/ui/wrong.rs", ""),
        ("tests/laws.rs", "mod support;"),
        ("tests/support/mod.rs", "mod more;"),
        ("tests/support/more.rs", ""),
    ];

    #[test]
    fn every_file_that_a_mod_names_is_alive() {
        assert!(found(no_file_is_dead, CRATE).is_empty(), "{:?}", found(no_file_is_dead, CRATE));
    }

    #[test]
    fn a_file_that_no_mod_names_is_dead() {
        let mut files = CRATE.to_vec();
        files.push(("a/src/dead.rs", ""));
        assert_eq!(
            found(no_file_is_dead, &files),
            ["a/src/dead.rs:1: no `mod` leads to this file, so it is never compiled"]
        );
    }

    #[test]
    fn test_code_is_told_from_the_product() {
        let repository = Repository::of(CRATE);
        let modules = Modules::of(&repository);
        let is_test = |path, line| modules.is_test(repository.file(path).unwrap(), line);
        assert!(is_test("a/src/models.rs", 1) && is_test("a/src/b.rs", 5) && is_test("tests/laws.rs", 1));
        assert!(!is_test("a/src/b.rs", 2) && !is_test("a/src/b/c.rs", 1) && !is_test("a/src/x.rs", 1));
    }

    #[test]
    fn mod_rs_is_refused_in_src_only() {
        let files = [("a/src/b/mod.rs", ""), ("tests/support/mod.rs", "")];
        assert_eq!(found(modules_stand_beside_their_folder, &files).len(), 1);
    }
}
