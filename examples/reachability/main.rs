//! Which packages does each Debian package pull in? `cargo run --release --example reachability`.
//!
//! On two cores it prints (a search that knows its graph beforehand and numbers its nodes densely is hard to beat by sets that
//! anyone may put into at any time; what they buy is that the rule is all there is to write):
//!
//! ```text
//! 63,436 packages, 264,191 dependencies, read in 0.06 s
//!   sequential search on one thread: 0.10 s; 4,028,316 packages reached in all
//!   a set LVar with a handler for each, in parallel: 0.57 s; 4,028,316 packages reached in all
//!   verdict: ok: every closure size, from both, is the expected one
//! ```
//!
//! and with `-- --from python3`:
//!
//! ```text
//! 63,436 packages, 264,191 dependencies, read in 0.07 s
//!   sequential search on one thread: 0.00 s; 41 packages reached in all
//!   a set LVar with a handler for each, in parallel: 0.00 s; 41 packages reached in all
//!   python3 reaches dpkg, gcc-12-base, libacl1, libbz2-1.0, libc6, libcom-err2, libcrypt1, libdb5.3, libexpat1, libffi8, libgcc-s1, libgssapi-krb5-2 and 29 more
//!   verdict: ok: every closure size, from both, is the expected one
//! ```

mod by_lvars;
#[path = "../support/flags.rs"]
mod flags;
mod graph;
#[path = "../support/near.rs"]
mod near;
mod sequential;
#[path = "../support/story.rs"]
mod story;
#[path = "../support/table.rs"]
mod table;
#[path = "../support/thousands.rs"]
mod thousands;

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Instant,
};

use flags::{Flag, Flags, UsageError};
use graph::{Graph, Node};
use story::{Agreement, EXIT_CODES, Failure, Story, seconds};
use thousands::thousands;

const FLAGS: [Flag; 2] = [
    Flag {
        name: "--from",
        value: Some("PACKAGE"),
        help: "answer for this package alone, and list what it reaches",
    },
    Flag { name: "--data", value: Some("DIR"), help: "where the data files are (examples/data)" },
];

const ABOUT: &str = "\
How many packages does each of Debian's 63,436 packages reach by its dependencies? Answered by set LVars with handlers, which
run in parallel, beside a sequential search; both are checked against the expected sizes.

Usage: cargo run --release --example reachability -- [flags]
";

fn main() -> ExitCode {
    let arguments = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    ExitCode::from(play(arguments, io::stdout().lock(), io::stderr()))
}

/// Runs the program, and answers its exit code.
pub(crate) fn play(arguments: impl Iterator<Item = String>, out: impl Write, complaints: impl Write) -> u8 {
    story::end("reachability", run(arguments, out), complaints)
}

/// Answers what the arguments ask.
fn run(arguments: impl Iterator<Item = String>, mut out: impl Write) -> Result<Agreement, Failure> {
    let flags = Flags::parse(arguments, &FLAGS)?;
    if flags.asks_for_help() {
        write!(out, "{ABOUT}\n{}\n{EXIT_CODES}", flags::describe(&FLAGS))?;
        return Ok(Agreement::Full);
    }
    let folder =
        PathBuf::from(flags.text("--data").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data")));
    let mut story = Story::new(out);
    let began = Instant::now();
    let graph = graph::read(&folder)?;
    let expected = graph::read_expected_sizes(&folder, graph.names.len())?;
    let from = flags.text("--from").map(|name| find(&graph, name)).transpose()?;
    let sources: Vec<Node> = from.map_or_else(|| graph.nodes().collect(), |node| vec![node]);
    story.act(&format!(
        "{} packages, {} dependencies, read in {}",
        thousands(graph.names.len()),
        thousands(graph.n_edges()),
        seconds(began.elapsed())
    ))?;

    let began = Instant::now();
    let searched = sequential::closure_sizes(&graph, &sources);
    let search_time = began.elapsed();
    let began = Instant::now();
    let reached = by_lvars::reached(&graph, &sources)
        .map_err(|error| Failure::Refused(format!("a run that cannot fail did: {error}")))?;
    let lvar_time = began.elapsed();
    let sizes: Vec<u32> = reached.iter().map(|reached| reached.len() as u32).collect();
    tell_sum(&mut story, &searched, &format!("sequential search on one thread: {}", seconds(search_time)))?;
    tell_sum(
        &mut story,
        &sizes,
        &format!("a set LVar with a handler for each, in parallel: {}", seconds(lvar_time)),
    )?;
    if let Some(from) = from {
        tell_packages(&mut story, &graph, from, &reached[0])?;
    }
    let expected: Vec<u32> = sources.iter().map(|source| expected[*source as usize]).collect();
    match (0..sources.len()).find(|at| searched[*at] != expected[*at] || sizes[*at] != expected[*at]) {
        None => story.verdict(true, "every closure size, from both, is the expected one")?,
        Some(at) => story.verdict(
            false,
            format_args!(
                "{} reaches {} packages by search, {} by LVars, {} expected",
                graph.names[sources[at] as usize], searched[at], sizes[at], expected[at]
            ),
        )?,
    }
    Ok(story.agreement())
}

fn tell_sum(story: &mut Story<impl Write>, sizes: &[u32], how: &str) -> io::Result<()> {
    let sum: u64 = sizes.iter().map(|size| u64::from(*size)).sum();
    story.line(format_args!("{how}; {} packages reached in all", thousands(sum)))
}

/// How many of the reached packages are named.
const MOST_NAMES: usize = 12;

fn tell_packages(
    story: &mut Story<impl Write>,
    graph: &Graph,
    from: Node,
    reached: &by_lvars::Reached,
) -> io::Result<()> {
    let mut names: Vec<&str> = reached.iter().map(|node| graph.names[*node as usize].as_str()).collect();
    names.sort_unstable();
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown = names[..names.len() - more].join(", ");
    let more = if more > 0 { format!(" and {} more", thousands(more)) } else { String::new() };
    story.line(format_args!("{} reaches {shown}{more}", graph.names[from as usize]))
}

/// The package of this name.
fn find(graph: &Graph, name: &str) -> Result<Node, UsageError> {
    if let Some(node) = graph.nodes().find(|node| graph.names[*node as usize] == name) {
        return Ok(node);
    }
    let known = near::near(name, graph.names.iter().map(String::as_str), 5);
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let meant = if known.is_empty() { String::new() } else { format!("; near it are {}", known.join(", ")) };
    Err(UsageError(format!("there is no package `{name}`{meant}")))
}
