//! `__private`: the only names that generated code may use besides the user's own. Not covered by semantic versioning.

#[path = "private/field.rs"]
mod field;
#[path = "private/replicate.rs"]
mod replicate;

pub use alloc::{boxed::Box, vec::Vec};
pub use core::{
    clone::Clone,
    cmp::{Eq, Ordering, PartialEq, PartialOrd},
    convert::{From, Into},
    default::Default,
    fmt,
    iter::{self, IntoIterator, Iterator},
    marker::{Copy, PhantomData as Marker, Send, Sized, Sync},
    option::Option::{self, None, Some},
    result::Result::{self, Err, Ok},
};

pub use field::{
    DefaultIsBottom, FiniteType, KeyField, KeyStrategy, LatticeField, ProductType, SkippedField, StoreField,
    StrategyField, StrategyShape, Sure, UnionField, stub,
};
pub use replicate::{BottomField, CodecField, DeltaField, ReplicateField, StrategyReplicate};

pub use crate::{
    causal::{DotStore, StoreFields, StoreStruct},
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    derived::{
        self, AsIs, ByFields, ByTables, Cat, Derived, DerivedCodec, DerivedDelta, Factors, Keyed, Product,
        Skipped, Tabled, Under, WithoutBottom,
    },
    finite,
    forged::Forged,
    lattice::{Bottom, Chain, Finite, Lattice},
    lattices::Flat,
    laws,
    schema::Description,
    strategies, sum,
    threshold::{
        AtKey, AtLeast, Decided, Field, HasField, HasFields, HasKey, Points, Project, Reached, Threshold,
        form::{Point, Probe, Written, WrittenAsItself},
        path::{
            EndsDecided, EndsInPoints, Given, Granted, IsLattice, StepsToField, StepsUnder, StepsUnderText,
            position_of,
        },
        verdict::{
            Common, Distinct, Indexed, Literal, LiteralOf, Of, Pair, Verdict, assert_incompatible,
            finite_verdict, point,
        },
    },
};
