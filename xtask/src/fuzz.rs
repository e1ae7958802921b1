//! `cargo xtask fuzz`: tries the derives on a million written inputs, right ones, wrong ones and mangled ones.
//!
//! What is promised of each input, and how one is tried again by its seed, is said in `lattice-derive/src/pipeline/fuzz.rs`.

use crate::process::{cargo, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let n_inputs = match arguments {
        [] => "1000000",
        // As many as the test tries by itself.
        [only] if only == "--short" => "2000",
        _ => return Err(format!("`fuzz` knows `--short` only, not `{}`", arguments.join(" "))),
    };
    let words =
        ["test", "--package", "lvars-lattice-derive", "--release", "--lib", "fuzz", "--", "--nocapture"];
    // What a procedural macro depends on is compiled without optimisation, also in release, unless one says otherwise.
    let mut command = cargo(words);
    command.env("CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL", "3").env("FUZZ_INPUTS", n_inputs);
    run_command(&mut command)
}
