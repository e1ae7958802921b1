//! How many different things there were, in a fixed amount of memory.

use alloc::{boxed::Box, vec, vec::Vec};
use core::{
    cmp::{Ordering, Reverse},
    mem,
};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    delta::Delta,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// 1 / (2 ln 2).
const ALPHA: f64 = 0.721_347_520_444_481_7;

/// An estimate of how many different elements were inserted: 2ᴾ registers, each the longest run of zeros that a hash showed it.
///
/// ```text
///   (a ⊔ b)(i) = max(a(i), b(i))      estimate = α m² / (m σ(n₀/m) + Σ 2^−a(i))      m = 2ᴾ registers, of which n₀ are untouched
/// ```
///
/// The bottom has seen nothing; no state is in conflict.
///
/// Cost: 2ᴾ bytes, less while few registers are touched; a delta is one register. `P` is 4 to 16; the standard error is 1.04 / √m: 1.6 % for
/// 12, which takes 4 KiB.
///
/// The estimate never falls when a register rises: a threshold `field >= n` is reached once it is at least `n`.
///
/// Traps: it is an estimate, so a threshold on it may be reached a little early or late, though everywhere alike. All replicas must hash alike:
/// [`insert`](Self::insert) does, by the canonical bytes. Who may choose elements can choose hashes, and make the estimate as high as
/// they like; against that hash with a secret key and use [`insert_hash`](Self::insert_hash).
///
/// Flajolet et al. (2007), with the estimator of Ertl, *New cardinality estimation algorithms for HyperLogLog sketches* (2017), which has
/// neither tables nor thresholds between formulas; it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{HyperLogLog, Lattice};
///
/// let mut visitors = HyperLogLog::<12>::new();
/// for visit in 0..30_000_u32 {
///     visitors.join(visitors.insert(&(visit % 10_000)));
/// }
/// assert!((9_500..10_500).contains(&visitors.estimate()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HyperLogLog<const P: u8 = 12>(Registers);

/// One of two forms, which the number of touched registers decides: so equal states are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Registers {
    /// Those that are touched, in ascending order.
    Few(Vec<(u16, u8)>),
    /// All.
    All(Box<[u8]>),
}

impl<const P: u8> HyperLogLog<P> {
    const N_REGISTERS: usize = {
        assert!(4 <= P && P <= 16, "a HyperLogLog has 2⁴ to 2¹⁶ registers");
        1 << P
    };
    /// Four bytes each, so that few take half of what all do.
    const MOST_FEW: usize = Self::N_REGISTERS / 8;
    /// One more than the zeros that 64 − P bits can begin with.
    const GREATEST: u8 = 64 - P + 1;

    /// Nothing seen.
    pub const fn new() -> Self {
        Self(Registers::Few(Vec::new()))
    }

    /// Sees an element, by its canonical bytes.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn insert(&self, element: &impl Codec) -> Self {
        self.insert_hash(hash(&element.to_bytes()))
    }

    /// Sees an element by its hash, in which each bit depends on the whole element.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn insert_hash(&self, hash: u64) -> Self {
        // P is at most 16.
        let register = (hash >> (64 - P)) as u16;
        let run = (hash << P | 1 << (P - 1)).leading_zeros() as u8 + 1;
        Self(Registers::Few(vec![(register, run)]))
    }

    /// About how many different elements were seen.
    pub fn estimate(&self) -> u64 {
        let m = Self::N_REGISTERS as f64;
        // Exact, so that rounding cannot make the estimate fall when a register rises: fixed-point with 64 binary places.
        let (mut n_touched, mut sum) = (0_usize, 0_u128);
        for (_, run) in self.touched() {
            n_touched += 1;
            sum += 1 << (64 - run);
        }
        let untouched = (Self::N_REGISTERS - n_touched) as f64 / m;
        let places = (1_u128 << 64) as f64;
        (ALPHA * m * m / (m * sigma(untouched) + sum as f64 / places) + 0.5) as u64
    }

    fn get(&self, register: u16) -> u8 {
        match &self.0 {
            Registers::Few(few) => {
                few.binary_search_by_key(&register, |&(at, _)| at).map_or(0, |at| few[at].1)
            }
            Registers::All(all) => all[usize::from(register)],
        }
    }

    /// The touched registers in ascending order.
    fn touched(&self) -> impl Iterator<Item = (u16, u8)> {
        let (few, all) = match &self.0 {
            Registers::Few(few) => (&few[..], &[][..]),
            Registers::All(all) => (&[][..], &all[..]),
        };
        let all = (0..=u16::MAX).zip(all.iter().copied()).filter(|&(_, run)| run > 0);
        few.iter().copied().chain(all)
    }

    /// The state with these registers, of which each is named once, in ascending order.
    fn of(few: Vec<(u16, u8)>) -> Self {
        if few.len() <= Self::MOST_FEW {
            return Self(Registers::Few(few));
        }
        let mut all = vec![0; Self::N_REGISTERS].into_boxed_slice();
        few.into_iter().for_each(|(at, run)| all[usize::from(at)] = run);
        Self(Registers::All(all))
    }
}

/// x + Σ 2ᵏ⁻¹ x^(2ᵏ) over k ≥ 1: infinite at one.
fn sigma(mut x: f64) -> f64 {
    if x >= 1.0 {
        return f64::INFINITY;
    }
    let (mut sum, mut weight) = (x, 1.0);
    loop {
        x *= x;
        let next = sum + x * weight;
        if next <= sum {
            return sum;
        }
        (sum, weight) = (next, weight * 2.0);
    }
}

/// FNV-1a over the bytes, and then a mix in which every bit depends on all.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, step);
    let hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

impl<const P: u8> Lattice for HyperLogLog<P> {
    fn join(&mut self, other: Self) -> bool {
        self.join_ref(&other)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        if other.leq(self) {
            return false;
        }
        match &mut self.0 {
            Registers::All(all) => {
                for (at, run) in other.touched() {
                    all[usize::from(at)] = all[usize::from(at)].max(run);
                }
            }
            Registers::Few(few) => {
                // Two ascending runs, which a stable sort merges.
                let mut joined = mem::take(few);
                joined.extend(other.touched());
                joined.sort_by_key(|&(at, run)| (at, Reverse(run)));
                joined.dedup_by_key(|&mut (at, _)| at);
                *self = Self::of(joined);
            }
        }
        true
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.leq(other), other.leq(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    fn leq(&self, other: &Self) -> bool {
        self.touched().all(|(at, run)| run <= other.get(at))
    }
}

impl<const P: u8> Bottom for HyperLogLog<P> {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        matches!(&self.0, Registers::Few(few) if few.is_empty())
    }
}

impl<const P: u8> Default for HyperLogLog<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const P: u8> Delta for HyperLogLog<P> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.join_ref(&news);
        Some(news)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let missing: Vec<_> = self.touched().filter(|&(at, run)| seen.get(at) < run).collect();
        (!missing.is_empty()).then(|| Self::of(missing))
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.touched().map(|touched| Self(Registers::Few(vec![touched])))
    }
}

/// The number of touched registers; then each and its run, or, if they are many, the runs of all.
impl<const P: u8> Codec for HyperLogLog<P> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.touched().count() as u64, out);
        match &self.0 {
            Registers::Few(few) => {
                for (at, run) in few {
                    at.encode(out);
                    out.push(*run);
                }
            }
            Registers::All(all) => out.extend_from_slice(all),
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let n_touched = input.len()?;
        let is_run = |run| (1..=Self::GREATEST).contains(&run);
        if n_touched > Self::MOST_FEW {
            let all = input.bytes(Self::N_REGISTERS)?;
            input.memory(all.len())?;
            let touched = all.iter().filter(|&&run| run > 0);
            return if touched.clone().count() == n_touched && touched.copied().all(is_run) {
                Ok(Self(Registers::All(all.into())))
            } else {
                Err(input.error("a register holds what no hash shows, or is counted wrongly"))
            };
        }
        let mut few: Vec<(u16, u8)> = Vec::new();
        for _ in 0..n_touched {
            input.element::<(u16, u8)>()?;
            let (at, run) = (u16::decode(input)?, input.byte()?);
            if few.last().is_some_and(|&(last, _)| last >= at) {
                return Err(input.error("registers are not in ascending order"));
            }
            if usize::from(at) >= Self::N_REGISTERS || !is_run(run) {
                return Err(input.error("a register that there is not, or that holds what no hash shows"));
            }
            few.push((at, run));
        }
        Ok(Self(Registers::Few(few)))
    }

    fn describe(out: &mut Description) {
        out.is(format_args!("HyperLogLog of {P} bits"));
    }
}

/// The least estimate.
impl<const P: u8> Points for HyperLogLog<P> {
    type Point = u64;

    fn is_at_least(&self, n: &u64) -> bool {
        self.estimate() >= *n
    }
}

impl<A, B, const P: u8> Pair<A, B> for HyperLogLog<P> {
    const VERDICT: Verdict = Verdict::Compatible { join: "an estimate that reaches both" };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_are_within_four_standard_errors() {
        for n in [1_u64, 10, 100, 1_000, 10_000, 60_000] {
            let mut seen = HyperLogLog::<12>::new();
            for element in 0..n {
                seen.join(seen.insert(&element));
            }
            let error = seen.estimate().abs_diff(n) as f64 / n as f64;
            assert!(error < 4.0 * 1.04 / 64.0, "{} of {n}", seen.estimate());
        }
    }

    #[test]
    fn the_estimate_never_falls_up_to_the_greatest_registers() {
        let mut seen = HyperLogLog::<4>::new();
        let mut before = seen.estimate();
        for run in 1..=HyperLogLog::<4>::GREATEST {
            for register in 0..16 {
                seen.join(HyperLogLog(Registers::Few(vec![(register, run)])));
                assert!(seen.estimate() >= before, "{run} in {register}");
                before = seen.estimate();
            }
        }
        assert!(before > 1 << 60);
    }

    #[test]
    fn what_no_hash_shows_is_refused() {
        type Small = HyperLogLog<4>;
        assert!(Small::from_bytes(&[1, 15, 61]).is_ok());
        for wrong in
            [&[1, 15, 62][..], &[1, 15, 0], &[1, 16, 1], &[2, 3, 1, 3, 1], &[2, 3, 1, 2, 1], &[3, 0, 0]]
        {
            assert!(Small::from_bytes(wrong).is_err(), "{wrong:?}");
        }
        let mut many = vec![3];
        many.extend([1; 3]);
        many.extend([0; 13]);
        assert!(Small::from_bytes(&many).is_ok());
        many[0] = 4;
        assert!(Small::from_bytes(&many).is_err());
    }
}

#[cfg(test)]
fn samples() -> Vec<HyperLogLog<4>> {
    let of = |touched: &[(u16, u8)]| HyperLogLog::of(touched.to_vec());
    let (few, many) = ([(0, 1), (3, 2)], [(0, 1), (1, 1), (2, 61), (15, 1)]);
    vec![of(&[]), of(&[(0, 1)]), of(&[(0, 2)]), of(&[(15, 61)]), of(&few), of(&many), of(&many[1..])]
}

crate::laws!(HyperLogLog<4>, samples());
