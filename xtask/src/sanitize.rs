//! `cargo xtask sanitize thread|address`: runs the tests that use threads under a sanitizer, which sees what the compiler made of them.
//!
//! Both are switches of the nightly compiler; each has a target folder of its own, since everything is built anew. The thread sanitizer must
//! see std's own atomics, or it takes std's locks for races: so std is built as well, from the component `rust-src`. That belongs to the
//! nightly toolchain and not to the default one, whose messages it changes, and so the expected ones of `tests/ui`. The address
//! sanitizer does without; at the end of each test program it looks for leaks.

use std::process::Command;

use crate::process::{output, root, run as run_command};

/// The tests of the facade that run threads.
const WITH_THREADS: [&str; 8] = [
    "derive_lvar",
    "derive_sums",
    "executors",
    "replication",
    "threshold_sets",
    "thresholds",
    "example_shopping_cart",
    "example_reachability",
];

/// What the sanitizers are not to report, with the reasons: by the variable that each of them reads.
const SUPPRESSED: [(&str, &str); 2] =
    [("TSAN_OPTIONS", "xtask/src/sanitize/thread.supp"), ("LSAN_OPTIONS", "xtask/src/sanitize/leaks.supp")];

struct Sanitizer {
    name: &'static str,
    /// Whether std has to be built with it.
    needs_std: bool,
}

const SANITIZERS: [Sanitizer; 2] =
    [Sanitizer { name: "thread", needs_std: true }, Sanitizer { name: "address", needs_std: false }];

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (name, is_short) = match words[..] {
        [name] => (name, false),
        [name, "--short"] => (name, true),
        _ => ("", false),
    };
    let Some(sanitizer) = SANITIZERS.iter().find(|sanitizer| sanitizer.name == name) else {
        let given = arguments.join(" ");
        return Err(format!(
            "`sanitize` takes `thread` or `address`, then `--short` or nothing, not `{given}`"
        ));
    };
    let host = host()?;
    run_command(&mut tests(sanitizer, &host, ["--package", "lvar-runtime", "--lib", "--tests"]))?;
    if is_short {
        return Ok(());
    }
    let chosen = WITH_THREADS.iter().flat_map(|test| ["--test", test]);
    run_command(&mut tests(sanitizer, &host, ["--package", "lvars"].into_iter().chain(chosen)))
}

/// The tests that `what` chooses, under a sanitizer.
fn tests<'a>(sanitizer: &Sanitizer, host: &'a str, what: impl IntoIterator<Item = &'a str>) -> Command {
    let std = if sanitizer.needs_std { &["-Zbuild-std"][..] } else { &[] };
    // With a target that is named, build scripts and derives are built as always: the compiler itself runs under no sanitizer.
    let words = ["test", "--release", "--all-features", "--no-fail-fast", "--target", host];
    let mut command = Command::new("rustup");
    // Cargo tells what it runs which cargo and which toolchain it is; this one is to be another.
    command
        .current_dir(root())
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(["run", "nightly", "cargo"]);
    command.args(words.into_iter().chain(std.iter().copied()).chain(what));
    command.envs(
        SUPPRESSED
            .map(|(variable, path)| (variable, format!("suppressions={}", root().join(path).display()))),
    );
    let name = sanitizer.name;
    command
        .env("RUSTFLAGS", format!("-Zsanitizer={name}"))
        .env("CARGO_TARGET_DIR", root().join(format!("target-sanitize-{name}")))
        // A report without lines says little.
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only");
    command
}

/// The target that this compiler runs on.
fn host() -> Result<String, String> {
    let version = output(Command::new("rustc").arg("-vV").current_dir(root()))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "`rustc -vV` names no host".to_owned())
}
