//! The state that a replica holds, and how it grows, also when code of the user's panics.
//!
//! Comparing, cloning and joining is the user's code, and the state is joined in place, since a copy for each delta would cost what the state is large. What
//! holds after a panic, wherever it comes from:
//!
//! 1. What is new is worked out first (`diff`), on the unchanged state. It compares what the join will compare: code that panics over some values, rather
//!    than now and then, panics here.
//! 2. A join that panics leaves the old state, joined with none or some of the parts of the news; with none, if there is but one part, which is what most
//!    writes are. So it is for the types of this project, and a join of the user's own owes the same.
//! 3. With none, the state is the old one. With some, it is joined with the rest at once, so that a write is there or not. If that panics as well, nothing
//!    else is joined, and nothing written, until the rest is in: or a writer would give names twice, of which half are in and half are still to come.
//! 4. What was joined so was not answered to anybody. It is answered with the next news, or nobody would ship it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use lattice_core::{Conflict, Delta, Forged, WriterId};

/// The state of a replica.
pub(super) struct Held<T> {
    /// Shared with snapshots; a join copies it only while one is held.
    pub(super) state: Arc<T>,
    /// Counts growths, so that a read can tell whether it has seen the latest.
    pub(super) n_growths: u64,
    /// `Some` iff the state is in conflict; of a state that is half joined, iff it was before.
    pub(super) conflict: Option<Conflict>,
    /// The news that is being joined, and the conflict that it brings; also after a panic, until all of it is in or none.
    joining: Option<(T, Option<Conflict>)>,
    /// News that is in, and that a panic kept from being answered.
    unanswered: Vec<T>,
}

impl<T: Delta> Held<T> {
    pub(super) fn bottom() -> Self {
        Self {
            state: Arc::new(T::bottom()),
            n_growths: 0,
            conflict: None,
            joining: None,
            unanswered: Vec::new(),
        }
    }

    /// Whether `delta` says of this replica's own writer what this replica does not know.
    pub(super) fn forged(&self, delta: &T, own: Option<WriterId>) -> Option<Forged> {
        T::forged(&self.state, delta, own?)
    }

    /// Joins `delta` in and answers what was new.
    pub(super) fn join(&mut self, delta: &T) -> Option<T> {
        self.finish();
        let news = delta.diff(&self.state)?;
        // Before the join: afterwards the two values that met are no longer known.
        let met = match self.conflict {
            Some(_) => None,
            None => self.state.incompatible(delta),
        };
        self.n_growths += 1;
        let (news, _) = self.joining.insert((news, met));
        Arc::make_mut(&mut self.state).join_ref(news);
        let (news, met) = self.joining.take()?;
        self.conflict = self.conflict.take().or(met);
        Some(news)
    }

    /// Whether what a panic has left is still half in.
    pub(super) fn is_half_joined(&self) -> bool {
        self.joining.is_some()
    }

    /// After a panic: joins the rest of what was being joined, if some of it is in and that does not panic again.
    pub(super) fn recover(&mut self) {
        // Unwind safe: it leaves what it found, perhaps with more of the news.
        _ = catch_unwind(AssertUnwindSafe(|| self.finish()));
    }

    fn finish(&mut self) {
        let Some((news, _)) = &self.joining else { return };
        let has_some = news.diff(&self.state).is_none_or(|missing| !news.leq(&missing));
        if has_some {
            self.n_growths += 1;
            Arc::make_mut(&mut self.state).join_ref(news);
        }
        if let Some((news, met)) = self.joining.take()
            && has_some
        {
            self.conflict = self.conflict.take().or(met);
            self.unanswered.push(news);
        }
    }

    /// Keeps news that could not be answered for another time.
    pub(super) fn keep(&mut self, news: Option<T>) {
        self.unanswered.extend(news);
    }

    /// What to answer: `news`, and what an earlier panic kept from being answered.
    pub(super) fn answer(&mut self, news: Option<T>) -> Option<T> {
        if self.unanswered.is_empty() {
            return news;
        }
        let joined = catch_unwind(AssertUnwindSafe(|| {
            let mut all = news.clone().unwrap_or_else(T::bottom);
            self.unanswered.iter().for_each(|earlier| _ = all.join_ref(earlier));
            all
        }));
        let Ok(all) = joined else {
            // Kept for another time: it is not to keep back what is new now.
            return news;
        };
        self.unanswered.clear();
        Some(all)
    }
}
