//! Replicas that know which events they know.

use lattice_core::{Bottom, Delta, Lattice, codec::Codec};

use crate::{
    chance::Chance,
    history::{Event, History, Known, What},
    model::Model,
};

/// A state or a delta, and the events that are in it.
pub(crate) struct Replica<M: Model> {
    pub(crate) state: M::State,
    pub(crate) known: Known,
}

impl<M: Model> Clone for Replica<M> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), known: self.known }
    }
}

impl<M: Model> Replica<M> {
    pub(crate) fn new() -> Self {
        Self { state: M::State::bottom(), known: Known::default() }
    }

    /// Does an operation as `writer`, appends it to the events and answers the delta.
    pub(crate) fn write(&mut self, writer: u64, op: &M::Op, events: &mut Vec<Event<M::Op>>) -> Self {
        let delta = M::write(&self.state, writer, op);
        let known = Known::one(events.len());
        events.push(Event { writer, what: What::Op(op.clone()), known: self.known });
        let delta = Self { state: delta, known };
        self.merge(&delta);
        delta
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.state.join_ref(&other.state);
        self.known = self.known.and(other.known);
    }

    /// Merges in one of the ways that there are, and checks what the way promises.
    pub(crate) fn merge_somehow(&mut self, other: &Self, chance: &mut Chance) {
        let before = self.state.clone();
        match chance.below(5) {
            0 => {
                self.state.join_ref(&other.state);
            }
            1 => {
                let grew = self.state.join(other.state.clone());
                assert_eq!(grew, self.state != before);
            }
            2 => {
                let sent = M::State::from_bytes(&other.state.to_bytes()).unwrap();
                assert_eq!(sent, other.state);
                self.state.join(sent);
            }
            3 => {
                let news = self.state.absorb(other.state.clone());
                let again = news.into_iter().fold(before, Lattice::joined);
                assert_eq!(again, self.state, "the news are all of the news");
            }
            _ => {
                if let Some(missing) = other.state.diff(&self.state) {
                    self.state.join(missing);
                }
            }
        }
        self.known = self.known.and(other.known);
    }

    /// Compares what is read with what is specified.
    pub(crate) fn assert_specified(&self, events: &[Event<M::Op>]) {
        let history = History { events: events.to_vec(), known: self.known };
        let (read, specified) = (M::read(&self.state), M::specified(&history));
        assert_eq!(read, specified, "read, and specified, of {history:#?}\nin {:#?}", self.state);
    }
}
