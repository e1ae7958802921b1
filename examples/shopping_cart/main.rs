//! A shopping cart, annotated once, used by threads and by replicas: `cargo run --release --example shopping_cart`.

mod acts;
mod audit;
mod cart;
#[path = "../support/flags.rs"]
mod flags;
mod fold;
mod keys;
mod log;
#[path = "../support/near.rs"]
mod near;
#[path = "../support/progress.rs"]
mod progress;
mod race;
mod replay;
#[path = "../support/story.rs"]
mod story;
#[path = "../support/table.rs"]
mod table;
mod threads;
mod till;

use std::{
    env,
    fmt::Display,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    str::FromStr,
    time::Instant,
};

use flags::{Flag, Flags, UsageError};
use story::{Agreement, EXIT_CODES, Failure, Story, seconds};

const FLAGS: [Flag; 6] = [
    Flag { name: "--act", value: Some("N"), help: "play act 1, 2 or 3 alone" },
    Flag { name: "--runs", value: Some("N"), help: "how often acts 1 and 2 run their two writers (10,000)" },
    Flag { name: "--rows", value: Some("N"), help: "act 3 replays the first N events alone (all 541,909)" },
    Flag { name: "--seed", value: Some("N"), help: "decides what the network of act 3 does (1)" },
    Flag { name: "--workers", value: Some("N"), help: "how many threads act 3 uses (one a core)" },
    Flag { name: "--data", value: Some("DIR"), help: "where the data files are (examples/data)" },
];

const ABOUT: &str = "\
A shopping cart, annotated once, used by threads and by replicas.

  act 1  two writers of one cart on a plain shared map: the result depends on the schedule
  act 2  the same two writers on an LVar: one result, and a threshold read that never guesses
  act 3  38 replicas replay 541,909 real shop events over a network that loses, duplicates, reorders and splits

Usage: cargo run --release --example shopping_cart -- [flags]
";

/// What the command line asks for.
#[derive(Debug)]
struct Options {
    act: Option<u32>,
    n_runs: u64,
    n_rows: Option<u64>,
    seed: u64,
    n_workers: usize,
    data: PathBuf,
}

impl Options {
    fn read(flags: &Flags) -> Result<Self, Failure> {
        let act = number(flags, "--act", 1)?;
        if act.is_some_and(|act| act > 3) {
            return Err(Failure::Usage(UsageError("`--act` is 1, 2 or 3".to_owned())));
        }
        let default_data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
        Ok(Self {
            act,
            n_runs: number(flags, "--runs", 1)?.unwrap_or(10_000),
            n_rows: number(flags, "--rows", 1)?,
            seed: number(flags, "--seed", 0)?.unwrap_or(1),
            n_workers: match number(flags, "--workers", 1)? {
                Some(n_workers) => n_workers,
                None => std::thread::available_parallelism().map_or(1, usize::from),
            },
            data: flags.text("--data").unwrap_or(default_data).into(),
        })
    }

    fn plays(&self, act: u32) -> bool {
        self.act.is_none_or(|only| only == act)
    }
}

/// The value of a flag as a number of at least `least`, if it was given. Thousands may be set apart: `10_000`, `10,000`.
fn number<N: FromStr + PartialOrd + Display>(
    flags: &Flags,
    name: &str,
    least: N,
) -> Result<Option<N>, UsageError> {
    let Some(value) = flags.text(name) else { return Ok(None) };
    match value.replace(['_', ','], "").parse() {
        Ok(number) if number >= least => Ok(Some(number)),
        _ => Err(UsageError(format!("`{name}` needs a whole number from {least} up, not `{value}`"))),
    }
}

fn main() -> ExitCode {
    let arguments = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    ExitCode::from(play(arguments, io::stdout().lock(), io::stderr()))
}

/// Runs the program, and answers its exit code.
pub(crate) fn play(arguments: impl Iterator<Item = String>, out: impl Write, complaints: impl Write) -> u8 {
    story::end("shopping_cart", run(arguments, out), complaints)
}

/// Plays what the arguments ask for.
fn run(arguments: impl Iterator<Item = String>, mut out: impl Write) -> Result<Agreement, Failure> {
    let flags = Flags::parse(arguments, &FLAGS)?;
    if flags.asks_for_help() {
        write!(out, "{ABOUT}\n{}\n{EXIT_CODES}", flags::describe(&FLAGS))?;
        return Ok(Agreement::Full);
    }
    let options = Options::read(&flags)?;
    let mut story = Story::new(out);
    let began = Instant::now();
    if options.plays(1) {
        acts::act_1(&mut story, options.n_runs)?;
    }
    if options.plays(2) {
        acts::act_2(&mut story, options.n_runs)?;
    }
    if options.plays(3) {
        acts::act_3(&mut story, &options)?;
    }
    story.act(&format!("All in {}", seconds(began.elapsed())))?;
    Ok(story.agreement())
}
