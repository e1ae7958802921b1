//! `bound` is a string of where-predicates.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
#[lattice(bound = T)]
struct A<T>(T);

#[derive(Lattice, Clone, Debug)]
#[lattice(bound)]
struct B<T>(T);

#[derive(Lattice, Clone, Debug)]
#[lattice(bound = "T Lattice")]
struct C<T>(T);

fn main() {}
