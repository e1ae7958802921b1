//! The states of a product, of a struct or a tuple, from those of its fields: the last field changes fastest.

use alloc::{vec, vec::Vec};

use super::{Label, States, states::StatesBy};
use crate::{
    derived::{AsIs, ByFields, Cat, Derived, FactorLattice, FactorsLattice, Product, Under, parts_of},
    strategies::{Strategy, Wraps},
};

/// A factor whose states can be listed.
pub trait FactorStates: FactorLattice {
    /// [`States::N_STATES`].
    const N_STATES: usize;

    /// [`States::nth_state`].
    fn nth_state(at: usize) -> Option<Self::Value>;
    /// [`States::label`].
    fn label(value: &Self::Value) -> Label;
}

impl<S: States> FactorStates for AsIs<S> {
    const N_STATES: usize = S::N_STATES;

    fn nth_state(at: usize) -> Option<S> {
        S::nth_state(at)
    }

    fn label(value: &S) -> Label {
        value.label()
    }
}

impl<S: Strategy<T, Lattice: States>, T: Clone> FactorStates for Under<S, T> {
    const N_STATES: usize = <S::Lattice as States>::N_STATES;

    fn nth_state(at: usize) -> Option<T> {
        <S::Lattice as States>::nth_state(at).map(Wraps::<T>::unwrap)
    }

    fn label(value: &T) -> Label {
        <S::Lattice as Wraps<T>>::wrap(value.clone()).label()
    }
}

/// Factors whose states can be listed together.
pub trait FactorsStates: FactorsLattice {
    /// How many states the product has; the greatest number there is, if they are more.
    const N_STATES: usize;

    /// [`States::nth_state`].
    fn nth_state(at: usize) -> Option<Self::Values>;
    /// The label of each factor, in order.
    fn labels<'a>(values: Self::Refs<'a>) -> Vec<Label>
    where
        Self: 'a;
}

/// A position in the list of a product's states, taken apart factor by factor.
struct Place {
    at: usize,
    /// How many states the factors have together that are still to come.
    n_rest: usize,
}

impl Place {
    fn new(at: usize, n_states: usize) -> Option<Self> {
        (at < n_states).then_some(Self { at, n_rest: n_states })
    }

    /// The position of the next factor, which has `n_states`.
    fn next(&mut self, n_states: usize) -> Option<usize> {
        self.n_rest = self.n_rest.checked_div(n_states)?;
        let at = self.at.checked_div(self.n_rest)?;
        self.at %= self.n_rest;
        Some(at)
    }
}

macro_rules! tuple {
    ($($factor:ident $at:tt)*) => {
        impl<$($factor: FactorStates),*> FactorsStates for ($($factor,)*) {
            const N_STATES: usize = 1_usize$(.saturating_mul($factor::N_STATES))*;

            fn nth_state(at: usize) -> Option<Self::Values> {
                let mut place = Place::new(at, Self::N_STATES)?;
                Some(($($factor::nth_state(place.next($factor::N_STATES)?)?,)*))
            }

            fn labels<'a>(values: Self::Refs<'a>) -> Vec<Label> where Self: 'a {
                vec![$($factor::label(values.$at)),*]
            }
        }

        impl<$($factor: States),*> States for ($($factor,)*) {
            const N_STATES: usize = 1_usize$(.saturating_mul($factor::N_STATES))*;

            fn nth_state(at: usize) -> Option<Self> {
                let mut place = Place::new(at, Self::N_STATES)?;
                Some(($($factor::nth_state(place.next($factor::N_STATES)?)?,)*))
            }

            fn label(&self) -> Label {
                Label::positions([$(self.$at.label()),*])
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0 B 1);
tuple!(A 0 B 1 C 2);
tuple!(A 0 B 1 C 2 D 3);
tuple!(A 0 B 1 C 2 D 3 E 4);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);

impl FactorsStates for () {
    const N_STATES: usize = 1;

    fn nth_state(at: usize) -> Option<()> {
        (at == 0).then_some(())
    }

    fn labels<'a>((): ()) -> Vec<Label>
    where
        Self: 'a,
    {
        Vec::new()
    }
}

impl States for () {
    const N_STATES: usize = 1;

    fn nth_state(at: usize) -> Option<()> {
        (at == 0).then_some(())
    }

    fn label(&self) -> Label {
        Label::positions([])
    }
}

/// The first twelve factors and the rest: few states only if most fields have one, but the number is known in any case.
impl<F: FactorsStates, R: FactorsStates> FactorsStates for Cat<F, R> {
    const N_STATES: usize = F::N_STATES.saturating_mul(R::N_STATES);

    fn nth_state(at: usize) -> Option<Self::Values> {
        let mut place = Place::new(at, Self::N_STATES)?;
        Some((F::nth_state(place.next(F::N_STATES)?)?, R::nth_state(place.next(R::N_STATES)?)?))
    }

    fn labels<'a>(values: Self::Refs<'a>) -> Vec<Label>
    where
        Self: 'a,
    {
        let mut labels = F::labels(values.0);
        labels.extend(R::labels(values.1));
        labels
    }
}

impl<P: Derived + Product<Factors: FactorsStates>> StatesBy<P> for ByFields {
    const N_STATES: usize = <P::Factors as FactorsStates>::N_STATES;

    fn nth_state(at: usize) -> Option<P> {
        P::Factors::nth_state(at).map(P::from_values)
    }

    fn label(state: &P) -> Label {
        let labels = P::Factors::labels(state.values());
        // A tuple's fields are named by their position.
        let has_names =
            parts_of::<P>().first().is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_digit()));
        if has_names {
            Label::fields(parts_of::<P>().iter().copied().zip(labels))
        } else {
            Label::positions(labels)
        }
    }
}
