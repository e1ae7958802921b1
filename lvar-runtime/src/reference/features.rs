//! The LVars of the types of other crates, against the oracle: one module a feature.

/// Random states, and random programs on them: those of one thread (a map's end with the first freeze), and those in which a freeze
/// and reads race with puts.
#[cfg(any(feature = "hashbrown", feature = "indexmap", feature = "fixedbitset", feature = "roaring"))]
macro_rules! asked {
    (set $set:ty: $random:ident => $value:expr) => {
        drawn! {
            $set: $random => $value;
        }

        #[test]
        fn a_set_answers_as_the_oracle_does() {
            programs!(one_thread, 1_000: $set);
            programs!(racing_freeze, 100: $set);
            programs!(racing_reads, 100: $set);
        }
    };
    (map $map:ty) => {
        drawn! {
            $map: random => (0..random.below(3)).map(|_| (random.below(4) as u8, Flat::draw(random))).collect();
        }

        #[test]
        fn a_map_answers_as_the_oracle_does() {
            programs!(one_thread_until_the_freeze, 1_000: $map);
            programs!(racing_freeze, 100: $map);
        }
    };
}

#[cfg(feature = "hashbrown")]
mod of_hashbrown {
    use std::hash::RandomState;

    use crate::reference::{
        Drawn, Flat, Random, one_thread, one_thread_until_the_freeze, racing_freeze, racing_reads,
    };

    asked!(set hashbrown::HashSet<u8, RandomState>: random => (0..random.below(3)).map(|_| random.below(6) as u8).collect());
    asked!(map hashbrown::HashMap<u8, Flat<u8>, RandomState>);
}

#[cfg(feature = "indexmap")]
mod of_indexmap {
    use std::hash::RandomState;

    use crate::reference::{
        Drawn, Flat, Random, one_thread, one_thread_until_the_freeze, racing_freeze, racing_reads,
    };

    asked!(set indexmap::IndexSet<u8, RandomState>: random => (0..random.below(3)).map(|_| random.below(6) as u8).collect());
    asked!(map indexmap::IndexMap<u8, Flat<u8>, RandomState>);
}

#[cfg(feature = "fixedbitset")]
mod of_fixedbitset {
    use fixedbitset::FixedBitSet;

    use crate::reference::{Drawn, Random, one_thread, racing_freeze, racing_reads};

    asked!(set FixedBitSet: random => {
        let mut set: Self = (0..random.below(3)).map(|_| random.below(6) as usize).collect();
        set.grow(random.below(9) as usize);
        set
    });
}

#[cfg(feature = "roaring")]
mod of_roaring {
    use roaring::RoaringBitmap;

    use crate::reference::{Drawn, Random, one_thread, racing_freeze, racing_reads};

    asked!(set RoaringBitmap: random => (0..random.below(3)).map(|_| random.below(6) as u32).collect());
}

#[cfg(feature = "roaring")]
mod of_roaring_trees {
    use roaring::RoaringTreemap;

    use crate::reference::{Drawn, Random, one_thread, racing_freeze, racing_reads};

    asked!(set RoaringTreemap: random => (0..random.below(3)).map(|_| random.below(6)).collect());
}
