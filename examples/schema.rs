//! The schema of records that nobody wrote down: `cargo run --example schema`.
//!
//! Each line of JSON has a schema; that of a file is the join over its lines, by however many threads. Where two lines disagree the
//! schema is in conflict, and it keeps for each kind of value the first line that had it: both sides can be shown.
//!
//! ```text
//! 6 lines: conflict
//! id: number
//! name: text, or null
//! owner: record
//! owner.age: number first in line 3, text first in line 5
//! owner.email: text
//! tags: list
//! tags[]: text
//! forwards, backwards and in two threads it is the same schema
//! conflict at shape.Record["owner"].shape.Record["age"].shape: Number and Text cannot both be true
//! ```

use std::{
    collections::BTreeMap,
    error::Error,
    io::{self, Write},
    thread,
};

use lvars::prelude::*;
use serde_json::Value;

const LINES: [&str; 6] = [
    r#"{"id": 1, "name": "ann", "tags": ["new"]}"#,
    r#"{"id": 2, "name": null}"#,
    r#"{"id": 3, "owner": {"age": 41}}"#,
    r#"{"id": 4, "owner": {"email": "a@b.example"}, "tags": []}"#,
    r#"{"id": 5, "owner": {"age": "41"}}"#,
    r#"{"id": 6, "owner": {"age": "unknown"}, "name": "eve"}"#,
];

/// What is known of the values at one place.
#[derive(Lattice, Clone, Debug, PartialEq)]
struct Schema {
    shape: Shape,
    nullable: Any,
    /// The first line of each kind: the witnesses. They are beside the shape, because two that meet in `Clash` are forgotten there.
    first: BTreeMap<&'static str, Min<usize>>,
}

/// What all values at one place look like.
#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(
    order(
        Unseen < Flag < Clash,
        Unseen < Number < Clash,
        Unseen < Text < Clash,
        Unseen < List < Clash,
        Unseen < Record < Clash
    ),
    conflict = Clash
)]
enum Shape {
    Unseen,
    Flag,
    Number,
    Text,
    List(Box<Schema>),
    Record(BTreeMap<String, Schema>),
    Clash,
}

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Infers the schema of the lines, in several ways, and tells it.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let lines = LINES.into_iter().zip(1..).map(|(line, number)| read(line, number));
    let lines: Vec<Schema> = lines.collect::<Result<_, _>>()?;
    let schema = join_all(&lines);
    let verdict = if schema.conflict().is_some() { "conflict" } else { "one schema" };
    writeln!(out, "{} lines: {verdict}", lines.len())?;
    tell(out, "", &schema)?;

    let backwards: Vec<Schema> = lines.iter().rev().cloned().collect();
    let (front, back) = lines.split_at(lines.len() / 2);
    let halves = thread::scope(|scope| {
        let front = scope.spawn(|| join_all(front));
        join_all(back).joined(front.join().expect("no join panics"))
    });
    if join_all(&backwards) == schema && halves == schema {
        writeln!(out, "forwards, backwards and in two threads it is the same schema")?;
    }
    // The first pair of lines that cannot both be right.
    let clash = pairs(&lines).find_map(|(one, other)| one.incompatible(other));
    writeln!(out, "{}", clash.ok_or("the lines agree")?)?;
    Ok(())
}

fn join_all(lines: &[Schema]) -> Schema {
    let mut schema = Schema::bottom();
    for line in lines {
        schema.join_ref(line);
    }
    schema
}

fn pairs(lines: &[Schema]) -> impl Iterator<Item = (&Schema, &Schema)> {
    lines.iter().enumerate().flat_map(|(at, one)| lines[..at].iter().map(move |other| (other, one)))
}

/// The schema of one line.
fn read(line: &str, number: usize) -> Result<Schema, serde_json::Error> {
    Ok(infer(&serde_json::from_str(line)?, number))
}

fn infer(value: &Value, line: usize) -> Schema {
    let (kind, shape) = match value {
        // Null is a value of every kind: it says nothing of the shape.
        Value::Null => return Schema { nullable: Any(true), ..Schema::bottom() },
        Value::Bool(_) => ("flag", Shape::Flag),
        Value::Number(_) => ("number", Shape::Number),
        Value::String(_) => ("text", Shape::Text),
        Value::Array(elements) => {
            let elements: Vec<Schema> = elements.iter().map(|element| infer(element, line)).collect();
            ("list", Shape::List(Box::new(join_all(&elements))))
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), infer(value, line)));
            ("record", Shape::Record(fields.collect()))
        }
    };
    Schema { shape, nullable: Any(false), first: BTreeMap::from([(kind, Min(line))]) }
}

/// One line for each place, and both witnesses where two kinds met.
fn tell(out: &mut dyn Write, path: &str, schema: &Schema) -> io::Result<()> {
    let kinds: Vec<String> = match schema.shape {
        Shape::Clash => {
            schema.first.iter().map(|(kind, Min(line))| format!("{kind} first in line {line}")).collect()
        }
        _ => schema.first.keys().map(|kind| (*kind).to_owned()).collect(),
    };
    let or_null = if schema.nullable.0 { ", or null" } else { "" };
    if !path.is_empty() {
        writeln!(out, "{path}: {}{or_null}", kinds.join(", "))?;
    }
    match &schema.shape {
        Shape::List(element) => tell(out, &format!("{path}[]"), element),
        Shape::Record(fields) => {
            let dot = if path.is_empty() { "" } else { "." };
            fields.iter().try_for_each(|(name, field)| tell(out, &format!("{path}{dot}{name}"), field))
        }
        _ => Ok(()),
    }
}
