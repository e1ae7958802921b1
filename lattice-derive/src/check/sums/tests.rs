//! The rule of enums with data against its definition, by brute force over random declarations.
//!
//! 1. A declaration is accepted iff any two of its states have a least upper bound, and one variant is least or `no_bottom` is said.
//! 2. Then the join, the order and the reports are those of the definition, and all laws hold.
//! 3. Where each payload that is a lattice has a bottom, so do the laws of deltas.
//!
//! What the compiler finds out, whether the type of a payload has a bottom, is looked up here.

use std::cell::Cell;

use lattice_core::{
    Bottom, Conflict, Delta, Lattice, laws,
    sum::{self, Order, PayloadField, Sum, SumDelta, Visitor},
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::DeriveInput;

use crate::{
    check,
    diagnostics::Diagnostics,
    model::{self, Shape, poset::Tables},
    syntax,
};

/// What a variant holds: a finite stand-in for each case that the rule tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unit,
    /// `0 < 1 < 2`.
    WithBottom,
    /// `0 < 2`, `1 < 2`, and nothing below.
    WithoutBottom,
    /// Two values.
    Flat,
}

impl Kind {
    fn n_values(self) -> u8 {
        match self {
            Self::Unit => 1,
            Self::WithBottom | Self::WithoutBottom => 3,
            Self::Flat => 2,
        }
    }

    fn leq(self, left: u8, right: u8) -> bool {
        match self {
            Self::Unit | Self::WithBottom => left <= right,
            Self::WithoutBottom => left == right || right == 2,
            Self::Flat => left == right,
        }
    }

    fn has_bottom(self) -> bool {
        matches!(self, Self::Unit | Self::WithBottom)
    }
}

/// A declaration: the kind of each variant, and the edges of its order.
#[derive(Debug)]
struct Declaration {
    kinds: Vec<Kind>,
    edges: Vec<(usize, usize)>,
    conflict: Option<usize>,
    no_bottom: bool,
}

/// An accepted declaration, as generated code would show it.
struct Accepted {
    order: Order,
    kinds: &'static [Kind],
}

thread_local! {
    /// The declaration whose states [`State`] stands for.
    static CURRENT: Cell<Option<&'static Accepted>> = const { Cell::new(None) };
}

fn current() -> &'static Accepted {
    CURRENT.get().expect("a declaration was accepted")
}

/// A state of the current declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    variant: u8,
    value: u8,
}

impl State {
    fn kind(self) -> Kind {
        current().kinds[usize::from(self.variant)]
    }

    fn with(self, value: u8) -> Self {
        Self { value, ..self }
    }
}

impl Sum for State {
    fn order() -> &'static Order {
        &current().order
    }

    fn index(&self) -> u8 {
        self.variant
    }

    fn least_of(variant: u8) -> Option<Self> {
        Self::bottom_of(variant)
    }

    fn join_payload(&mut self, other: Self) -> bool {
        let before = self.value;
        self.value = match self.kind() {
            Kind::WithoutBottom if before != other.value => 2,
            _ => before.max(other.value),
        };
        self.value != before
    }

    fn join_payload_ref(&mut self, other: &Self) -> bool {
        self.join_payload(*other)
    }

    fn visit(&self, other: &Self, visitor: &mut impl Visitor) {
        visitor.field::<ByKind, Self>(None, self, other);
    }
}

/// The way in which the payload joins that the kind of its variant says.
struct ByKind;

impl PayloadField<State> for ByKind {
    fn join(value: &mut State, other: State) -> bool {
        value.join_payload(other)
    }

    fn join_ref(value: &mut State, other: &State) -> bool {
        value.join_payload(*other)
    }

    fn cmp(left: &State, right: &State) -> Option<std::cmp::Ordering> {
        use std::cmp::Ordering;
        match (Self::leq(left, right), Self::leq(right, left)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    fn leq(left: &State, right: &State) -> bool {
        left.kind().leq(left.value, right.value)
    }

    /// The greatest value of a chain stands for a conflict inside a payload.
    fn conflict(value: &State) -> Option<Conflict> {
        (value.kind() == Kind::WithBottom && value.value == 2).then(|| Conflict::in_state(&value.value))
    }

    fn incompatible(left: &State, right: &State) -> Option<Conflict> {
        if left.kind() == Kind::Flat {
            return (left.value != right.value).then(|| Conflict::between(&left.value, &right.value));
        }
        Self::conflict(left).or_else(|| Self::conflict(right))
    }
}

impl Lattice for State {
    fn join(&mut self, other: Self) -> bool {
        sum::join(self, other)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        sum::join_ref(self, other)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        sum::cmp(self, other)
    }

    fn leq(&self, other: &Self) -> bool {
        sum::leq(self, other)
    }

    fn conflict(&self) -> Option<Conflict> {
        sum::conflict(self)
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        sum::incompatible(self, other)
    }
}

impl Bottom for State {
    fn bottom() -> Self {
        Self { variant: current().order.bottom.expect("asked only where there is one"), value: 0 }
    }

    fn is_bottom(&self) -> bool {
        *self == Self::bottom()
    }
}

impl SumDelta for State {
    fn bottom_of(variant: u8) -> Option<Self> {
        let state = Self { variant, value: 0 };
        state.kind().has_bottom().then_some(state)
    }

    fn has_bottom_payload(&self) -> bool {
        self.value == 0
    }

    fn absorb_payload(&mut self, delta: Self) -> Option<Self> {
        self.join_payload(delta).then_some(delta)
    }

    fn diff_payload(&self, seen: &Self) -> Option<Self> {
        (self.value > seen.value).then_some(*self)
    }

    fn payload_parts(&self) -> Box<dyn Iterator<Item = Self> + '_> {
        Box::new((self.value > 0).then(|| self.with(self.value)).into_iter())
    }
}

impl Delta for State {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        sum::absorb(self, delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        sum::diff(self, seen)
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        sum::parts(self)
    }
}

/// SplitMix64: enough to choose declarations, and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % bound
    }

    /// Two to six variants. Half of the declarations have a least and a greatest one, lest most be refused for want of them.
    fn declaration(&mut self) -> Declaration {
        const KINDS: [Kind; 4] = [Kind::Unit, Kind::WithBottom, Kind::WithoutBottom, Kind::Flat];
        let len = 2 + self.below(5) as usize;
        // Half of the variants hold nothing: they are what others can join to.
        let kinds = (0..len).map(|_| KINDS[self.below(8).saturating_sub(4) as usize]).collect();
        let is_bounded = self.below(4) > 0;
        let mut edges = Vec::new();
        for greater in 1..len {
            for lesser in 0..greater {
                let bounds = is_bounded && (lesser == 0 || greater == len - 1);
                if bounds || self.below(4) == 0 {
                    edges.push((lesser, greater));
                }
            }
        }
        let conflict = (self.below(2) == 0).then_some(len - 1);
        let no_bottom = self.below(4) == 0;
        Declaration { kinds, edges, conflict, no_bottom }
    }
}

impl Declaration {
    fn to_tokens(&self) -> TokenStream {
        let name = |variant: usize| format_ident!("V{variant}");
        let edges = self.edges.iter().map(|&(lesser, greater)| {
            let [lesser, greater] = [lesser, greater].map(name);
            quote!(#lesser < #greater)
        });
        // Each variant alone too: one that nothing is compared with must be mentioned.
        let alone = (0..self.kinds.len()).map(name);
        let conflict = self.conflict.map(name).map(|conflict| quote!(, conflict = #conflict));
        let no_bottom = self.no_bottom.then(|| quote!(, no_bottom));
        let variants = self.kinds.iter().enumerate().map(|(variant, kind)| {
            let name = name(variant);
            match kind {
                Kind::Unit => quote!(#name {}),
                Kind::WithBottom | Kind::WithoutBottom => quote!(#name(Payload)),
                Kind::Flat => quote!(#[lattice(flat)] #name(Plain)),
            }
        });
        quote! {
            #[lattice(order(#(#edges,)* #(#alone),*) #conflict #no_bottom)]
            enum Declared { #(#variants),* }
        }
    }

    /// The order of the variants, by the edges alone.
    fn is_below(&self, left: usize, right: usize) -> bool {
        let n = self.kinds.len();
        let mut reached = vec![false; n];
        reached[left] = true;
        // The edges lead from smaller numbers to greater ones.
        for at in left..n {
            if reached[at] {
                self.edges.iter().filter(|edge| edge.0 == at).for_each(|edge| reached[edge.1] = true);
            }
        }
        reached[right]
    }

    fn states(&self) -> Vec<State> {
        let kinds = self.kinds.iter().enumerate();
        kinds
            .flat_map(|(variant, kind)| {
                (0..kind.n_values()).map(move |value| State { variant: variant as u8, value })
            })
            .collect()
    }

    /// The definition of the order of states.
    fn leq(&self, left: State, right: State) -> bool {
        let [u, v] = [left, right].map(|state| usize::from(state.variant));
        if u == v { self.kinds[u].leq(left.value, right.value) } else { self.is_below(u, v) }
    }

    fn least_upper_bound(&self, left: State, right: State) -> Option<State> {
        let states = self.states();
        let bounds: Vec<State> =
            states.into_iter().filter(|&s| self.leq(left, s) && self.leq(right, s)).collect();
        bounds.iter().copied().find(|&least| bounds.iter().all(|&bound| self.leq(least, bound)))
    }

    /// Whether it is a join-semilattice, one of its variants is least if that is asked, and its conflict, if any, is greatest.
    fn is_lawful(&self) -> bool {
        let n = self.kinds.len();
        let one_is_least = (0..n).any(|least| (0..n).all(|other| self.is_below(least, other)));
        let conflict_is_greatest =
            self.conflict.is_none_or(|conflict| !(0..n).any(|v| v != conflict && self.is_below(conflict, v)));
        let states = self.states();
        let have_joins =
            || states.iter().all(|&a| states.iter().all(|&b| self.least_upper_bound(a, b).is_some()));
        (one_is_least || self.no_bottom) && conflict_is_greatest && have_joins()
    }

    /// What the derive answers, the compiler's part included.
    fn check(&self) -> Option<Accepted> {
        let input: DeriveInput = syn::parse2(self.to_tokens()).expect("an enum");
        let mut diagnostics = Diagnostics::new();
        let written = syntax::read(&input, &mut diagnostics);
        let checked = model::lower(&input, &written, &mut diagnostics)
            .and_then(|model| check::check(model, &mut diagnostics));
        diagnostics.finish().ok()?;
        let checked = checked.expect("no mistake, so a model");
        let Shape::Enum(shape) = &checked.shape else { panic!("an enum is no struct") };
        let lattices_are_fit = (0..self.kinds.len()).all(|variant| {
            self.kinds[variant] != Kind::WithoutBottom || !is_joined_to(variant, &self.kinds, &shape.order)
        });
        lattices_are_fit.then(|| Accepted {
            order: order_of(&self.kinds, &shape.names, &shape.order),
            kinds: self.kinds.clone().leak(),
        })
    }
}

fn cover(variant: usize, kinds: &[Kind], tables: &Tables) -> usize {
    if kinds[variant] == Kind::Flat { tables.covers(variant)[0] } else { variant }
}

fn is_joined_to(variant: usize, kinds: &[Kind], tables: &Tables) -> bool {
    let is_cover = |below: usize| below != variant && cover(below, kinds, tables) == variant;
    tables.join_of_two(variant).is_some() || (0..kinds.len()).any(is_cover)
}

fn order_of(kinds: &[Kind], names: &[String], tables: &Tables) -> Order {
    let names: Vec<&'static str> = names.iter().map(|name| &*name.clone().leak()).collect();
    let covers: Vec<u8> = (0..kinds.len()).map(|variant| cover(variant, kinds, tables) as u8).collect();
    Order {
        names: names.leak(),
        joins: tables.join.clone().leak(),
        covers: covers.leak(),
        bottom: tables.bottom.map(|bottom| bottom as u8),
        conflict: tables.conflict.map(|conflict| conflict as u8),
    }
}

/// Properties 2 and 3 of an accepted declaration.
fn assert_lawful(declaration: &Declaration, seed: u64) {
    let states = declaration.states();
    for &a in &states {
        for &b in &states {
            let expected = declaration.least_upper_bound(a, b);
            assert_eq!(Some(a.joined(b)), expected, "seed {seed}, {declaration:?}: {a:?} ⊔ {b:?}");
            assert_eq!(
                Lattice::leq(&a, &b),
                declaration.leq(a, b),
                "seed {seed}, {declaration:?}: {a:?} ⊑ {b:?}"
            );
        }
    }
    let lawful = laws::lattice(&states);
    assert!(lawful.is_ok(), "seed {seed}, {declaration:?}: {lawful:?}");
    if declaration.no_bottom {
        return;
    }
    let bottom = State::bottom().kind();
    if bottom.has_bottom() && !declaration.kinds.contains(&Kind::WithoutBottom) {
        let lawful = laws::bottom(&states).and_then(|()| laws::delta(&states));
        assert!(lawful.is_ok(), "seed {seed}, {declaration:?}: {lawful:?}");
    }
}

#[test]
fn a_declaration_is_accepted_iff_all_joins_exist_and_then_it_is_lawful() {
    let (mut n_accepted, mut n_refused) = (0, 0);
    for seed in 0..6_000 {
        let declaration = Random(seed).declaration();
        let accepted = declaration.check();
        assert_eq!(accepted.is_some(), declaration.is_lawful(), "seed {seed}, {declaration:?}");
        match accepted {
            Some(accepted) => {
                CURRENT.set(Some(Box::leak(Box::new(accepted))));
                assert_lawful(&declaration, seed);
                n_accepted += 1;
            }
            None => n_refused += 1,
        }
    }
    assert!(n_accepted > 1_500 && n_refused > 1_500, "{n_accepted} accepted, {n_refused} refused");
}
