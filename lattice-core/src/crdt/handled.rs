//! Which commands have been handled, so that one that is sent again counts once.

use alloc::collections::BTreeMap;
use core::{borrow::Borrow, fmt::Debug};

use crate::{
    codec::Codec,
    crdt::form::{formed, keyed},
    lattices::Max,
};

/// For each client the number of its last command that has been handled.
///
/// ```text
///   state: client ↦ number      (a ⊔ b)(c) = max(a(c), b(c))
/// ```
///
/// A client numbers its commands in ascending order and sends one again, with its number, until it is answered. The replica that handles it
/// joins the command's delta and this one as one state, so that no replica has one without the other.
///
/// The bottom has handled nothing; no state is in conflict.
///
/// Cost: a number for each client that ever sent a command, for ever.
///
/// A number only grows: a threshold `field[client] >= n` is reached once command `n` has been handled.
///
/// Traps: a client sends the next command only after the answer to the last one, or a later one that overtakes makes the earlier one
/// look handled. It sends a command again to the *same* replica: one that has not yet heard of it handles it once more. To be safe with
/// another replica, let the client be the writer and send absolute entries, as [`GCounter`](crate::GCounter) does.
///
/// Not in INRIA RR-7506.
///
/// ```
/// use lvars::{GCounter, Handled, Lattice, WriterId};
///
/// let server = WriterId(1);
/// let mut state = (GCounter::new(), Handled::new());
/// let mut handle = |client: &'static str, number, by| {
///     if let Some(handled) = state.1.accept(client, number) {
///         let delta = (state.0.increment(server, by), handled);
///         state.join(delta);
///     }
///     state.0.value()
/// };
/// assert_eq!(handle("till", 1, 5), 5);
/// assert_eq!(handle("till", 1, 5), 5, "the answer was lost, the command was not");
/// assert_eq!(handle("till", 2, 5), 10);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handled<C>(BTreeMap<C, Max<u64>>);

formed!([C: Ord + Clone + Debug] Handled<C>, "Handled", BTreeMap<C, Max<u64>>, [C: Codec], |_| None);
keyed!([C: Ord + Clone + Debug] Handled<C>, C, Max<u64>);

impl<C: Ord + Clone + Debug> Handled<C> {
    /// Nothing handled.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The delta by which a command is handled, or `None` if it has been already.
    #[must_use = "a command is handled once this delta is joined, together with its own"]
    pub fn accept(&self, client: C, number: u64) -> Option<Self> {
        let is_new = self.last(&client).is_none_or(|last| last < number);
        is_new.then(|| Self(BTreeMap::from([(client, Max(number))])))
    }

    /// The number of the last command of a client that has been handled.
    pub fn last<Q: Ord + ?Sized>(&self, client: &Q) -> Option<u64>
    where
        C: Borrow<Q>,
    {
        self.0.get(client).map(|number| number.0)
    }

    /// The clients in ascending order, each with the number of its last command.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&C, u64)> + DoubleEndedIterator {
        self.0.iter().map(|(client, number)| (client, number.0))
    }
}
