//! How far a long step is: a bar on a terminal, a plain line now and then elsewhere; on standard error, away from the story.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::thousands::thousands;

/// The progress of one long step; the bar is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    done: u64,
    total: u64,
    last_line: Instant,
}

/// How often a line tells the progress where there is no terminal.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

impl Progress {
    /// Starts at nothing of `total`.
    pub(crate) fn new(what: &'static str, total: u64) -> Self {
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template("  {msg} [{wide_bar}] {human_pos}/{human_len} {eta}")
        {
            bar.set_style(style);
        }
        bar.set_message(what);
        Self { what, bar, done: 0, total, last_line: Instant::now() }
    }

    /// One more step is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        self.bar.inc(1);
        if self.bar.is_hidden() && self.last_line.elapsed() >= BETWEEN_LINES {
            eprintln!("  {}: {} of {}", self.what, thousands(self.done), thousands(self.total));
            self.last_line = Instant::now();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
