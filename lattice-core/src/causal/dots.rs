//! How a write gets its dot, and says which ones it takes back.

use crate::{
    causal::{CausalContext, Dot, DotStore},
    crdt::WriterId,
};

/// What a write is given by [`Causal::write`](crate::Causal::write): fresh dots of its writer, and the means to name the dots that
/// it replaces. What was handed out and named becomes the context of the delta, which so speaks of nothing else.
#[derive(Debug)]
pub struct Dots {
    writer: WriterId,
    /// `None` once the last possible dot has been handed out.
    next: Option<Dot>,
    named: CausalContext,
}

impl Dots {
    pub(super) fn new(writer: WriterId, known: &CausalContext) -> Self {
        Self { writer, next: known.next_dot(writer), named: CausalContext::new() }
    }

    /// Who writes.
    pub fn writer(&self) -> WriterId {
        self.writer
    }

    /// A dot that no write has had. A dot lies in one place, so each value that is written takes one of its own.
    ///
    /// # Panics
    ///
    /// After 2⁶⁴ − 1 writes of one writer: nobody writes that often, but a peer may forge a context that says so. Ask
    /// [`Delta::forged`](crate::Delta::forged) before such a context is joined in.
    pub fn fresh(&mut self) -> Dot {
        let dot = self.next.expect("a writer has dots left, unless a forged context was joined in");
        self.next = dot.count().checked_add(1).and_then(|count| Dot::new(self.writer, count));
        self.named.insert(dot);
        dot
    }

    /// Takes back, or replaces, what is under a dot.
    pub fn name(&mut self, dot: Dot) {
        self.named.insert(dot);
    }

    /// Takes back, or replaces, all that a store holds.
    pub fn name_all<S: DotStore>(&mut self, store: &S) {
        store.for_each(&mut |dot| self.name(dot));
    }

    pub(super) fn into_context(self) -> CausalContext {
        self.named
    }
}
