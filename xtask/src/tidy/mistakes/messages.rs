//! What the sources can say to a user who made a mistake: the messages of the derives, of traits, and of panics in constants.

use super::super::Report;
use super::super::repository::Repository;
use super::super::source::Source;
use super::pattern::Pattern;

/// Messages that no program can be told, and why. Keep it short: such a message should rather not be there.
const UNMET: &[(&str, &str)] = &[(
    "this lattice has .. states, too many to draw",
    "said where code is generated, and no code is generated of tests/ui; the documentation of `hasse` shows it",
)];

/// What makes a mistake out of a place and a message, by the last tokens before the parenthesis.
const REPORTS: &[&[&str]] = &[&[".", "error"], &[".", "error_at"], &["Mistake", ":", ":", "new"]];

/// Where mistakes are made out of messages of others.
const DIAGNOSTICS: &str = "lattice-derive/src/diagnostics.rs";

/// One message, where it is written.
pub(super) struct Message {
    pub(super) path: String,
    pub(super) line: usize,
    /// As it is written.
    pub(super) text: String,
    pub(super) pattern: Pattern,
}

/// Each message once.
pub(super) fn messages(repository: &Repository, report: &mut Report) -> Vec<Message> {
    let mut messages = Vec::new();
    for (file, source) in repository.sources() {
        let is_derive = file.path.starts_with("lattice-derive/src/") && file.path != DIAGNOSTICS;
        let is_library =
            ["lattice-core/src/", "lvar-runtime/src/"].iter().any(|folder| file.path.starts_with(folder));
        for at in 0..source.tokens.len() {
            let found = if is_derive && REPORTS.iter().any(|words| calls(source, at, words)) {
                reported(source, at)
            } else if is_library && calls(source, at, &["on_unimplemented"]) {
                unimplemented(source, at)
            } else if is_library && calls(source, at, &["Message", ":", ":", "new"]) {
                pieces(source, at)
            } else {
                continue;
            };
            let (path, line) = (file.path.clone(), source.tokens[at].line);
            match found {
                Some((text, pattern)) => messages.push(Message { path, line, text, pattern }),
                None => report.add(&path, line, "a message begins with text, so that it can be looked up"),
            }
        }
    }
    messages.retain(|message| UNMET.iter().all(|(unmet, _)| *unmet != message.text));
    messages.sort_by(|a, b| (&a.pattern, &a.path, a.line).cmp(&(&b.pattern, &b.path, b.line)));
    messages.dedup_by(|a, b| a.pattern == b.pattern);
    messages
}

/// Whether the parenthesis at `at` opens what is given to `words`.
fn calls(source: &Source, at: usize, words: &[&str]) -> bool {
    source.tokens[at].text == "("
        && at.checked_sub(words.len()).is_some_and(|start| source.reads(start, words))
}

/// The second argument: a string, or what `format!` makes of one.
fn reported(source: &Source, open: usize) -> Option<(String, Pattern)> {
    let mut at = open + 1;
    while source.tokens.get(at)?.text != "," {
        at = if is_open(source, at) { source.closing(at) + 1 } else { at + 1 };
    }
    let at = if source.reads(at + 1, &["format", "!", "("]) { at + 4 } else { at + 1 };
    let text = source.string(at)?;
    Some((text.to_owned(), Pattern::of_format(text)))
}

/// `message = ".."`.
fn unimplemented(source: &Source, open: usize) -> Option<(String, Pattern)> {
    let at = (open..source.closing(open)).find(|at| source.reads(*at, &["message", "="]))?;
    let text = source.string(at + 2)?;
    Some((text.to_owned(), Pattern::of_format(text)))
}

/// `&["..", name, ".."]`, of which what is not a string varies.
fn pieces(source: &Source, open: usize) -> Option<(String, Pattern)> {
    let mut pieces = Vec::new();
    if !source.reads(open + 1, &["&", "["]) {
        return None;
    }
    let mut at = open + 3;
    while at < source.closing(open + 2) {
        match source.string(at) {
            Some(text) => {
                pieces.push(Some(text));
                at += 2;
            }
            None => {
                pieces.push(None);
                while !source.reads(at, &[","]) && !source.reads(at, &["]"]) {
                    at = if is_open(source, at) { source.closing(at) + 1 } else { at + 1 };
                }
            }
        }
        // The comma.
        at += 1;
    }
    let text: String = pieces.iter().map(|piece| piece.unwrap_or("..")).collect();
    Some((text, Pattern::of_pieces(&pieces)))
}

fn is_open(source: &Source, at: usize) -> bool {
    ["(", "[", "{"].contains(&source.tokens[at].text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut report = Report::default();
        let messages = messages(&Repository::of(&[(path, text)]), &mut report);
        assert!(report.violations.is_empty(), "{:?}", report.violations);
        messages.into_iter().map(|message| message.text).collect()
    }

    #[test]
    fn the_messages_of_a_derive_are_found() {
        let text = "d.error(&f(a, b), \"one\").note(\"no\"); d.error_at(x.span(), format!(\"two {x}\", x)); Mistake::new(y, \"three\");";
        assert_eq!(found("lattice-derive/src/check/a.rs", text), ["one", "three", "two {x}"]);
    }

    #[test]
    fn the_messages_of_traits_and_of_constants_are_found() {
        let text = "#[diagnostic::on_unimplemented(label = \"l\", message = \"`{Self}` is none\")] trait A {} \
                    fn f() { Message::new(&[\"`\", name(1, 2), \"` is \", \"gone\"]).note(&[\"n\"]); }";
        assert_eq!(found("lattice-core/src/a.rs", text), ["`..` is gone", "`{Self}` is none"]);
    }

    #[test]
    fn a_message_that_cannot_be_looked_up_is_a_violation() {
        let mut report = Report::default();
        messages(&Repository::of(&[("lattice-derive/src/a.rs", "d.error(x, text)")]), &mut report);
        assert_eq!(report.violations.len(), 1);
    }
}
