//! How the benches measure: see [`Contest`].

mod contest;

pub use contest::Contest;
