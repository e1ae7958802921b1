//! Random fields: finite lattices of any shape, `Flat` and `Max`; their states, and the verdicts of the generated code on their points.

use lattice_core::{
    Flat, Max,
    threshold::verdict::{Literal, Pair, Verdict, finite_verdict},
};

use crate::model::poset::Poset;

/// Random numbers that a seed determines (splitmix64).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ bits >> 31) % n as u64).expect("below a usize")
    }
}

#[derive(Debug)]
pub(super) enum Field {
    Finite(Finite),
    /// Points 0 to 2; the states are bottom, the values 0 to 3, and the conflict.
    Flat,
    /// Points and states 0 to 4.
    Max,
}

/// Sets of bits, closed under intersection, ordered by inclusion; those that include a conflict are in conflict.
#[derive(Debug)]
pub(super) struct Finite {
    closed: Vec<u8>,
    conflicts: Vec<u8>,
    join: &'static [u8],
}

/// Names for reports, which nobody reads here.
const NAMES: [&str; 32] = ["a state"; 32];

impl Finite {
    fn draw(random: &mut Random) -> Self {
        let full = 0b1_1111;
        let mut closed = vec![full];
        for _ in 0..1 + random.below(5) {
            let generator = u8::try_from(random.below(32)).expect("five bits");
            let met: Vec<u8> = closed.iter().map(|other| other & generator).collect();
            closed.extend(met);
            closed.sort_unstable();
            closed.dedup();
        }
        // Numbered in no order that anything could rely on.
        for at in (1..closed.len()).rev() {
            closed.swap(at, random.below(at + 1));
        }
        let conflicts = (0..random.below(3)).map(|_| closed[random.below(closed.len())]).collect();
        let states = || 0..closed.len();
        let below = |low: usize, high: usize| low != high && closed[low] & closed[high] == closed[low];
        let edges: Vec<(usize, usize)> = states()
            .flat_map(|low| states().map(move |high| (low, high)))
            .filter(|(low, high)| below(*low, *high))
            .collect();
        let poset = Poset::new(closed.len(), &edges).expect("inclusion has no cycle");
        let join = poset.joins().expect("closed under intersection, and all of it is there");
        Self { closed, conflicts, join: join.leak() }
    }

    fn is_conflict(&self, state: usize) -> bool {
        self.conflicts.iter().any(|conflict| conflict & self.closed[state] == *conflict)
    }

    fn verdict(&self, left: usize, right: usize) -> Verdict {
        let conflicts: Vec<bool> = (0..self.closed.len()).map(|state| self.is_conflict(state)).collect();
        let indices = [left, right].map(|state| u8::try_from(state).expect("few states"));
        finite_verdict(&NAMES[..self.closed.len()], self.join, conflicts.leak(), indices.into())
    }
}

/// A point as generated code writes it.
struct Point<const VALUE: u8>;

impl<const VALUE: u8> Literal<Flat<u8>> for Point<VALUE> {
    const VALUE: u8 = VALUE;
}

/// What generated code reads of two points of a `Flat`.
fn flat_verdict(left: usize, right: usize) -> Verdict {
    const fn of<const LEFT: u8, const RIGHT: u8>() -> Verdict {
        <Flat<u8> as Pair<Point<LEFT>, Point<RIGHT>>>::VERDICT
    }
    [
        [of::<0, 0>(), of::<0, 1>(), of::<0, 2>()],
        [of::<1, 0>(), of::<1, 1>(), of::<1, 2>()],
        [of::<2, 0>(), of::<2, 1>(), of::<2, 2>()],
    ][left][right]
}

impl Field {
    pub(super) fn draw(random: &mut Random) -> Self {
        match random.below(4) {
            0 => Self::Flat,
            1 => Self::Max,
            _ => Self::Finite(Finite::draw(random)),
        }
    }

    pub(super) fn n_points(&self) -> usize {
        match self {
            Self::Finite(finite) => finite.closed.len(),
            Self::Flat => 3,
            Self::Max => 5,
        }
    }

    /// One more than the states: the last stands for a key that is absent, which is below everything.
    pub(super) fn n_states(&self) -> usize {
        self.absent() + 1
    }

    fn absent(&self) -> usize {
        match self {
            Self::Finite(finite) => finite.closed.len(),
            Self::Flat => 6,
            Self::Max => 5,
        }
    }

    pub(super) fn is_conflict(&self, state: usize) -> bool {
        match self {
            Self::Finite(finite) => state < self.absent() && finite.is_conflict(state),
            Self::Flat => state == 5,
            Self::Max => false,
        }
    }

    /// Whether a point names a state in conflict.
    pub(super) fn is_conflicting_point(&self, point: usize) -> bool {
        match self {
            Self::Finite(finite) => finite.is_conflict(point),
            Self::Flat | Self::Max => false,
        }
    }

    /// Whether a state is at or above a point, or is decided if there is none.
    pub(super) fn reaches(&self, state: usize, point: Option<usize>) -> bool {
        if state == self.absent() {
            return false;
        }
        match (self, point) {
            (Self::Finite(finite), Some(point)) => {
                finite.closed[point] & finite.closed[state] == finite.closed[point]
            }
            (Self::Flat, Some(point)) => state == point + 1 || state == 5,
            (Self::Flat, None) => (1..5).contains(&state),
            (Self::Max, Some(point)) => state >= point,
            (Self::Finite(_) | Self::Max, None) => unreachable!("only a flat field is bound"),
        }
    }

    pub(super) fn verdict(&self, left: usize, right: usize) -> Verdict {
        match self {
            Self::Finite(finite) => finite.verdict(left, right),
            Self::Flat => flat_verdict(left, right),
            // The same for all points.
            Self::Max => <Max<u8> as Pair<(), ()>>::VERDICT,
        }
    }
}
