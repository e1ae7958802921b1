use super::super::found;
use super::*;

const SOURCE: (&str, &str) =
    ("lattice-derive/src/check.rs", "fn f() { d.error(x, format!(\"`{}` is empty\", x)).note(\"why\"); }");
const PROGRAM: (&str, &str) =
    ("tests/ui/order/empty.rs", "use lvars::prelude::*;\n\n#[derive(Lattice)]\nenum Never {}\n");
const ANSWER: (&str, &str) =
    ("tests/ui/order/empty.stderr", "error: `Never` is empty\n --> tests/ui/order/empty.rs:4:6\n");
const PAGE: &str = "### `E` is empty\n\nWhy. In full: `tests/ui/order/empty.rs`.\n\n```compile_fail\n# use lvars::prelude::*;\n\
                    #[derive(Lattice)]\nenum Never {}\n```\n\n```\nenum Never { New }\n```\n";
const ENTRY: (&str, &str) = ("docs/mistakes/orders.md", PAGE);

/// What all three rules say of these files.
fn violations(files: &[(&str, &str)]) -> Vec<String> {
    let rules = [
        every_message_is_in_the_catalogue,
        every_program_is_in_the_catalogue,
        entries_show_the_mistake_and_the_mend,
    ];
    rules.into_iter().flat_map(|rule| found(rule, files)).collect()
}

/// The files of a mistake that is in order, but with this page.
fn with_page(page: &str) -> Vec<String> {
    violations(&[SOURCE, PROGRAM, ANSWER, (ENTRY.0, page)])
}

#[test]
fn a_message_with_an_entry_and_a_program_is_in_order() {
    assert_eq!(violations(&[SOURCE, PROGRAM, ANSWER, ENTRY]), [""; 0]);
}

#[test]
fn a_message_without_an_entry_is_found() {
    let found = violations(&[SOURCE, PROGRAM, ANSWER]);
    assert_eq!(
        found,
        [
            "lattice-derive/src/check.rs:1: no entry in docs/mistakes for \"`{}` is empty\"",
            "tests/ui/order/empty.rs:1: no entry in docs/mistakes names this program",
        ]
    );
}

#[test]
fn a_message_without_a_program_is_found() {
    let found = violations(&[SOURCE, ENTRY]);
    assert_eq!(found[0], "lattice-derive/src/check.rs:1: no program in tests/ui is told \"`{}` is empty\"");
    assert_eq!(found[1], "docs/mistakes/orders.md:1: there is no program `tests/ui/order/empty.rs`");
}

#[test]
fn an_entry_for_a_message_that_its_program_is_not_told_is_found() {
    let found = with_page(&PAGE.replace("is empty", "is full"));
    assert_eq!(
        found[1],
        "docs/mistakes/orders.md:1: `tests/ui/order/empty.rs` is not told the message of this entry"
    );
}

#[test]
fn an_example_that_is_not_in_the_program_is_found() {
    for page in [
        PAGE.replace("enum Never {}", "enum Nobody {}"),
        PAGE.replace("enum Never {}\n", ""),
        PAGE.replace("compile_fail", ""),
    ] {
        let found = with_page(&page);
        assert!(found.len() == 1 && found[0].contains("the first example is the mistake"), "{found:?}");
    }
}

#[test]
fn an_entry_without_a_mend_is_found() {
    let (page, _) = PAGE.split_once("```\nenum").expect("there is a mend");
    assert_eq!(
        with_page(page),
        ["docs/mistakes/orders.md:1: after the mistake comes the mend, which compiles"]
    );
}

#[test]
fn a_message_is_not_taken_for_a_more_general_one() {
    let general = ("lattice-derive/src/model.rs", "fn f() { d.error(x, format!(\"{} is empty\", x)); }");
    let found = violations(&[SOURCE, general, PROGRAM, ANSWER, ENTRY]);
    assert!(found.len() == 2 && found.iter().all(|text| text.ends_with("\"{} is empty\"")), "{found:?}");
}
