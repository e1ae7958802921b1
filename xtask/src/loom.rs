//! `cargo xtask loom`: runs the runtime's protocols under every schedule that the model checker can tell apart.
//!
//! The whole dependency tree is built with `--cfg loom`, hence the target folder of its own: sharing one would rebuild
//! everything at each change between this verb and the others.

use std::process::Command;

use crate::process::{cargo, output, root, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let short = match arguments {
        [] => false,
        [only] if only == "--short" => true,
        _ => return Err(format!("`loom` knows `--short` only, not `{}`", arguments.join(" "))),
    };
    // A filter that matches no test succeeds, which would look like a proof.
    if !output(&mut models(&["--list"]))?.lines().any(|line| line.ends_with(": test")) {
        return Err("no loom model found: is `lvar-runtime` without tests named `loom`?".to_owned());
    }
    let mut command = models(&[]);
    if short {
        // Most bugs need few preemptions, and each further one multiplies the schedules.
        command.env("LOOM_MAX_PREEMPTIONS", "2");
    }
    run_command(&mut command)
}

fn models(runner: &[&str]) -> Command {
    let words = ["test", "--package", "lvar-runtime", "--release", "--lib", "loom", "--"];
    let mut command = cargo(words.into_iter().chain(runner.iter().copied()));
    command.env("CARGO_TARGET_DIR", root().join("target-loom")).env("RUSTFLAGS", "--cfg loom");
    command
}
