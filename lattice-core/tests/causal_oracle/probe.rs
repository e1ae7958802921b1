//! Random legal executions of three replicas.

use std::{env, panic};

use crate::{chance::Chance, history::Event, model::Model, replica::Replica};

/// In debug a tenth, since each takes ten times as long.
const N_EXECUTIONS: u64 = if cfg!(debug_assertions) { 2_000 } else { 20_000 };

/// As many executions as `CAUSAL_EXECUTIONS` says.
pub(crate) fn probe<M: Model>() {
    let asked = env::var("CAUSAL_EXECUTIONS").ok();
    run::<M>(asked.map_or(N_EXECUTIONS, |n| n.parse().expect("a number of executions")));
}

pub(crate) fn probe_long<M: Model>() {
    run::<M>(1_000_000);
}

fn run<M: Model>(n_executions: u64) {
    let operations = M::operations();
    for seed in 0..n_executions {
        let execution = || Execution::<M>::new(seed).run(&operations);
        if let Err(cause) = panic::catch_unwind(panic::AssertUnwindSafe(execution)) {
            eprintln!("the execution with seed {seed}");
            panic::resume_unwind(cause);
        }
    }
}

/// Three replicas, and all that was ever sent: it may be lost, arrive late, and twice.
struct Execution<M: Model> {
    chance: Chance,
    events: Vec<Event<M::Op>>,
    replicas: [Replica<M>; 3],
    sent: Vec<Replica<M>>,
}

impl<M: Model> Execution<M> {
    fn new(seed: u64) -> Self {
        let replicas = [(); 3].map(|()| Replica::new());
        Self { chance: Chance::new(seed), events: Vec::new(), replicas, sent: Vec::new() }
    }

    fn run(mut self, operations: &[M::Op]) {
        for _ in 0..4 + self.chance.below(12) {
            let at = self.chance.below(3);
            match self.chance.below(5) {
                0 | 1 => self.write(at, operations),
                2 | 3 => self.receive(at),
                _ => self.sent.push(self.replicas[at].clone()),
            }
            self.replicas[at].assert_specified(&self.events);
        }
        self.assert_no_order_matters();
    }

    fn write(&mut self, at: usize, operations: &[M::Op]) {
        let op = self.chance.one_of(operations);
        let delta = self.replicas[at].write(at as u64 + 1, op, &mut self.events);
        self.sent.push(delta);
    }

    fn receive(&mut self, at: usize) {
        let from = self.chance.below(self.sent.len() + 3);
        let sent = match self.sent.get(from) {
            Some(sent) => sent.clone(),
            None => self.replicas[from - self.sent.len()].clone(),
        };
        self.replicas[at].merge_somehow(&sent, &mut self.chance);
    }

    fn assert_no_order_matters(mut self) {
        for (left, right) in [(0, 1), (0, 2), (1, 2)] {
            let (left, right) = (&self.replicas[left], &self.replicas[right]);
            if left.known == right.known {
                assert_eq!(left.state, right.state, "who knows the same is equal");
            }
        }
        self.sent.extend(self.replicas);
        let mut in_order = || {
            let mut all = Replica::<M>::new();
            self.chance.shuffle(&mut self.sent);
            self.sent.iter().for_each(|sent| all.merge_somehow(sent, &mut self.chance));
            all
        };
        let (one, other) = (in_order(), in_order());
        assert_eq!(one.state, other.state, "two orders of merging");
        one.assert_specified(&self.events);
    }
}
