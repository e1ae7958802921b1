//! Which variable is in which object: of those that are no variable's, one that the program has no name for.

use super::constraints::{Constraints, Object, Variable};

pub(super) struct Memory {
    /// With those that have no name.
    pub(super) n_variables: usize,
    content: Vec<Variable>,
}

impl Memory {
    pub(super) fn of(constraints: &Constraints) -> Self {
        let objects = constraints.address_of.iter().map(|(_, object)| object);
        let objects = objects.chain(constraints.cells.iter().map(|(object, _)| object));
        let first = constraints.n_variables as Variable;
        let n_objects = objects.max().map_or(0, |last| last + 1);
        let mut content: Vec<Variable> = (first..first + n_objects).collect();
        for (object, variable) in &constraints.cells {
            content[*object as usize] = *variable;
        }
        Self { n_variables: constraints.n_variables + content.len(), content }
    }

    pub(super) fn n_objects(&self) -> usize {
        self.content.len()
    }

    /// The variable that is the content of an object.
    pub(super) fn content(&self, object: Object) -> Variable {
        self.content[object as usize]
    }
}
