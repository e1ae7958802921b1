//! What can be used without writing: the inputs of work that can be cancelled.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt,
    panic::Location,
    sync::Arc,
};

use lattice_core::threshold::{Reached, Threshold, ThresholdSet};

use crate::{
    LVarType,
    kinds::{Decidable, Decision, OnceLVar},
    lvar::{AtOrAbove, Get, Of, OneOf, Watch},
};

/// What cannot be used to write: plain data, a read ([`Get`]), a view of an LVar ([`Reader`]), and what is made of these.
///
/// An LVar is not, nor is a reference to one, nor a handle of the run. For a data type of your own say `impl ReadOnly for Config {}`; that
/// none of its methods writes, into an LVar or anywhere else, is then your word.
///
/// ```compile_fail,E0277
/// use lvars::{LVar, LVarType, Max, Put, par};
///
/// let votes = LVar::<Max<u32>>::new();
/// par::run(async |p| p.read_only().spawn(&votes, |votes| async move { votes.put(3) }).await);
/// ```
#[diagnostic::on_unimplemented(
    message = "work that can be cancelled cannot use `{Self}`",
    label = "what uses this could write",
    note = "of an LVar give it `Reader::new(&lvar)`, or a read, such as `lvar.at_least(3)`",
    note = "for plain data of your own write `impl ReadOnly for .. {{}}`"
)]
pub trait ReadOnly {}

macro_rules! plain {
    ($($type:ty)+) => { $(impl ReadOnly for $type {})+ };
}

plain!(() bool char str String u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

macro_rules! made_of {
    ($([$($t:ident)+] $type:ty;)+) => { $(impl<$($t: ReadOnly),+> ReadOnly for $type {})+ };
}

made_of! {
    [T] [T]; [T] Vec<T>; [T] Option<T>; [T] Box<T>; [T] Arc<T>; [T] BTreeSet<T>; [K V] BTreeMap<K, V>;
    [T E] Result<T, E>;
    [A] (A,); [A B] (A, B); [A B C] (A, B, C); [A B C D] (A, B, C, D); [A B C D E] (A, B, C, D, E);
}

impl<T: ReadOnly + ?Sized> ReadOnly for &T {}
impl<T: ReadOnly, const N: usize> ReadOnly for [T; N] {}
impl<T: ReadOnly, H> ReadOnly for HashSet<T, H> {}
impl<K: ReadOnly, V: ReadOnly, H> ReadOnly for HashMap<K, V, H> {}
impl<T: ToOwned<Owned: ReadOnly> + ReadOnly + ?Sized> ReadOnly for Cow<'_, T> {}
impl<V: ?Sized, Q> ReadOnly for Get<'_, V, Q> {}
impl<V: ?Sized> ReadOnly for Reader<'_, V> {}

/// A view of an LVar that can only be asked for thresholds.
///
/// Of a struct take a view of the field, `Reader::new(&order.status)`; of a map's key the read itself, `order.lines.key("book").decided()`.
pub struct Reader<'a, V: ?Sized>(&'a V);

impl<'a, V: LVarType> Reader<'a, V> {
    /// A view of `lvar`.
    pub fn new(lvar: &'a V) -> Self {
        Self(lvar)
    }

    /// [`LVarType::get`].
    #[track_caller]
    pub fn get<T>(&self) -> Get<'a, V, Of<T>>
    where
        T: Threshold<On = V::Lattice> + Reached<V, Watch>,
    {
        Get::new(self.0, Of::new(), Location::caller())
    }

    /// [`LVarType::get_one_of`].
    #[track_caller]
    pub fn get_one_of<A: Clone>(
        &self,
        set: &'a ThresholdSet<V::Lattice, A>,
    ) -> Get<'a, V, OneOf<'a, V::Lattice, A>>
    where
        V::Lattice: Clone + fmt::Debug,
    {
        Get::new(self.0, OneOf::new(set), Location::caller())
    }

    /// [`LVarType::at_least`].
    #[track_caller]
    pub fn at_least(&self, element: impl Into<V::Lattice>) -> Get<'a, V, AtOrAbove<V::Lattice>>
    where
        V::Lattice: Clone + fmt::Debug,
    {
        Get::new(self.0, AtOrAbove::new(element.into()), Location::caller())
    }
}

impl<'a, T: Decidable> Reader<'a, OnceLVar<T>> {
    /// [`OnceLVar::decided`].
    #[track_caller]
    pub fn decided(&self) -> Get<'a, OnceLVar<T>, Decision> {
        Get::new(self.0, Decision, Location::caller())
    }
}

impl<V: ?Sized> Clone for Reader<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: ?Sized> Copy for Reader<'_, V> {}

impl<V: ?Sized> fmt::Debug for Reader<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}
