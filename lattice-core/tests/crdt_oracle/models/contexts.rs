//! What is known of writes: the version, how far without a gap; the context, which ones.

use std::collections::BTreeSet;

use lattice_core::{CausalContext, Dot, Version, WriterId};

use crate::{
    done::of_known,
    history::{Event, History},
    model::Model,
};

/// Each operation makes so many more writes known, all that its replica does not know between included.
pub(crate) struct HowFar;

fn furthest(known: &[&(u64, u64)], writer: u64) -> u64 {
    known.iter().filter(|(other, _)| *other == writer).map(|(_, count)| *count).max().unwrap_or(0)
}

fn step(event: &Event<u64>, known: &[&(u64, u64)]) -> (u64, u64) {
    (event.writer, furthest(known, event.writer) + event.op())
}

impl Model for HowFar {
    type State = Version;
    type Op = u64;
    type Read = [u64; 3];

    fn operations() -> Vec<u64> {
        vec![1, 2, 5]
    }

    fn small() -> Vec<u64> {
        vec![1, 2]
    }

    fn write(state: &Version, writer: u64, by: &u64) -> Version {
        let writer = WriterId(writer);
        Version::from_iter([(writer, state.count_of(writer) + by)])
    }

    fn read(state: &Version) -> Self::Read {
        [1, 2, 3].map(|writer| state.count_of(WriterId(writer)))
    }

    fn specified(history: &History<u64>) -> Self::Read {
        let effects = history.effects(step);
        let known = of_known(&effects, history.known);
        [1, 2, 3].map(|writer| furthest(&known, writer))
    }
}

/// Each operation makes one write known, of any writer: so there are gaps, which close.
pub(crate) struct WhichOnes;

/// Writer and count.
type Named = (u64, u64);

impl Model for WhichOnes {
    type State = CausalContext;
    type Op = Named;
    /// The writes that are known, how far each writer is known without a gap, and its next write.
    type Read = (BTreeSet<Named>, [u64; 3], [u64; 3]);

    fn operations() -> Vec<Named> {
        [1, 2, 3].into_iter().flat_map(|writer| [1, 2, 3, 4, 6].map(|count| (writer, count))).collect()
    }

    fn small() -> Vec<Named> {
        vec![(1, 1), (1, 2), (1, 4)]
    }

    fn write(_: &CausalContext, _: u64, (writer, count): &Named) -> CausalContext {
        CausalContext::from_iter(Dot::new(WriterId(*writer), *count))
    }

    fn read(state: &CausalContext) -> Self::Read {
        let dots = state.ranges().flat_map(|range| range.dots());
        let dots = dots.inspect(|dot| assert!(state.contains(*dot)));
        let next = [1, 2, 3].map(|writer| state.next_dot(WriterId(writer)).map_or(0, Dot::count));
        let version = [1, 2, 3].map(|writer| state.version().count_of(WriterId(writer)));
        (dots.map(|dot| (dot.writer().0, dot.count())).collect(), version, next)
    }

    fn specified(history: &History<Named>) -> Self::Read {
        let known: BTreeSet<Named> = history.done().map(|(_, named)| *named).collect();
        let of = |writer| known.iter().filter(move |named| named.0 == writer).map(|named| named.1);
        let version =
            [1, 2, 3].map(|writer| (1..).take_while(|count| known.contains(&(writer, *count))).count());
        let next = [1, 2, 3].map(|writer| of(writer).max().unwrap_or(0) + 1);
        (known, version.map(|count| count as u64), next)
    }
}
