//! `__private`: the only names that generated code may use besides the user's own. Not covered by semantic versioning.

#[path = "private/field.rs"]
mod field;
#[path = "private/replicate.rs"]
mod replicate;

pub use alloc::{boxed::Box, vec::Vec};
pub use core::{
    clone::Clone,
    cmp::{Eq, Ordering},
    convert::{From, Into},
    default::Default,
    fmt,
    iter::{self, Iterator},
    marker::{Copy, PhantomData as Marker, Send, Sized, Sync},
    option::Option::{self, None, Some},
    result::Result::{self, Err, Ok},
};

pub use field::{
    FiniteType, LatticeField, Same, StrategyDelta, StrategyField, StrategyShape, Sure, UnionField, stub,
};
pub use replicate::{BottomField, CodecField, DeltaField, ReplicateField};

pub use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    delta::Delta,
    finite,
    lattice::{Bottom, Finite, Lattice},
    lattices::{Flat, product_cmp},
    strategies, sum,
    threshold::{
        AtKey, AtLeast, Decided, Field, HasField, HasKey, Points, Project, Reached, Threshold, field_name,
        path::{
            EndsDecided, EndsInPoints, Given, Granted, HasFieldNamed, IsLattice, NamesField, StepsUnder,
            StepsUnderText,
        },
        verdict::{Common, Distinct, Literal, Pair, Verdict, assert_incompatible, finite_verdict},
    },
};
