//! Does the example `shopping_cart` keep what it promises? It is compiled in here, so that its parts run as tests and so that it can be
//! driven end to end, in a reduced form, without building it a second time.

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../examples/shopping_cart/main.rs"]
mod shopping_cart;

#[path = "support/example.rs"]
mod example;

use std::fs;

use example::{Ran, copy_of_data};

/// Runs the program in this process.
fn shopping_cart(line: &str) -> Ran {
    example::run(line, |words, out, error| shopping_cart::play(words, out, error))
}

#[test]
fn help_explains_acts_flags_and_exit_codes() {
    let help = shopping_cart("--help");
    assert_eq!(help.code, 0);
    for part in ["act 1", "act 2", "act 3", "--seed N", "--data DIR", "Exit code:"] {
        assert!(help.out.contains(part), "{part} is not in {}", help.out);
    }
}

#[test]
fn a_wrong_flag_is_exit_code_two() {
    let wrong = shopping_cart("--sede 7");
    assert_eq!(wrong.code, 2);
    assert!(wrong.error.contains("unknown flag `--sede` (did you mean `--seed`?)"), "{}", wrong.error);
    assert_eq!((shopping_cart("--act 4").code, shopping_cart("--runs none").code), (2, 2));
}

#[test]
fn a_file_that_is_cut_off_is_exit_code_three() {
    let folder = copy_of_data("cut-off");
    let events = folder.join("retail_events.tsv.gz");
    let whole = fs::read(&events).unwrap();
    fs::write(&events, &whole[..whole.len() / 2]).unwrap();
    let cut_off = shopping_cart(&format!("--act 3 --data {}", folder.display()));
    assert_eq!(cut_off.code, 3);
    assert!(cut_off.error.contains("retail_events.tsv.gz, line "), "{}", cut_off.error);
    assert!(cut_off.error.contains("cut off here"), "{}", cut_off.error);
}

#[test]
fn the_negative_control_is_told_and_is_no_disagreement() {
    let act = shopping_cart("--act 1 --runs 500");
    assert_eq!(act.code, 0, "{}", act.error);
    assert!(act.out.contains(" runs on two threads"), "{}", act.out);
    assert!(act.out.contains("verdict:"), "{}", act.out);
}

#[test]
fn two_writers_of_an_lvar_have_one_result() {
    let act = shopping_cart("--act 2 --runs 200");
    assert_eq!(act.code, 0, "{}\n{}", act.out, act.error);
    assert!(
        act.out.contains("200 times {Book: 2, Shoes: 1}, and getKey Book answers Ordered(2)"),
        "{}",
        act.out
    );
    assert!(act.out.contains("lines[Book]: 2 and 3 cannot both be true"), "{}", act.out);
    assert!(act.out.contains("verdict: ok"), "{}", act.out);
}

#[test]
fn replicas_converge_on_every_seed() {
    for seed in 1..=3 {
        let act = shopping_cart(&format!("--act 3 --rows 3000 --seed {seed}"));
        assert_eq!(act.code, 0, "seed {seed}: {}\n{}", act.out, act.error);
        assert!(act.out.contains("verdict: ok"), "seed {seed}: {}", act.out);
    }
}

#[test]
fn what_the_replicas_do_depends_on_the_seed_alone() {
    let messages = |workers, seed| {
        let act = shopping_cart(&format!("--act 3 --rows 2000 --seed {seed} --workers {workers}"));
        let line = act.out.lines().find(|line| line.contains("messages")).map(str::to_owned);
        line.unwrap_or_else(|| panic!("no line on messages: {}\n{}", act.out, act.error))
    };
    assert_eq!(messages(1, 7), messages(3, 7));
    assert_ne!(messages(1, 7), messages(1, 8));
}
