//! The register that shows all values that have not seen each other.

use core::fmt::Debug;

use crate::{
    Flat,
    causal::{DotFun, Dots, wraps},
};

/// A multi-value register: a write replaces the values that it has seen, and concurrent ones stand side by side until a later write.
///
/// ```text
///   state: dot ↦ value      (s, c) ⋈ (s′, c′) = what both hold, what s holds outside of c′, and what s′ holds outside of c
///
///   values = those under the dots that are held
/// ```
///
/// Cost: one dot and its value, for each value that no write has seen. The causal context is that of the document: a register in a map
/// holds no version of its own.
///
/// Which values there are is not monotone, so there is no threshold on it: wait for the document's `version`.
///
/// Traps: it may hold no value, one or several. Two equal values that were written concurrently are two. That two values met under one dot, because
/// two replicas wrote as one writer, is no value: [`Causal::clash`](crate::Causal::clash) tells it, and the next write repairs it.
///
/// After Specification 10 (MV-Register) of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), with a dot in place of a vector.
///
/// ```
/// use lvars::{Causal, Lattice, MvRegister, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut title = Causal::<MvRegister<&str>>::new();
/// let (hers, his) = (title.write(alice, |title, dots| title.set(dots, "Tea")), title.write(bob, |title, dots| title.set(dots, "Coffee")));
/// title.join(hers);
/// title.join(his);
/// assert_eq!(title.values().collect::<Vec<_>>(), [&"Tea", &"Coffee"]);
///
/// title.join(title.write(bob, |title, dots| title.set(dots, "Tea, coffee")));
/// assert_eq!(title.values().collect::<Vec<_>>(), [&"Tea, coffee"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MvRegister<T>(DotFun<Flat<T>>);

wraps!([T: Eq + Clone + Debug] MvRegister<T>, "MvRegister", DotFun<Flat<T>>);

impl<T: Eq + Clone + Debug> MvRegister<T> {
    /// Writes a value, in place of those that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn set(&self, dots: &mut Dots, value: T) -> Self {
        dots.name_all(&self.0);
        Self(DotFun::one(dots.fresh(), Flat::Value(value)))
    }

    /// Takes back the values that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn clear(&self, dots: &mut Dots) -> Self {
        dots.name_all(&self.0);
        Self::default()
    }

    /// The values that no write has seen, in ascending order of their dots.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.values().filter_map(|value| match value {
            Flat::Value(value) => Some(value),
            Flat::Bottom | Flat::Conflict => None,
        })
    }
}
