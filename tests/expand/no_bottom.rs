//! An enum with two least states.

#[derive(Lattice)]
#[lattice(order(Yes < Both, No < Both), conflict = Both, no_bottom)]
enum Vote {
    Yes,
    No,
    Both,
}
