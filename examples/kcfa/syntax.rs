//! The core of Scheme that is analysed: how it is read.
//!
//! ```text
//!   e ::= number | #t | #f | x | (lambda (x ..) e) | (e e ..) | (if e e e) | (let ((x e) ..) e) | (letrec ((x (lambda ..)) ..) e)
//!       | (primitive e ..)          primitive ::= + - * = < <= not
//! ```
//!
//! A variable is a number, another one for each place that binds it, so that nothing that follows has to know about scopes.

use std::{error::Error, fmt};

/// A variable, by the place that binds it.
pub(crate) type Variable = u32;

#[derive(Debug)]
pub(crate) enum Expression {
    Number,
    Truth(bool),
    Variable(Variable),
    Lambda(Function),
    Apply(Box<Self>, Vec<Self>),
    If(Box<[Self; 3]>),
    Let(Variable, Box<Self>, Box<Self>),
    Letrec(Vec<(Variable, Function)>, Box<Self>),
    Primitive(Primitive, Vec<Self>),
}

#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) parameters: Vec<Variable>,
    pub(crate) body: Box<Expression>,
}

/// What a primitive answers is all that the analysis wants to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    /// A number.
    Arithmetic,
    /// Either truth.
    Comparison,
    /// The other truth.
    Not,
}

/// What is wrong with a program.
#[derive(Debug)]
pub(crate) struct SyntaxError(String);

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for SyntaxError {}

/// Reads a program, and answers with it how many variables it has.
///
/// # Errors
///
/// If it is no program of the core, or names a variable that nothing binds.
pub(crate) fn read(text: &str) -> Result<(Expression, u32), SyntaxError> {
    let text = text.replace('(', " ( ").replace(')', " ) ");
    let mut words = text.split_whitespace();
    let form = Form::read(&mut words)?;
    if let Some(word) = words.next() {
        return wrong(format!("`{word}` after the end of the program"));
    }
    let mut reader = Reader { scope: Vec::new(), n_variables: 0 };
    let program = reader.expression(&form)?;
    Ok((program, reader.n_variables))
}

fn wrong<T>(what: impl Into<String>) -> Result<T, SyntaxError> {
    Err(SyntaxError(what.into()))
}

/// A symbolic expression.
enum Form<'a> {
    Word(&'a str),
    List(Vec<Self>),
}

impl<'a> Form<'a> {
    fn read(words: &mut impl Iterator<Item = &'a str>) -> Result<Self, SyntaxError> {
        let mut open: Vec<Vec<Self>> = Vec::new();
        loop {
            let form = match words.next() {
                None => return wrong("the program ends inside of a list"),
                Some("(") => {
                    open.push(Vec::new());
                    continue;
                }
                Some(")") => match open.pop() {
                    None => return wrong("`)` without `(`"),
                    Some(list) => Self::List(list),
                },
                Some(word) => Self::Word(word),
            };
            match open.last_mut() {
                None => return Ok(form),
                Some(list) => list.push(form),
            }
        }
    }
}

struct Reader<'a> {
    /// The names that are bound here, the innermost last.
    scope: Vec<(&'a str, Variable)>,
    n_variables: u32,
}

impl<'a> Reader<'a> {
    fn expression(&mut self, form: &Form<'a>) -> Result<Expression, SyntaxError> {
        let list = match form {
            Form::Word(word) => return self.word(word),
            Form::List(list) => list.as_slice(),
        };
        match list {
            [] => wrong("`()` is no expression"),
            [Form::Word("lambda"), parameters, body] => {
                Ok(Expression::Lambda(self.function(parameters, body)?))
            }
            [Form::Word("if"), test, then, otherwise] => {
                let [test, then, otherwise] = [test, then, otherwise].map(|form| self.expression(form));
                Ok(Expression::If(Box::new([test?, then?, otherwise?])))
            }
            [Form::Word("let"), Form::List(bindings), body] => self.lets(bindings, body),
            [Form::Word("letrec"), Form::List(bindings), body] => self.letrec(bindings, body),
            [Form::Word(word), ..] if FORMS.contains(word) => wrong(format!("a malformed `{word}`")),
            [Form::Word(word), arguments @ ..] => {
                let arguments = self.expressions(arguments)?;
                match primitive(word) {
                    Some(primitive) => Ok(Expression::Primitive(primitive, arguments)),
                    None => Ok(Expression::Apply(Box::new(self.word(word)?), arguments)),
                }
            }
            [function, arguments @ ..] => {
                Ok(Expression::Apply(Box::new(self.expression(function)?), self.expressions(arguments)?))
            }
        }
    }

    fn expressions(&mut self, forms: &[Form<'a>]) -> Result<Vec<Expression>, SyntaxError> {
        forms.iter().map(|form| self.expression(form)).collect()
    }

    fn word(&self, word: &str) -> Result<Expression, SyntaxError> {
        match word {
            "#t" => return Ok(Expression::Truth(true)),
            "#f" => return Ok(Expression::Truth(false)),
            _ if word.parse::<i64>().is_ok() => return Ok(Expression::Number),
            _ => {}
        }
        match self.scope.iter().rev().find(|(name, _)| *name == word) {
            Some((_, variable)) => Ok(Expression::Variable(*variable)),
            None => wrong(format!("nothing binds `{word}`")),
        }
    }

    fn function(&mut self, parameters: &Form<'a>, body: &Form<'a>) -> Result<Function, SyntaxError> {
        let Form::List(parameters) = parameters else { return wrong("a `lambda` without its parameters") };
        let n_outside = self.scope.len();
        let parameters = parameters.iter().map(|parameter| self.bind(parameter)).collect::<Result<_, _>>()?;
        let body = Box::new(self.expression(body)?);
        self.scope.truncate(n_outside);
        Ok(Function { parameters, body })
    }

    /// `let` of one variable, or of none: those of several are nested, so that each may use the ones before it.
    fn lets(&mut self, bindings: &[Form<'a>], body: &Form<'a>) -> Result<Expression, SyntaxError> {
        let [first, others @ ..] = bindings else { return self.expression(body) };
        let (name, value) = binding(first)?;
        let value = self.expression(value)?;
        let n_outside = self.scope.len();
        let variable = self.bind(name)?;
        let body = self.lets(others, body)?;
        self.scope.truncate(n_outside);
        Ok(Expression::Let(variable, Box::new(value), Box::new(body)))
    }

    fn letrec(&mut self, bindings: &[Form<'a>], body: &Form<'a>) -> Result<Expression, SyntaxError> {
        let n_outside = self.scope.len();
        let mut bound = Vec::new();
        for form in bindings {
            let (name, value) = binding(form)?;
            bound.push((self.bind(name)?, value));
        }
        let mut functions = Vec::new();
        for (variable, value) in bound {
            let Expression::Lambda(function) = self.expression(value)? else {
                return wrong("`letrec` binds functions only");
            };
            functions.push((variable, function));
        }
        let body = Box::new(self.expression(body)?);
        self.scope.truncate(n_outside);
        Ok(Expression::Letrec(functions, body))
    }

    fn bind(&mut self, name: &Form<'a>) -> Result<Variable, SyntaxError> {
        let Form::Word(name) = name else { return wrong("a list where a name is due") };
        let variable = self.n_variables;
        self.n_variables += 1;
        self.scope.push((name, variable));
        Ok(variable)
    }
}

/// What begins no application.
const FORMS: [&str; 4] = ["lambda", "if", "let", "letrec"];

fn primitive(word: &str) -> Option<Primitive> {
    match word {
        "+" | "-" | "*" => Some(Primitive::Arithmetic),
        "=" | "<" | "<=" => Some(Primitive::Comparison),
        "not" => Some(Primitive::Not),
        _ => None,
    }
}

fn binding<'f, 'a>(form: &'f Form<'a>) -> Result<(&'f Form<'a>, &'f Form<'a>), SyntaxError> {
    let Form::List(parts) = form else { return wrong("a word where a binding is due") };
    let [name, value] = parts.as_slice() else { return wrong("a binding is a name and a value") };
    Ok((name, value))
}
