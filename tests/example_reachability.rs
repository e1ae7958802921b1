//! Does the example `reachability` keep what it promises? It is compiled in here, so that its parts run as tests and so that it can be
//! driven end to end, in a reduced form, without building it a second time.

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../examples/reachability/main.rs"]
mod reachability;

#[path = "support/example.rs"]
mod example;

use std::fs;

use example::{Ran, copy_of_data};

/// Runs the program in this process.
fn reachability(line: &str) -> Ran {
    example::run(line, |words, out, error| reachability::play(words, out, error))
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
