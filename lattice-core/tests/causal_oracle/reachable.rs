//! States that an execution reaches, and deltas that it sends: samples for the laws.

use lattice_core::{Bottom, codec::Codec};

use crate::{chance::Chance, model::Model, replica::Replica};

/// The laws look at all triples, so a dozen.
const N_SAMPLES: usize = 12;

/// Different states and deltas of one execution, in which a dot lies in one place; small ones first.
pub(crate) fn reachable<M: Model>() -> Vec<M::State> {
    let operations = M::operations();
    let mut chance = Chance::new(7);
    let mut events = Vec::new();
    let mut replicas = [(); 3].map(|()| Replica::<M>::new());
    let mut samples = Vec::new();
    for _ in 0..8 {
        let (at, from) = (chance.below(3), chance.below(3));
        let other = replicas[from].clone();
        replicas[at].merge(&other);
        let delta = replicas[at].write(at as u64 + 1, chance.one_of(&operations), &mut events);
        samples.extend([delta.state, replicas[at].state.clone()]);
    }
    samples.sort_by_key(Codec::to_bytes);
    samples.dedup();
    chance.shuffle(&mut samples);
    samples.truncate(N_SAMPLES);
    samples.push(M::State::bottom());
    samples.sort_by_key(|state| state.to_bytes().len());
    samples
}
