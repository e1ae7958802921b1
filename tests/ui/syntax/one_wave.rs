//! A word that nobody knows, or an order that is none, hides nothing: the types of the other fields are asked about all the same.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
#[lattice(chian)]
struct Order {
    #[lattice(mxa)]
    priority: u64,
    paid: bool,
    name: String,
    #[lattice(max)]
    weight: f64,
    status: Status,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Open < Sold, Open < Lost))]
enum Status {
    Open,
    Sold(u64),
    Lost {
        why: String,
        #[lattice(flat)]
        paid: f64,
    },
}

fn main() {}
