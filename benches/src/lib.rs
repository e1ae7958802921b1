//! How the benches measure: see [`Contest`].

pub mod clock;
mod contest;
mod goal;
mod threads;

pub use contest::{BEST, Contest, Figures};
pub use goal::Goal;
pub use threads::turn;

/// Whether the run was asked to be short (`--short`): fewer rounds, for a look at the ratios.
pub fn is_short() -> bool {
    std::env::args().any(|argument| argument == "--short")
}
