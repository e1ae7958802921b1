//! `cargo xtask test`: every test of the workspace twice, because a compiler bug that shows only under optimisation is as
//! real to a user as one of ours. The last lines printed are the test runner's.

use crate::process::{cargo, run as run_command};

/// The documentation's tests come first: the last summary is then one of tests that there are many of.
const HALVES: [&[&str]; 2] = [&["--doc"], &["--lib", "--bins", "--tests", "--examples"]];

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    for profile in [&[][..], &["--release"]] {
        for half in HALVES {
            let words = ["test", "--workspace", "--all-features"].iter().chain(profile).chain(half).copied();
            run_command(&mut cargo(words.chain(arguments.iter().map(String::as_str))))?;
        }
    }
    Ok(())
}
