//! The project's own verbs, run as `cargo xtask VERB`: what must hold before a change lands, and how to make it hold.
//!
//! Plain Rust without dependencies, so that the first verb starts seconds after a clone. Each verb is one file; this
//! one only chooses among them.

mod bench;
mod bless;
mod check;
mod data;
mod explore;
mod fuzz;
mod loom;
mod process;
mod sanitize;
mod shuttle;
mod test;
mod tidy;

use std::process::ExitCode;

/// One word of the command line and what it does.
struct Verb {
    name: &'static str,
    help: &'static str,
    /// Gets the arguments after the verb; the error is for the person at the terminal.
    run: fn(&[String]) -> Result<(), String>,
}

const VERBS: &[Verb] = &[
    Verb {
        name: "check",
        help: "format, lints, docs, no_std and tidy: everything but the tests",
        run: check::run,
    },
    Verb {
        name: "test",
        help: "every test in debug and in release; further arguments go to both",
        run: test::run,
    },
    Verb { name: "tidy", help: "the rules of STYLE.md that a program can see", run: tidy::run },
    Verb { name: "bless", help: "rewrite the expected compile errors and expansions", run: bless::run },
    Verb { name: "loom", help: "model-check the runtime; --short bounds the preemptions", run: loom::run },
    Verb {
        name: "explore",
        help: "try programs on 10,000 schedules each; --short on 500",
        run: explore::run,
    },
    Verb {
        name: "shuttle",
        help: "try larger models on 100,000 schedules each; --short on 2,000",
        run: shuttle::run,
    },
    Verb {
        name: "sanitize",
        help: "tests under the sanitizer `thread` or `address`; --short of the runtime only",
        run: sanitize::run,
    },
    Verb {
        name: "fuzz",
        help: "try the derives on 1,000,000 inputs, `decoders` on 10,000,000; --short on a few",
        run: fuzz::run,
    },
    Verb { name: "bench", help: "run the benches, or those named", run: bench::run },
    Verb { name: "data", help: "rebuild examples/data from a folder of sources", run: data::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), String> {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(format!("which verb?\n\n{}", usage()));
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        println!("{}", usage());
        return Ok(());
    }
    match VERBS.iter().find(|verb| verb.name == name) {
        Some(verb) => (verb.run)(rest),
        None => Err(format!("`{name}` is not a verb\n\n{}", usage())),
    }
}

fn usage() -> String {
    let verbs: Vec<String> = VERBS.iter().map(|verb| format!("  {:<8} {}", verb.name, verb.help)).collect();
    format!("usage: cargo xtask VERB [ARGUMENTS]\n\n{}", verbs.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_verb_and_a_wrong_verb_list_the_verbs() {
        let none = dispatch(&[]).unwrap_err();
        assert!(none.contains("cargo xtask VERB") && none.contains("tidy"), "{none}");
        let wrong = dispatch(&["tydi".to_owned()]).unwrap_err();
        assert!(wrong.starts_with("`tydi` is not a verb") && wrong.contains("tidy"), "{wrong}");
    }

    #[test]
    fn a_verb_refuses_arguments_it_does_not_know() {
        let error = dispatch(&["loom".to_owned(), "--shrot".to_owned()]).unwrap_err();
        assert!(error.contains("--shrot") && error.contains("--short"), "{error}");
    }
}
