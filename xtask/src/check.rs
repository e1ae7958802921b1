//! `cargo xtask check`: everything that must hold of the text and the types. All steps run, so that one call tells all.

use std::process::Command;

use crate::process::{cargo, root, run as run_command};
use crate::tidy;

/// The features of `lvars`. All are on where it is documented, linted and tested.
const FEATURES: [&str; 6] = ["fixedbitset", "hashbrown", "indexmap", "roaring", "serde", "smallvec"];

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    if !arguments.is_empty() {
        return Err("`check` takes no arguments".to_owned());
    }
    // Tidy first: it takes a moment, and a file that is too long is best heard of before the lints have run.
    let mut failures: Vec<String> = tidy::run(&[]).err().into_iter().collect();
    failures.extend(commands().iter_mut().filter_map(|command| run_command(command).err()));
    if failures.is_empty() { Ok(()) } else { Err(format!("\ncheck failed:\n{}", failures.join("\n"))) }
}

fn commands() -> Vec<Command> {
    let mut docs = cargo(["doc", "--workspace", "--no-deps", "--all-features"]);
    docs.env("RUSTDOCFLAGS", "-D warnings");
    let mut commands = vec![
        cargo(["fmt", "--all", "--check"]),
        cargo(["fmt", "--manifest-path", "benches/Cargo.toml", "--check"]),
        cargo(["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
        benches(),
        docs,
        // Without its features the crate does not link std, so this fails on any name that is only there.
        cargo(["check", "--package", "lvars-lattice-core", "--no-default-features"]),
        // The same of what the derives write.
        cargo(["check", "--package", "permissions"]),
    ];
    // A feature of the runtime, on its own.
    commands.push(cargo(["check", "--package", "lvars", "--features", "explore"]));
    // Each feature on its own, in the core without std and in all that passes it on, so that none leans on another.
    for feature in FEATURES {
        let core =
            ["check", "--package", "lvars-lattice-core", "--no-default-features", "--features", feature];
        commands.extend([cargo(core), cargo(["check", "--package", "lvars", "--features", feature])]);
    }
    commands
}

/// The benches are a package of their own, with a lock file of its own, since only they compile the peers. What they share with the workspace is not
/// compiled twice: the same folder, and the same profile in their `Cargo.toml`. `--locked`, so that nothing is asked of a registry that is there.
fn benches() -> Command {
    let package = ["clippy", "--manifest-path", "benches/Cargo.toml", "--locked"];
    let mut command = cargo(package.into_iter().chain(["--", "-D", "warnings"]));
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        command.env("CARGO_TARGET_DIR", root().join("target"));
    }
    command
}
