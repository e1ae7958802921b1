//! States that an execution reaches, and deltas that it sends: samples for the laws, and what may become of their bytes.

use lattice_core::{Bottom, Lattice, codec::Codec};

use crate::{chance::Chance, model::Model, replica::Replica};

/// The laws look at all triples, so a dozen.
const N_SAMPLES: usize = 12;

/// Different states and deltas of one execution; small ones first.
pub(crate) fn reachable<M: Model>() -> Vec<M::State> {
    let operations = M::operations();
    let mut chance = Chance::new(7);
    let mut events = Vec::new();
    let mut replicas = [(); 3].map(|()| Replica::<M>::new());
    let mut samples = Vec::new();
    for _ in 0..10 {
        let (at, from) = (chance.below(3), chance.below(3));
        let other = replicas[from].clone();
        replicas[at].merge(&other);
        let delta = replicas[at].write(at as u64 + 1, chance.one_of(&operations), &mut events);
        samples.extend([delta.state, replicas[at].state.clone()]);
    }
    samples.push(M::State::bottom());
    samples.sort_by_key(Codec::to_bytes);
    samples.dedup();
    let bottom = samples.iter().position(Bottom::is_bottom).map(|at| samples.swap_remove(at));
    chance.shuffle(&mut samples);
    samples.truncate(N_SAMPLES);
    samples.extend(bottom);
    samples.sort_by_key(|state| state.to_bytes().len());
    samples
}

/// Of each state each bit is flipped, and each end cut off: what is not refused is in its one form.
pub(crate) fn bytes_are_canonical<M: Model>() {
    for state in reachable::<M>() {
        let bytes = state.to_bytes();
        assert_eq!(M::State::from_bytes(&bytes).as_ref(), Ok(&state));
        assert!(M::State::from_bytes(&[&bytes[..], &[0]].concat()).is_err(), "trailing bytes");
        for cut in 0..bytes.len() {
            assert!(M::State::from_bytes(&bytes[..cut]).is_err(), "{cut} bytes of {bytes:?}");
        }
        for bit in 0..8 * bytes.len() {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            if let Ok(taken) = M::State::from_bytes(&flipped) {
                assert_eq!(taken.to_bytes(), flipped, "from {bytes:?}");
                // Reads and joins of what is forged end, too.
                M::read(&taken);
                M::read(&taken.joined(state.clone()));
            }
        }
    }
}
