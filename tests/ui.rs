//! Every mistake that the derives catch, with the compiler's whole answer: a program in `tests/ui` and a `.stderr` beside it.
//!
//! What these tests promise beyond the words: one message for one mistake, at the token to change, and all mistakes at once.
//! `cargo xtask bless` rewrites the answers; each program has an entry in `docs/mistakes`, which tidy checks.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

#[test]
fn every_mistake_has_its_message_at_its_token() -> io::Result<()> {
    let compiler_shows_std = shows_std()?;
    let cases = trybuild::TestCases::new();
    for program in programs()? {
        if compiler_shows_std && points_into_std(&program) {
            println!("{}: left out, since with rust-src the compiler shows more of std", program.display());
        } else {
            cases.compile_fail(program);
        }
    }
    Ok(())
}

/// The programs, one a mistake, in folders by its kind.
fn programs() -> io::Result<Vec<PathBuf>> {
    let mut programs = Vec::new();
    for kind in fs::read_dir("tests/ui")? {
        for file in fs::read_dir(kind?.path())? {
            programs.push(file?.path());
        }
    }
    programs.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    programs.sort();
    Ok(programs)
}

/// Whether the compiler can quote the lines of std that a message points to: if the component rust-src is installed.
fn shows_std() -> io::Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let answer = Command::new(rustc).args(["--print", "sysroot"]).output()?;
    let sysroot = String::from_utf8_lossy(&answer.stdout);
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library").is_dir())
}

fn points_into_std(program: &Path) -> bool {
    fs::read_to_string(program.with_extension("stderr")).is_ok_and(|answer| answer.contains("$RUST/"))
}
