//! Every message has an entry in the catalogue, every entry a program that makes the mistake, every program an entry.
//!
//! 1. [`messages`](mod@messages) finds what the sources can say to a user who made a mistake.
//! 2. [`catalogue`] reads the entries of `docs/mistakes`: the heading is the message.
//! 3. [`answers`] reads what the compiler says to each program of `tests/ui`.
//!
//! The three are compared by [`pattern`]: of a message that varies only the fixed part counts.

mod answers;
mod catalogue;
mod messages;
mod pattern;

use self::answers::{Piece, Program, programs};
use self::catalogue::{Entry, entries};
use self::messages::{Message, messages};
use super::Report;
use super::repository::Repository;

/// Who meets a message finds it in the catalogue, and sees in a program of `tests/ui` what the compiler shows with it.
pub(super) fn every_message_is_in_the_catalogue(repository: &Repository, report: &mut Report) {
    let messages = messages(repository, report);
    let (entries, programs) = (entries(repository), programs(repository));
    for message in &messages {
        let is_meant =
            |text: &str| meant(&messages, text).is_some_and(|meant| meant.pattern == message.pattern);
        let said = &message.text;
        if !programs.iter().flat_map(|program| &program.answers).any(|answer| is_meant(answer.message)) {
            report.add(&message.path, message.line, format!("no program in tests/ui is told \"{said}\""));
        }
        if !entries.iter().any(|entry| is_meant(entry.heading)) {
            report.add(&message.path, message.line, format!("no entry in docs/mistakes for \"{said}\""));
        }
    }
}

/// The most specific message that reads as `text`: one that varies from its first word on reads as half of the others.
fn meant<'m>(messages: &'m [Message], text: &str) -> Option<&'m Message> {
    let fitting = messages.iter().filter(|message| message.pattern.fits(text));
    fitting.max_by_key(|message| message.pattern.n_fixed())
}

/// An entry names the programs that show the compiler's whole answer; they are there, and are told the message of the entry.
pub(super) fn every_program_is_in_the_catalogue(repository: &Repository, report: &mut Report) {
    let (entries, programs) = (entries(repository), programs(repository));
    for program in &programs {
        if !entries.iter().any(|entry| entry.programs.contains(&program.path)) {
            report.add(program.path, 1, "no entry in docs/mistakes names this program");
        }
    }
    for entry in &entries {
        if entry.programs.is_empty() {
            report.add(entry.path, entry.line, "this entry names no program of tests/ui");
        }
        for path in entry.programs.iter().copied() {
            match programs.iter().find(|program| program.path == path) {
                None => report.add(entry.path, entry.line, format!("there is no program `{path}`")),
                Some(program) if program.told(entry).next().is_none() => {
                    report.add(
                        entry.path,
                        entry.line,
                        format!("`{path}` is not told the message of this entry"),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

/// An entry shows the mistake as one of its programs makes it, where that is told the message, and then the mend. So the answer in
/// the `.stderr` file is that to the example too.
pub(super) fn entries_show_the_mistake_and_the_mend(repository: &Repository, report: &mut Report) {
    let programs = programs(repository);
    for entry in &entries(repository) {
        let [mistake, mend @ ..] = entry.examples.as_slice() else {
            report.add(entry.path, entry.line, "this entry has no example");
            continue;
        };
        let named = programs.iter().filter(|program| entry.programs.contains(&program.path));
        if !mistake.is_wrong || !named.clone().any(|program| shows(program, entry, &mistake.pieces)) {
            report.add(
                entry.path,
                entry.line,
                "the first example is the mistake, marked `compile_fail`: code of a program that this entry names, and that is told the \
                 message there",
            );
        }
        if mend.is_empty() || mend.iter().any(|example| example.is_wrong) {
            report.add(entry.path, entry.line, "after the mistake comes the mend, which compiles");
        }
    }
}

/// Whether the example is among the pieces of the program, in order, and a piece of it stands where the program is told the message.
fn shows(program: &Program<'_>, entry: &Entry<'_>, example: &[&str]) -> bool {
    let guilty = |piece: &Piece<'_>| program.told(entry).any(|answer| answer.line == piece.line);
    let places = program.pieces.iter().enumerate().filter(|(_, piece)| guilty(piece));
    places.into_iter().any(|(place, piece)| {
        let (before, after) = (&program.pieces[..place], &program.pieces[place + 1..]);
        let mut same = example.iter().enumerate().filter(|(_, text)| **text == piece.text);
        same.any(|(at, _)| are_among(&example[..at], before) && are_among(&example[at + 1..], after))
    })
}

/// Whether `example` is among `pieces`, in order.
fn are_among(example: &[&str], pieces: &[Piece<'_>]) -> bool {
    let mut rest = pieces.iter();
    example.iter().all(|text| rest.any(|piece| piece.text == *text))
}

#[cfg(test)]
mod tests;
