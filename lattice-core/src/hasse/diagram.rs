//! What all three formats draw: states with labels and marks, the covers between them, and a legend.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Label, States};
use crate::conflict::Conflict;

/// A diagram without the type of its states.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) title: String,
    pub(super) states: Vec<Drawn>,
    /// The lesser state first, in the order of the list.
    pub(super) covers: Vec<(usize, usize)>,
    threshold: Option<(&'static str, Vec<String>)>,
    clash: Option<Conflict>,
}

/// A state as it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) label: Label,
    pub(super) is_bottom: bool,
    pub(super) is_conflict: bool,
    outcome: Option<usize>,
    clashes: bool,
}

/// What the colour of a state says. The order is that of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tint {
    Plain,
    /// The outcome at this place of the legend.
    Outcome(usize),
    Conflict,
    /// One of an incompatible pair, or their join.
    Clash,
}

/// The colours of a box; the text on it is always dark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colours {
    pub(super) fill: &'static str,
    pub(super) line: &'static str,
}

/// Fills are pale, so that the dark text has contrast on each; neighbours differ also for who sees few colours (the hues are those
/// of Okabe and Ito). None is red.
const OUTCOMES: [Colours; 6] = [
    Colours { fill: "#cfe5f7", line: "#0072b2" },
    Colours { fill: "#fbe3b5", line: "#b36b00" },
    Colours { fill: "#cdeee0", line: "#00795a" },
    Colours { fill: "#f1d8e8", line: "#a64d85" },
    Colours { fill: "#f6f2ae", line: "#857b00" },
    Colours { fill: "#dcd9f5", line: "#5a4fb0" },
];

impl Tint {
    pub(super) fn colours(self) -> Colours {
        match self {
            Self::Plain => Colours { fill: "#ffffff", line: "#57606a" },
            Self::Conflict => Colours { fill: "#eceff2", line: "#57606a" },
            Self::Outcome(at) => OUTCOMES[at % OUTCOMES.len()],
            Self::Clash => Colours { fill: "#ffd7d5", line: "#cf222e" },
        }
    }

    /// The tint as an identifier of the formats.
    pub(super) fn name(self) -> String {
        match self {
            Self::Plain => "plain".to_string(),
            Self::Conflict => "conflict".to_string(),
            Self::Outcome(at) => format!("outcome{at}"),
            Self::Clash => "clash".to_string(),
        }
    }
}

impl Drawn {
    pub(super) fn tint(&self) -> Tint {
        match self {
            Self { clashes: true, .. } => Tint::Clash,
            Self { is_conflict: true, .. } => Tint::Conflict,
            Self { outcome: Some(outcome), .. } => Tint::Outcome(*outcome),
            _ => Tint::Plain,
        }
    }
}

impl Picture {
    pub(super) fn of<L: States>(states: &[L]) -> Self {
        let order = Order::of(states);
        let drawn = states.iter().enumerate().map(|(at, state)| Drawn {
            label: state.label(),
            is_bottom: (0..states.len()).all(|other| order.leq(at, other)),
            is_conflict: state.conflict().is_some(),
            outcome: None,
            clashes: false,
        });
        Self {
            title: without_paths(core::any::type_name::<L>()),
            states: drawn.collect(),
            covers: order.covers(),
            threshold: None,
            clash: None,
        }
    }

    /// Colours the states by the outcome that each answers.
    pub(super) fn colour(&mut self, name: &'static str, answers: impl Iterator<Item = Option<String>>) {
        let mut outcomes: Vec<String> = Vec::new();
        for (state, answer) in self.states.iter_mut().zip(answers) {
            state.outcome = answer.map(|answer| {
                let known = outcomes.iter().position(|outcome| *outcome == answer);
                known.unwrap_or_else(|| {
                    outcomes.push(answer);
                    outcomes.len() - 1
                })
            });
        }
        self.threshold = Some((name, outcomes));
    }

    /// Draws these states in red.
    pub(super) fn clash(&mut self, states: [usize; 3], conflict: Conflict) {
        for (at, state) in self.states.iter_mut().enumerate() {
            state.clashes = states.contains(&at);
        }
        self.clash = Some(conflict);
    }

    /// What the colours say.
    pub(super) fn legend(&self) -> Vec<(Tint, String)> {
        let outcomes = self.threshold.iter().flat_map(|(name, outcomes)| {
            let entry = move |(at, outcome)| (Tint::Outcome(at), format!("{name}::{outcome}"));
            outcomes.iter().enumerate().map(entry)
        });
        let has_conflict = self.states.iter().any(|state| state.tint() == Tint::Conflict);
        let conflict = has_conflict.then(|| (Tint::Conflict, "conflict".to_string()));
        let clash = self.clash.iter().map(|conflict| (Tint::Clash, conflict.to_string()));
        outcomes.chain(conflict).chain(clash).collect()
    }
}

/// The lattice order as a table.
struct Order {
    n: usize,
    leq: Vec<bool>,
}

impl Order {
    fn of<L: States>(states: &[L]) -> Self {
        let row = |left: &L| states.iter().map(|right| left.leq(right)).collect::<Vec<_>>();
        Self { n: states.len(), leq: states.iter().flat_map(row).collect() }
    }

    fn leq(&self, left: usize, right: usize) -> bool {
        self.leq[left * self.n + right]
    }

    fn covers(&self) -> Vec<(usize, usize)> {
        let mut covers = Vec::new();
        for below in 0..self.n {
            let above: Vec<usize> =
                (0..self.n).filter(|&above| above != below && self.leq(below, above)).collect();
            let is_cover =
                |&top: &usize| !above.iter().any(|&between| between != top && self.leq(between, top));
            covers.extend(above.iter().copied().filter(is_cover).map(|above| (below, above)));
        }
        covers
    }
}

/// A type's name without the modules that its parts are in.
fn without_paths(name: &str) -> String {
    let mut short = String::new();
    let mut word = 0;
    for (at, c) in name.char_indices() {
        let is_path = c == ':' || c == '{' || c == '}' || c == '#' || c == '_' || c.is_alphanumeric();
        if !is_path {
            short.push_str(last_segment(&name[word..at]));
            short.push(c);
            word = at + c.len_utf8();
        }
    }
    short.push_str(last_segment(&name[word..]));
    short
}

fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_types_without_their_modules() {
        assert_eq!(
            without_paths("core::option::Option<(a::{{closure}}::Status, b::Any)>"),
            "Option<(Status, Any)>"
        );
    }
}
