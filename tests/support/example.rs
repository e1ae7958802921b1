//! Drives an example that a test has compiled in, and spoils copies of its data.

use std::{
    fs,
    path::{Path, PathBuf},
    str::SplitWhitespace,
};

/// What the program printed, what it complained of, and its exit code.
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) error: String,
    pub(crate) code: u8,
}

/// The words of a command line.
pub(crate) type Words<'a> = std::iter::Map<SplitWhitespace<'a>, fn(&'a str) -> String>;

/// Plays the program with the words of `line`.
pub(crate) fn run<'a>(line: &'a str, play: impl FnOnce(Words<'a>, &mut Vec<u8>, &mut Vec<u8>) -> u8) -> Ran {
    let (mut out, mut error) = (Vec::new(), Vec::new());
    let code = play(line.split_whitespace().map(str::to_owned), &mut out, &mut error);
    Ran { out: String::from_utf8(out).unwrap(), error: String::from_utf8(error).unwrap(), code }
}

/// A folder with a copy of the data, in which files can be spoilt.
pub(crate) fn copy_of_data(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    folder
}
