//! A shopping cart, annotated once, used by threads and by replicas: `cargo run --release --example shopping_cart`.
//!
//! On two cores it prints, in about fifteen seconds (the counts of act 1 and the times are never the same twice):
//!
//! ```text
//! Act 1: two writers of one cart, on a plain shared map
//!   20,000 runs on two threads in 0.37 s
//!         872 times {"Book": 2}
//!      16,873 times {"Book": 2, "Shoes": 1}
//!       2,255 times {"Shoes": 1}
//!   verdict: 3 different results appeared: what is in the cart depends on the schedule
//!
//! Act 2: the same two writers, and a reader, on an LVar of the cart
//!   10,000 runs on 1 to 4 threads in 1.19 s
//!      10,000 times {Book: 2, Shoes: 1}, and getKey Book answers Ordered(2)
//!   1,000 runs with a third writer, who puts 3 books
//!       1,000 times conflict at lines[Book]: 2 and 3 cannot both be true; write one of them only, or use a lattice in which they join
//!   verdict: ok: one result, one answer to getKey Book, and a contradiction is one error, on every schedule
//!
//! Act 3: 38 replicas, one a country, replay the shop's log
//!   541,909 events on 25,900 invoices: read in 0.20 s, folded one after another in 0.06 s
//!   network (seed 1): 20% lost, 10% doubled, 1% damaged, 1 to 4 ticks late
//!   of 374 ticks, the ticks 124 to 248 see the network split in two
//!   replayed by 2 threads in 7.92 s; all had arrived 75 ticks after the last event
//!   278,546 messages: 39,360 lost, 81,120 cut off by the split, 15,591 doubled, 1,709 damaged, 37,932 overtaken, 109,218 sent again
//!   while the network was split, a replica says of 6,790 to 14,808 orders how they ended; 19 of 38 say that 250,000 lines are known, 38 that order C536379 was cancelled
//!   in the end, a replica says of 25,900 orders how they ended; 38 of 38 say that 250,000 lines are known, 38 that order C536379 was cancelled
//!   states of 2,613,749 bytes each, 531,225 lines, compared in 1.27 s; 718 MiB of memory at most
//!   verdict: ok: every replica holds the same bytes, every cart is what the fold says, no answer was ever taken back
//!
//! All in 10.56 s
//! ```
//!
//! `cart.rs` has the annotated type; `examples/README.md` says what to read next.

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
#[path = "../support/thousands.rs"]
mod thousands;
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
