//! The solver beside which the LVars stand: a work list on one thread that hands on what is new in a set, with nothing of this crate in it.

use std::{
    collections::{BTreeSet, VecDeque},
    iter::successors,
};

use super::{
    constraints::{Constraints, Object, Variable},
    memory::Memory,
};

/// A set of objects, 64 a word.
type Bits = Vec<u64>;

struct Solver {
    memory: Memory,
    copied_to: Vec<BTreeSet<Variable>>,
    loaded_into: Vec<Vec<Variable>>,
    stored_from: Vec<Vec<Variable>>,
    /// What has been handed on, and what has not.
    old: Vec<Bits>,
    new: Vec<Bits>,
    work: VecDeque<Variable>,
    is_due: Vec<bool>,
}

/// To how many objects each variable may point, and then those that are no variable's.
pub(super) fn sizes(constraints: &Constraints) -> Vec<u32> {
    let mut solver = Solver::of(constraints);
    for (variable, object) in &constraints.address_of {
        solver.add(*variable, *object as usize / 64, 1 << (object % 64));
    }
    while let Some(variable) = solver.work.pop_front() {
        solver.hand_on(variable);
    }
    solver.old.iter().map(|set| set.iter().map(|word| word.count_ones()).sum()).collect()
}

impl Solver {
    fn of(constraints: &Constraints) -> Self {
        let memory = Memory::of(constraints);
        let n_variables = memory.n_variables;
        let mut copied_to: Vec<BTreeSet<Variable>> = vec![BTreeSet::new(); n_variables];
        for (target, source) in &constraints.copies {
            copied_to[*source as usize].insert(*target);
        }
        let (mut loaded_into, mut stored_from) =
            (vec![Vec::new(); n_variables], vec![Vec::new(); n_variables]);
        for (target, pointer) in &constraints.loads {
            loaded_into[*pointer as usize].push(*target);
        }
        for (pointer, source) in &constraints.stores {
            stored_from[*pointer as usize].push(*source);
        }
        let empty = vec![vec![0; memory.n_objects().div_ceil(64)]; n_variables];
        let (old, new, is_due) = (empty.clone(), empty, vec![false; n_variables]);
        Self { memory, copied_to, loaded_into, stored_from, old, new, work: VecDeque::new(), is_due }
    }

    /// Adds the objects of a word to a variable.
    fn add(&mut self, variable: Variable, word: usize, objects: u64) {
        let at = variable as usize;
        let new = objects & !self.old[at][word];
        self.new[at][word] |= new;
        if new != 0 && !self.is_due[at] {
            self.is_due[at] = true;
            self.work.push_back(variable);
        }
    }

    /// Hands on what is new in a variable.
    fn hand_on(&mut self, source: Variable) {
        let at = source as usize;
        self.is_due[at] = false;
        let new: Vec<(usize, u64)> = self.new[at]
            .iter_mut()
            .map(std::mem::take)
            .enumerate()
            .filter(|(_, objects)| *objects != 0)
            .collect();
        for (word, objects) in &new {
            self.old[at][*word] |= objects;
        }
        for target in self.copied_to[at].clone() {
            new.iter().for_each(|(word, objects)| self.add(target, *word, *objects));
        }
        if self.loaded_into[at].is_empty() && self.stored_from[at].is_empty() {
            return;
        }
        for object in new.iter().flat_map(|(word, objects)| objects_of(*word, *objects)) {
            let content = self.memory.content(object);
            for target in self.loaded_into[at].clone() {
                self.copy(target, content);
            }
            for source in self.stored_from[at].clone() {
                self.copy(content, source);
            }
        }
    }

    /// From now on `target` has what `source` has.
    fn copy(&mut self, target: Variable, source: Variable) {
        if self.copied_to[source as usize].insert(target) {
            for word in 0..self.old[source as usize].len() {
                self.add(target, word, self.old[source as usize][word]);
            }
        }
    }
}

fn objects_of(word: usize, objects: u64) -> impl Iterator<Item = Object> {
    let rest = successors(Some(objects), |rest| Some(rest & rest.wrapping_sub(1)));
    rest.take_while(|rest| *rest != 0).map(move |rest| 64 * word as Object + rest.trailing_zeros())
}
