//! The bytes that fifteen replicas send each other, by how they forward what they learn.

use std::collections::BTreeMap;

use lattice_core::{Delta, Max, codec::Codec};
use lvars_benches::Goal;

// The whole of it is tested there: `cargo test -p lvars-lattice-core --test mesh`.
#[path = "../../../../lattice-core/tests/mesh/network.rs"]
mod network;

use network::{FORWARDINGS, Forwarding, Write, add_element, bytes_sent, count_one};

/// Percent of what states take, for the set. In the paper they take 47.9 times as much as its best way; a tenth of leeway.
const OF_STATES: Goal = Goal { must: 2.29, stretch: 2.08 };

pub(crate) fn run() {
    println!(
        "\nbytes that fifteen replicas in a mesh send, a hundred writes each, until they are equal: ratio to ours"
    );
    let columns: Vec<&str> = FORWARDINGS.iter().map(|(name, _)| *name).collect();
    println!("{:24} {}", "", columns.join(" | "));
    let of_states = row("grow-only set", add_element);
    row("counter", count_one);
    row("map, 10% of the keys", write_registers::<10>);
    row("map, 100% of the keys", write_registers::<100>);
    OF_STATES.judge(100.0 * of_states, "percent of what states take, for the set");
}

/// Prints the bytes of each way of forwarding; answers what part of the states' bytes ours are.
fn row<T: Delta + Codec + PartialEq>(name: &str, write: Write<T>) -> f64 {
    let sent = FORWARDINGS.map(|(_, forwarding): (_, Forwarding)| bytes_sent(write, forwarding, 1) as f64);
    let ours = sent[FORWARDINGS.len() - 1];
    let shown = sent.map(|bytes| format!("{:.1} kB {:.2}", bytes / 1e3, bytes / ours));
    println!("{name:24} {}", shown.join(" | "));
    ours / sent[0]
}

/// A map of a thousand registers, in which the last write wins; its value is its time.
type Registers = BTreeMap<u64, Max<u64>>;

/// A replica has a fifteenth of the registers to itself, and writes a share of those.
fn write_registers<const PERCENT: u64>(_: &Registers, replica: usize, round: u64) -> Registers {
    const EACH: u64 = 67;
    let first = replica as u64 * EACH;
    let n_written = (PERCENT * EACH / 100 + 1).min(EACH);
    let nanoseconds = 1_550_000_000_000_000_000 + round * 1_000_000_000;
    let keys = (0..n_written).map(|nth| first + (nth + round * n_written) % EACH);
    keys.filter(|&key| key < 1_000).map(|key| (key, Max(nanoseconds))).collect()
}
