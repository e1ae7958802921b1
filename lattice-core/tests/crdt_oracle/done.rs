//! What was done in a history in which nothing is reset, and what it came to.

use crate::history::{Event, History, Known, What};

impl<Op> Event<Op> {
    pub(crate) fn op(&self) -> &Op {
        match &self.what {
            What::Op(op) => op,
            What::Reset | What::Elsewhere => unreachable!("nothing is reset from outside"),
        }
    }
}

impl<Op> History<Op> {
    /// The operations that the reader knows, each with its writer.
    pub(crate) fn done(&self) -> impl Iterator<Item = (u64, &Op)> {
        let events = self.events.iter().enumerate();
        events.filter(|(number, _)| self.known.contains(*number)).map(|(_, event)| (event.writer, event.op()))
    }

    /// The history of one place within, to which the other events never were.
    pub(crate) fn only<Inner>(&self, see: impl Fn(&Op) -> Option<Inner>) -> History<Inner> {
        let seen: Vec<Option<Inner>> = self.events.iter().map(|event| see(event.op())).collect();
        let kept: Vec<usize> = (0..seen.len()).filter(|&number| seen[number].is_some()).collect();
        let renumbered = |known: Known| {
            let numbers = kept.iter().enumerate().filter(|(_, number)| known.contains(**number));
            numbers.fold(Known::default(), |known, (number, _)| known.and(Known::one(number)))
        };
        let events = self.events.iter().zip(seen).filter_map(|(event, op)| {
            Some(Event { writer: event.writer, what: What::Op(op?), known: renumbered(event.known) })
        });
        History { events: events.collect(), known: renumbered(self.known) }
    }

    /// What each event came to, one after the other: what it does may hang on what those came to that its replica knew.
    pub(crate) fn effects<E>(&self, effect: impl Fn(&Event<Op>, &[&E]) -> E) -> Vec<E> {
        let mut effects: Vec<E> = Vec::new();
        for event in &self.events {
            let next = effect(event, &of_known(&effects, event.known));
            effects.push(next);
        }
        effects
    }
}

/// Those of the known events.
pub(crate) fn of_known<E>(effects: &[E], known: Known) -> Vec<&E> {
    effects
        .iter()
        .enumerate()
        .filter(|(number, _)| known.contains(*number))
        .map(|(_, effect)| effect)
        .collect()
}
