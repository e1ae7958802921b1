//! What may not stand in a comment.

use super::Report;
use super::repository::Repository;
use super::source::is_word_char;

/// What is left to do belongs where such things are tracked. A `FIXME(#12)` may land, because it says where that is.
pub(super) fn nothing_is_left_to_do(repository: &Repository, report: &mut Report) {
    let in_rust = repository.sources().flat_map(|(file, source)| {
        source.comments.iter().enumerate().map(move |(i, comment)| (file, i + 1, comment.as_str()))
    });
    let in_prose = repository
        .files
        .iter()
        .filter(|file| file.has_extension("md") || file.has_extension("toml"))
        .flat_map(|file| file.lines().map(move |(line, text)| (file, line, text)));
    for (file, line, text) in in_rust.chain(in_prose) {
        for marker in ["TODO", "XXX", "HACK", "FIXME"] {
            if leaves_open(text, marker) {
                report.add(
                    &file.path,
                    line,
                    format!("`{marker}` does not land; do it, or write it down as an issue"),
                );
            }
        }
    }
}

/// Whether `text` uses the marker, rather than speaking of it in backticks or naming an issue after it.
fn leaves_open(text: &str, marker: &str) -> bool {
    text.match_indices(marker).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + marker.len()..]);
        let is_part_of_a_word = before.ends_with(is_word_char) || after.starts_with(is_word_char);
        let names_an_issue = marker == "FIXME" && after.starts_with("(#");
        !is_part_of_a_word && !names_an_issue && !before.ends_with('`')
    })
}

/// Git remembers old code. A comment that holds it says neither why it is there nor whether it still works.
pub(super) fn no_code_is_commented_out(repository: &Repository, report: &mut Report) {
    for (file, source) in repository.sources() {
        for (i, comment) in source.comments.iter().enumerate() {
            let text = comment.trim().strip_prefix("//");
            // Doc comments hold examples.
            if text.is_some_and(|text| !text.starts_with(['/', '!']) && is_code(text.trim())) {
                report.add(&file.path, i + 1, "commented-out code: delete it, git has it");
            }
        }
    }
}

/// Whether a line of a comment is code beyond doubt. Prose may begin with `for` and end in a semicolon, so each shape asks
/// for more than one sign.
fn is_code(text: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if matches!(text, "}" | "};" | "})" | "});" | "},") {
        return true;
    }
    if text.ends_with('{') {
        return starts(&[
            "if ", "for ", "while ", "match ", "fn ", "pub ", "impl", "mod ", "struct ", "enum ", "} else",
        ]);
    }
    let Some(statement) = text.strip_suffix(';') else {
        return starts(&["#[", "#!["]) && text.ends_with(']');
    };
    (starts(&["let ", "const ", "static "]) && text.contains(" = "))
        || (starts(&["use ", "pub use "]) && text.contains("::"))
        || (starts(&["mod ", "pub mod "]) && text.split(' ').count() <= 3)
        || is_call(statement)
        || is_assignment(statement)
}

/// `a.b(..)`, `a::b(..)` or `a!(..)`, all of it.
fn is_call(statement: &str) -> bool {
    let Some((callee, _)) = statement.split_once('(') else { return false };
    let is_path = |c: char| is_word_char(c) || ".:!&*?".contains(c);
    statement.ends_with([')', '?']) && !callee.is_empty() && callee.chars().all(is_path)
}

/// `a.b = ..` or `a += ..`.
fn is_assignment(statement: &str) -> bool {
    let operators = [" = ", " += ", " -= ", " |= ", " &= "];
    let is_place = |c: char| is_word_char(c) || ".[]*".contains(c);
    operators
        .iter()
        .filter_map(|operator| statement.split_once(operator))
        .any(|(place, _)| place.chars().all(is_place))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_marker_in_a_comment_is_found_and_one_that_is_spoken_of_is_not() {
        let marker = "TODO";
        let text =
            format!("// {marker}: later\nlet a = \"{marker}\";\n// `{marker}` does not land\n// TODOS\n");
        assert_eq!(found(nothing_is_left_to_do, &[("a.rs", &text)]).len(), 1);
        assert_eq!(found(nothing_is_left_to_do, &[("a.md", "all of it is XXX")]).len(), 1);
        assert!(found(nothing_is_left_to_do, &[("a.rs", "// FIXME(#12): see there")]).is_empty());
        assert_eq!(found(nothing_is_left_to_do, &[("a.rs", "// FIXME: see there")]).len(), 1);
    }

    #[test]
    fn code_in_a_comment_is_found() {
        for line in
            ["let x = 1;", "self.n += 1;", "a.push(b)?;", "if a {", "}", "use a::b;", "#[test]", "drop(x);"]
        {
            let text = format!("fn f() {{}}\n    // {line}\n");
            assert_eq!(found(no_code_is_commented_out, &[("a.rs", &text)]).len(), 1, "{line}");
        }
    }

    #[test]
    fn prose_in_a_comment_is_not() {
        for line in [
            "for each shard the lock is taken first;",
            "if it grew, the waiters are told (see `wake`);",
            "use the version of the store: it is at once digest and token;",
            "`a.push(b);` would lose the order",
            "Acquire: pairs with the Release in `freeze`;",
            "a ⊔ b = b ⊔ a",
            "the sum x = 3 is known;",
        ] {
            assert!(found(no_code_is_commented_out, &[("a.rs", &format!("// {line}"))]).is_empty(), "{line}");
        }
        assert!(found(no_code_is_commented_out, &[("a.rs", "/// let x = 1;\n//! drop(x);")]).is_empty());
    }
}
