//! `cargo xtask bench [NAME..] [--short]`: the benches, which are a package of their own so that no other verb compiles the crates
//! that they are measured against. `benches/README.md` says what each number means.

use crate::process::{cargo, root, run as run_command};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let known = names()?;
    let (flags, arguments): (Vec<_>, Vec<_>) = arguments.iter().cloned().partition(|word| word == "--short");
    if let Some(unknown) = arguments.iter().find(|name| !known.contains(name)) {
        return Err(format!("`{unknown}` is not a bench; there are: {}", known.join(", ")));
    }
    let chosen = if arguments.is_empty() { &known } else { &arguments };
    for name in chosen {
        let mut command =
            cargo(["run", "--release", "--manifest-path", "benches/Cargo.toml", "--bin", name, "--"]);
        run_command(command.args(&flags))?;
    }
    Ok(())
}

/// The benches there are: one program a file, or a folder.
fn names() -> Result<Vec<String>, String> {
    let folder = root().join("benches/src/bin");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let name = |path: std::path::PathBuf| {
        let is_program = path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").exists();
        is_program.then(|| path.file_stem()?.to_str().map(str::to_owned)).flatten()
    };
    let mut names: Vec<String> = entries.filter_map(|entry| name(entry.ok()?.path())).collect();
    names.sort();
    Ok(names)
}
