//! The pictures of derived lattices. Of each diagram: every state is in it once, the lines are the transitive reduction of the order,
//! the texts are those that were blessed by eye, and what stands in a label stays in it.

use std::collections::BTreeSet;

use lvars::{
    hasse::{Diagram, Label, NoConflict},
    prelude::*,
};

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Bottom < A < Top, Bottom < B < Top, Bottom < C < Top))]
enum M3 {
    Bottom,
    A,
    B,
    C,
    Top,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Bottom < A < C < Top, Bottom < B < Top))]
enum N5 {
    Bottom,
    A,
    B,
    C,
    Top,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Status)]
enum Outcome {
    #[when(self >= Status::Shipped)]
    Delivered,
    #[when(self >= Status::Cancelled)]
    Failed,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
    #[lattice(any)]
    late: bool,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Twice(Box<Order>, Option<Any>);

/// More fields than a tuple has.
#[derive(Lattice, Clone, Debug, PartialEq)]
struct Wide {
    first: Any,
    units: ((), (), ()),
    a: (),
    b: (),
    c: (),
    d: (),
    e: (),
    f: (),
    g: (),
    h: (),
    i: (),
    j: (),
    k: (),
    #[lattice(all)]
    last: bool,
}

/// Lists each state once, and has a line exactly where one state is above another with nothing between.
fn is_the_transitive_reduction<L: States + PartialEq + std::fmt::Debug>() {
    let diagram = L::hasse();
    let states = diagram.states();
    assert_eq!(states.len(), L::N_STATES);
    let below = |a: &L, b: &L| a != b && a.leq(b);
    let drawn: Vec<(&L, &L)> = diagram.covers().collect();
    for (at, a) in states.iter().enumerate() {
        assert!(!states[..at].contains(a), "{a:?} is listed twice");
        for b in states {
            let between = states.iter().any(|c| below(a, c) && below(c, b));
            assert_eq!(drawn.contains(&(a, b)), below(a, b) && !between, "{a:?}, {b:?}");
        }
    }
    assert_eq!(
        drawn.len(),
        diagram.covers().map(|(a, b)| format!("{a:?} {b:?}")).collect::<BTreeSet<_>>().len()
    );
    assert_is_xml(&diagram.svg());
}

#[test]
fn lines_are_the_transitive_reduction() {
    is_the_transitive_reduction::<()>();
    is_the_transitive_reduction::<Status>();
    is_the_transitive_reduction::<M3>();
    is_the_transitive_reduction::<N5>();
    is_the_transitive_reduction::<Flat<bool>>();
    is_the_transitive_reduction::<Option<Option<All>>>();
    is_the_transitive_reduction::<(Status, (Any,), M3)>();
    is_the_transitive_reduction::<(Any, Any, Any, Any, Any, Any)>();
    is_the_transitive_reduction::<Order>();
    is_the_transitive_reduction::<Twice>();
    is_the_transitive_reduction::<Wide>();
}

#[test]
fn mermaid_of_a_status_with_its_outcomes() {
    let expected = r##"flowchart BT
    accTitle: Hasse diagram of Status
    s0["New"]
    s1["Paid"]
    s2["Shipped"]:::outcome0
    s3["Cancelled"]:::outcome1
    s4["Broken"]:::conflict
    s0 --- s1
    s0 --- s3
    s1 --- s2
    s2 --- s4
    s3 --- s4
    style s0 stroke-width:3px
    subgraph legend
        l0["Outcome::Delivered"]:::outcome0
        l1["Outcome::Failed"]:::outcome1
        l2["conflict"]:::conflict
    end
    classDef outcome0 fill:#cfe5f7,stroke:#0072b2,color:#1f2328
    classDef outcome1 fill:#fbe3b5,stroke:#b36b00,color:#1f2328
    classDef conflict fill:#eceff2,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3
"##;
    assert_eq!(Status::hasse().with_threshold::<Outcome>().mermaid(), expected);
}

#[test]
fn the_picture_in_the_documentation_is_what_is_drawn() {
    let drawn = Status::hasse().with_threshold::<Outcome>().svg();
    assert_eq!(drawn, include_str!("../docs/status.svg"), "`cargo run --example hasse -- docs/status.svg`");
}

#[test]
fn dot_of_a_flag() {
    let expected = r##"graph {
    rankdir=BT label="Any" labelloc=t fontname="monospace" bgcolor=white
    node [shape=box fontname="monospace" fontcolor="#1f2328" height=0.3 margin="0.1,0.05"]
    s0 [label="false" style="filled" fillcolor="#ffffff" color="#57606a" penwidth=2.5]
    s1 [label="true" style="filled" fillcolor="#ffffff" color="#57606a"]
    s0 -- s1
}
"##;
    assert_eq!(Any::hasse().dot(), expected);
}

#[test]
fn svg_draws_the_bottom_at_the_bottom() {
    let svg = Any::hasse().svg();
    let height_of = |word: &str| -> f64 {
        let line = svg.lines().find(|line| line.ends_with(&format!(">{word}</text>"))).unwrap();
        line.split("y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!(height_of("false") > height_of("true"));
}

#[test]
fn an_incompatible_pair_and_its_join_are_red() {
    let diagram = Status::hasse().with_incompatible(&Status::Paid, &Status::Cancelled).unwrap();
    let mermaid = diagram.mermaid();
    let red: Vec<&str> = mermaid.lines().filter(|line| line.ends_with(":::clash")).map(str::trim).collect();
    assert_eq!(
        red,
        [
            r#"s1["Paid"]:::clash"#,
            r#"s3["Cancelled"]:::clash"#,
            r#"s4["Broken"]:::clash"#,
            r#"l0["conflict: Cancelled and Paid cannot both be true"]:::clash"#
        ]
    );
}

#[test]
fn a_compatible_pair_is_refused_with_its_join() {
    let answer = Status::hasse().with_incompatible(&Status::New, &Status::Paid).map(|_| ());
    let expected = NoConflict { left: "New".into(), right: "Paid".into(), join: "Paid".into() };
    assert_eq!(answer, Err(expected.clone()));
    assert_eq!(expected.to_string(), "the join of `New` and `Paid` is `Paid`, which is no conflict");
}

/// A flag whose label holds what each of the formats gives a meaning to.
#[derive(Clone, Debug, PartialEq)]
struct Odd(Any);

const ODD: &str = "<a href=\"x\">&amp;'`#{]\\\n\u{1}é</text>";

impl Lattice for Odd {
    fn join(&mut self, other: Self) -> bool {
        self.0.join(other.0)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.lattice_cmp(&other.0)
    }
}

impl States for Odd {
    const N_STATES: usize = 2;

    fn nth_state(at: usize) -> Option<Self> {
        Any::nth_state(at).map(Self)
    }

    fn label(&self) -> Label {
        Label::from(ODD)
    }
}

#[test]
fn no_label_leaves_its_place() {
    let diagram: Diagram<Odd> = Odd::hasse();
    assert_is_xml(&diagram.svg());
    let mermaid = diagram.mermaid();
    let state = mermaid.lines().find(|line| line.contains("s0[")).unwrap();
    assert_eq!(state.matches('"').count(), 2, "{state}");
    assert!(!state.contains(['<', '\'', '`', '\\', '{']), "{state}");
    let dot = diagram.dot();
    let state = dot.lines().find(|line| line.contains("s0 [")).unwrap();
    assert!(state.contains(r#"label="<a href=\"x\">&amp;amp;'`#{]\\"#), "{state}");
}

#[test]
fn states_of_a_struct_are_listed_with_the_last_field_changing_fastest() {
    let labels: Vec<String> = Order::states().map(|state| state.label().in_one_line()).collect();
    assert_eq!(labels.len(), 10);
    assert_eq!(
        labels[1..4],
        ["status: New, late: true", "status: Paid, late: false", "status: Paid, late: true"]
    );
    assert_eq!(Order::nth_state(10), None);
}

#[test]
fn a_conflict_in_a_struct_names_the_field() {
    let shipped = Order { status: Status::Shipped, late: false };
    let cancelled = Order { status: Status::Cancelled, late: true };
    let dot = Order::hasse().with_incompatible(&shipped, &cancelled).unwrap().dot();
    assert!(dot.contains("conflict at status: Cancelled and Shipped cannot both be true"), "{dot}");
}

#[test]
fn labels_of_products_tell_their_parts() {
    let label = |state: (Status, Option<(Any, Any)>)| state.label().in_one_line();
    assert_eq!(label((Status::Paid, Some((Any(true), Any(false))))), "(Paid, Some((true, false)))");
    assert_eq!(
        (Any(true), Any(true), Any(true), Any(false), Any(true), Any(true)).label().lines(),
        ["(true, true, true,", "false, true, true)"],
        "a long one is broken"
    );
    let twice = Twice(Box::new(Order { status: Status::Paid, late: true }), None);
    assert_eq!(twice.label().in_one_line(), "((status: Paid, late: true), None)");
    let inner = || Label::fields([("late", Label::from("true")), ("paid", Label::from("false"))]);
    let outer = Label::fields([("order", inner()), ("n", Label::from("3"))]);
    assert_eq!(outer.in_one_line(), "order: (late: true, paid: false), n: 3");
}

/// Each tag is closed by its own, text holds no bare special character, and no character is one that XML forbids.
fn assert_is_xml(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('<') {
        assert_is_text(before);
        let (tag, after) = from.split_once('>').expect("a tag ends");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => {
                let name = tag.split([' ', '/']).next().unwrap_or_default();
                assert!(tag.matches('"').count().is_multiple_of(2), "{tag}");
                assert_is_text(tag);
                if !tag.ends_with('/') {
                    open.push(name);
                }
            }
        }
        rest = after;
    }
    assert_eq!(open, [""; 0]);
    assert_eq!(rest.trim(), "");
}

fn assert_is_text(text: &str) {
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    for entity in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;"].iter().any(|known| entity.starts_with(known)), "{text:?}");
    }
}
