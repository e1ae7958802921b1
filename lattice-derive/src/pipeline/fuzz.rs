//! What the derives promise of every input, tried on inputs by the thousand (`cargo xtask fuzz`: by the million).
//!
//! For each input and each of the four derives:
//!
//! 1. it does not panic;
//! 2. what it writes are items;
//! 3. it writes the same bytes again (asked of one in eight, since it doubles the time);
//! 4. the three derives that read `#[lattice(..)]` tell the same mistakes; one that needs a bottom may add that there is none;
//! 5. of a type there are impls, after a mistake too, so that the rest of the user's crate compiles;
//! 6. an input that was written to be right is accepted, and one with a mistake put into it is refused.
//!
//! An input follows from one number, which is printed when it fails: `FUZZ_SEED=that FUZZ_INPUTS=1` tries it again.

mod mutate;
mod seeded;
mod write;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{DeriveInput, Item};

use self::{
    seeded::Seeded,
    write::{Expected, Sample, sample},
};
use super::{derive_lattice, derive_lvar, derive_replicate, derive_threshold};

/// What the compiler gives its own threads; a derive that needs more for an input of ordinary depth would be a mistake.
const STACK: usize = 8 << 20;

#[test]
fn no_input_makes_a_derive_break_its_promises() {
    let first = number("FUZZ_SEED", 0);
    let n_inputs = number("FUZZ_INPUTS", 2_000);
    let threads = [0, 1].map(|offset| {
        let seeds = (first + offset..first + n_inputs).step_by(2);
        let run = move || seeds.map(try_seed).fold(Tally::default(), Tally::add);
        thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread starts")
    });
    let tallies = threads.map(|thread| thread.join().expect("what panics is caught"));
    let tally = tallies.into_iter().fold(Tally::default(), Tally::add);
    assert!(
        tally.broken.is_empty(),
        "{} promises broken:\n{}",
        tally.broken.len(),
        tally.broken.join("\n\n")
    );
    println!("{tally:?}");
    // The generator reaches all kinds of input, or the promises were kept for want of anything to break them.
    let many = n_inputs / 50;
    let reached = tally.types >= n_inputs / 2 && tally.accepted >= many && tally.refused >= many;
    assert!(reached || n_inputs < 1_000, "{tally:?}");
}

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).ok().map_or(default, |text| text.parse().expect("a number"))
}

/// How many inputs of each kind there were.
#[derive(Debug, Default)]
struct Tally {
    inputs: u64,
    /// Whose tokens are a struct, an enum or a union.
    types: u64,
    /// In which `#[derive(Lattice)]` or `#[derive(Threshold)]` found nothing wrong.
    accepted: u64,
    /// In which each of the four found something wrong.
    refused: u64,
    /// Each promise that was not kept, with its input.
    broken: Vec<String>,
}

impl Tally {
    fn add(mut self, other: Self) -> Self {
        self.broken.extend(other.broken);
        Self {
            inputs: self.inputs + other.inputs,
            types: self.types + other.types,
            accepted: self.accepted + other.accepted,
            refused: self.refused + other.refused,
            broken: self.broken,
        }
    }
}

fn try_seed(seed: u64) -> Tally {
    let mut seeded = Seeded::new(seed);
    let Sample { text, expected } = sample(&mut seeded);
    // What is no token stream cannot reach a derive.
    let Ok(input) = text.parse::<TokenStream>() else { return Tally::default() };
    let (input, expected) = match expected {
        Expected::Unknown if seeded.one_in(2) => (mutate::mutated(input, &mut seeded), Expected::Unknown),
        expected => (input, expected),
    };
    if names_a_parameter_nothing(&input) {
        return Tally::default();
    }
    let shown = input.to_string();
    let tried = catch_unwind(AssertUnwindSafe(|| try_input(&input, expected, seed.is_multiple_of(8))));
    tried.unwrap_or_else(|reason| {
        let reason = reason.downcast::<String>().map_or_else(|_| "see above".to_owned(), |text| *text);
        let broken = format!("FUZZ_SEED={seed} FUZZ_INPUTS=1\n{shown}\n{reason}");
        Tally { inputs: 1, broken: vec![broken], ..Tally::default() }
    })
}

/// Whether there is a parameter `_`, which `syn` takes and the compiler refuses before it asks a derive.
fn names_a_parameter_nothing(input: &TokenStream) -> bool {
    let input: Option<DeriveInput> = syn::parse2(input.clone()).ok();
    input.is_some_and(|input| input.generics.type_params().any(|parameter| parameter.ident == "_"))
}

fn try_input(input: &TokenStream, expected: Expected, again: bool) -> Tally {
    let lattice = [derive_lattice, derive_lvar, derive_replicate].map(|derive| run(derive, input, again));
    let threshold = run(derive_threshold, input, again);
    let [first, others @ ..] = &lattice;
    for other in others {
        let further =
            other.mistakes.strip_prefix(&first.mistakes[..]).expect("the derives tell the same mistakes");
        assert!(further.iter().all(|mistake| mistake.contains("needs a bottom")), "{further:?}");
    }
    let is_type = syn::parse2::<DeriveInput>(input.clone()).is_ok();
    for output in &lattice {
        assert!(!is_type || output.names_impl, "a type has impls, after a mistake too");
    }
    let is_right = |output: &Output| !output.says_mistake;
    match expected {
        Expected::Lattice => assert!(lattice.iter().all(is_right), "a right type is accepted"),
        Expected::Threshold => assert!(is_right(&threshold), "a right threshold set is accepted"),
        Expected::Refused => assert!(!lattice.iter().any(is_right), "a mistake is refused"),
        Expected::Unknown => {}
    }
    let accepted = is_right(first) || is_right(&threshold);
    let one = |holds: bool| if holds { 1 } else { 0 };
    Tally {
        inputs: 1,
        types: one(is_type),
        accepted: one(accepted),
        refused: one(!accepted),
        broken: Vec::new(),
    }
}

/// What a derive wrote.
struct Output {
    /// The texts of its mistakes, where they stand for the whole type.
    mistakes: Vec<String>,
    /// Whether there is a mistake anywhere in it, also where the type of a field is refused.
    says_mistake: bool,
    names_impl: bool,
}

fn run(derive: fn(TokenStream) -> TokenStream, input: &TokenStream, again: bool) -> Output {
    let tokens = derive(input.clone());
    if again {
        assert_eq!(tokens.to_string(), derive(input.clone()).to_string(), "the same bytes");
    }
    let file: syn::File = syn::parse2(tokens.clone()).unwrap_or_else(|error| panic!("{error}: {tokens}"));
    let mistakes = file.items.iter().filter_map(|item| match item {
        Item::Macro(item) if item.mac.path.segments.last()?.ident == "compile_error" => {
            Some(item.mac.tokens.to_string())
        }
        _ => None,
    });
    let mistakes = mistakes.collect();
    let (says_mistake, names_impl) = (names(&tokens, "compile_error"), names(&tokens, "impl"));
    Output { mistakes, says_mistake, names_impl }
}

fn names(tokens: &TokenStream, word: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => names(&group.stream(), word),
        _ => false,
    })
}
