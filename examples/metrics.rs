//! Metrics of several machines, each with several threads: `cargo run --example metrics`.
//!
//! On a machine the threads write into an LVar of the annotated type; what a machine counted goes to the others as one delta, which
//! may arrive twice without counting twice. Had `requests` been a plain `u64`, the derive would not have compiled.
//!
//! ```text
//! 6,000 requests, 24 of them failed, answered in 80 to 2079 µs by {"ams", "fra", "osl"}
//! every machine says the same, and a report that came twice counted once
//! is it too much? Page
//! ```

use std::{
    collections::BTreeSet,
    error::Error,
    io::{self, Write},
    thread,
};

use lvars::prelude::*;

/// What is measured.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Stats {
    requests: GCounter,
    failures: GCounter,
    /// In microseconds, as below.
    #[lattice(max)]
    slowest: u64,
    #[lattice(min)]
    fastest: u64,
    hosts: BTreeSet<String>,
    verdict: Verdict,
}

/// What the last to report says of the whole. That there was *no* alarm is no threshold, since more may come; somebody has to say it.
#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Open < Good < Disputed, Open < Bad < Disputed), conflict = Disputed)]
enum Verdict {
    Open,
    Good,
    Bad,
    Disputed,
}

/// What the person on duty has to do.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Stats)]
enum Alarm {
    #[when(verdict >= Verdict::Bad)]
    Page,
    #[when(verdict >= Verdict::Good)]
    Sleep,
}

/// That there are many failures, which is so as soon as it is known, whoever else has yet to report.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Stats)]
enum TooMany {
    #[when(failures >= 20)]
    #[when(slowest >= 5_000)]
    Reached,
}

const HOSTS: [&str; 3] = ["ams", "fra", "osl"];
const WORKERS: u64 = 2;
const REQUESTS: u64 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Plays the story.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let replicas: [Replica<Stats>; 3] = [(); 3].map(|()| Replica::open());
    let mut reports = Vec::new();
    for (host, replica) in HOSTS.into_iter().zip(&replicas) {
        let counted = count(host)?;
        reports.extend(replica.update(Outside::here(), |_, _| counted)?);
    }
    for replica in &replicas {
        // Everybody hears everything, and the first report once more.
        for report in reports.iter().rev().chain(&reports[..1]) {
            replica.merge(Outside::here(), report.clone())?;
        }
    }

    let [first, others @ ..] = &replicas;
    let stats = first.query(Outside::here());
    tell(out, &stats)?;
    let is_the_same = others.iter().all(|other| *other.query(Outside::here()) == *stats);
    let n_due = u128::from(WORKERS * REQUESTS) * HOSTS.len() as u128;
    if is_the_same && stats.requests.value() == n_due {
        writeln!(out, "every machine says the same, and a report that came twice counted once")?;
    }
    let verdict = match first.get::<TooMany>().now(Outside::here())? {
        Some(TooMany::Reached) => Verdict::Bad,
        None => Verdict::Good,
    };
    first.update(Outside::here(), |_, _| Stats { verdict, ..Stats::bottom() })?;
    // Both outcomes, and the compiler knows that there is no third.
    let duty = match first.get::<Alarm>().wait()? {
        Alarm::Page => "Page",
        Alarm::Sleep => "Sleep",
    };
    writeln!(out, "is it too much? {duty}")?;
    Ok(())
}

/// What the threads of one machine counted.
fn count(host: &str) -> Result<Stats, Box<dyn Error>> {
    let stats = LVar::<Stats>::new();
    stats.hosts.insert(host.to_owned())?;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|worker| scope.spawn(serve(&stats, worker))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    Ok(stats.into_value()?)
}

/// The work of one thread: every 250th request fails, and the later one comes, the longer it takes.
fn serve(stats: &LVar<Stats>, worker: u64) -> impl FnOnce() -> Result<(), lvars::PutError> {
    move || {
        for request in 0..REQUESTS {
            let micros = 80 + worker * REQUESTS + request;
            stats.requests.bump(1)?;
            stats.slowest.put(micros)?;
            stats.fastest.put(micros)?;
            if request % 250 == 249 {
                stats.failures.bump(1)?;
            }
        }
        Ok(())
    }
}

fn tell(out: &mut dyn Write, stats: &Stats) -> io::Result<()> {
    let (requests, failures) = (stats.requests.value(), stats.failures.value());
    writeln!(
        out,
        "{},{:03} requests, {failures} of them failed, answered in {} to {} µs by {:?}",
        requests / 1_000,
        requests % 1_000,
        stats.fastest,
        stats.slowest,
        stats.hosts
    )
}
