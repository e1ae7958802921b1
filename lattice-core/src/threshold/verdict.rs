//! The compile-time proof that two variants of a threshold set exclude each other.
//!
//! Stable Rust calls no trait method in a constant, but it reads associated constants. So each point of a threshold set becomes
//! a type ([`Literal`]) whose constant is the point, and each lattice offers, for any two such types, a constant [`Verdict`]
//! ([`Pair`]). `#[derive(Threshold)]` gathers the verdicts of two variants' common paths in a `const _` item, where
//! [`assert_incompatible`] panics unless one of them says incompatible. A `const _` item is evaluated by `cargo check`.

use core::marker::PhantomData;

use crate::threshold::{Points, message::Message};

/// A point of a threshold set as a type, so that constants can compare two of them.
///
/// It is written as an `F`: its own type, or the [constant form](crate::threshold::ConstantForm) of that.
pub trait Literal<L: Points, F = <L as Points>::Point> {
    /// The point, as it is written.
    const VALUE: F;
}

/// The point that a literal stands for.
pub fn point<L: Points, F: Into<L::Point>, A: Literal<L, F>>() -> L::Point {
    A::VALUE.into()
}

/// A point of a transparent wrapper, such as `Box<L>`, read as a point of the `L` in it.
#[derive(Debug)]
pub struct Through<O, A>(PhantomData<(O, A)>);

impl<L: Points, F, O: Points<Point = L::Point>, A: Literal<O, F>> Literal<L, F> for Through<O, A> {
    const VALUE: F = A::VALUE;
}

/// The literal `A` of a point of `L`.
#[derive(Debug)]
pub struct Of<L, A>(PhantomData<(L, A)>);

/// A literal of a point that is a `P`, for who knows only that.
pub trait LiteralOf<P> {
    /// [`Literal::VALUE`].
    const VALUE: P;
}

impl<L: Points, A: Literal<L>> LiteralOf<L::Point> for Of<L, A> {
    const VALUE: L::Point = A::VALUE;
}

/// A finite lattice that knows the position of a literal: by `#[derive(Lattice)]` on an enum of unit variants.
pub trait Indexed<O> {
    /// The position of the literal in the tables.
    const INDEX: u8;
}

/// Whether two points can both be reached without a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Their join is a conflict.
    Incompatible,
    /// Their join is the named state, which is no conflict.
    Compatible {
        /// What the join is, in words of the lattice.
        join: &'static str,
    },
    /// One of them waits for any decided value, and so it accepts the one that the other waits for.
    Shared {
        /// What reaches both.
        value: &'static str,
    },
}

/// The verdict on two points of one lattice, each a [`Literal`] of it.
#[diagnostic::on_unimplemented(
    message = "the compiler cannot tell whether two points of `{Self}` exclude each other",
    note = "it can for finite enums and for `Flat` of integers, `char`, `bool`, strings and finite enums",
    note = "other values are compared at run time: `ThresholdSet::new`, or a payload that carries the value: `#[when(field)] Decided(T)`"
)]
pub trait Pair<A, B>: Points {
    /// Whether `A` and `B` can both be reached.
    const VERDICT: Verdict;
}

/// A plain type whose values constants can compare; what [`Flat`](crate::Flat) needs for its verdicts.
pub trait Distinct<A, B>: Sized {
    /// Whether the two literals are different values.
    const DISTINCT: bool;
}

/// The verdict on two states of a finite lattice, by its tables.
pub const fn finite_verdict(
    names: &'static [&'static str],
    joins: &'static [u8],
    conflicts: &'static [bool],
    (left, right): (u8, u8),
) -> Verdict {
    let join = joins[left as usize * names.len() + right as usize] as usize;
    if conflicts[join] { Verdict::Incompatible } else { Verdict::Compatible { join: names[join] } }
}

/// One path that two variants have in common.
#[derive(Clone, Copy, Debug)]
pub struct Common {
    /// The path, as the user wrote it.
    pub path: &'static str,
    /// The first variant's point, as the user wrote it.
    pub left: &'static str,
    /// The second variant's point.
    pub right: &'static str,
    /// Whether the two exclude each other.
    pub verdict: Verdict,
}

/// Whether one of the common paths makes the two variants incompatible: a conflict in a part is a conflict of the whole.
pub const fn are_incompatible(common: &[Common]) -> bool {
    let mut at = 0;
    while at < common.len() {
        if matches!(common[at].verdict, Verdict::Incompatible) {
            return true;
        }
        at += 1;
    }
    false
}

/// Panics, at compile time, unless one of the common paths makes the two variants incompatible. `left` and `right` say which
/// variants, and under which of their conditions, as the message shows it.
///
/// # Panics
///
/// If all of them are compatible: a threshold read could then answer either variant, depending on the schedule.
#[track_caller]
pub const fn assert_incompatible(left: &str, right: &str, common: &[Common]) {
    if are_incompatible(common) {
        return;
    }
    let mut message = Message::new(&[left, " and ", right, " do not exclude each other"]);
    let mut at = 0;
    while at < common.len() {
        let Common { path, left, right, verdict } = common[at];
        match verdict {
            Verdict::Compatible { join } => {
                message.note(&["`", path, "` may reach `", left, "` and `", right]);
                message.push("`, and their join is `").push(join).push("`, which is no conflict");
            }
            Verdict::Shared { value } => {
                message.note(&["`", path, "` decided as ", value, " reaches both"]);
            }
            Verdict::Incompatible => {}
        }
        at += 1;
    }
    if common.is_empty() {
        message.note(&["they have no path in common, so both can be reached"]);
    }
    message
        .note(&["a read could answer either, depending on the schedule"])
        .help(&["give both a path on which their join is a conflict"]);
    panic!("{}", message.as_str());
}
