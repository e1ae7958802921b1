//! Structs with more fields than one tuple of factors holds: thirteen, where the second begins, and thirty, which make three.

use lvars::{laws, prelude::*};

#[rustfmt::skip]
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Thirteen {
    f0: Max<u8>, f1: Max<u8>, f2: Max<u8>, f3: Max<u8>, f4: Max<u8>, f5: Max<u8>,
    f6: Max<u8>, f7: Max<u8>, f8: Max<u8>, f9: Max<u8>, f10: Max<u8>, f11: Max<u8>,
    f12: Max<u8>,
}

#[rustfmt::skip]
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Thirty {
    f0: Max<u8>, f1: Max<u8>, f2: Max<u8>, f3: Max<u8>, f4: Max<u8>, f5: Max<u8>,
    f6: Max<u8>, f7: Max<u8>, f8: Max<u8>, f9: Max<u8>, f10: Max<u8>, f11: Max<u8>,
    f12: Any, f13: Max<u8>, f14: Max<u8>, f15: Max<u8>, f16: Max<u8>, f17: Max<u8>,
    f18: Max<u8>, f19: Max<u8>, f20: Max<u8>, f21: Max<u8>, f22: Max<u8>, f23: Max<u8>,
    f24: Max<u8>, f25: Flat<u8>, f26: Max<u8>, f27: Max<u8>, f28: Max<u8>, f29: Max<u8>,
}

laws!(
    thirteen: Thirteen,
    [
        Thirteen::bottom(),
        Thirteen { f0: Max(1), ..Thirteen::bottom() },
        Thirteen { f11: Max(1), ..Thirteen::bottom() },
        Thirteen { f12: Max(1), ..Thirteen::bottom() },
        Thirteen { f0: Max(2), f12: Max(2), ..Thirteen::bottom() },
    ]
);

laws!(
    thirty: Thirty,
    [
        Thirty::bottom(),
        Thirty { f11: Max(1), f12: Any(true), ..Thirty::bottom() },
        Thirty { f23: Max(1), f24: Max(1), ..Thirty::bottom() },
        Thirty { f25: Flat::Value(1), f29: Max(3), ..Thirty::bottom() },
        Thirty { f25: Flat::Value(2), ..Thirty::bottom() },
    ]
);

#[test]
fn a_conflict_far_behind_has_the_name_of_its_field() {
    let one = Thirty { f25: Flat::Value(1), ..Thirty::bottom() };
    let two = Thirty { f25: Flat::Value(2), ..Thirty::bottom() };
    assert_eq!(one.incompatible(&two).expect("two values conflict").path(), "f25");
    assert_eq!(one.joined(two).conflict().expect("they were joined").path(), "f25");
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Thirty)]
enum Outcome {
    #[when(f25 >= 1)]
    One,
    #[when(f25 >= 2, f24 >= 1)]
    Two,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Thirteen)]
enum Last {
    #[when(f12 >= 2)]
    Reached,
}

#[test]
fn a_threshold_finds_a_field_in_the_last_tuple() {
    let two = Thirty { f25: Flat::Value(2), ..Thirty::bottom() };
    assert_eq!(two.get::<Outcome>(), Ok(None));
    let lvar = LVar::<Thirty>::new();
    lvar.put(two).unwrap();
    lvar.f24.put(Max(1)).unwrap();
    assert_eq!(lvar.get::<Outcome>().wait(), Ok(Outcome::Two));
    let frozen = lvar.into_value().unwrap();
    assert_eq!(frozen.get::<Outcome>(), Ok(Some(Outcome::Two)));
    let last = |n| Thirteen { f12: Max(n), ..Thirteen::bottom() }.get::<Last>();
    assert_eq!((last(1), last(2)), (Ok(None), Ok(Some(Last::Reached))));
}

#[test]
fn the_form_of_a_wide_struct_is_its_fields_in_order() {
    let mut wide = Thirteen { f0: Max(1), f11: Max(2), f12: Max(3), ..Thirteen::bottom() };
    let bytes = wide.to_bytes();
    assert_eq!(bytes, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3]);
    assert_eq!(Thirteen::from_bytes(&bytes), Ok(wide.clone()));
    assert_eq!(wide.parts().count(), 3);
    assert_eq!(
        wide.absorb(Thirteen { f12: Max(4), f0: Max(1), ..Thirteen::bottom() }),
        Some(Thirteen { f12: Max(4), ..Thirteen::bottom() })
    );
}

#[test]
fn all_fields_are_followed_together() {
    let (wide, copy) = (LVar::<Thirty>::new(), LVar::<Thirty>::new());
    wide.f0.put(1).unwrap();
    par::run(async |p| {
        wide.on_change(&p.pool(), |_, value| copy.put(value));
        wide.f12.put(true)?;
        wide.f29.put(3)
    })
    .unwrap()
    .unwrap();
    let expected = Thirty { f0: Max(1), f12: Any(true), f29: Max(3), ..Thirty::bottom() };
    assert_eq!(copy.into_value(), Ok(expected));
}
