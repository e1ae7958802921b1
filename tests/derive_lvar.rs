//! `#[derive(LVar)]`: a struct of LVars with the fields of the struct, written and frozen field by field or whole.

use std::collections::BTreeMap;

use lattice_core::{Any, Bottom, GCounter, Lattice, codec::Codec};
use lattice_derive::{LVar, Lattice, Replicate};
use lvar_runtime::{Bump, LVar, LVarType, Outside, Put, PutError, lvar::OnChange, par};

#[derive(Lattice, LVar, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Cancelled,
    Broken,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Order {
    /// How far the order is.
    status: Status,
    parcel: Parcel,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Parcel(Status, Status);

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Unit;

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Generic<T>
where
    T: Bottom,
{
    value: T,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Account {
    #[lattice(max)]
    limit: u64,
    #[lattice(any)]
    closed: bool,
    owners: BTreeMap<u8, Parcel>,
    visits: GCounter,
}

/// A type may hold itself.
#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Tree {
    here: Status,
    children: BTreeMap<u8, Tree>,
}

/// So may two by way of each other; one of them says so by `bound`.
#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
#[lattice(bound = "")]
struct Folder {
    files: BTreeMap<u8, File>,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct File {
    #[lattice(max)]
    size: u8,
    archive: BTreeMap<u8, Folder>,
}

#[test]
fn a_field_with_a_strategy_is_frozen_to_its_plain_value() {
    let account = AccountLVar::new();
    account.limit.put(3).unwrap();
    account.limit.put(2).unwrap();
    account.closed.put(true).unwrap();
    account.owners.key(&7).or_bottom().unwrap().0.put(Status::Paid).unwrap();
    account.visits.bump(1).unwrap();
    let value = account.freeze(Outside::here()).unwrap();
    assert_eq!((value.limit, value.closed), (3, true));
    assert_eq!(value.owners, BTreeMap::from([(7, Parcel(Status::Paid, Status::New))]));
}

#[test]
fn a_type_that_holds_itself_has_an_lvar() {
    let leaf = || Tree { here: Status::Paid, children: BTreeMap::new() };
    let tree = LVar::<Tree>::new();
    tree.children.key(&1).or_bottom().unwrap().children.key(&2).put(leaf()).unwrap();
    tree.put(leaf()).unwrap();
    let value = tree.into_value().unwrap();
    assert_eq!((value.here, value.children[&1].here), (Status::Paid, Status::New));
    assert_eq!(value.children[&1].children[&2], leaf());
}

#[test]
fn two_types_that_hold_each_other_have_lvars() {
    let file = |size| File { size, archive: BTreeMap::new() };
    let folder = LVar::<Folder>::new();
    let archive = &folder.files.key(&1).or_bottom().unwrap().archive;
    archive.key(&2).put(Folder { files: BTreeMap::from([(3, file(4))]) }).unwrap();
    assert_eq!(folder.into_value().unwrap().files[&1].archive[&2].files[&3], file(4));
}

#[test]
fn each_field_is_an_lvar_by_itself() {
    let order = LVar::<Order>::new();
    order.status.put(Status::Paid).unwrap();
    order.parcel.1.put(Status::Cancelled).unwrap();
    let expected = Order { status: Status::Paid, parcel: Parcel(Status::New, Status::Cancelled) };
    assert_eq!(order.freeze(Outside::here()), Ok(expected.clone()));
    assert_eq!(order.into_value(), Ok(expected));
}

#[test]
fn a_whole_value_is_put_into_every_field() {
    let order = LVar::<Order>::new();
    let value = Order { status: Status::Cancelled, parcel: Parcel(Status::Paid, Status::New) };
    order.put(value.clone()).unwrap();
    assert_eq!(order.into_value(), Ok(value));
}

#[test]
fn a_conflict_in_a_field_names_its_path() {
    let order = LVar::<Order>::new();
    order.parcel.0.put(Status::Paid).unwrap();
    let Err(PutError::Conflict(conflict)) = order.parcel.0.put(Status::Cancelled) else {
        panic!("the two exclude each other")
    };
    assert_eq!(conflict.path(), "parcel.0");
    assert_eq!(order.freeze(Outside::here()).unwrap_err().path(), "parcel.0");
}

#[test]
fn freezing_the_whole_freezes_every_field_even_beside_a_conflict() {
    let order = LVar::<Order>::new();
    order.status.put(Status::Broken).unwrap_err();
    order.freeze(Outside::here()).unwrap_err();
    assert!(matches!(order.parcel.1.put(Status::Paid), Err(PutError::Frozen { .. })));
}

#[test]
fn the_lvar_of_a_generic_struct_is_generic() {
    let lvar = LVar::<Generic<Generic<Status>>>::new();
    lvar.value.value.put(Status::Paid).unwrap();
    let mut expected = Generic { value: Generic { value: Status::New } };
    expected.join(Generic { value: Generic { value: Status::Paid } });
    assert_eq!(lvar.into_value(), Ok(expected));
}

#[test]
fn a_struct_without_fields_has_an_lvar() {
    let unit = LVar::<Unit>::new();
    unit.put(Unit).unwrap();
    assert_eq!(unit.freeze(Outside::here()), Ok(Unit));
}

#[test]
fn debug_shows_no_state() {
    let order = OrderLVar::new();
    order.status.put(Status::Paid).unwrap();
    assert_eq!(format!("{order:?}"), "OrderLVar { .. }");
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Highest<T> {
    #[lattice(max)]
    value: T,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(bound = "T: Ord + Clone + lvars::LeastValue + lvars::kinds::HasMaxLVar + Codec")]
struct Bounded<T> {
    #[lattice(max)]
    value: T,
}

#[test]
fn a_type_parameter_may_have_a_strategy() {
    let highest = LVar::<Highest<u64>>::new();
    highest.put(Highest { value: 3 }).unwrap();
    highest.value.put(2_u64).unwrap();
    assert_eq!(highest.into_value(), Ok(Highest { value: 3 }));
    let bounded = LVar::<Bounded<u8>>::new();
    bounded.put(Bounded { value: 3 }).unwrap();
    assert_eq!(bounded.into_value(), Ok(Bounded { value: 3 }));
}

/// What was measured, and how good that is.
#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Measured {
    #[lattice(min)]
    low: i32,
    status: Status,
    #[lattice(skip(reason = "shown only"))]
    shown: u8,
    #[lattice(max)]
    high: i32,
    n: GCounter,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Station {
    #[lattice(any)]
    closed: bool,
    measured: Measured,
    unit: Unit,
}

#[test]
fn a_struct_is_followed_as_one_value() {
    for round in 0..50 {
        let (stations, alarm) = (LVar::<BTreeMap<u8, Station>>::new(), LVar::<Any>::new());
        let copy = LVar::<BTreeMap<u8, Station>>::new();
        stations.key(&1).or_bottom().unwrap().measured.low.put(-5).unwrap();
        par::run_on(1 + round % 4, async |p| {
            stations.on_change(&p.pool(), |_, key, Station { closed, measured, .. }| {
                let Measured { low, status, high, n, .. } = measured;
                let copy = copy.key(key).or_bottom()?;
                copy.closed.put(closed)?;
                copy.measured.low.put(low)?;
                copy.measured.status.put(status)?;
                copy.measured.high.put(high)?;
                alarm.put(closed && low < 0 && high > 30 && n.value() == 2)
            });
            let station = stations.key(&1).or_bottom()?;
            p.fork(|_| station.closed.put(true));
            p.fork(|_| (0..=40).try_for_each(|degrees| station.measured.high.put(degrees)));
            station.measured.status.put(Status::Paid)?;
            station.measured.n.bump(2)
        })
        .unwrap()
        .unwrap();
        assert_eq!(alarm.into_value(), Ok(Any(true)), "round {round}");
        let Station { closed, measured, .. } = copy.into_value().unwrap().remove(&1).unwrap();
        assert_eq!((closed, measured.low, measured.high), (true, -5, 40), "round {round}");
        assert_eq!(measured.status, Status::Paid, "round {round}");
    }
}

#[test]
fn a_struct_without_fields_never_changes() {
    let unit = LVar::<Unit>::new();
    par::run(async |p| {
        unit.on_change(&p.pool(), |_, _| -> () { unreachable!("it has one state") });
        unit.put(Unit)
    })
    .unwrap()
    .unwrap();
}
