//! The story of a derive: what the user wrote, what it means, whether it obeys every rule, and the code it stands for.
//!
//! A stage that returns nothing has said why. After a mistake the fallback stands in for the impls, so that the rest of
//! the user's crate compiles and the mistake is the only message.
//!
//! `#[derive(LVar)]` and `#[derive(Replicate)]` read the same attributes as `#[derive(Lattice)]` and report the same mistakes: each is
//! expanded without knowing of the others. The compiler shows equal messages at one place once.

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Field, Type, TypeTraitObject};

use crate::{
    check::{self, Checked},
    diagnostics::Diagnostics,
    expand::{self, paths::Paths},
    fallback,
    model::{self, Model},
    syntax::{self, ContainerWords},
};

/// `#[derive(Lattice)]`.
pub(crate) fn derive_lattice(input: TokenStream) -> TokenStream {
    let (expand, stub, needs) = (expand::lattice, fallback::lattice, expand::lattice_needs);
    run(input, &Derive { starting: None, expand, stub, needs })
}

/// `#[derive(LVar)]`.
pub(crate) fn derive_lvar(input: TokenStream) -> TokenStream {
    let (expand, stub, needs) = (expand::lvar, fallback::lvar, expand::lvar_needs);
    run(input, &Derive { starting: Some("LVar"), expand, stub, needs })
}

/// `#[derive(Replicate)]`.
pub(crate) fn derive_replicate(input: TokenStream) -> TokenStream {
    let (expand, stub, needs) = (expand::replicate, fallback::replicate, expand::replicate_needs);
    run(input, &Derive { starting: Some("Replicate"), expand, stub, needs })
}

/// `#[derive(DotStore)]`. It reads `#[lattice(crate = path, bound = "..")]`, and a store has no use for the other words.
pub(crate) fn derive_dot_store(input: TokenStream) -> TokenStream {
    let input = match parse(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diagnostics = Diagnostics::new();
    let written = syntax::read(&input, &mut diagnostics);
    let paths = Paths::new(written.container.krate.as_ref());
    let checked = check::stores::check(&input, &written, &mut diagnostics);
    match (diagnostics.finish(), checked) {
        (Ok(()), Some(checked)) => expand::stores::emit(&checked, &paths),
        (Ok(()), None) => fallback::dot_store(&input, &paths),
        (Err(mut mistakes), _) => {
            mistakes.extend(fallback::dot_store(&input, &paths));
            mistakes
        }
    }
}

/// `#[derive(Threshold)]`.
pub(crate) fn derive_threshold(input: TokenStream) -> TokenStream {
    let input = match parse(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diagnostics = Diagnostics::new();
    let written = syntax::threshold::read(input, &mut diagnostics);
    let paths = Paths::new(written.words.krate.as_ref());
    let model = model::threshold::lower(written);
    let checked = check::threshold::check(&model, &mut diagnostics);
    match (diagnostics.finish(), checked) {
        (Ok(()), Some(checked)) => expand::threshold::emit_threshold(&checked, &paths),
        (Ok(()), None) => expand::threshold::emit_stub(&model, &paths),
        (Err(mut mistakes), _) => {
            mistakes.extend(expand::threshold::emit_stub(&model, &paths));
            mistakes
        }
    }
}

/// The type as it was written, but a field's type that ends in `+`, as `dyn Send +` may, without that: code that is written around a type
/// need not be read as its next bound.
fn parse(input: TokenStream) -> syn::Result<DeriveInput> {
    let mut input: DeriveInput = syn::parse2(input)?;
    for field in fields_mut(&mut input.data) {
        if let Type::TraitObject(TypeTraitObject { bounds, .. }) = &mut field.ty {
            bounds.pop_punct();
        }
    }
    Ok(input)
}

fn fields_mut(data: &mut Data) -> Vec<&mut Field> {
    match data {
        Data::Struct(data) => data.fields.iter_mut().collect(),
        Data::Enum(data) => data.variants.iter_mut().flat_map(|variant| &mut variant.fields).collect(),
        Data::Union(data) => data.fields.named.iter_mut().collect(),
    }
}

/// What a derive writes.
struct Derive {
    /// Its name, if its states start at the bottom.
    starting: Option<&'static str>,
    /// Where every rule is obeyed.
    expand: fn(&Checked<Model<'_>>, &Paths) -> TokenStream,
    /// After a mistake: what stands in for the impls.
    stub: fn(&DeriveInput, &ContainerWords, &Paths) -> TokenStream,
    /// After a mistake: what is asked of the fields all the same.
    needs: fn(&DeriveInput, &[model::Field<'_>], &Paths) -> TokenStream,
}

/// The pipeline of the three derives that read `#[lattice(..)]`.
fn run(input: TokenStream, derive: &Derive) -> TokenStream {
    let input = match parse(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diagnostics = Diagnostics::new();
    let written = syntax::read(&input, &mut diagnostics);
    let paths = Paths::new(written.container.krate.as_ref());
    let checked = model::lower(&input, &written, &mut diagnostics)
        .and_then(|model| check::check(model, &mut diagnostics));
    if let Some(name) = derive.starting {
        check::check_starts_at_the_bottom(name, written.container.no_bottom.as_ref(), &mut diagnostics);
    }
    match (diagnostics.finish(), checked) {
        (Ok(()), Some(checked)) => (derive.expand)(&checked, &paths),
        (Ok(()), None) => (derive.stub)(&input, &written.container, &paths),
        (Err(mut mistakes), _) => {
            let mut fields = model::legible_fields(&input, &written);
            check::fields::check(&mut fields);
            mistakes.extend((derive.stub)(&input, &written.container, &paths));
            mistakes.extend((derive.needs)(&input, &fields, &paths));
            mistakes
        }
    }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
