//! The derives where types are written in unusual places and ways: by macros, in functions, under another crate's name, in part.

use lvars::{Finite, laws, prelude::*};

/// Another name for the crate, as a facade of a user's might have one; at the derives nothing is named `lvars`.
mod renamed {
    pub(crate) mod elsewhere {
        pub(crate) use ::lvars::*;
    }
}

mod without_the_prelude {
    use super::renamed::elsewhere as state;

    #[derive(state::Lattice, state::LVar, state::Replicate, Clone, Copy, Debug, PartialEq, Eq)]
    #[lattice(chain, crate = super::renamed::elsewhere)]
    pub(crate) enum Light {
        Red,
        Green,
    }

    #[derive(state::Lattice, state::LVar, state::Replicate, Clone, Debug, PartialEq)]
    #[lattice(crate = state)]
    pub(crate) struct Crossing {
        pub(crate) light: Light,
        #[lattice(max)]
        pub(crate) cars: u32,
    }

    #[derive(state::Threshold, Debug, PartialEq)]
    #[threshold(on = Crossing, crate = super::renamed::elsewhere)]
    pub(crate) enum MayGo {
        #[when(light >= Light::Green)]
        Yes,
    }
}

/// What a macro passes on may stand in invisible brackets, and its own names are not those of the caller.
macro_rules! counters {
    ($(#[$attribute:meta])* $vis:vis struct $name:ident { $($field:ident: $word:ident $ty:ty),* }) => {
        #[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
        $(#[$attribute])*
        $vis struct $name {
            $(#[lattice($word)] $field: $ty,)*
            own: Flat<u8>,
        }
    };
}

counters! {
    /// By a macro.
    #[lattice(default)]
    pub(crate) struct Counted { most: max u64, least: min u64, seen: any bool }
}

macro_rules! states {
    ($name:ident: $($variant:ident)*, $least:ident < $greatest:ident) => {
        #[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
        #[lattice(order($($least < $variant < $greatest),*), conflict = $greatest)]
        enum $name { $least, $($variant,)* $greatest }
    };
}

states!(Answer: Yes No Maybe, Open < Disputed);

#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
#[rustfmt::skip]
enum SixtyFour {
    V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19, V20, V21, V22,
    V23, V24, V25, V26, V27, V28, V29, V30, V31, V32, V33, V34, V35, V36, V37, V38, V39, V40, V41, V42, V43,
    V44, V45, V46, V47, V48, V49, V50, V51, V52, V53, V54, V55, V56, V57, V58, V59, V60, V61, V62, V63,
}

/// What `cfg` removes is not there, for the order and for the product.
#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Done))]
enum Partial {
    New,
    #[cfg(any())]
    Gone,
    #[cfg(not(any()))]
    Done,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Parts {
    #[cfg(not(any()))]
    here: Partial,
    #[cfg(any())]
    gone: NoType,
    #[cfg_attr(all(), lattice(max))]
    number: u8,
    #[cfg_attr(any(), lattice(nonsense))]
    decided: Flat<u8>,
}

laws!(by_a_macro: Answer);
laws!(sixty_four_variants: SixtyFour);
laws!(partial: Partial);
laws!(parts: Parts, [0, 1].into_iter().flat_map(|number| [Partial::New, Partial::Done].map(|here| Parts {
    here,
    number,
    decided: Flat::Value(1 - number),
})));

#[test]
fn the_crate_may_have_another_name() {
    use without_the_prelude::{Crossing, Light, MayGo};

    let crossing = LVar::<Crossing>::new();
    crossing.put(Crossing { light: Light::Green, cars: 2 }).expect("news");
    assert_eq!(crossing.get::<MayGo>().wait(), Ok(MayGo::Yes));
    let replica = Replica::<Crossing>::open();
    replica.merge(Outside::here(), Crossing { light: Light::Green, cars: 2 }).expect("a delta");
    assert_eq!(replica.get::<MayGo>().now(Outside::here()), Ok(Some(MayGo::Yes)));
}

#[test]
fn a_macro_may_write_the_type() {
    let counted = LVar::<Counted>::new();
    counted.most.put(7).expect("news");
    counted.least.put(3).expect("news");
    let expected = Counted { most: 7, least: 3, seen: false, own: Flat::Bottom };
    assert_eq!(counted.into_value(), Ok(expected));
    assert_eq!(Counted::default().least, u64::MAX);
    assert_eq!(Answer::Yes.joined(Answer::Maybe), Answer::Disputed);
}

#[test]
fn a_type_may_stand_in_a_function() {
    #[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
    #[lattice(chain)]
    enum Step {
        First,
        Second,
    }

    #[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
    struct Walk {
        step: Step,
        seen: std::collections::BTreeSet<u8>,
    }

    #[derive(Threshold, Debug, PartialEq)]
    #[threshold(on = Walk)]
    enum Arrived {
        #[when(step >= Step::Second)]
        Yes,
    }

    let walk = LVar::<Walk>::new();
    walk.put(Walk { step: Step::Second, seen: [1].into() }).expect("news");
    assert_eq!(walk.get::<Arrived>().wait(), Ok(Arrived::Yes));
}

#[test]
fn what_cfg_removes_is_no_state_and_no_field() {
    assert_eq!(Partial::NAMES, ["New", "Done"]);
    let joined = Parts { here: Partial::New, number: 3, decided: Flat::Bottom }.joined(Parts {
        here: Partial::Done,
        number: 1,
        decided: Flat::Value(1),
    });
    assert_eq!(joined, Parts { here: Partial::Done, number: 3, decided: Flat::Value(1) });
}
