//! Several ways to do the same work, timed fairly: in interleaved rounds, so that what else the machine does hits all of them.
//!
//! No statistics library: the machines that this runs on are shared, so only ratios within one run mean anything, and
//! for a ratio the median, the minimum and the spread say enough.

use std::time::Duration;

use crate::Goal;

/// The name of a goal's side that stands for the fastest of all peers.
pub const BEST: &str = "the best peer";

/// One way to do the work: prepares, does it once, answers how long the work itself took.
type Side<'a> = Box<dyn FnMut() -> Duration + 'a>;

/// A table of the report: the same work, done by each side in every round.
///
/// The first side is the one that the others are compared with.
pub struct Contest<'a> {
    title: String,
    /// How many operations one turn of a side does; the table shows the time of one.
    n_operations: u32,
    sides: Vec<(&'a str, Side<'a>)>,
}

impl<'a> Contest<'a> {
    /// A contest without sides.
    pub fn new(title: impl Into<String>, n_operations: u32) -> Self {
        Self { title: title.into(), n_operations, sides: Vec::new() }
    }

    /// Adds a side: `turn` does the work once and answers how long it took, without its preparations.
    #[must_use = "a contest that does not run measures nothing"]
    pub fn side(mut self, name: &'a str, turn: impl FnMut() -> Duration + 'a) -> Self {
        self.sides.push((name, Box::new(turn)));
        self
    }

    /// Runs the rounds, prints the table and answers what it says, side by side in the order in which they were added.
    pub fn run(self, n_rounds: usize) -> Vec<Figures<'a>> {
        let title = self.title.clone();
        let table = self.measure(n_rounds);
        println!("\n{title} ({n_rounds} rounds)");
        println!("{:>12} {:>12} {:>12} {:>8}  side", "median", "least", "spread", "ratio");
        for figures in &table {
            println!(
                "{:>12} {:>12} {:>11.0}% {:>8}  {}",
                shown(figures.median),
                shown(figures.least),
                100.0 * figures.spread,
                ratio(figures.median / table[0].median),
                figures.name
            );
        }
        table
    }

    /// As [`run`](Self::run), and judges for each goal how much of a side's time ours takes; `best` is the fastest of the others.
    ///
    /// # Panics
    ///
    /// If no side has the name of a goal.
    pub fn judge(self, n_rounds: usize, goals: &[(&str, Goal)]) {
        let table = self.run(n_rounds);
        let (ours, others) = table.split_first().expect("a contest has sides");
        for (name, goal) in goals {
            let named = others.iter().filter(|side| *name == BEST || side.name == *name);
            let side = named.min_by(|a, b| a.median.total_cmp(&b.median)).expect("a goal names a side");
            goal.judge(ours.median / side.median, &format!("of {}", side.name));
        }
    }

    /// Runs the rounds, prints one line and answers what it says: each side with its spread and its ratio to the first. A
    /// side that is faster by more than a twentieth is marked.
    pub fn line(self, what: &str, n_rounds: usize) -> Vec<Figures<'a>> {
        let title = self.title.clone();
        let table = self.measure(n_rounds);
        let ours = table[0].median;
        print!("{what}{}{title}:", if title.is_empty() { "" } else { ", " });
        for Figures { name, median, spread, .. } in &table {
            let mark = if *median < 0.95 * ours { " AHEAD" } else { "" };
            print!("  {name} {} ±{:.0}% {}{mark}", shown(*median), 50.0 * spread, ratio(median / ours));
        }
        println!();
        table
    }

    /// As [`run`](Self::run), for who prints a table of another form.
    pub fn measure(mut self, n_rounds: usize) -> Vec<Figures<'a>> {
        let n_sides = self.sides.len();
        let mut times = vec![Vec::with_capacity(n_rounds); n_sides];
        // The first round warms caches and allocator, and counts for nobody.
        for round in 0..=n_rounds {
            for turn in 0..n_sides {
                // Each round begins with another side: none always runs after the one that leaves the caches worst.
                let side = (round + turn) % n_sides;
                let time = (self.sides[side].1)();
                if round > 0 {
                    times[side].push(time);
                }
            }
        }
        let names = self.sides.iter().map(|(name, _)| *name);
        names.zip(times).map(|(name, times)| Figures::new(name, times, self.n_operations)).collect()
    }
}

/// What one side's times come to, in nanoseconds an operation.
pub struct Figures<'a> {
    /// The side.
    pub name: &'a str,
    /// The middle of the sorted times.
    pub median: f64,
    /// The shortest time.
    pub least: f64,
    /// The distance between the quarters of the sorted times, as a part of the median.
    pub spread: f64,
}

impl<'a> Figures<'a> {
    fn new(name: &'a str, mut times: Vec<Duration>, n_operations: u32) -> Self {
        times.sort_unstable();
        let at = |part: f64| {
            let last = times.len().saturating_sub(1) as f64;
            let time = times.get((last * part).round() as usize).copied().unwrap_or_default();
            time.as_nanos() as f64 / f64::from(n_operations)
        };
        let median = at(0.5);
        Self { name, median, least: at(0.0), spread: (at(0.75) - at(0.25)) / median }
    }
}

fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        ns if ns < 1e3 => format!("{ns:.2} ns"),
        ns if ns < 1e6 => format!("{:.2} µs", ns / 1e3),
        ns => format!("{:.2} ms", ns / 1e6),
    }
}

fn ratio(ratio: f64) -> String {
    if ratio < 100.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_of_one_operation() {
        let figures = Figures::new("a", [30, 10, 20].map(Duration::from_nanos).to_vec(), 10);
        assert_eq!((figures.median, figures.least, figures.spread), (2.0, 1.0, 0.5));
    }

    #[test]
    fn every_side_has_a_turn_in_every_round_and_one_to_warm_up() {
        let turns = std::cell::RefCell::new(String::new());
        let side = |name: char| {
            let turns = &turns;
            move || {
                turns.borrow_mut().push(name);
                Duration::from_nanos(1)
            }
        };
        Contest::new("t", 1).side("a", side('a')).side("b", side('b')).measure(2);
        assert_eq!(*turns.borrow(), "abbaab");
    }
}
