//! The grammar of `#[when(status >= Status::Shipped, lines[Sku::BOOK])]`.
//!
//! A conjunct is parsed as an ordinary expression, so that what people try first (`==`, `&&`, `!`, a method) is understood, and
//! refused with what to write instead.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Attribute, BinOp, Expr, ExprBinary, Meta, Token, UnOp, punctuated::Punctuated, spanned::Spanned};

use super::path::{self, PathSyntax};
use crate::diagnostics::{Diagnostics, text_of};

/// One element of an activation set.
pub(crate) struct WhenSyntax {
    /// The word `when`.
    pub(crate) span: Span,
    /// `None` if malformed, which is reported.
    pub(crate) conjuncts: Option<Vec<ConjunctSyntax>>,
}

impl WhenSyntax {
    /// One that says nothing that can be used, which is reported.
    pub(super) fn malformed(span: Span) -> Self {
        Self { span, conjuncts: None }
    }
}

/// `path >= point`, or a bare `path` that binds.
pub(crate) struct ConjunctSyntax {
    pub(crate) path: PathSyntax,
    pub(crate) point: Option<Expr>,
}

/// Reads one `#[when(..)]`.
pub(super) fn read(attribute: &Attribute, diagnostics: &mut Diagnostics) -> WhenSyntax {
    let conjuncts = conjuncts_of(attribute, diagnostics);
    WhenSyntax { span: attribute.path().span(), conjuncts }
}

fn conjuncts_of(attribute: &Attribute, diagnostics: &mut Diagnostics) -> Option<Vec<ConjunctSyntax>> {
    let list = match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => list,
        _ => {
            diagnostics
                .error(attribute.path(), "a `when` says nothing")
                .note("an outcome that is reached from the start would answer every read at once")
                .help("write a condition: `#[when(field >= value)]`");
            return None;
        }
    };
    let exprs = match list.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
        Ok(exprs) => exprs,
        Err(error) => {
            diagnostics
                .error_at(error.span(), format!("this is no condition: {error}"))
                .note("a `when` is a list of `path >= value`, or of bare paths, between commas")
                .help("write it as in `#[when(status >= Status::Paid, priority >= 3)]`");
            return None;
        }
    };
    // All are read before any is given up: each may have a mistake of its own.
    let conjuncts: Vec<_> = exprs.into_iter().map(|expr| read_conjunct(expr, diagnostics)).collect();
    conjuncts.into_iter().collect()
}

fn read_conjunct(expr: Expr, diagnostics: &mut Diagnostics) -> Option<ConjunctSyntax> {
    match expr {
        Expr::Group(group) => read_conjunct(*group.expr, diagnostics),
        Expr::Binary(ExprBinary { left, op: BinOp::Ge(_), right, .. }) => {
            let path = read_path(&left, diagnostics)?;
            Some(ConjunctSyntax { path, point: Some(*right) })
        }
        Expr::Binary(ExprBinary { left, op: op @ (BinOp::And(_) | BinOp::Or(_)), right, .. }) => {
            refuse_connective(&op, diagnostics);
            // Only for the mistakes in the two sides.
            read_conjunct(*left, diagnostics);
            read_conjunct(*right, diagnostics);
            None
        }
        Expr::Binary(ExprBinary { left, op, right, .. }) => {
            let help = match op {
                BinOp::Eq(_) => write_instead(&left, &right),
                BinOp::Gt(_) => format!("name the least state that counts: `{} >= value`", text_of(&left)),
                BinOp::Lt(_) | BinOp::Le(_) => format!(
                    "wait for what the state grows to: `{} >= value`; in a `Min` the state grows downwards, so there it is reached by the value and all that is less",
                    text_of(&left)
                ),
                _ => format!("wait for what the state grows to: `{} >= value`", text_of(&left)),
            };
            refuse_comparison(&op, &help, diagnostics);
            None
        }
        Expr::Assign(assign) => {
            refuse_comparison(&assign.eq_token, &write_instead(&assign.left, &assign.right), diagnostics);
            None
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
            diagnostics
                .error(&unary.op, "a threshold cannot wait for the absence of something")
                .note("a state only grows: what is absent now may come later, so `!` would not stay true")
                .help("wait for a state that says so, such as a variant of an enum: `status >= Status::Cancelled`");
            None
        }
        bare => {
            let path = read_path(&bare, diagnostics)?;
            Some(ConjunctSyntax { path, point: None })
        }
    }
}

fn refuse_connective(op: &BinOp, diagnostics: &mut Diagnostics) {
    let error = diagnostics.error(op, format!("`{}` has no place in a `when`", op.to_token_stream()));
    error.note("all parts of one `when` must hold, and of several `when`s any one");
    match op {
        BinOp::Or(_) => {
            error.help("for alternatives write two attributes on the variant: `#[when(..)] #[when(..)]`")
        }
        _ => error.help("separate the parts of a conjunction by a comma: `#[when(a >= 1, b >= 2)]`"),
    };
}

fn refuse_comparison(op: &impl ToTokens, help: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(op, format!("a threshold compares with `>=` only, not with `{}`", op.to_token_stream()))
        .note("a threshold must stay reached while the state grows, and only `>=` in the lattice order does")
        .help(help);
}

fn write_instead(left: &Expr, right: &Expr) -> String {
    format!("write `{} >= {}`", text_of(left), text_of(right))
}

fn read_path(expr: &Expr, diagnostics: &mut Diagnostics) -> Option<PathSyntax> {
    let guilty = match path::read(expr) {
        Ok(path) => return Some(path),
        Err(guilty) => guilty,
    };
    const PATH: &str = "a path is a field, then fields and keys: `status`, `lines[Sku::BOOK].status`; `self` is the lattice as a whole";
    match guilty {
        Expr::MethodCall(call) => diagnostics
            .error(&call.method, "a threshold cannot call a method")
            .note("a path names fields and keys, so that the compiler can see which outcomes exclude each other")
            .help(PATH),
        Expr::Paren(_) => diagnostics
            .error(guilty, "parentheses have no place here")
            .note(PATH)
            .help("write it without them"),
        _ => diagnostics
            .error(guilty, "expected a path to a field")
            .note(PATH)
            .help("write the path first, then `>=` and a constant"),
    };
    None
}
