//! `#[derive(LVar)]`: a struct of LVars with the fields of the struct, written and frozen field by field or whole.

use lattice_core::{Bottom, Lattice};
use lattice_derive::{LVar, Lattice};
use lvar_runtime::{LVar, LVarType, Put, PutError};

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

#[test]
fn each_field_is_an_lvar_by_itself() {
    let order = LVar::<Order>::new();
    order.status.put(Status::Paid).unwrap();
    order.parcel.1.put(Status::Cancelled).unwrap();
    let expected = Order { status: Status::Paid, parcel: Parcel(Status::New, Status::Cancelled) };
    assert_eq!(order.freeze(), Ok(expected.clone()));
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
    assert_eq!(order.freeze().unwrap_err().path(), "parcel.0");
}

#[test]
fn freezing_the_whole_freezes_every_field_even_beside_a_conflict() {
    let order = LVar::<Order>::new();
    order.status.put(Status::Broken).unwrap_err();
    order.freeze().unwrap_err();
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
    let unit = UnitLVar::default();
    unit.put(Unit).unwrap();
    assert_eq!(unit.freeze(), Ok(Unit));
}

#[test]
fn debug_shows_no_state() {
    let order = OrderLVar::new();
    order.status.put(Status::Paid).unwrap();
    assert_eq!(format!("{order:?}"), "OrderLVar { .. }");
}
