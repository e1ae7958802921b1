//! The verdict on random threshold sets of random lattices, against all states.
//!
//! Properties, of each (lattice, threshold set) pair:
//!
//! * sound: if every proof succeeds, no state without a conflict reaches two outcomes;
//! * exact: if one fails, some state does, provided that each `when` names a path once and no point that is a conflict itself. What
//!   such a `when` says can never hold, or holds less often than its points alone; the proofs do not look for that.
//!
//! The proofs are those that the derive writes, from the text of a threshold set; each is judged by what the generated code calls. The
//! finite lattices are families of sets closed under intersection, hence any shape, distributive or not; their tables are the
//! derive's, and the states are compared by inclusion alone.

mod lattice;

use core::fmt::Write as _;

use lattice_core::threshold::verdict;

use self::lattice::{Field, Random};
use super::{Clash, Proof, proofs};
use crate::{
    check,
    diagnostics::{Diagnostics, text_of},
    model::threshold::{ThresholdModel, lower},
    syntax,
};

/// A struct: its fields, each behind another kind of path.
struct Lattice {
    fields: Vec<Field>,
}

/// `path >= point`, or a bare path.
struct Part {
    field: usize,
    point: Option<usize>,
}

struct Variant {
    binds: bool,
    whens: Vec<Vec<Part>>,
}

const PATHS: [&str; 3] = ["a", "inner.b", "lines[7].c"];

impl Lattice {
    fn draw(random: &mut Random) -> Self {
        Self { fields: (0..1 + random.below(3)).map(|_| Field::draw(random)).collect() }
    }

    fn draw_part(&self, random: &mut Random) -> Part {
        let field = random.below(self.fields.len());
        Part { field, point: Some(random.below(self.fields[field].n_points())) }
    }

    fn draw_variant(&self, random: &mut Random) -> Variant {
        let flat: Vec<usize> =
            (0..self.fields.len()).filter(|at| matches!(self.fields[*at], Field::Flat)).collect();
        let bound = (!flat.is_empty() && random.below(3) == 0).then(|| flat[random.below(flat.len())]);
        let whens = (0..1 + random.below(2)).map(|_| {
            let bind = bound.map(|field| Part { field, point: None });
            let n_points = if bind.is_some() { random.below(2) } else { 1 + random.below(2) };
            let points: Vec<Part> = (0..n_points).map(|_| self.draw_part(random)).collect();
            bind.into_iter().chain(points).collect()
        });
        Variant { whens: whens.collect(), binds: bound.is_some() }
    }

    /// All states, each by the states of its fields.
    fn states(&self) -> Vec<Vec<usize>> {
        self.fields.iter().fold(vec![Vec::new()], |states, field| {
            let with = |state: &Vec<usize>, of_field| state.iter().copied().chain([of_field]).collect();
            states
                .iter()
                .flat_map(|state| (0..field.n_states()).map(move |of_field| with(state, of_field)))
                .collect()
        })
    }

    fn is_in_conflict(&self, state: &[usize]) -> bool {
        self.fields.iter().zip(state).any(|(field, state)| field.is_conflict(*state))
    }

    fn reaches(&self, state: &[usize], when: &[Part]) -> bool {
        when.iter().all(|part| self.fields[part.field].reaches(state[part.field], part.point))
    }

    /// A state without a conflict that reaches two outcomes.
    fn ambiguous(&self, variants: &[Variant]) -> Option<Vec<usize>> {
        let reached = |state: &[usize]| {
            let reached = |variant: &&Variant| variant.whens.iter().any(|when| self.reaches(state, when));
            variants.iter().filter(reached).count()
        };
        self.states().into_iter().find(|state| !self.is_in_conflict(state) && reached(state) > 1)
    }

    /// What a user writes.
    fn text(&self, variants: &[Variant]) -> String {
        let mut text = "#[threshold(on = X)] enum Outcome {".to_owned();
        for (at, variant) in variants.iter().enumerate() {
            for when in &variant.whens {
                let parts: Vec<String> = when.iter().map(|part| self.text_of_part(part)).collect();
                write!(text, "#[when({})]", parts.join(", ")).expect("a string takes all");
            }
            let payload = if variant.binds { "(u8)" } else { "" };
            write!(text, "V{at}{payload},").expect("a string takes all");
        }
        text + "}"
    }

    fn text_of_part(&self, part: &Part) -> String {
        let path = PATHS[part.field];
        part.point.map_or_else(|| path.to_owned(), |point| format!("{path} >= {point}"))
    }

    fn judge(&self, proof: &Proof<'_>, model: &ThresholdModel) -> bool {
        let common = proof.common.iter().map(|common| {
            let path = model.paths.node(common.path).text.as_str();
            let field = PATHS.iter().position(|other| *other == path).expect("a path that was written");
            let point = |text: String| text.parse().expect("a point that was written");
            let verdict = match common.clash() {
                Clash::OfPoints(left, right) => {
                    let [left, right] = [left, right].map(|bound| point(text_of(&bound.point)));
                    self.fields[field].verdict(left, right)
                }
                Clash::Shared(_) => verdict::Verdict::Shared { value: "a value" },
            };
            verdict::Common { path: "", left: "", right: "", verdict }
        });
        verdict::are_incompatible(&common.collect::<Vec<_>>())
    }

    /// Whether every proof that the derive writes succeeds.
    fn is_accepted(&self, variants: &[Variant]) -> bool {
        let text = self.text(variants);
        let input = syn::parse_str(&text).expect("an enum");
        let mut diagnostics = Diagnostics::new();
        let model = lower(syntax::threshold::read(input, &mut diagnostics));
        assert!(check::threshold::check(&model, &mut diagnostics).is_some(), "{text}");
        diagnostics.finish().expect("no mistake was reported");
        let outcomes = model.outcomes.as_ref().expect("an enum has outcomes");
        proofs(outcomes).iter().all(|proof| self.judge(proof, &model))
    }
}

impl Lattice {
    /// Whether each `when` names each path once, and no point that is a conflict.
    fn is_plain(&self, variants: &[Variant]) -> bool {
        variants.iter().flat_map(|variant| &variant.whens).all(|when| {
            let names_once =
                |(at, part): (usize, &Part)| when[..at].iter().all(|other| other.field != part.field);
            when.iter().enumerate().all(names_once)
                && when.iter().all(|part| {
                    part.point.is_none_or(|point| !self.fields[part.field].is_conflicting_point(point))
                })
        })
    }
}

#[derive(Default, Debug)]
struct Counts {
    accepted: usize,
    refused: usize,
    refused_in_vain: usize,
    binding: usize,
}

#[test]
fn a_verdict_is_what_all_states_say() {
    let mut counts = Counts::default();
    for seed in 0..3_000 {
        let mut random = Random::new(seed);
        let lattice = Lattice::draw(&mut random);
        let variants: Vec<Variant> =
            (0..2 + random.below(3)).map(|_| lattice.draw_variant(&mut random)).collect();
        let (is_accepted, ambiguous) = (lattice.is_accepted(&variants), lattice.ambiguous(&variants));
        let case = || format!("seed {seed}: {} of {:?}", lattice.text(&variants), lattice.fields);
        match (is_accepted, &ambiguous) {
            (true, Some(state)) => panic!("accepted, but {state:?} reaches two outcomes; {}", case()),
            (false, None) => {
                assert!(
                    !lattice.is_plain(&variants),
                    "refused, but no state reaches two outcomes; {}",
                    case()
                );
                counts.refused_in_vain += 1;
            }
            (true, None) => counts.accepted += 1,
            (false, Some(_)) => counts.refused += 1,
        }
        if variants.iter().any(|variant| variant.binds) {
            counts.binding += 1;
        }
    }
    println!("{counts:?}");
    let Counts { accepted, refused, refused_in_vain, binding } = counts;
    assert!(accepted > 200 && refused > 1_000 && binding > 200 && refused_in_vain > 0, "{counts:?}");
}
