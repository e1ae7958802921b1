//! The rules of a declared order: together they say that the variants are a join-semilattice with a bottom.

use quote::ToTokens;
use syn::DeriveInput;

use crate::{
    diagnostics::{Diagnostics, list},
    model::{
        Declared, Enum,
        poset::{Cycle, NoJoin, Poset, Tables},
    },
    syntax::ContainerWords,
};

/// An enum whose order is being checked.
struct Subject<'m, 'a> {
    model: &'m Enum<'a, Declared<'a>>,
    input: &'m DeriveInput,
    words: &'m ContainerWords,
}

/// Checks every rule of an order. The later rules presuppose the earlier ones, so each group ends the check.
pub(super) fn check<'a>(
    model: &Enum<'a, Declared<'a>>,
    input: &DeriveInput,
    words: &ContainerWords,
    diagnostics: &mut Diagnostics,
) -> Option<Tables> {
    let before = diagnostics.len();
    let subject = Subject { model, input, words };
    subject.check_every_variant_is_mentioned(diagnostics);
    let poset = subject.check_no_cycle(diagnostics)?;
    if diagnostics.len() > before {
        return None;
    }
    let bottom = subject.check_one_least(&poset, diagnostics);
    let may_start_anywhere = words.no_bottom.is_some();
    let greatest = subject.check_upper_bounds(&poset, diagnostics);
    let join = greatest.and_then(|_| subject.check_joins(&poset, diagnostics));
    if let Some(bottom) = bottom {
        subject.check_bottom(bottom, diagnostics);
    }
    subject.check_conflict(&poset, diagnostics);
    let conflict = model.order.conflict.map(|conflict| conflict.index);
    (bottom.is_some() || may_start_anywhere).then_some(Tables { bottom, conflict, join: join? })
}

impl Subject<'_, '_> {
    fn name(&self, variant: usize) -> &str {
        &self.model.names[variant]
    }

    fn names(&self, variants: &[usize]) -> String {
        list(variants.iter().map(|variant| self.name(*variant)))
    }

    /// Where the order mentions a variant last, which is where it can be changed.
    fn at(&self, variant: usize) -> impl ToTokens {
        self.model.order.mentions[variant].unwrap_or(self.model.variants[variant])
    }

    /// A variant that was forgotten has no place.
    fn check_every_variant_is_mentioned(&self, diagnostics: &mut Diagnostics) {
        for (variant, _) in
            self.model.order.mentions.iter().enumerate().filter(|(_, mention)| mention.is_none())
        {
            let name = self.name(variant);
            diagnostics
                .error(self.model.variants[variant], format!("the order does not mention `{name}`"))
                .note("every variant is a state, and needs a place in the order")
                .help(format!("say what it is above, as in `order(.. < {name})`"));
        }
    }

    /// Two states of which each is below the other would be one.
    fn check_no_cycle(&self, diagnostics: &mut Diagnostics) -> Option<Poset> {
        let edges = &self.model.order.edges;
        let pairs: Vec<_> = edges.iter().map(|edge| (edge.lesser, edge.greater)).collect();
        match Poset::new(self.model.variants.len(), &pairs) {
            Ok(poset) => Some(poset),
            Err(Cycle { edge, way_back }) => {
                let edge = &edges[edge];
                let (lesser, greater) = (self.name(edge.lesser), self.name(edge.greater));
                let way: Vec<&str> = way_back.iter().map(|variant| self.name(*variant)).collect();
                let mistake = diagnostics.error(&edge.at, format!("`{lesser} < {greater}` makes a cycle"));
                if way.len() > 1 {
                    mistake.note(format!("the order already says `{}`", way.join(" < ")));
                } else {
                    mistake.note("no state is below itself");
                }
                mistake.help("remove one of the `<` on the way round");
                None
            }
        }
    }

    /// A lattice that starts somewhere has one least state.
    fn check_one_least(&self, poset: &Poset, diagnostics: &mut Diagnostics) -> Option<usize> {
        if self.words.no_bottom.is_some() {
            return None;
        }
        let minimal = poset.minimal();
        if let [bottom] = minimal[..] {
            return Some(bottom);
        }
        let mistake = diagnostics
            .error(&self.at(*minimal.get(1)?), format!("nothing is below all of {}", self.names(&minimal)));
        mistake.note("every LVar and every replica starts in the least state, so there must be one");
        match self.model.order.bottom {
            Some(bottom) if minimal.contains(&bottom.index) => {
                let edges = self.all_above(self.name(bottom.index), &minimal);
                mistake.help(format!("put the bottom below the others: `{edges}`"));
            }
            _ => {
                let edges = self.all_above("Start", &minimal);
                mistake.help(format!(
                    "add a variant below them, as in `{edges}`; or say `no_bottom`, if it is to live in an `Option` only"
                ));
            }
        }
        None
    }

    /// Any two states have an upper bound; for finitely many that means a greatest one.
    fn check_upper_bounds(&self, poset: &Poset, diagnostics: &mut Diagnostics) -> Option<usize> {
        let maximal = poset.maximal();
        if let [greatest] = maximal[..] {
            return Some(greatest);
        }
        let second = *maximal.get(1)?;
        let mistake =
            diagnostics.error(&self.at(second), format!("{} have no upper bound", self.names(&maximal)));
        let pair = self.names(&[maximal[0], second]);
        mistake.note(format!("the state after both {pair} were written is their join, so there must be one"));
        match self.model.order.conflict {
            Some(conflict) if maximal.contains(&conflict.index) => {
                let edges = self.all_below(self.name(conflict.index), &maximal);
                mistake.help(format!("put them below the conflict: `{edges}`"));
            }
            _ => {
                let edges = self.all_below("Conflict", &maximal);
                mistake.help(format!(
                    "if they exclude each other, add a variant `Conflict`, `{edges}` to the order, and `conflict = Conflict`"
                ));
            }
        }
        None
    }

    /// Of the upper bounds of any two states one is least: the join.
    fn check_joins(&self, poset: &Poset, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
        let missing = match poset.joins() {
            Ok(joins) => return Some(joins),
            Err(missing) => missing,
        };
        for NoJoin { left, right, minimal } in missing {
            let pair = [left, right];
            let mistake = diagnostics
                .error(&self.at(right), format!("{} have no least upper bound", self.names(&pair)));
            mistake
                .note(format!("{} are above both, and none of them is below another", self.names(&minimal)));
            if let [first, second, ..] = minimal[..] {
                let (first, second) = (self.name(first), self.name(second));
                let (below, above) = (self.all_below("Both", &pair), self.all_above("Both", &minimal));
                mistake.help(format!(
                    "order those, as in `{first} < {second}`, or add a variant between, as in `{below}, {above}`"
                ));
            }
        }
        None
    }

    /// `Start < A, Start < B`.
    fn all_above(&self, lesser: &str, variants: &[usize]) -> String {
        let others = variants.iter().map(|variant| self.name(*variant)).filter(|name| *name != lesser);
        others.map(|greater| format!("{lesser} < {greater}")).collect::<Vec<_>>().join(", ")
    }

    /// `A < Conflict, B < Conflict`.
    fn all_below(&self, greater: &str, variants: &[usize]) -> String {
        let others = variants.iter().map(|variant| self.name(*variant)).filter(|name| *name != greater);
        others.map(|lesser| format!("{lesser} < {greater}")).collect::<Vec<_>>().join(", ")
    }

    /// `bottom = V` is a promise about the order, checked and not obeyed.
    fn check_bottom(&self, bottom: usize, diagnostics: &mut Diagnostics) {
        let Some(said) = self.model.order.bottom.filter(|said| said.index != bottom) else { return };
        let (said_name, name) = (self.name(said.index), self.name(bottom));
        diagnostics
            .error(said.at, format!("`{said_name}` is not the least variant, `{name}` is"))
            .note("the bottom is below every other state")
            .help(format!("write `bottom = {name}`, or change the order"));
    }

    /// Once in conflict, always in conflict: nothing but a conflict is above one. `conflict = V` names a single state, so it is the greatest.
    fn check_conflict(&self, poset: &Poset, diagnostics: &mut Diagnostics) {
        let Some(conflict) = self.model.order.conflict else { return };
        let above: Vec<usize> = (0..self.model.variants.len())
            .filter(|&v| v != conflict.index && poset.leq(conflict.index, v))
            .collect();
        if above.is_empty() {
            return;
        }
        let name = self.name(conflict.index);
        let mistake = diagnostics
            .error(conflict.at, format!("{} would leave the conflict `{name}`", self.names(&above)));
        mistake
            .note("a conflict lasts: what is above it is a conflict too, so it must be the greatest variant");
        let in_order = if self.words.chain.is_some() { "declare it last" } else { "put it above all others" };
        let greatest = poset.maximal();
        match greatest[..] {
            [greatest] => mistake.help(format!("{in_order}, or write `conflict = {}`", self.name(greatest))),
            _ => mistake.help(format!("in the order of `{}`, {in_order}", self.input.ident)),
        };
    }
}
