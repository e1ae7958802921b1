//! All of the small scope: who writes what, who has received which deltas before, and every order in which they are merged.

use crate::{history::Event, model::Model, replica::Replica};

/// In debug one less, since each further one multiplies by a hundred.
const N_OPERATIONS: usize = if cfg!(debug_assertions) { 3 } else { 4 };

pub(crate) fn scope<M: Model>() {
    let start = Scope::<M> {
        events: Vec::new(),
        replicas: [(); 3].map(|()| Replica::new()),
        deltas: Vec::new(),
        n_used: 0,
    };
    start.go_on(&M::small());
}

/// An execution so far.
struct Scope<M: Model> {
    events: Vec<Event<M::Op>>,
    replicas: [Replica<M>; 3],
    deltas: Vec<Replica<M>>,
    /// Which replicas have written. Those that have not are alike, so the next new one is always the first of them.
    n_used: usize,
}

impl<M: Model> Clone for Scope<M> {
    fn clone(&self) -> Self {
        Self {
            events: self.events.clone(),
            replicas: self.replicas.clone(),
            deltas: self.deltas.clone(),
            n_used: self.n_used,
        }
    }
}

impl<M: Model> Scope<M> {
    fn go_on(&self, operations: &[M::Op]) {
        if self.deltas.len() == N_OPERATIONS {
            return self.assert_no_order_matters();
        }
        for at in 0..3.min(self.n_used + 1) {
            for received in 0..1_u32 << self.deltas.len() {
                for op in operations {
                    self.after(at, received, op).go_on(operations);
                }
            }
        }
    }

    /// The execution in which the replica receives some of the deltas, and then writes.
    fn after(&self, at: usize, received: u32, op: &M::Op) -> Self {
        let mut next = self.clone();
        next.n_used = next.n_used.max(at + 1);
        let received = self.deltas.iter().enumerate().filter(|(number, _)| received >> number & 1 == 1);
        received.for_each(|(_, delta)| next.replicas[at].merge(delta));
        next.replicas[at].assert_specified(&next.events);
        let delta = next.replicas[at].write(at as u64 + 1, op, &mut next.events);
        next.replicas[at].assert_specified(&next.events);
        next.deltas.push(delta);
        next
    }

    fn assert_no_order_matters(&self) {
        let mut all = Replica::new();
        self.replicas.iter().for_each(|replica| all.merge(replica));
        all.assert_specified(&self.events);
        self.assert_orders_end_in(&all, &Replica::new(), 0);
    }

    /// Merges those deltas that are not in `merged` in every order.
    fn assert_orders_end_in(&self, all: &Replica<M>, so_far: &Replica<M>, merged: u32) {
        if merged.count_ones() as usize == self.deltas.len() {
            assert_eq!(so_far.state, all.state);
        }
        for (number, delta) in self.deltas.iter().enumerate().filter(|(number, _)| merged >> number & 1 == 0)
        {
            let mut next = so_far.clone();
            next.merge(delta);
            self.assert_orders_end_in(all, &next, merged | 1 << number);
        }
    }
}
