//! `cargo xtask test`: every test of the workspace twice, because a compiler bug that shows only under optimisation is as
//! real to a user as one of ours. The last lines printed are the test runner's.

use crate::process::{cargo, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    for profile in [&[][..], &["--release"]] {
        let words = ["test", "--workspace"].into_iter().chain(profile.iter().copied());
        run_command(&mut cargo(words.chain(arguments.iter().map(String::as_str))))?;
    }
    Ok(())
}
