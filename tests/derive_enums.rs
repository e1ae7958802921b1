//! `#[derive(Lattice)]` and `#[derive(Replicate)]` on enums: every declared order is a lawful lattice, whatever its shape and size.

use std::cmp::Ordering;

use lattice_core::{Bottom, Delta, Finite, Lattice, codec::Codec, laws};
use lattice_derive::{Lattice, Replicate};

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken, bottom = New)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

laws!(status: Status);

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Light {
    Red,
    Amber,
    Green,
}

laws!(chain: Light);

/// The smallest modular lattice that is not distributive.
#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Bottom < A < Top, Bottom < B < Top, Bottom < C < Top))]
enum M3 {
    Bottom,
    A,
    B,
    C,
    Top,
}

laws!(m3: M3);

/// The smallest lattice that is not modular, declared in another order than its own.
#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Bottom < A < B < Top, Bottom < C < Top))]
enum N5 {
    Top,
    C,
    B,
    A,
    Bottom,
}

laws!(n5: N5);

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum One {
    Only,
}

laws!(one_variant: One);

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(r#type < r#match, r#type < Plain, Plain < r#loop, match < loop))]
#[expect(non_camel_case_types, reason = "raw identifiers are the point")]
enum Raw {
    r#type,
    r#match,
    Plain,
    r#loop,
}

laws!(raw_variants: Raw);

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
#[repr(i16)]
enum Numbered {
    Low = 700,
    High = -3,
}

laws!(explicit_discriminants: Numbered);

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
#[rustfmt::skip]
enum Wide {
    V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19, V20, V21, V22,
    V23, V24, V25, V26, V27, V28, V29, V30, V31, V32, V33, V34, V35, V36, V37, V38, V39, V40, V41, V42, V43,
    V44, V45, V46, V47, V48, V49, V50, V51, V52, V53, V54, V55, V56, V57, V58, V59, V60, V61, V62, V63, V64,
}

laws!(sixty_five_variants: Wide);

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
#[rustfmt::skip]
enum Widest {
    V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19, V20, V21, V22,
    V23, V24, V25, V26, V27, V28, V29, V30, V31, V32, V33, V34, V35, V36, V37, V38, V39, V40, V41, V42, V43,
    V44, V45, V46, V47, V48, V49, V50, V51, V52, V53, V54, V55, V56, V57, V58, V59, V60, V61, V62, V63, V64,
    V65, V66, V67, V68, V69, V70, V71, V72, V73, V74, V75, V76, V77, V78, V79, V80, V81, V82, V83, V84, V85,
    V86, V87, V88, V89, V90, V91, V92, V93, V94, V95, V96, V97, V98, V99, V100, V101, V102, V103, V104,
    V105, V106, V107, V108, V109, V110, V111, V112, V113, V114, V115, V116, V117, V118, V119, V120, V121,
    V122, V123, V124, V125, V126, V127, V128, V129, V130, V131, V132, V133, V134, V135, V136, V137, V138,
    V139, V140, V141, V142, V143, V144, V145, V146, V147, V148, V149, V150, V151, V152, V153, V154, V155,
    V156, V157, V158, V159, V160, V161, V162, V163, V164, V165, V166, V167, V168, V169, V170, V171, V172,
    V173, V174, V175, V176, V177, V178, V179, V180, V181, V182, V183, V184, V185, V186, V187, V188, V189,
    V190, V191, V192, V193, V194, V195, V196, V197, V198, V199, V200, V201, V202, V203, V204, V205, V206,
    V207, V208, V209, V210, V211, V212, V213, V214, V215, V216, V217, V218, V219, V220, V221, V222, V223,
    V224, V225, V226, V227, V228, V229, V230, V231, V232, V233, V234, V235, V236, V237, V238, V239, V240,
    V241, V242, V243, V244, V245, V246, V247, V248, V249, V250, V251, V252, V253, V254, V255,
}

/// Some of its 256 states; all triples would be 16 million.
fn widest() -> impl Iterator<Item = Widest> {
    [0, 1, 2, 127, 128, 254, 255].into_iter().filter_map(Widest::from_index)
}

laws!(as_many_variants_as_a_byte: Widest, widest());

#[test]
fn the_join_is_the_least_upper_bound_that_was_declared() {
    assert_eq!(Status::Paid.joined(Status::Cancelled), Status::Broken);
    assert_eq!(Status::Paid.joined(Status::Shipped), Status::Shipped);
    assert_eq!(Status::Paid.lattice_cmp(&Status::Cancelled), None);
    assert_eq!(Status::New.lattice_cmp(&Status::Cancelled), Some(Ordering::Less));
    assert_eq!(M3::A.joined(M3::B), M3::Top);
    assert_eq!(N5::A.joined(N5::C), N5::Top);
}

#[test]
fn only_the_conflict_is_in_conflict() {
    let in_conflict: Vec<_> =
        lattice_core::__private::finite::states::<Status>().filter(|s| s.conflict().is_some()).collect();
    assert_eq!(in_conflict, [Status::Broken]);
    assert!(Status::Shipped.incompatible(&Status::Cancelled).is_some());
    assert_eq!(Light::Green.conflict(), None, "the greatest state of a chain is no error");
}

#[test]
fn a_state_is_written_as_its_position_and_not_as_its_discriminant() {
    assert_eq!((Numbered::Low.index(), Numbered::High.index()), (0, 1));
    assert_eq!((Numbered::High.to_bytes(), Wide::V64.to_bytes()), (vec![1], vec![64]));
    assert_eq!(Wide::from_bytes(&[64]), Ok(Wide::V64));
    assert!(Wide::from_bytes(&[65]).is_err() && Numbered::from_bytes(&[2]).is_err());
}

#[test]
fn names_are_those_of_the_declaration() {
    assert_eq!(Raw::NAMES, ["type", "match", "Plain", "loop"]);
    assert_eq!((Raw::bottom(), Raw::BOTTOM, N5::BOTTOM), (Raw::r#type, Some(0), Some(4)));
    assert_eq!(Raw::r#match.joined(Raw::Plain), Raw::r#loop);
    assert_eq!(Status::Paid.absorb_news(Status::Cancelled), Some(Status::Cancelled));
}

/// What is new, by value, to keep the assertions above short.
trait AbsorbNews: Delta {
    fn absorb_news(mut self, delta: Self) -> Option<Self> {
        self.absorb(delta)
    }
}

impl<D: Delta> AbsorbNews for D {}
