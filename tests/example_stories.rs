//! Do the small examples print what their headers say? Each is compiled in here; what it prints is compared with the block of text that
//! ends its header, line by line, so that neither can change alone.

#![expect(
    clippy::duplicate_mod,
    reason = "each program is compiled in as a whole, with the files that it shares with others"
)]

#[expect(dead_code, reason = "its `main` is not called here; so too below")]
#[path = "../examples/borrows/main.rs"]
mod borrows;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/carts/main.rs"]
mod carts;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/closure/main.rs"]
mod closure;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/constants/main.rs"]
mod constants;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/graphs/main.rs"]
mod graphs;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/hasse.rs"]
mod hasse;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/kcfa/main.rs"]
mod kcfa;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/metrics.rs"]
mod metrics;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/points_to/main.rs"]
mod points_to;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/replicated_record.rs"]
mod replicated_record;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/schema.rs"]
mod schema;
#[expect(dead_code, reason = "see above")]
#[path = "../examples/wait_until.rs"]
mod wait_until;

use std::{error::Error, io::Write};

/// The last block of text in the header of a program.
fn promised(source: &str) -> String {
    let header = source.lines().map_while(|line| line.strip_prefix("//!"));
    let header: Vec<&str> = header.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let start = header.iter().rposition(|line| *line == "```text").expect("the header has a block of text");
    let lines = header[start + 1..].iter().take_while(|line| **line != "```");
    lines.map(|line| format!("{line}\n")).collect()
}

fn printed(play: impl FnOnce(&mut dyn Write) -> Result<(), Box<dyn Error>>) -> String {
    let mut out = Vec::new();
    play(&mut out).expect("the story ends well");
    String::from_utf8(out).expect("it prints text")
}

#[test]
fn borrows_are_judged_as_another_engine_judges_them() {
    assert_eq!(printed(borrows::play), promised(include_str!("../examples/borrows/main.rs")));
}

#[test]
fn closures_by_pairs_and_by_rows_are_those_of_a_search() {
    assert_eq!(printed(closure::play), promised(include_str!("../examples/closure/main.rs")));
}

#[test]
fn three_carts_answer_what_their_table_says() {
    assert_eq!(printed(carts::play), promised(include_str!("../examples/carts/main.rs")));
}

#[test]
fn constants_are_those_of_two_other_computations() {
    let promised = promised(include_str!("../examples/constants/main.rs"));
    assert_eq!(printed(constants::play), promised);
}

#[test]
fn points_to_sets_are_those_of_three_other_solvers() {
    let promised = promised(include_str!("../examples/points_to/main.rs"));
    assert_eq!(printed(points_to::play), promised);
}

#[test]
fn questions_about_graphs_have_the_answers_of_textbook_algorithms() {
    let promised = promised(include_str!("../examples/graphs/main.rs"));
    assert_eq!(printed(|out| graphs::play(out, graphs::Size::Small)), promised);
}

#[test]
fn flows_of_functions_are_those_of_a_work_list() {
    assert_eq!(printed(kcfa::play), promised(include_str!("../examples/kcfa/main.rs")));
}

#[test]
fn three_replicas_of_a_record_end_equal() {
    let promised = promised(include_str!("../examples/replicated_record.rs"));
    assert_eq!(printed(replicated_record::play), promised);
}

#[test]
fn readers_go_on_as_soon_as_there_is_enough() {
    let promised = promised(include_str!("../examples/wait_until.rs"));
    assert_eq!(printed(wait_until::play), promised);
}

#[test]
fn metrics_of_several_machines_add_up_once() {
    let promised = promised(include_str!("../examples/metrics.rs"));
    assert_eq!(printed(metrics::play), promised);
}

#[test]
fn records_that_disagree_leave_both_witnesses() {
    let promised = promised(include_str!("../examples/schema.rs"));
    assert_eq!(printed(schema::play), promised);
}

#[test]
fn hasse_draws_what_its_header_shows() {
    assert_eq!(printed(hasse::play), promised(include_str!("../examples/hasse.rs")));
}
