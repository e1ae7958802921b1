//! `cargo xtask shuttle`: runs the runtime's larger models, with more threads than loom can take, on random schedules, and on such as have few
//! preemptions.
//!
//! The whole dependency tree is built with `--cfg shuttle`, hence the target folder of its own. A model that fails prints its schedule, which
//! `shuttle::replay` repeats.

use crate::process::{cargo, root, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let n_schedules = match arguments {
        [] => "100000",
        [only] if only == "--short" => "2000",
        _ => return Err(format!("`shuttle` knows `--short` only, not `{}`", arguments.join(" "))),
    };
    let words = ["test", "--package", "lvar-runtime", "--release", "--lib", "shuttle_models"];
    let mut command = cargo(words);
    command.env("CARGO_TARGET_DIR", root().join("target-shuttle")).env("RUSTFLAGS", "--cfg shuttle");
    run_command(command.env("SHUTTLE_SCHEDULES", n_schedules))
}
