//! What each act tells: what it did, how often, how long it took, and one verdict.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use lvars::{Conflict, replica::sim::Counters};

use super::{
    Options, audit,
    cart::FirstCancellation,
    fold,
    keys::Invoice,
    log,
    progress::Progress,
    race,
    replay::{Answers, N_TICKS, Replay, SPLIT, faults},
    story::{Failure, Story, seconds},
    thousands::thousands,
    threads,
};

/// Up to how many worker threads the runs of act 2 use, in turn.
const MOST_WORKERS: usize = 4;

/// For how long act 1 goes on when it has seen one result only.
const RACE_BUDGET: Duration = Duration::from_secs(5);

/// The negative control. One result alone is no disagreement: a machine may well show no more.
pub(super) fn act_1(story: &mut Story<impl Write>, n_runs: u64) -> Result<(), Failure> {
    story.act("Act 1: two writers of one cart, on a plain shared map")?;
    let began = Instant::now();
    let mut results = race::Results::new();
    // Two threads that the system keeps on one core take turns, and then only more time can show the race.
    while results.len() < 2 && began.elapsed() < RACE_BUDGET {
        for (cart, times) in race::race(n_runs) {
            *results.entry(cart).or_default() += times;
        }
    }
    story.line(format_args!(
        "{} runs on two threads in {}",
        thousands(results.values().sum::<u64>()),
        seconds(began.elapsed())
    ))?;
    for (cart, times) in &results {
        story.line(format_args!("{:>9} times {cart:?}", thousands(times)))?;
    }
    match results.len() {
        1 => story.line(
            "verdict: only one result appeared: this machine did not show the race this time, which proves nothing",
        )?,
        n => story.line(format_args!(
            "verdict: {n} different results appeared: what is in the cart depends on the schedule"
        ))?,
    }
    Ok(())
}

/// The two writers and a reader on an LVar; then a third writer who contradicts.
pub(super) fn act_2(story: &mut Story<impl Write>, n_runs: u64) -> Result<(), Failure> {
    story.act("Act 2: the same two writers, and a reader, on an LVar of the cart")?;
    let began = Instant::now();
    let mut progress = Progress::new("act 2, runs", n_runs);
    let answers = distinct(n_runs, |n_workers| {
        progress.step();
        threads::two_writers(n_workers).map_err(|error| error.to_string())
    });
    drop(progress);
    story.line(format_args!(
        "{} runs on 1 to {MOST_WORKERS} threads in {}",
        thousands(n_runs),
        seconds(began.elapsed())
    ))?;
    for (answer, times) in &answers {
        let answer = match answer {
            Ok(answer) => answer.to_string(),
            Err(error) => format!("error: {error}"),
        };
        story.line(format_args!("{:>9} times {answer}", thousands(times)))?;
    }
    let n_contradicted = n_runs.min(1_000);
    let errors = distinct(n_contradicted, threads::three_writers);
    story.line(format_args!("{} runs with a third writer, who puts 3 books", thousands(n_contradicted)))?;
    for (error, times) in &errors {
        let error = error.as_ref().map_or_else(ToString::to_string, |()| "no error".to_owned());
        story.line(format_args!("{:>9} times {error}", thousands(times)))?;
    }
    let one_answer = matches!(&answers[..], [(Ok(answer), _)] if answer.is_right());
    let one_error = matches!(&errors[..], [(Err(error), _)] if threads::names_the_conflict(error));
    story.verdict(
        one_answer && one_error,
        "one result, one answer to getKey Book, and a contradiction is one error, on every schedule",
    )?;
    Ok(())
}

/// What `run` answers in `n_runs` runs, on a number of threads that changes from run to run: each different answer, and how often
/// it came.
fn distinct<A: PartialEq>(n_runs: u64, mut run: impl FnMut(usize) -> A) -> Vec<(A, u64)> {
    let mut answers: Vec<(A, u64)> = Vec::new();
    for n_workers in (1..=MOST_WORKERS).cycle().zip(0..n_runs).map(|(n_workers, _)| n_workers) {
        let answer = run(n_workers);
        match answers.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, times)) => *times += 1,
            None => answers.push((answer, 1)),
        }
    }
    answers
}

/// The replicas.
pub(super) fn act_3(story: &mut Story<impl Write>, options: &Options) -> Result<(), Failure> {
    let began = Instant::now();
    let log = log::read(&options.data, options.n_rows)?;
    let read = began.elapsed();
    let books = fold::fold(&log.events);
    let folded = began.elapsed() - read;
    story.act(&format!("Act 3: {} replicas, one a country, replay the shop's log", log.countries.len()))?;
    story.line(format_args!(
        "{} events on {} invoices: read in {}, folded one after another in {}",
        thousands(log.events.len()),
        thousands(books.carts.len()),
        seconds(read),
        seconds(folded),
    ))?;
    tell_network(story, options.seed)?;
    let began = Instant::now();
    let orders: Vec<Invoice> = books.carts.keys().copied().collect();
    let mut replay = Replay::new(&log, options.seed, options.n_workers);
    let during_split = play(&mut replay, &orders)?;
    let n_ticks = replay.settle().map_err(|unsettled| Failure::Refused(unsettled.to_string()))?;
    let in_the_end = replay.ask(&orders).map_err(in_conflict)?;
    story.line(format_args!(
        "replayed by {} threads in {}; all had arrived {n_ticks} ticks after the last event",
        options.n_workers,
        seconds(began.elapsed())
    ))?;
    tell_messages(story, replay.counters())?;
    tell_answers(story, "while the network was split", &during_split)?;
    tell_answers(story, "in the end", &in_the_end)?;
    let began = Instant::now();
    let verdict = audit::audit(replay.states(), &books)
        .and_then(|n_bytes| audit::compare_answers(&books, &during_split, &in_the_end).map(|()| n_bytes));
    if let Ok(n_bytes) = &verdict {
        story.line(format_args!(
            "states of {} bytes each, {} lines, compared in {}{}",
            thousands(n_bytes),
            thousands(books.n_lines()),
            seconds(began.elapsed()),
            peak_memory()
                .map_or_else(String::new, |mib| format!("; {} MiB of memory at most", thousands(mib)))
        ))?;
    }
    match verdict {
        Ok(_) => story.verdict(
            true,
            "every replica holds the same bytes, every cart is what the fold says, no answer was ever taken back",
        )?,
        Err(difference) => story.verdict(false, difference)?,
    }
    Ok(())
}

/// Replays the log, and asks every replica for everything at the last moment of the split.
fn play(replay: &mut Replay, orders: &[Invoice]) -> Result<Vec<Answers>, Failure> {
    let mut progress = Progress::new("act 3, ticks", u64::from(N_TICKS) + 1);
    let mut during_split = Vec::new();
    // What is paid in the last tick of the log is shipped one tick later.
    for tick in 0..=N_TICKS {
        if tick == SPLIT.end {
            during_split = replay.ask(orders).map_err(in_conflict)?;
        }
        replay.tick().map_err(in_conflict)?;
        progress.step();
    }
    Ok(during_split)
}

fn in_conflict(conflict: Conflict) -> Failure {
    Failure::Refused(format!("a log without contradictions led to one: {conflict}"))
}

fn tell_network(story: &mut Story<impl Write>, seed: u64) -> Result<(), Failure> {
    let faults = faults();
    story.line(format_args!(
        "network (seed {seed}): {:.0}% lost, {:.0}% doubled, {:.0}% damaged, {} to {} ticks late",
        faults.drop * 100.0,
        faults.duplicate * 100.0,
        faults.damage * 100.0,
        faults.delay.start(),
        faults.delay.end(),
    ))?;
    story.line(format_args!(
        "of {N_TICKS} ticks, the ticks {} to {} see the network split in two",
        SPLIT.start,
        SPLIT.end - 1
    ))?;
    Ok(())
}

fn tell_messages(story: &mut Story<impl Write>, counters: Counters) -> Result<(), Failure> {
    story.line(format_args!(
        "{} messages: {} lost, {} cut off by the split, {} doubled, {} damaged, {} overtaken, {} sent again",
        thousands(counters.sent),
        thousands(counters.dropped),
        thousands(counters.cut),
        thousands(counters.duplicated),
        thousands(counters.damaged),
        thousands(counters.reordered),
        thousands(counters.retransmitted),
    ))?;
    Ok(())
}

/// Tells between which bounds the replicas' answers are.
fn tell_answers(story: &mut Story<impl Write>, when: &str, answers: &[Answers]) -> Result<(), Failure> {
    let ended = answers.iter().map(|answers| answers.ended.len());
    let n_know = answers.iter().filter(|answers| answers.lines_known.is_some()).count();
    let n_cancelled = answers
        .iter()
        .filter(|answers| answers.first_cancellation == Some(FirstCancellation::Cancelled))
        .count();
    let (least, most) = (ended.clone().min().unwrap_or(0), ended.max().unwrap_or(0));
    let orders =
        if least == most { thousands(least) } else { format!("{} to {}", thousands(least), thousands(most)) };
    story.line(format_args!(
        "{when}, a replica says of {orders} orders how they ended; {n_know} of {} say that 250,000 lines are known, \
         {n_cancelled} that order {} was cancelled",
        answers.len(),
        Invoice::FIRST_CANCELLATION,
    ))?;
    Ok(())
}

/// The most memory that this process ever had, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? / 1024)
}
