//! `cargo xtask tidy`: the rules of STYLE.md that a program can see, over every file that git tracks or would track.
//!
//! Each rule is one function that reads the [`Repository`] and adds to the [`Report`]; all of them run, so that one call shows all
//! there is to do. A rule says why it exists above its function. None may report what is fine: a rule with false
//! alarms teaches people to work around it.

mod casts;
mod comments;
mod concurrency;
mod manifests;
mod mistakes;
mod modules;
mod prose;
mod repository;
mod sizes;
mod source;

use repository::Repository;

use crate::process::root;

/// The rules, in the order of STYLE.md.
const RULES: &[fn(&Repository, &mut Report)] = &[
    sizes::files_are_short,
    sizes::functions_are_short,
    sizes::quotes_are_short,
    modules::no_file_is_dead,
    modules::modules_stand_beside_their_folder,
    comments::nothing_is_left_to_do,
    comments::no_code_is_commented_out,
    concurrency::only_the_shim_names_primitives,
    concurrency::orderings_are_listed,
    concurrency::orderings_name_themselves,
    concurrency::unsafe_is_listed,
    casts::no_bool_becomes_an_integer,
    manifests::dependencies_say_why,
    prose::words_come_from_the_glossary,
    prose::text_is_about_the_project,
    prose::tests_named_in_prose_exist,
    mistakes::every_message_is_in_the_catalogue,
    mistakes::every_program_is_in_the_catalogue,
    mistakes::entries_show_the_mistake_and_the_mend,
];

/// What the rules found.
#[derive(Default)]
struct Report {
    violations: Vec<Violation>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: String,
    line: usize,
    message: String,
}

impl Report {
    fn add(&mut self, path: &str, line: usize, message: impl Into<String>) {
        self.violations.push(Violation { path: path.to_owned(), line, message: message.into() });
    }

    fn finish(mut self) -> Result<(), String> {
        self.violations.sort();
        self.violations.dedup();
        if self.violations.is_empty() {
            return Ok(());
        }
        for Violation { path, line, message } in &self.violations {
            println!("{path}:{line}: {message}");
        }
        let n_violations = self.violations.len();
        Err(format!("tidy: {n_violations} violation{}", if n_violations == 1 { "" } else { "s" }))
    }
}

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    if !arguments.is_empty() {
        return Err("`tidy` takes no arguments".to_owned());
    }
    let repository = Repository::read(&root())?;
    let mut report = Report::default();
    for rule in RULES {
        rule(&repository, &mut report);
    }
    report.finish()
}

/// What one rule finds in a repository of these files, as `path:line` and the message.
#[cfg(test)]
fn found(rule: fn(&Repository, &mut Report), files: &[(&str, &str)]) -> Vec<String> {
    let mut report = Report::default();
    rule(&Repository::of(files), &mut report);
    report.violations.iter().map(|v| format!("{}:{}: {}", v.path, v.line, v.message)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_violation_fails_the_run_and_none_passes() {
        assert_eq!(Report::default().finish(), Ok(()));
        let mut report = Report::default();
        report.add("a.rs", 1, "too long");
        report.add("a.rs", 1, "too long");
        assert_eq!(report.finish(), Err("tidy: 1 violation".to_owned()));
    }
}
