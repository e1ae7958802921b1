//! What the compiler answers to the programs of `tests/ui`: the `.stderr` files beside them.

use super::super::repository::{Repository, TextFile};
use super::catalogue::Entry;

/// `tests/ui/KIND/CASE.rs`.
pub(super) struct Program<'r> {
    pub(super) path: &'r str,
    pub(super) pieces: Vec<Piece<'r>>,
    pub(super) answers: Vec<Answer<'r>>,
}

/// A stretch of code that no line break divides.
pub(super) struct Piece<'r> {
    pub(super) text: &'r str,
    /// From 1.
    pub(super) line: usize,
}

/// One error.
pub(super) struct Answer<'r> {
    pub(super) message: &'r str,
    /// Of the program, from 1.
    pub(super) line: usize,
}

impl<'r> Program<'r> {
    /// The errors with the message of the entry.
    pub(super) fn told<'p>(&'p self, entry: &'p Entry<'_>) -> impl Iterator<Item = &'p Answer<'r>> {
        self.answers.iter().filter(|answer| entry.pattern.fits(answer.message))
    }
}

/// A line of code in the pieces between which a formatter may break it, without comments: the same whether an enum of few variants
/// stands in one line or in several.
pub(super) fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split_once("//").map_or(line, |(code, _)| code);
    let pieces = code.split_inclusive(['{', '}', ',']).flat_map(|piece| match piece.strip_suffix('}') {
        Some(last) => [last, "}"],
        None => [piece.trim_end_matches(','), ""],
    });
    pieces.map(str::trim).filter(|piece| !piece.is_empty())
}

/// The programs, but not what they include.
pub(super) fn programs(repository: &Repository) -> Vec<Program<'_>> {
    let is_program = |file: &&TextFile| {
        let case = file.path.strip_prefix("tests/ui/").filter(|_| file.has_extension("rs"));
        case.is_some_and(|case| case.matches('/').count() == 1)
    };
    let of_file = |file: &'_ TextFile| file.path.replace(".rs", ".stderr");
    let files = repository.files.iter().filter(is_program);
    files
        .map(|file| Program {
            path: &file.path,
            pieces: file
                .lines()
                .flat_map(|(line, text)| pieces(text).map(move |text| Piece { text, line }))
                .collect(),
            answers: repository
                .file(&of_file(file))
                .map(|said| answers(&said.text, &file.path))
                .unwrap_or_default(),
        })
        .collect()
}

/// The errors of one `.stderr` file, each with the first place that it shows, if that is in the program.
fn answers<'r>(said: &'r str, program: &str) -> Vec<Answer<'r>> {
    let mut answers: Vec<Answer<'_>> = Vec::new();
    let mut is_placed = true;
    for line in said.lines() {
        if let Some(message) = message(line) {
            answers.push(Answer { message, line: 0 });
            is_placed = false;
        } else if let (false, Some((_, place))) = (is_placed, line.split_once("--> ")) {
            is_placed = true;
            let place =
                place.strip_prefix(program).and_then(|place| place.strip_prefix(':')?.split(':').next());
            if let (Some(answer), Some(Ok(line))) = (answers.last_mut(), place.map(str::parse)) {
                answer.line = line;
            }
        }
    }
    // What is shown in no line of the program is no answer to it.
    answers.retain(|answer| answer.line > 0);
    answers
}

/// The message of `error: ..` and of `error[E0080]: evaluation panicked: ..`.
fn message(line: &str) -> Option<&str> {
    let (code, message) = line.strip_prefix("error")?.split_once(": ")?;
    let is_code = code.is_empty() || (code.starts_with('[') && code.ends_with(']'));
    is_code.then(|| message.strip_prefix("evaluation panicked: ").unwrap_or(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_has_the_same_pieces_in_one_line_and_in_several() {
        let several = ["enum E {", "    A,", "    B(u8), // both", "}"].into_iter().flat_map(pieces);
        assert_eq!(several.collect::<Vec<_>>(), pieces("enum E { A, B(u8) }").collect::<Vec<_>>());
    }

    #[test]
    fn an_error_is_read_with_its_place() {
        let said = "error: first\n       note: why\n --> a.rs:3:1\n  |\nerror[E0080]: evaluation panicked: second\n  --> a.rs:12:9\n\
                    ::: a.rs:1:1\nnote: no error\n --> a.rs:1:1\nerror: elsewhere\n --> b.rs:7:1\n";
        let found: Vec<_> =
            answers(said, "a.rs").iter().map(|answer| (answer.message, answer.line)).collect();
        assert_eq!(found, [("first", 3), ("second", 12)]);
    }
}
