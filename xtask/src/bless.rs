//! `cargo xtask bless`: rewrites what the compiler says to wrong programs (`tests/ui/**/*.stderr`) and what the derives write
//! (`tests/expand/*.expanded.rs`). Read the difference before it is committed: it is what users will see.

use crate::process::{cargo, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    if !arguments.is_empty() {
        return Err("`bless` takes no arguments".to_owned());
    }
    let packages = ["--package", "lvars", "--package", "lvars-lattice-derive"];
    let mut tests =
        cargo(["test", "--tests", "--no-fail-fast", "--all-features"].into_iter().chain(packages));
    // The first is trybuild's own word, the second is read by the test of the expansions.
    run_command(tests.env("TRYBUILD", "overwrite").env("BLESS", "1"))?;
    println!("blessed; `git diff tests` shows what changed for users");
    Ok(())
}
