//! Where two schemas come apart first, for who has to mend it.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

/// The first place where two schemas differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Difference {
    /// The place: `state`, and then the names of fields, variants and parts.
    pub path: String,
    /// What is there on this side, if the place exists.
    pub here: Option<String>,
    /// What is there on the other side, if the place exists.
    pub there: Option<String>,
}

impl Difference {
    /// The two texts are equal up to a first line. If that is of one place on both sides, it is the difference. Otherwise a place is
    /// missing on one side, or both have the two places in different orders.
    pub(super) fn between(here: &str, there: &str) -> Option<Self> {
        let (left, right) = here
            .lines()
            .zip(there.lines())
            .find(|(left, right)| left != right)
            .map_or_else(|| after_the_shorter(here, there), |(left, right)| (Some(left), Some(right)));
        let (at, other) = (left.map(split), right.map(split));
        let (path, what) = at.or(other)?;
        match other {
            // A place that the other side has not; and one that this side has not.
            Some((place, what)) if place != path && find(here, place).is_none() => {
                Some(Self::at(place, None, Some(what)))
            }
            Some(_) if at.is_some() => Some(Self::at(path, Some(what), find(there, path))),
            Some(_) => Some(Self::at(path, None, Some(what))),
            None => Some(Self::at(path, Some(what), None)),
        }
    }

    fn at(path: &str, here: Option<&str>, there: Option<&str>) -> Self {
        Self { path: path.to_owned(), here: here.map(str::to_owned), there: there.map(str::to_owned) }
    }
}

/// Where one text begins with the other, its first line beyond that.
fn after_the_shorter<'a>(here: &'a str, there: &'a str) -> (Option<&'a str>, Option<&'a str>) {
    let n_equal = here.lines().count().min(there.lines().count());
    (here.lines().nth(n_equal), there.lines().nth(n_equal))
}

/// A line as its path and what stands there.
fn split(line: &str) -> (&str, &str) {
    line.split_once(": ").unwrap_or((line, ""))
}

fn find<'a>(text: &'a str, path: &str) -> Option<&'a str> {
    text.lines().map(split).find(|(place, _)| *place == path).map(|(_, what)| what)
}

/// What a peer sent is shown without its control characters, and cut short.
struct Shown<'a>(&'a str);

/// No honest name is longer.
const LONGEST: usize = 200;

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        let cut = text.char_indices().nth(LONGEST).map_or(*text, |(end, _)| &text[..end]);
        write!(f, "{}", cut.escape_debug())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = Shown(&self.path);
        match (self.here.as_deref().map(Shown), self.there.as_deref().map(Shown)) {
            (Some(here), None) => write!(f, "`{path}`, `{here}` here, is missing there"),
            (None, Some(there)) => write!(f, "`{path}`, `{there}` there, is missing here"),
            (Some(here), Some(there)) if self.here != self.there => {
                write!(f, "`{path}` is `{here}` here and `{there}` there")
            }
            _ => write!(f, "`{path}` stands in another order here than there"),
        }
    }
}
