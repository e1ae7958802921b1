//! What replicas send each other when each forwards only what was news to it. The bench `replicated` prints the whole table.

mod network;

use network::{FORWARDINGS, Forwarding, add_element, bytes_sent, count_one};

const STATE: Forwarding = FORWARDINGS[0].1;
const BY_ABSORB: Forwarding = FORWARDINGS[4].1;

fn times_less_than_states(sent: impl Fn(Forwarding) -> u64) -> f64 {
    sent(STATE) as f64 / sent(BY_ABSORB) as f64
}

#[test]
fn a_set_is_sent_for_a_fortieth_of_its_states() {
    let times = times_less_than_states(|forwarding| bytes_sent(add_element, forwarding, 1));
    // The paper's own row is 47.9, and a tenth less is the bound.
    assert!(times > 43.5, "{times}");
}

#[test]
fn a_counter_is_sent_for_no_more_than_its_states() {
    let times = times_less_than_states(|forwarding| bytes_sent(count_one, forwarding, 1));
    assert!(times > 1.0, "{times}");
}
