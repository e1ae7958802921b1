//! What an example tells: plain lines, one verdict line an act, and the exit code.

use std::{
    fmt,
    io::{self, Write},
    time::Duration,
};

use super::{flags::UsageError, table::DataError};

/// Why an example ended before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line is wrong.
    Usage(UsageError),
    /// A data file is missing or damaged.
    Data(DataError),
    /// The story could not be written, as when its reader went away.
    Output(io::Error),
    /// An operation refused what the example had every right to ask.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(error) => error.fmt(f),
            Self::Data(error) => error.fmt(f),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
            Self::Refused(what) => f.write_str(what),
        }
    }
}

impl From<UsageError> for Failure {
    fn from(error: UsageError) -> Self {
        Self::Usage(error)
    }
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Self {
        Self::Data(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// What the exit codes mean, for the help text.
pub(crate) const EXIT_CODES: &str = "\
Exit code:
  0  everything agreed
  1  something disagreed; the verdict lines say what
  2  the command line is wrong
  3  a data file is missing, cut off or damaged
";

/// Writes to `complaints` why the example ended early, if it did, and answers the exit code of the process.
pub(crate) fn end(program: &str, ended: Result<Agreement, Failure>, mut complaints: impl Write) -> u8 {
    if let Err(failure) = &ended {
        // If not even this can be written, the exit code still says it.
        let _ = writeln!(complaints, "{program}: {failure}");
    }
    match ended {
        Ok(Agreement::Full) => 0,
        Ok(Agreement::Broken) | Err(Failure::Refused(_) | Failure::Output(_)) => 1,
        Err(Failure::Usage(_)) => 2,
        Err(Failure::Data(_)) => 3,
    }
}

/// Whether everything that was checked agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// It did.
    Full,
    /// Something did not.
    Broken,
}

/// Where the story is told.
#[derive(Debug)]
pub(crate) struct Story<W> {
    out: W,
    agreement: Agreement,
}

impl<W: Write> Story<W> {
    /// A story that has yet to begin.
    pub(crate) fn new(out: W) -> Self {
        Self { out, agreement: Agreement::Full }
    }

    /// Begins an act.
    ///
    /// # Errors
    ///
    /// If the line cannot be written; so too below.
    pub(crate) fn act(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out, "\n{title}")
    }

    /// Tells one thing.
    pub(crate) fn line(&mut self, what: impl fmt::Display) -> io::Result<()> {
        writeln!(self.out, "  {what}")
    }

    /// Closes an act: what was to be shown, and whether it was.
    pub(crate) fn verdict(&mut self, holds: bool, what: impl fmt::Display) -> io::Result<()> {
        let mark = if holds { "ok" } else { "DISAGREES" };
        if !holds {
            self.agreement = Agreement::Broken;
        }
        writeln!(self.out, "  verdict: {mark}: {what}")
    }

    /// Whether all verdicts so far held.
    pub(crate) fn agreement(&self) -> Agreement {
        self.agreement
    }
}

/// A time as a person reads it.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::{Agreement, Story, end};

    #[test]
    fn one_broken_verdict_is_exit_code_one() {
        let mut out = Vec::new();
        let mut story = Story::new(&mut out);
        story.verdict(true, "fine").unwrap();
        assert_eq!(end("it", Ok(story.agreement()), Vec::new()), 0);
        story.verdict(false, "not fine").unwrap();
        story.verdict(true, "fine again").unwrap();
        assert_eq!(story.agreement(), Agreement::Broken);
        assert_eq!(end("it", Ok(story.agreement()), Vec::new()), 1);
        assert!(String::from_utf8(out).unwrap().contains("DISAGREES: not fine"));
    }
}
