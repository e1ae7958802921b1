//! The rules of a threshold set, one function each.
//!
//! That different outcomes exclude each other is a rule too, but needs types and values: the generated code has the compiler check it.

use quote::ToTokens;
use syn::Expr;

use super::Checked;
use crate::{
    diagnostics::Diagnostics,
    model::threshold::{Bind, Outcome, PathTree, ThresholdModel},
    syntax::threshold::Payload,
};

/// Applies every rule. `None` if there is any mistake, of this stage or an earlier one.
pub(crate) fn check<'a>(
    model: &'a ThresholdModel,
    diagnostics: &mut Diagnostics,
) -> Option<Checked<&'a ThresholdModel>> {
    if let Some(outcomes) = &model.outcomes {
        names_its_lattice(model, diagnostics);
        has_no_parameters(model, diagnostics);
        has_outcomes(model, outcomes, diagnostics);
        for outcome in outcomes {
            says_when(outcome, diagnostics);
            has_at_most_one_value(outcome, diagnostics);
            binds_what_it_carries(outcome, &model.paths, diagnostics);
            binds_one_path(outcome, &model.paths, diagnostics);
            points_are_constants(outcome, &model.paths, diagnostics);
        }
    }
    (diagnostics.len() == 0).then_some(Checked(model))
}

fn names_its_lattice(model: &ThresholdModel, diagnostics: &mut Diagnostics) {
    if !model.words.says_on {
        diagnostics
            .error(&model.ident, format!("`{}` does not say whose states it is about", model.ident))
            .note("an outcome is reached by the states of one lattice")
            .help("name the lattice: `#[threshold(on = Order)]`");
    }
}

fn has_no_parameters(model: &ThresholdModel, diagnostics: &mut Diagnostics) {
    if !model.generics.params.is_empty() {
        diagnostics
            .error(&model.generics.params, "a threshold set has no parameters")
            .note("that its outcomes exclude each other is checked once, for the one concrete lattice that it names")
            .help("write one enum for each lattice, as in `#[threshold(on = Order<u32>)]`");
    }
}

fn has_outcomes(model: &ThresholdModel, outcomes: &[Outcome], diagnostics: &mut Diagnostics) {
    if outcomes.is_empty() {
        diagnostics
            .error(&model.ident, format!("`{}` has no outcomes", model.ident))
            .note("a `get` that waits for none of anything would wait for ever")
            .help("add a variant with its condition: `#[when(field >= value)] Reached`");
    }
}

fn says_when(outcome: &Outcome, diagnostics: &mut Diagnostics) {
    if outcome.elements.is_empty() {
        diagnostics
            .error(&outcome.ident, format!("`{}` has no condition", outcome.ident))
            .note("every variant is an outcome that the state can reach")
            .help(format!("say when: `#[when(field >= value)] {}`", outcome.ident));
    }
}

fn has_at_most_one_value(outcome: &Outcome, diagnostics: &mut Diagnostics) {
    if let Payload::Misshapen(fields) = &outcome.payload {
        diagnostics
            .error(fields, format!("the payload of `{}` cannot be bound", outcome.ident))
            .note("an outcome carries nothing, or one unnamed value: the decided value of a `Flat` path")
            .help(format!("write `{0}` or `{0}(T)`", outcome.ident));
    }
}

/// A payload needs exactly one bare path in each `when`, and a bare path needs a payload.
fn binds_what_it_carries(outcome: &Outcome, paths: &PathTree, diagnostics: &mut Diagnostics) {
    for element in &outcome.elements {
        let Some(condition) = &element.condition else { continue };
        match (&outcome.payload, condition.binds.as_slice()) {
            (Payload::Misshapen(_), _) | (Payload::None, []) | (Payload::One(_), [_]) => {}
            (Payload::None, binds) => {
                binds.iter().for_each(|bind| refuse_bare_path(outcome, bind, paths, diagnostics))
            }
            (Payload::One(payload), []) => {
                diagnostics
                    .error_at(element.span, format!("this `when` does not say which value `{}` carries", outcome.ident))
                    .note("a bare path binds: the outcome is reached once the path is decided, and carries the decided value")
                    .help(format!("add the path of a `Flat<{}>`: `#[when(price)]`", payload.to_token_stream()));
            }
            (Payload::One(_), [first, others @ ..]) => {
                for bind in others {
                    let [first, second] = [first, bind].map(|bind| &paths.node(bind.path).text);
                    diagnostics
                        .error_at(
                            bind.span,
                            format!("`{second}` would be a second value of `{}`", outcome.ident),
                        )
                        .note(format!("`{first}` is bound already, and an outcome carries one value"))
                        .help(format!("bound it from below: `{second} >= value`"));
                }
            }
        }
    }
}

fn refuse_bare_path(outcome: &Outcome, bind: &Bind, paths: &PathTree, diagnostics: &mut Diagnostics) {
    let path = &paths.node(bind.path).text;
    diagnostics
        .error_at(bind.span, format!("`{path}` has nothing to be compared with"))
        .note(format!("a bare path binds the payload of its variant, and `{}` has none", outcome.ident))
        .help(format!("write `{path} >= value`, or give the variant a payload: `{}(T)`", outcome.ident));
}

/// Whichever `when` of a variant is reached, the payload is the same value. Otherwise the schedule would choose.
fn binds_one_path(outcome: &Outcome, paths: &PathTree, diagnostics: &mut Diagnostics) {
    if !matches!(outcome.payload, Payload::One(_)) {
        return;
    }
    let mut binds = outcome.elements.iter().filter_map(|element| element.condition.as_ref()?.binds.first());
    let Some(first) = binds.next() else { return };
    for other in binds.filter(|other| other.path != first.path) {
        let [first, second] = [first, other].map(|bind| &paths.node(bind.path).text);
        diagnostics
            .error_at(other.span, format!("`{}` binds `{first}` before and `{second}` here", outcome.ident))
            .note("both may be decided, and then the schedule would choose which value is carried")
            .help("bind the same path in each `when`, or write one variant for each path");
    }
}

/// The compiler says of any other call in a constant that it is none; of a string that is made at run time it can be said what to write.
fn points_are_constants(outcome: &Outcome, paths: &PathTree, diagnostics: &mut Diagnostics) {
    let conditions = outcome.elements.iter().filter_map(|element| element.condition.as_ref());
    for bound in conditions.flat_map(|condition| &condition.bounds) {
        if let Some(call) = string_maker(&bound.point) {
            let path = &paths.node(bound.path).text;
            diagnostics
                .error(
                    &bound.point,
                    format!("`{call}` makes a string at run time, and a point is a constant"),
                )
                .note("the compiler compares points, to prove that outcomes exclude each other")
                .help(format!("write a literal or the path of a `&'static str`: `{path} >= \"..\"`"))
                .help("a value that is known at run time only: `at_least`, or a `ThresholdSet`");
        }
    }
}

/// What makes a string out of another value, in the words of the user.
fn string_maker(point: &Expr) -> Option<&'static str> {
    match point {
        Expr::Group(group) => string_maker(&group.expr),
        Expr::MethodCall(call) => {
            ["to_owned", "to_string"].into_iter().find(|name| call.method == name && call.args.is_empty())
        }
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let mut last = path.path.segments.iter().rev().map(|segment| &segment.ident);
            (last.next()? == "from" && last.next()? == "String").then_some("String::from")
        }
        Expr::Macro(call) => call.mac.path.is_ident("format").then_some("format!"),
        _ => None,
    }
}
