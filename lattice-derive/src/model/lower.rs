//! From words to meaning: fields with their strategies, names of variants to indices.

use proc_macro2::{Ident, Span};
use syn::{Data, DataEnum, DeriveInput, Fields, Index, Member, ext::IdentExt, spanned::Spanned};

use super::{
    Declared, Edge, Enum, Field, Model, Named, Payload, Shape, Struct,
    generics::{mentions_any, mentions_parameter, mentions_self},
};
use crate::{
    diagnostics::{Diagnostics, did_you_mean, list},
    syntax::{FieldWords, StrategyWord, VariantWord, Written, WrittenOrder},
};

/// The model of a type, or nothing if it has none; names that nothing answers to are reported here.
pub(crate) fn lower<'a>(
    input: &'a DeriveInput,
    written: &'a Written,
    diagnostics: &mut Diagnostics,
) -> Option<Model<'a, Declared<'a>>> {
    let shape = match &input.data {
        Data::Struct(data) => Shape::Struct(lower_struct(&data.fields, written, input)),
        Data::Enum(data) => Shape::Enum(lower_enum(data, written, input, diagnostics)?),
        // Reported where it was read.
        Data::Union(_) => return None,
    };
    Some(Model { input, words: &written.container, shape })
}

/// The fields that join, as far as it is known how, whatever is wrong with the rest of the type. What joins by functions of the user's is left
/// out: its strategy is written with the impls.
pub(crate) fn legible_fields<'a>(input: &'a DeriveInput, written: &'a Written) -> Vec<Field<'a>> {
    let lowering = Lowering::new(written, input);
    let fields: Vec<(Field<'a>, &FieldWords)> = match &input.data {
        Data::Struct(data) => {
            lower_struct(&data.fields, written, input).fields.into_iter().zip(&written.fields).collect()
        }
        Data::Enum(data) => {
            let payloads = data.variants.iter().zip(&written.variants);
            let joining = payloads.filter(|(_, words)| words.flat.is_none() && !words.incomplete);
            joining
                .flat_map(|(variant, words)| {
                    lowering.fields(&variant.fields, &words.fields, 0).zip(&words.fields)
                })
                .collect()
        }
        Data::Union(_) => Vec::new(),
    };
    let is_legible = |field: &Field<'_>, words: &FieldWords| {
        !words.incomplete && !matches!(field.strategy, Some(StrategyWord::With(_)))
    };
    fields.into_iter().filter(|(field, words)| is_legible(field, words)).map(|(field, _)| field).collect()
}

fn lower_struct<'a>(fields: &'a Fields, written: &'a Written, input: &'a DeriveInput) -> Struct<'a> {
    let lowering = Lowering::new(written, input);
    let mut lowered: Vec<_> = lowering.fields(fields, &written.fields, 0).collect();
    if written.container.lex.is_some() {
        // All but the last one, which the keys decide about.
        lowered
            .iter_mut()
            .rev()
            .filter(|field| !field.is_skipped())
            .skip(1)
            .for_each(|key| key.is_key = true);
    }
    Struct { style: fields, fields: lowered }
}

/// What the lowering of a field depends on besides the field.
struct Lowering<'a> {
    input: &'a DeriveInput,
    /// Whether constants can be about the types of fields.
    concrete: bool,
}

impl<'a> Lowering<'a> {
    fn new(written: &Written, input: &'a DeriveInput) -> Self {
        Self { input, concrete: input.generics.params.is_empty() && written.container.bound.is_none() }
    }

    /// The fields of a struct or of a variant; their constants are numbered from `first`.
    fn fields(
        &self,
        fields: &'a Fields,
        words: &'a [FieldWords],
        first: usize,
    ) -> impl Iterator<Item = Field<'a>> {
        fields
            .iter()
            .zip(words)
            .enumerate()
            .map(move |(index, (original, words))| self.field(original, words, (index, first + index)))
    }

    fn field(
        &self,
        original: &'a syn::Field,
        words: &'a FieldWords,
        (index, number): (usize, usize),
    ) -> Field<'a> {
        let ident = original.ident.clone();
        let mentions_self = mentions_self(&original.ty, self.input);
        Field {
            name: ident.as_ref().map_or_else(|| index.to_string(), |ident| ident.unraw().to_string()),
            member: ident.map_or_else(|| Member::Unnamed(Index::from(index)), Member::Named),
            original,
            owner: &self.input.ident,
            number,
            is_key: false,
            span: original.ty.span().resolved_at(Span::call_site()),
            strategy: words.strategy.as_ref().map(|(_, strategy)| strategy),
            word: words.strategy.as_ref().map(|(word, _)| word),
            mentions_parameter: mentions_parameter(&original.ty, self.input),
            mentions_self,
            hangs: mentions_self || mentions_any(&original.ty, self.input),
            constant: (self.concrete && !mentions_self).then_some(number),
            refused: None,
        }
    }
}

/// An order that was not declared, or not legibly, has no meaning; `check` has nothing to add then.
fn lower_enum<'a>(
    data: &'a DataEnum,
    written: &'a Written,
    input: &'a DeriveInput,
    diagnostics: &mut Diagnostics,
) -> Option<Enum<'a, Declared<'a>>> {
    let words = &written.container;
    let variants: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let names: Vec<String> = variants.iter().map(|variant| variant.unraw().to_string()).collect();
    let names_of = Names { enumeration: &input.ident, names: &names };
    let before = diagnostics.len();
    let named = |word: &'a Option<VariantWord>, diagnostics: &mut Diagnostics| {
        let word = word.as_ref()?;
        Some(Named { index: names_of.resolve(&word.variant, diagnostics)?, at: &word.variant })
    };
    let bottom = named(&words.bottom, diagnostics);
    let conflict = named(&words.conflict, diagnostics);
    let mut order = Declared { edges: Vec::new(), mentions: vec![None; variants.len()], bottom, conflict };
    if let Some(written) = &words.order {
        order.read(written, &names_of, diagnostics);
    } else {
        order.chain(&variants);
    }
    let payloads = lower_payloads(data, written, input);
    (diagnostics.len() == before).then_some(Enum { variants, names, payloads, order })
}

fn lower_payloads<'a>(data: &'a DataEnum, written: &'a Written, input: &'a DeriveInput) -> Vec<Payload<'a>> {
    let lowering = Lowering::new(written, input);
    let mut payloads = Vec::new();
    let mut n_fields = 0;
    for (variant, words) in data.variants.iter().zip(&written.variants) {
        let fields: Vec<_> = lowering.fields(&variant.fields, &words.fields, n_fields).collect();
        n_fields += fields.len();
        payloads.push(Payload { style: &variant.fields, flat: words.flat.as_ref(), fields });
    }
    payloads
}

impl<'a> Declared<'a> {
    fn read(&mut self, written: &'a WrittenOrder, names: &Names<'_>, diagnostics: &mut Diagnostics) {
        for chain in &written.chains {
            let mut lesser = None;
            for at in chain {
                let index = names.resolve(at, diagnostics);
                if let Some(index) = index {
                    self.mentions[index] = Some(at);
                }
                if let (Some(lesser), Some(greater)) = (lesser, index) {
                    self.edges.push(Edge { lesser, greater, at: at.clone() });
                }
                lesser = index;
            }
        }
    }

    fn chain(&mut self, variants: &[&'a Ident]) {
        self.mentions = variants.iter().copied().map(Some).collect();
        let steps = variants.iter().enumerate().skip(1);
        self.edges =
            steps.map(|(at, variant)| Edge { lesser: at - 1, greater: at, at: (*variant).clone() }).collect();
    }
}

/// The variants of an enum, to be looked up by name.
struct Names<'a> {
    enumeration: &'a Ident,
    names: &'a [String],
}

impl Names<'_> {
    fn resolve(&self, ident: &Ident, diagnostics: &mut Diagnostics) -> Option<usize> {
        let wanted = ident.unraw().to_string();
        let found = self.names.iter().position(|name| *name == wanted);
        if found.is_none() {
            let names = || self.names.iter().map(String::as_str);
            let mistake =
                diagnostics.error(ident, format!("`{}` has no variant `{wanted}`", self.enumeration));
            if self.names.len() <= 12 {
                mistake.note(format!("its variants are {}", list(names())));
            } else {
                mistake.note(format!("it has {} variants, and none of this name", self.names.len()));
            }
            match did_you_mean(&wanted, names()) {
                Some(near) => mistake.help(format!("did you mean `{near}`?")),
                None => mistake.help(format!("name one of these, or add `{wanted}` to the enum")),
            };
        }
        found
    }
}
