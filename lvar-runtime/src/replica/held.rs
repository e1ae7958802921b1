//! The state that a replica holds, and how it grows: part by part, so that code of the user's that panics leaves no part half joined.
//!
//! Comparing, cloning and joining is the user's code, and the state is joined in place, since a copy for each delta would cost what the state is large. What
//! holds after a panic, wherever it comes from:
//!
//! 1. What is new is worked out first (`diff`), on the unchanged state.
//! 2. It is joined in one part at a time. A join of one part is all or nothing, for the types of this project; a join of a user's own owes the
//!    same. So the state is the old one, joined with some of the parts; for a delta of one part, which is what most writes are, it is the old one.
//! 3. News of very many parts, or of many beside those of the state, is joined into a copy instead, which then takes the place of the state: all or
//!    nothing again.
//! 4. Parts that were joined before the panic were not answered to anybody. They are answered with the next news, or nobody would ship them.

use std::{mem, sync::Arc};

use lattice_core::{Conflict, Delta, Forged, WriterId};

/// From so many parts on a copy is made whatever the state: a context may name more dots than anybody can go through.
const MOST_PARTS: usize = 1 << 16;
/// How many times as long it takes to join a part by itself as to copy one.
const COPIES_A_JOIN: usize = 8;

/// The state of a replica.
pub(super) struct Held<T> {
    /// Shared with snapshots; a join copies it only while one is held.
    pub(super) state: Arc<T>,
    /// Counts growths, so that a read can tell whether it has seen the latest.
    pub(super) n_growths: u64,
    /// `Some` iff the state is in conflict.
    pub(super) conflict: Option<Conflict>,
    /// How many parts were joined: about as many as the state has, or more.
    n_parts: usize,
    /// What was joined and not answered, because a panic came between.
    unanswered: Vec<T>,
}

impl<T: Delta> Held<T> {
    pub(super) fn bottom() -> Self {
        Self {
            state: Arc::new(T::bottom()),
            n_growths: 0,
            conflict: None,
            n_parts: 0,
            unanswered: Vec::new(),
        }
    }

    /// Whether `delta` says of this replica's own writer what this replica does not know.
    pub(super) fn forged(&self, delta: &T, own: Option<WriterId>) -> Option<Forged> {
        T::forged(&self.state, delta, own?)
    }

    /// Joins `delta` in and answers what was new.
    pub(super) fn join(&mut self, delta: &T) -> Option<T> {
        let news = delta.diff(&self.state)?;
        // Before the join: afterwards the two values that met are no longer known.
        let met = match self.conflict {
            Some(_) => None,
            None => self.state.incompatible(delta),
        };
        self.join_news(&news);
        self.conflict = self.conflict.take().or(met);
        Some(news)
    }

    fn join_news(&mut self, news: &T) {
        if self.state.is_bottom() {
            self.replace(T::clone(news), news.parts().take(MOST_PARTS).count());
            return;
        }
        let mut parts = news.parts().take(MOST_PARTS + 1);
        let (first, second) = (parts.next(), parts.next());
        let Some((first, second)) = first.zip(second) else {
            return self.join_part(news);
        };
        let parts: Vec<T> = [first, second].into_iter().chain(parts).collect();
        if parts.len() > MOST_PARTS || self.n_parts <= COPIES_A_JOIN * parts.len() {
            let mut side = T::clone(&self.state);
            side.join_ref(news);
            self.replace(side, parts.len());
            return;
        }
        let n_before = self.unanswered.len();
        for part in parts {
            self.join_part(&part);
            self.unanswered.push(part);
        }
        // The caller answers all of them.
        self.unanswered.truncate(n_before);
    }

    /// Puts what is above the state into its place, by so many parts.
    fn replace(&mut self, state: T, n_parts: usize) {
        self.state = Arc::new(state);
        self.n_growths += 1;
        self.n_parts += n_parts;
    }

    fn join_part(&mut self, part: &T) {
        Arc::make_mut(&mut self.state).join_ref(part);
        self.n_growths += 1;
        self.n_parts += 1;
    }

    /// What to answer: `news`, and what an earlier panic kept from being answered.
    pub(super) fn answer(&mut self, news: Option<T>) -> Option<T> {
        if self.unanswered.is_empty() {
            return news;
        }
        // Kept until all of it is joined, which may panic as well.
        self.unanswered.extend(news);
        let mut all = T::bottom();
        self.unanswered.iter().for_each(|part| _ = all.join_ref(part));
        drop(mem::take(&mut self.unanswered));
        Some(all)
    }
}
