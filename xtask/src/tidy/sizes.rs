//! How long a file, a function and a `quote!` may be.

use super::Report;
use super::repository::Repository;
use super::source::Source;

const LINES_A_FILE: usize = 600;
const LINES_A_FUNCTION: usize = 70;
const LINES_A_QUOTE: usize = 25;

/// A file answers one question. One that has grown past this length answers several.
pub(super) fn files_are_short(repository: &Repository, report: &mut Report) {
    for file in &repository.files {
        let is_written_by_hand =
            ["rs", "md", "toml", "sh"].iter().any(|extension| file.has_extension(extension));
        let n_lines = file.text.lines().count();
        if is_written_by_hand && n_lines > LINES_A_FILE {
            report.add(&file.path, n_lines, format!("{n_lines} lines; a file has at most {LINES_A_FILE}"));
        }
    }
}

/// A function fits on a screen. Clippy counts statements' lines of the library only; this counts every function there is,
/// from its `fn` to its closing brace.
pub(super) fn functions_are_short(repository: &Repository, report: &mut Report) {
    for (file, source) in repository.sources() {
        for function in functions(source) {
            let n_lines = function.last_line + 1 - function.line;
            if n_lines > LINES_A_FUNCTION {
                let name = function.name;
                let message =
                    format!("`{name}` has {n_lines} lines; a function has at most {LINES_A_FUNCTION}");
                report.add(&file.path, function.line, message);
            }
        }
    }
}

/// Generated code that does not fit on half a screen hides its shape: emit a call of an ordinary function instead.
pub(super) fn quotes_are_short(repository: &Repository, report: &mut Report) {
    const MACROS: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];
    for (file, source) in repository.sources() {
        for (i, token) in source.tokens.iter().enumerate() {
            if !MACROS.contains(&token.text.as_str()) || !source.reads(i + 1, &["!"]) {
                continue;
            }
            let n_lines = source.tokens[source.closing(i + 2)].line + 1 - token.line;
            if n_lines > LINES_A_QUOTE {
                let message = format!("`{}!` of {n_lines} lines; it has at most {LINES_A_QUOTE}", token.text);
                report.add(&file.path, token.line, message);
            }
        }
    }
}

/// A function with a body.
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    line: usize,
    last_line: usize,
}

pub(super) fn functions(source: &Source) -> impl Iterator<Item = Function<'_>> {
    // A function pointer type has no name after its `fn`.
    let named = |at: usize| source.tokens.get(at + 1).filter(|token| token.is_word());
    source.tokens.iter().enumerate().filter(|(_, token)| token.text == "fn").filter_map(move |(at, token)| {
        let name = &named(at)?.text;
        let body = body(source, at + 2)?;
        Some(Function { name, line: token.line, last_line: source.tokens[source.closing(body)].line })
    })
}

/// The opening brace of the body of the function whose signature goes on at `at`; `None` if it ends in a semicolon.
fn body(source: &Source, mut at: usize) -> Option<usize> {
    // A brace inside angle brackets is a constant argument, as in `Field<{ name() }>`.
    let mut n_angles = 0_usize;
    loop {
        match source.tokens.get(at)?.text.as_str() {
            "{" if n_angles == 0 => return Some(at),
            ";" => return None,
            "(" | "[" | "{" => at = source.closing(at),
            "<" => n_angles += 1,
            ">" if !source.reads(at - 1, &["-"]) => n_angles = n_angles.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_file_of_601_lines_is_too_long() {
        assert!(found(files_are_short, &[("a.rs", &"\n".repeat(600))]).is_empty());
        let long = found(files_are_short, &[("a.rs", &"\n".repeat(601))]);
        assert_eq!(long, ["a.rs:601: 601 lines; a file has at most 600"]);
    }

    #[test]
    fn a_function_is_measured_from_its_fn_to_its_brace() {
        let of = |n: usize| {
            format!("#[test]\nfn f<const N: usize>(\n) -> F<{{ 1 }}> {{\n{}}}", "\n".repeat(n - 3))
        };
        assert!(found(functions_are_short, &[("a.rs", &of(70))]).is_empty());
        let long = found(functions_are_short, &[("a.rs", &of(71))]);
        assert_eq!(long, ["a.rs:2: `f` has 71 lines; a function has at most 70"]);
    }

    #[test]
    fn a_function_without_a_body_has_no_length() {
        let text = format!("trait T {{ fn f(&self) -> Box<dyn Fn() -> u8>; {} }}", "\n".repeat(80));
        assert!(found(functions_are_short, &[("a.rs", &text)]).is_empty());
        let pointer = format!("type F = fn(u8); struct S {{ {} }}", "\n".repeat(80));
        assert!(found(functions_are_short, &[("a.rs", &pointer)]).is_empty());
    }

    #[test]
    fn a_quote_of_26_lines_is_too_long() {
        let of = |n: usize| format!("quote_spanned! {{s=>{}}}", "\n".repeat(n - 1));
        assert!(found(quotes_are_short, &[("a.rs", &of(25))]).is_empty());
        let long = found(quotes_are_short, &[("a.rs", &of(26))]);
        assert_eq!(long, ["a.rs:1: `quote_spanned!` of 26 lines; it has at most 25"]);
    }
}
