//! `crate` takes a path.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
#[lattice(crate = "lvars")]
struct A;

#[derive(Lattice, Clone, Debug)]
#[lattice(crate)]
struct B;

#[derive(Lattice, Clone, Debug)]
#[lattice(crate = lvars<u8>)]
struct C;

fn main() {}
