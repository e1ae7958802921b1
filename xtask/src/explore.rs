//! `cargo xtask explore`: tries the programs of `tests/explore` on 10,000 schedules each, in which no two may disagree but where a bug was planted.

use crate::process::{cargo, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let n_schedules = match arguments {
        [] => "10000",
        // As many as the tests try by themselves.
        [only] if only == "--short" => "500",
        _ => return Err(format!("`explore` knows `--short` only, not `{}`", arguments.join(" "))),
    };
    let words = ["test", "--package", "lvars", "--release", "--features", "explore", "--test", "explore"];
    run_command(cargo(words).env("EXPLORE_SCHEDULES", n_schedules))
}
