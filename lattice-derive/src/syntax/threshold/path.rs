//! The grammar of a path: `status`, `billing.status`, `0.1`, `lines[Sku::BOOK].status`, and `self` for the lattice as a whole.

use proc_macro2::Span;
use syn::{Expr, ExprIndex, Lit, Member, ext::IdentExt, spanned::Spanned};

/// A path from the lattice to a leaf.
pub(crate) struct PathSyntax {
    /// The lattice itself, or a field of it.
    pub(crate) first: Step,
    pub(crate) rest: Vec<Step>,
}

/// One step of a path.
pub(crate) enum Step {
    /// `self`: nowhere. Only first, and only if what follows is no field.
    Itself { span: Span },
    /// To a field, by its name without `r#`, or its number.
    Field { name: String, span: Span },
    /// To what is under a key.
    Key { key: Box<Expr>, span: Span },
}

/// Reads a path, or answers the part that cannot be in one.
pub(super) fn read(expr: &Expr) -> Result<PathSyntax, &Expr> {
    let mut steps = Vec::new();
    read_into(expr, &mut steps)?;
    // `self.status` is `status`.
    if let [Step::Itself { .. }, Step::Field { .. }, ..] = steps.as_slice() {
        steps.remove(0);
    }
    let mut steps = steps.into_iter();
    let first = steps.next().ok_or(expr)?;
    Ok(PathSyntax { first, rest: steps.collect() })
}

impl PathSyntax {
    /// The last step: where a mistake about the leaf is shown.
    pub(crate) fn span(&self) -> Span {
        match self.rest.last().unwrap_or(&self.first) {
            Step::Itself { span } | Step::Field { span, .. } | Step::Key { span, .. } => *span,
        }
    }
}

fn read_into<'a>(expr: &'a Expr, steps: &mut Vec<Step>) -> Result<(), &'a Expr> {
    match expr {
        Expr::Path(path) if path.qself.is_none() && path.attrs.is_empty() => {
            let ident = path.path.get_ident().ok_or(expr)?;
            steps.push(if ident == "self" {
                Step::Itself { span: ident.span() }
            } else {
                Step::Field { name: ident.unraw().to_string(), span: ident.span() }
            });
        }
        // The field of a tuple struct: `0 >= 3`, `0.1 >= 3`. The lexer takes the latter for a float.
        Expr::Lit(number) => match &number.lit {
            Lit::Int(int) if int.suffix().is_empty() => steps.push(numbered(int.base10_digits(), int.span())),
            Lit::Float(float) if float.suffix().is_empty() => {
                let text = float.to_string();
                let (first, second) = text.split_once('.').ok_or(expr)?;
                if !is_number(first) || !is_number(second) {
                    return Err(expr);
                }
                steps.extend([numbered(first, float.span()), numbered(second, float.span())]);
            }
            _ => return Err(expr),
        },
        Expr::Field(field) => {
            read_into(&field.base, steps)?;
            steps.push(match &field.member {
                Member::Named(ident) => Step::Field { name: ident.unraw().to_string(), span: ident.span() },
                Member::Unnamed(index) => numbered(&index.index.to_string(), index.span()),
            });
        }
        Expr::Index(ExprIndex { expr: map, index, .. }) => {
            read_into(map, steps)?;
            steps.push(Step::Key { key: index.clone(), span: index.span() });
        }
        // Invisible brackets, around what a `macro_rules!` passes on.
        Expr::Group(group) => read_into(&group.expr, steps)?,
        _ => return Err(expr),
    }
    Ok(())
}

fn numbered(number: &str, span: Span) -> Step {
    Step::Field { name: number.to_owned(), span }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
