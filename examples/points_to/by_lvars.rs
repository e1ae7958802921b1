//! Points-to as a fixpoint: an LVar for each variable, and a handler that hands on what it has come to know.
//!
//! ```text
//!   variable = &object      object ∈ points_to(variable)
//!   target = source         points_to(source) ⊆ points_to(target)
//!   target = *pointer       object ∈ points_to(pointer)   ⟹   target ∈ copied_to(content(object))
//!   *pointer = source       object ∈ points_to(pointer)   ⟹   content(object) ∈ copied_to(source)
//!
//!   target ∈ copied_to(source)   ⟹   points_to(source) ⊆ points_to(target)
//! ```
//!
//! The last rule joins two relations that both grow. So the two are one lattice, a [`Node`], whose handler sees one beside the other. It is
//! told *that* a node has grown, and hands on all of it: objects are numbers from zero on, so 64 of them are a word. An LVar that
//! tells its handlers *what* is new takes twice as long here, since a fact alone is so small. But a rule that does something for each object
//! should do it once: pointers that are read or written through have such a set beside their node.

use std::{collections::BTreeMap, error::Error, sync::Arc};

use lvars::{DenseMap, DenseSet, HasLVar, PutError, kinds::LockedLVar, prelude::*};

use super::{
    constraints::{Constraints, Object, Variable},
    memory::Memory,
};

/// To what a variable may point.
pub(super) type PointsTo = DenseSet<Object>;

/// What is known of a variable. Sets are shared, so that to hand one on is to count a reference; `None` is below the empty set.
#[derive(Lattice, Clone, Debug, PartialEq)]
struct Node {
    points_to: Option<Arc<PointsTo>>,
    copied_to: Option<Arc<Variables>>,
}

type Variables = DenseSet<Variable>;

impl HasLVar for Node {
    type LVar = LockedLVar<Self>;
}

impl Node {
    fn points_to(objects: Arc<PointsTo>) -> Self {
        Self { points_to: Some(objects), copied_to: None }
    }

    fn copied_to(targets: Arc<Variables>) -> Self {
        Self { points_to: None, copied_to: Some(targets) }
    }
}

/// A variable through which memory is read or written.
struct Pointer {
    /// What it points to, as a set whose handler meets each object once.
    objects: LVar<PointsTo>,
    loaded_into: Arc<Variables>,
    stored_from: Vec<Variable>,
}

/// The facts that do not grow, by the variable that asks for them.
struct Program {
    memory: Memory,
    copied_to: Vec<Vec<Variable>>,
    pointers: BTreeMap<Variable, Pointer>,
}

impl Program {
    fn of(constraints: &Constraints) -> Self {
        let memory = Memory::of(constraints);
        let mut copied_to = constraints.copied_to();
        copied_to.resize(memory.n_variables, Vec::new());
        let mut accesses = BTreeMap::<Variable, (Variables, Vec<Variable>)>::new();
        for (target, pointer) in &constraints.loads {
            accesses.entry(*pointer).or_default().0.insert(*target);
        }
        for (pointer, source) in &constraints.stores {
            accesses.entry(*pointer).or_default().1.push(*source);
        }
        let pointer = |(variable, (loaded_into, stored_from))| {
            let loaded_into = Arc::new(loaded_into);
            (variable, Pointer { objects: LVar::<PointsTo>::new(), loaded_into, stored_from })
        };
        Self { memory, copied_to, pointers: accesses.into_iter().map(pointer).collect() }
    }

    /// A node has grown: it tells all of it to those that copy from it.
    fn hand_on(&self, nodes: &Nodes, variable: Variable, node: Node) -> Result<(), PutError> {
        let Some(objects) = node.points_to else {
            return Ok(());
        };
        let targets = node.copied_to.iter().flat_map(|targets| targets.iter());
        for target in self.copied_to[variable as usize].iter().copied().chain(targets) {
            nodes.key(target).put(Node::points_to(Arc::clone(&objects)))?;
        }
        self.pointers.get(&variable).map_or(Ok(()), |pointer| pointer.objects.put(PointsTo::clone(&objects)))
    }

    /// A pointer has met an object: what is loaded or stored through it is copied from now on.
    fn meet(&self, nodes: &Nodes, pointer: &Pointer, object: Object) -> Result<(), PutError> {
        let content = self.memory.content(object);
        if !pointer.loaded_into.is_empty() {
            nodes.key(content).put(Node::copied_to(Arc::clone(&pointer.loaded_into)))?;
        }
        let content = || Arc::new(DenseSet::from([content]));
        pointer.stored_from.iter().try_for_each(|source| nodes.key(*source).put(Node::copied_to(content())))
    }
}

type Nodes = LVar<DenseMap<Variable, Node>>;

/// To what each variable may point, and then what is in each object that is no variable's.
///
/// # Errors
///
/// If the run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn solve(constraints: &Constraints) -> Result<Vec<PointsTo>, Box<dyn Error>> {
    let nodes = Nodes::new();
    let program = Program::of(constraints);
    par::run(async |p| {
        let (pool, nodes, program) = (p.pool(), &nodes, &program);
        for pointer in program.pointers.values() {
            pointer.objects.for_each(&pool, move |_, object| program.meet(nodes, pointer, *object));
        }
        nodes.on_change(&pool, move |_, variable, node| program.hand_on(nodes, variable, node));
        for (variable, object) in &constraints.address_of {
            nodes.key(*variable).put(Node::points_to(Arc::new(DenseSet::from([*object]))))?;
        }
        Ok::<(), PutError>(())
    })??;
    let mut sets = vec![PointsTo::new(); program.memory.n_variables];
    for (variable, node) in nodes.into_value()? {
        sets[variable as usize] = node.points_to.map(Arc::unwrap_or_clone).unwrap_or_default();
    }
    Ok(sets)
}
