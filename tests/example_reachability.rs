//! Does the example `reachability` keep what it promises? It is compiled in here, so that its parts run as tests and so that it can be
//! driven end to end, in a reduced form, without building it a second time.

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../examples/reachability/main.rs"]
mod reachability;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What the program printed, what it complained of, and its exit code.
struct Ran {
    out: String,
    error: String,
    code: u8,
}

/// Runs the program in this process.
fn reachability(line: &str) -> Ran {
    let (mut out, mut error) = (Vec::new(), Vec::new());
    let code = reachability::play(line.split_whitespace().map(str::to_owned), &mut out, &mut error);
    Ran { out: String::from_utf8(out).unwrap(), error: String::from_utf8(error).unwrap(), code }
}

/// A folder with a copy of the data, in which files can be spoilt.
fn copy_of_data(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    folder
}

#[test]
fn help_explains_flags_and_exit_codes() {
    let help = reachability("-h");
    assert_eq!(help.code, 0);
    for part in ["--from PACKAGE", "--data DIR", "Exit code:"] {
        assert!(help.out.contains(part), "{part} is not in {}", help.out);
    }
}

#[test]
fn a_folder_without_the_data_is_exit_code_three() {
    let missing = reachability("--data no/such/folder");
    assert_eq!(missing.code, 3);
    assert!(missing.error.contains("deb_nodes.tsv.gz: cannot be opened"), "{}", missing.error);
}

#[test]
fn a_package_that_there_is_not_is_answered_with_near_ones() {
    let wrong = reachability("--from pyhton3");
    assert_eq!(wrong.code, 2);
    assert!(wrong.error.contains("there is no package `pyhton3`; near it are `python3`"), "{}", wrong.error);
}

#[test]
fn one_package_reaches_what_is_expected() {
    let answer = reachability("--from python3");
    assert_eq!(answer.code, 0, "{}\n{}", answer.out, answer.error);
    assert!(answer.out.contains("python3 reaches "), "{}", answer.out);
    assert!(answer.out.contains("verdict: ok"), "{}", answer.out);
}

#[test]
fn a_wrong_expected_size_is_exit_code_one() {
    use std::io::Write as _;

    let folder = copy_of_data("wrong-size");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all("1\n".repeat(63_436).as_bytes()).unwrap();
    fs::write(folder.join("deb_closure_sizes.txt.gz"), packed.finish().unwrap()).unwrap();
    let answer = reachability(&format!("--from python3 --data {}", folder.display()));
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("verdict: DISAGREES: python3 reaches"), "{}", answer.out);
}
