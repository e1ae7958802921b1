//! A program in continuation-passing style: every function is told where to go on, so that all there is to analyse are calls.
//!
//! ```text
//!   call ::= (function argument ..)  |  if  |  bind local variables, then call  |  the end
//! ```
//!
//! Bodies are trees of calls, in which a variable is either local to the function or captured by it, at a place that is known here.

use std::collections::BTreeSet;

use super::syntax::{Expression, Function, Primitive, Variable};

/// A call, by its position in the program. Time, in the analysis, is the last of them.
pub(crate) type CallId = u32;

pub(crate) type LambdaId = u32;

#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) calls: Vec<Call>,
    pub(crate) lambdas: Vec<Lambda>,
    /// The first call.
    pub(crate) start: CallId,
    /// The variable that gets the result.
    pub(crate) result: Variable,
}

#[derive(Debug)]
pub(crate) enum Call {
    Apply { function: Atom, arguments: Vec<Atom> },
    If { test: Atom, then: CallId, otherwise: CallId },
    Bind { bindings: Vec<(Variable, Atom)>, body: CallId },
    Primitive { variable: Variable, primitive: Primitive, arguments: Vec<Atom>, body: CallId },
    End,
}

/// What is known without a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Atom {
    Number,
    Truth(bool),
    Variable(Variable, Place),
    Lambda(LambdaId),
}

/// Where a function finds a variable.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Local,
    /// Among what it captured, at this position.
    Captured(u32),
}

#[derive(Debug)]
pub(crate) struct Lambda {
    pub(crate) parameters: Vec<Variable>,
    pub(crate) body: CallId,
    /// The variables that it captures, and where the function around it finds them.
    pub(crate) captured: Vec<(Variable, Place)>,
}

/// Converts a program that has so many variables.
pub(crate) fn convert(program: &Expression, n_variables: u32) -> Program {
    let mut converter = Converter { calls: Vec::new(), lambdas: Vec::new(), n_variables };
    let result = converter.fresh();
    let end = converter.call(Call::End);
    let halt = converter.lambda(vec![result], end);
    let start = converter.expression(program, Context::Return(halt));
    let mut program = Program { calls: converter.calls, lambdas: converter.lambdas, start, result };
    let main = program.free(start);
    assert!(main.is_empty(), "the reader refuses what nothing binds");
    program.place(start, &[]);
    program
}

struct Converter {
    calls: Vec<Call>,
    lambdas: Vec<Lambda>,
    n_variables: u32,
}

/// What becomes of a value.
enum Context<'a> {
    /// It is passed to a continuation.
    Return(Atom),
    /// The rest needs it.
    Then(ThenOne<'a>),
    /// The rest needs it in this variable.
    Bind(Variable, Box<dyn FnOnce(&mut Converter) -> CallId + 'a>),
}

/// What needs the value of an expression.
type ThenOne<'a> = Box<dyn FnOnce(&mut Converter, Atom) -> CallId + 'a>;

/// What needs the values of several expressions.
type ThenAll<'a> = Box<dyn FnOnce(&mut Converter, Vec<Atom>) -> CallId + 'a>;

impl Converter {
    fn expression<'a>(&mut self, expression: &'a Expression, context: Context<'a>) -> CallId {
        match expression {
            Expression::Number => self.pass(Atom::Number, context),
            Expression::Truth(truth) => self.pass(Atom::Truth(*truth), context),
            Expression::Variable(variable) => self.pass(local(*variable), context),
            Expression::Lambda(function) => {
                let lambda = self.function(function);
                self.pass(lambda, context)
            }
            Expression::Let(variable, value, body) => {
                let then = move |converter: &mut Self| converter.expression(body, context);
                self.expression(value, Context::Bind(*variable, Box::new(then)))
            }
            Expression::Letrec(functions, body) => {
                let bindings =
                    functions.iter().map(|(variable, function)| (*variable, self.function(function)));
                let bindings = bindings.collect();
                let body = self.expression(body, context);
                self.call(Call::Bind { bindings, body })
            }
            Expression::Primitive(primitive, arguments) => {
                let then =
                    |converter: &mut Self, arguments| converter.primitive(*primitive, arguments, context);
                self.all(arguments, Vec::new(), Box::new(then))
            }
            Expression::Apply(function, arguments) => {
                let apply = |converter: &mut Self, function| {
                    let then = move |converter: &mut Self, mut arguments: Vec<Atom>| {
                        arguments.push(converter.continuation(context));
                        converter.call(Call::Apply { function, arguments })
                    };
                    converter.all(arguments, Vec::new(), Box::new(then))
                };
                self.expression(function, Context::Then(Box::new(apply)))
            }
            Expression::If(parts) => {
                let [test, then, otherwise] = &**parts;
                let branch = |converter: &mut Self, test| converter.branch(test, [then, otherwise], context);
                self.expression(test, Context::Then(Box::new(branch)))
            }
        }
    }

    /// Hands a value to what becomes of it.
    fn pass(&mut self, atom: Atom, context: Context<'_>) -> CallId {
        match context {
            Context::Return(function) => self.call(Call::Apply { function, arguments: vec![atom] }),
            Context::Then(then) => then(self, atom),
            Context::Bind(variable, then) => {
                let body = then(self);
                self.call(Call::Bind { bindings: vec![(variable, atom)], body })
            }
        }
    }

    /// What becomes of a value, as a function that is passed it.
    fn continuation(&mut self, context: Context<'_>) -> Atom {
        match context {
            Context::Return(continuation) => continuation,
            Context::Then(then) => {
                let variable = self.fresh();
                let body = then(self, local(variable));
                self.lambda(vec![variable], body)
            }
            Context::Bind(variable, then) => {
                let body = then(self);
                self.lambda(vec![variable], body)
            }
        }
    }

    /// Both branches go on in the same way, which is therefore bound to a variable unless it is one.
    fn branch<'a>(&mut self, test: Atom, branches: [&'a Expression; 2], context: Context<'a>) -> CallId {
        let continuation = self.continuation(context);
        let (after, binding) = match continuation {
            Atom::Lambda(_) => {
                let variable = self.fresh();
                (local(variable), Some((variable, continuation)))
            }
            known => (known, None),
        };
        let [then, otherwise] = branches.map(|branch| self.expression(branch, Context::Return(after)));
        let body = self.call(Call::If { test, then, otherwise });
        match binding {
            Some(binding) => self.call(Call::Bind { bindings: vec![binding], body }),
            None => body,
        }
    }

    fn primitive(&mut self, primitive: Primitive, arguments: Vec<Atom>, context: Context<'_>) -> CallId {
        let (variable, body) = match context {
            Context::Bind(variable, then) => (variable, then(self)),
            context => {
                let variable = self.fresh();
                (variable, self.pass(local(variable), context))
            }
        };
        self.call(Call::Primitive { variable, primitive, arguments, body })
    }

    /// The values of all the expressions, from left to right.
    fn all<'a>(&mut self, expressions: &'a [Expression], mut atoms: Vec<Atom>, then: ThenAll<'a>) -> CallId {
        let [first, others @ ..] = expressions else { return then(self, atoms) };
        let others = move |converter: &mut Self, atom| {
            atoms.push(atom);
            converter.all(others, atoms, then)
        };
        self.expression(first, Context::Then(Box::new(others)))
    }

    /// A function, which has one parameter more: where to go on.
    fn function(&mut self, function: &Function) -> Atom {
        let continuation = self.fresh();
        let body = self.expression(&function.body, Context::Return(local(continuation)));
        let parameters = function.parameters.iter().copied().chain([continuation]).collect();
        self.lambda(parameters, body)
    }

    fn lambda(&mut self, parameters: Vec<Variable>, body: CallId) -> Atom {
        self.lambdas.push(Lambda { parameters, body, captured: Vec::new() });
        Atom::Lambda(self.lambdas.len() as LambdaId - 1)
    }

    fn call(&mut self, call: Call) -> CallId {
        self.calls.push(call);
        self.calls.len() as CallId - 1
    }

    fn fresh(&mut self) -> Variable {
        self.n_variables += 1;
        self.n_variables - 1
    }
}

/// A variable whose place is not known yet.
fn local(variable: Variable) -> Atom {
    Atom::Variable(variable, Place::Local)
}

impl Call {
    fn atoms(&mut self) -> Vec<&mut Atom> {
        match self {
            Self::Apply { function, arguments } => [function].into_iter().chain(arguments).collect(),
            Self::If { test, .. } => vec![test],
            Self::Bind { bindings, .. } => bindings.iter_mut().map(|(_, atom)| atom).collect(),
            Self::Primitive { arguments, .. } => arguments.iter_mut().collect(),
            Self::End => Vec::new(),
        }
    }

    /// The calls after it in the same body.
    fn next(&self) -> Vec<CallId> {
        match self {
            Self::Bind { body, .. } | Self::Primitive { body, .. } => vec![*body],
            Self::If { then, otherwise, .. } => vec![*then, *otherwise],
            Self::Apply { .. } | Self::End => Vec::new(),
        }
    }

    fn bound(&self) -> Vec<Variable> {
        match self {
            Self::Bind { bindings, .. } => bindings.iter().map(|(variable, _)| *variable).collect(),
            Self::Primitive { variable, .. } => vec![*variable],
            _ => Vec::new(),
        }
    }
}

impl Program {
    /// The variables that a body needs from outside. Notes for each function in it what it captures.
    fn free(&mut self, body: CallId) -> BTreeSet<Variable> {
        let mut free = BTreeSet::new();
        let atoms: Vec<Atom> = self.calls[body as usize].atoms().into_iter().map(|atom| *atom).collect();
        for atom in atoms {
            match atom {
                Atom::Variable(variable, _) => _ = free.insert(variable),
                Atom::Lambda(lambda) => {
                    let Lambda { body, parameters, .. } = &self.lambdas[lambda as usize];
                    let parameters: BTreeSet<_> = parameters.iter().copied().collect();
                    let captured = &self.free(*body) - &parameters;
                    free.extend(&captured);
                    self.lambdas[lambda as usize].captured =
                        captured.into_iter().map(|variable| (variable, Place::Local)).collect();
                }
                Atom::Number | Atom::Truth(_) => {}
            }
        }
        for next in self.calls[body as usize].next() {
            free.extend(self.free(next));
        }
        for variable in self.calls[body as usize].bound() {
            free.remove(&variable);
        }
        free
    }

    /// Says of each variable of a body whether it is among the captured ones, and so on for the functions in it.
    fn place(&mut self, body: CallId, captured: &[(Variable, Place)]) {
        let place = |variable: Variable| match captured.binary_search_by_key(&variable, |(known, _)| *known) {
            Ok(at) => Place::Captured(at as u32),
            Err(_) => Place::Local,
        };
        let mut lambdas = Vec::new();
        for atom in self.calls[body as usize].atoms() {
            match atom {
                Atom::Variable(variable, at) => *at = place(*variable),
                Atom::Lambda(lambda) => lambdas.push(*lambda),
                Atom::Number | Atom::Truth(_) => {}
            }
        }
        for lambda in lambdas {
            let lambda = &mut self.lambdas[lambda as usize];
            for (variable, at) in &mut lambda.captured {
                *at = place(*variable);
            }
            let (body, inner) = (lambda.body, lambda.captured.clone());
            self.place(body, &inner);
        }
        for next in self.calls[body as usize].next() {
            self.place(next, captured);
        }
    }
}
