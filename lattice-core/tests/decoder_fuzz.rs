//! Decoders against millions of mangled inputs.
//!
//! An execution takes canonical bytes of a type of the catalogue and changes them one to four times, mostly in ways that keep to the grammar: an integer for
//! another, a piece for one of another state, a length that is a little off. Then:
//!
//! 1. nothing panics;
//! 2. no more memory is held than a small multiple of the input ([`MOST_MEMORY`]), whether it is refused or not;
//! 3. what is accepted is canonical: it encodes to the very bytes;
//! 4. what is accepted joins as a state does: with itself it changes nothing, the order does not matter, and its differences and parts join to what
//!    they should.
//!
//! `DECODER_INPUTS=10000000` sets how many there are, `DECODER_SEED=…` at which seed they begin; a failure prints the seed of its execution, which
//! `DECODER_SEED=… DECODER_INPUTS=1` repeats. `cargo xtask fuzz decoders` runs ten million.

mod catalogue;

use std::{env, thread};

use catalogue::{Chance, Seen, Visitor, Written, for_each_type};
use lattice_core::codec::encode_unsigned;
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What one execution of a type may hold: this much at least, and so many bytes for each of the input. The factor is that of a map of which each value is
/// an ordered map of one entry.
const MOST_MEMORY: (usize, usize) = (4096, 256);

const N_INPUTS: u64 = 40_000;
/// So many executions share a pool of states, which hangs on the seed of the first: so one can be repeated by its seed alone.
const ROUND: u64 = 500;

fn setting(name: &str, usual: u64) -> u64 {
    env::var(name).map_or(usual, |value| value.parse().expect("a number"))
}

#[test]
fn mangled_bytes_are_refused_or_canonical() {
    let n_inputs = setting("DECODER_INPUTS", N_INPUTS);
    let mut types = Count(0);
    for_each_type(&mut types);
    let mut fuzz =
        Fuzz { n_types: types.0, at: 0, next: setting("DECODER_SEED", 0), n_left: n_inputs, n_accepted: 0 };
    while fuzz.n_left > 0 {
        fuzz.at = 0;
        for_each_type(&mut fuzz);
    }
    println!("{n_inputs} inputs, {} of them accepted", fuzz.n_accepted);
    assert!(
        n_inputs < N_INPUTS || fuzz.n_accepted > n_inputs / 20,
        "mangled too much: nearly nothing is accepted"
    );
}

struct Count(u64);

impl Visitor for Count {
    fn visit<T: Written>(&mut self, _: &'static str) {
        self.0 += 1;
    }
}

struct Fuzz {
    n_types: u64,
    /// Which of them is visited.
    at: u64,
    /// The seed of the next execution.
    next: u64,
    n_left: u64,
    n_accepted: u64,
}

impl Visitor for Fuzz {
    fn visit<T: Written>(&mut self, name: &'static str) {
        let (round, at) = (self.next / ROUND, self.at);
        self.at += 1;
        if round % self.n_types != at {
            return;
        }
        let n_inputs = (ROUND - self.next % ROUND).min(self.n_left);
        let chance = &mut Chance::new(round);
        let pool: Vec<T> = (0..4).flat_map(|n| Seen::at_random(chance, 1 + 6 * n).into_states()).collect();
        for seed in self.next..self.next + n_inputs {
            let _told = TellSeed { name, seed };
            if execute(&pool, &mut Chance::new(!seed)) {
                self.n_accepted += 1;
            }
        }
        self.next += n_inputs;
        self.n_left -= n_inputs;
    }
}

/// Prints the seed if the execution panics.
struct TellSeed {
    name: &'static str,
    seed: u64,
}

impl Drop for TellSeed {
    fn drop(&mut self) {
        if thread::panicking() {
            let Self { name, seed } = self;
            eprintln!("{name}: DECODER_SEED={seed} DECODER_INPUTS=1 repeats it");
        }
    }
}

/// Whether the bytes were accepted.
fn execute<T: Written>(pool: &[T], chance: &mut Chance) -> bool {
    let mut bytes = chance.one_of(pool).to_bytes();
    for _ in 0..1 + chance.below(4) {
        mangle(&mut bytes, pool, chance);
    }
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let state = T::from_bytes(&bytes);
    let (held, most) = (MEMORY.peak_usage() - before, MOST_MEMORY.0 + MOST_MEMORY.1 * bytes.len());
    assert!(held <= most, "{held} bytes for {} bytes", bytes.len());
    let Ok(state) = state else { return false };
    assert_eq!(state.to_bytes(), bytes, "{state:?} is not canonical");
    joins_lawfully(&state, chance.one_of(pool));
    true
}

fn mangle<T: Written>(bytes: &mut Vec<u8>, pool: &[T], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + 1 + chance.below(9)).min(bytes.len());
    match chance.below(10) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = *chance.one_of(&[0, 1, 2, 0x7f, 0x80, 0xff]),
        2 if at < bytes.len() => bytes[at] = bytes[at].wrapping_add(*chance.one_of(&[1, 2, 254, 255])),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let piece = bytes[at..end].to_vec();
            let to = chance.below(bytes.len() + 1);
            drop(bytes.splice(to..to, piece));
        }
        5 => bytes.truncate(at),
        6 => {
            let mut integer = Vec::new();
            encode_unsigned(chance.next() >> chance.below(64), &mut integer);
            // In place of the integer that begins here.
            let len = bytes[at..].iter().take_while(|&&byte| byte >= 0x80).count() + 1;
            drop(bytes.splice(at..(at + len).min(bytes.len()), integer));
        }
        7 => {
            let mut integer = Vec::new();
            encode_unsigned(u64::MAX - chance.below(2) as u64, &mut integer);
            drop(bytes.splice(at..(at + 1).min(bytes.len()), integer));
        }
        8 => {
            // What follows some byte of another state, in place of what follows here.
            let other = chance.one_of(pool).to_bytes();
            let from = chance.below(other.len() + 1);
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        _ if at + 8 <= bytes.len() => {
            // A writer, most likely.
            let writer = *chance.one_of(&[0, 1, 2, u64::MAX]);
            bytes[at..at + 8].copy_from_slice(&writer.to_le_bytes());
        }
        _ => {}
    }
}

/// More parts than an honest state of the pool has; a forged context may have 2⁶⁴.
const MANY: usize = 300;

fn joins_lawfully<T: Written>(state: &T, other: &T) {
    let mut same = state.clone();
    assert!(!same.join_ref(state) && same == *state);
    let (one, two) = (state.clone().joined(other.clone()), other.clone().joined(state.clone()));
    assert_eq!(one, two, "the order of a join does not matter");
    let mut absorbed = other.clone();
    let news = absorbed.absorb(state.clone());
    assert_eq!(absorbed, one, "absorbing joins");
    assert_eq!(news.is_none(), state.leq(other));
    let caught_up = state.diff(other).map_or(other.clone(), |diff| other.clone().joined(diff));
    assert_eq!(caught_up, one, "a diff brings the other up to date");
    assert!(state.leq(&one) && other.leq(&one));
    let parts: Vec<T> = state.parts().take(MANY).collect();
    if parts.len() < MANY {
        let whole = parts.into_iter().fold(T::bottom(), T::joined);
        assert_eq!(whole, *state, "parts join back");
    }
    assert_eq!(T::from_bytes(&one.to_bytes()).as_ref(), Ok(&one), "a join is encoded as any state");
}
