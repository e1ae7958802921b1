//! The same random executions by our map of registers and by that of `crdts`: how often does the order of merging matter?
//!
//! Three replicas write, remove keys that they have, and merge states, their own and older ones, late, twice and in any order. Each
//! write is made by the context of the replica that it is made at, and applied there at once, as the documentation of the peer
//! says; nothing but whole states is sent. At the end all states that there are get merged, in two orders. What two replicas read that have
//! merged the same states must not differ, and in a lattice the states do not either.

use std::{collections::BTreeMap, panic, thread};

use crdts::{CmRDT, CvRDT, MVReg, Map, Orswot};
use lattice_core::{AddWinsSet, Causal, Lattice, MvRegister, OrMap, WriterId};
use lvars_benches::is_short;

#[path = "../../../../lattice-core/tests/causal_oracle/chance.rs"]
mod chance;

use chance::Chance;

/// What is read: the values under each key, in order.
type Read = BTreeMap<u8, Vec<u8>>;

pub(crate) fn run() {
    let n_executions = if is_short() { 100_000 } else { 1_000_000 };
    println!(
        "\n{n_executions} random executions of three replicas: in how many does the order of merging matter?"
    );
    println!("{:>10} {:>10} {:>10}  side", "states", "reads", "panics");
    // An assertion of the peer's may fail, which is counted.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let ours = count::<Causal<OrMap<u8, MvRegister<u8>>>>("map of registers, ours", n_executions);
    count::<Map<u8, MVReg<u8, u8>, u8>>("map of registers, crdts", n_executions);
    let our_set = count::<Causal<AddWinsSet<u8>>>("add-wins set, ours", n_executions);
    count::<Orswot<u8, u8>>("add-wins set, crdts", n_executions);
    panic::set_hook(hook);
    let is_clean = ours == Findings::default() && our_set == Findings::default();
    println!("must be none of ours: {}", if is_clean { "yes" } else { "NO" });
}

/// In how many executions something depended on the order.
#[derive(Clone, Copy, Default, PartialEq)]
struct Findings {
    n_states: u64,
    n_reads: u64,
    n_panics: u64,
}

fn count<T: Probed>(name: &str, n_executions: u64) -> Findings {
    let n_threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let of_thread = |thread: u64| {
        let mut findings = Findings::default();
        for seed in (thread..n_executions).step_by(n_threads as usize) {
            match panic::catch_unwind(|| Execution::<T>::new(seed).run()) {
                Ok((states_differ, reads_differ)) => {
                    if states_differ {
                        findings.n_states += 1;
                    }
                    if reads_differ {
                        findings.n_reads += 1;
                    }
                }
                Err(_) => findings.n_panics += 1,
            }
        }
        findings
    };
    let mut all = Findings::default();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|thread| scope.spawn(move || of_thread(thread))).collect();
        for findings in threads.into_iter().map(|thread| thread.join().expect("panics are caught")) {
            all.n_states += findings.n_states;
            all.n_reads += findings.n_reads;
            all.n_panics += findings.n_panics;
        }
    });
    println!("{:>10} {:>10} {:>10}  {name}", all.n_states, all.n_reads, all.n_panics);
    all
}

trait Probed: Clone + PartialEq {
    fn new() -> Self;
    fn put(&mut self, writer: u8, key: u8, value: u8);
    fn remove(&mut self, writer: u8, key: u8);
    fn merge_in(&mut self, other: &Self);
    fn read(&self) -> Read;
}

struct Execution<T> {
    chance: Chance,
    replicas: [T; 3],
    /// All states that were ever sent: they may arrive late, and twice.
    sent: Vec<T>,
}

impl<T: Probed> Execution<T> {
    fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed), replicas: [(); 3].map(|()| T::new()), sent: Vec::new() }
    }

    /// Whether the states at the end differ, and the reads.
    fn run(mut self) -> (bool, bool) {
        for step in 0..4 + self.chance.below(12) {
            let at = self.chance.below(3);
            match self.chance.below(5) {
                0 | 1 => self.write(at, step as u8),
                2 | 3 => {
                    let from = self.chance.below(self.sent.len() + 3);
                    let state = self.sent.get(from).unwrap_or_else(|| &self.replicas[from - self.sent.len()]);
                    let state = state.clone();
                    self.replicas[at].merge_in(&state);
                }
                _ => self.sent.push(self.replicas[at].clone()),
            }
        }
        self.sent.extend(self.replicas);
        let mut in_order = || {
            self.chance.shuffle(&mut self.sent);
            let mut all = T::new();
            self.sent.iter().for_each(|state| all.merge_in(state));
            all
        };
        let (one, other) = (in_order(), in_order());
        (one != other, one.read() != other.read())
    }

    /// A value under one of two keys, or its removal, if it is there.
    fn write(&mut self, at: usize, value: u8) {
        let (key, removes) = (*self.chance.one_of(b"ab"), self.chance.below(3) == 0);
        let replica = &mut self.replicas[at];
        if !removes {
            replica.put(at as u8, key, value);
        } else if replica.read().contains_key(&key) {
            replica.remove(at as u8, key);
        }
    }
}

impl Probed for Causal<OrMap<u8, MvRegister<u8>>> {
    fn new() -> Self {
        Self::new()
    }

    fn put(&mut self, writer: u8, key: u8, value: u8) {
        self.join(self.write(WriterId(writer.into()), |map, dots| {
            map.update(dots, key, |register, dots| register.set(dots, value))
        }));
    }

    fn remove(&mut self, writer: u8, key: u8) {
        self.join(self.write(WriterId(writer.into()), |map, dots| map.remove(dots, &key)));
    }

    fn merge_in(&mut self, other: &Self) {
        self.join_ref(other);
    }

    fn read(&self) -> Read {
        let values = |register: &MvRegister<u8>| sorted(register.values().copied());
        self.iter().map(|(key, register)| (*key, values(register))).collect()
    }
}

impl Probed for Map<u8, MVReg<u8, u8>, u8> {
    fn new() -> Self {
        Self::new()
    }

    fn put(&mut self, writer: u8, key: u8, value: u8) {
        let context = self.read_ctx().derive_add_ctx(writer);
        self.apply(self.update(key, context, |register, context| register.write(value, context)));
    }

    fn remove(&mut self, _: u8, key: u8) {
        self.apply(self.rm(key, self.get(&key).derive_rm_ctx()));
    }

    fn merge_in(&mut self, other: &Self) {
        self.merge(other.clone());
    }

    fn read(&self) -> Read {
        self.iter().map(|entry| (*entry.val.0, sorted(entry.val.1.read().val))).collect()
    }
}

impl Probed for Causal<AddWinsSet<u8>> {
    fn new() -> Self {
        Self::new()
    }

    fn put(&mut self, writer: u8, key: u8, _: u8) {
        self.join(self.write(WriterId(writer.into()), |set, dots| set.add(dots, key)));
    }

    fn remove(&mut self, writer: u8, key: u8) {
        self.join(self.write(WriterId(writer.into()), |set, dots| set.remove(dots, &key)));
    }

    fn merge_in(&mut self, other: &Self) {
        self.join_ref(other);
    }

    fn read(&self) -> Read {
        self.iter().map(|key| (*key, Vec::new())).collect()
    }
}

impl Probed for Orswot<u8, u8> {
    fn new() -> Self {
        Self::new()
    }

    fn put(&mut self, writer: u8, key: u8, _: u8) {
        self.apply(self.add(key, self.read_ctx().derive_add_ctx(writer)));
    }

    fn remove(&mut self, _: u8, key: u8) {
        self.apply(self.rm(key, self.contains(&key).derive_rm_ctx()));
    }

    fn merge_in(&mut self, other: &Self) {
        self.merge(other.clone());
    }

    fn read(&self) -> Read {
        self.iter().map(|entry| (*entry.val, Vec::new())).collect()
    }
}

fn sorted(values: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let mut values: Vec<u8> = values.into_iter().collect();
    values.sort_unstable();
    values
}
