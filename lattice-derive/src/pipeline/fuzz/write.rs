//! Writes inputs: types that are right, types with one mistake put into them, and items made of all that Rust and the attributes
//! allow, in any mixture.

mod nearly;
mod right;

use super::seeded::Seeded;

/// An input and what is known of it.
pub(super) struct Sample {
    pub(super) text: String,
    pub(super) expected: Expected,
}

/// What the derives must say.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    /// The three that read `#[lattice(..)]` accept it.
    Lattice,
    /// `#[derive(Threshold)]` accepts it.
    Threshold,
    /// None of the three accepts it.
    Refused,
    /// Nobody knows; it must not panic.
    Unknown,
}

/// An input: half of them are anything, a third is right, a sixth has one mistake.
pub(super) fn sample(seeded: &mut Seeded) -> Sample {
    match seeded.below(6) {
        0 => Sample { text: right::lattice(seeded, ""), expected: Expected::Lattice },
        1 => Sample { text: right::threshold(seeded), expected: Expected::Threshold },
        2 => {
            // Each is a mistake on a struct and on an enum, whatever else stands there.
            let mistake = seeded.pick(&[
                "#[lattice]",
                "#[lattice = 1]",
                "#[lattice(nonsense)]",
                "#[lattice(max)]",
                "#[lattice(flat)]",
                "#[lattice(,)]",
                "#[lattice(order())]",
                "#[lattice(bottom = Nowhere)]",
                "#[lattice(conflict)]",
                "#[lattice(chain = 1)]",
                "#[lattice(crate)]",
                "#[lattice(bound = T)]",
                "#[lattice(bound = \"T:: \")]",
                "#[lattice(bound = \"\", bound = \"\")]",
                "#[lattice(chain, chain)]",
            ]);
            Sample { text: right::lattice(seeded, mistake), expected: Expected::Refused }
        }
        _ => Sample { text: nearly::item(seeded), expected: Expected::Unknown },
    }
}
