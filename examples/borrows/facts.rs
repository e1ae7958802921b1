//! What the compiler says of a function before it checks its borrows, and what is to be found out, read from `examples/data`.

use std::{collections::BTreeMap, path::Path};

use lvars::DenseSet;

use super::table::{self, DataError, Row, Shape};

const FACTS: Shape = Shape {
    file: "nll_facts.tsv.gz",
    columns: &["function", "relation", "first", "second", "third"],
    has_header: false,
};
const EXPECTED: Shape = Shape {
    file: "nll_expected.tsv.gz",
    columns: &["function", "relation", "point", "what"],
    has_header: false,
};

/// A place in the code: before a statement or in the middle of it. So too below: the number of a name.
pub(super) type Point = u32;
pub(super) type Variable = u32;
/// What can be assigned and moved: a variable, or a field of one.
pub(super) type MovePath = u32;
/// The `'a` of a reference.
pub(super) type Origin = u32;
pub(super) type Loan = u32;

/// What is so at each point: variables, paths, origins or loans, by their numbers.
pub(super) type AtPoints = Vec<DenseSet<u32>>;

/// Names, and the numbers that stand for them.
#[derive(Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    pub(super) fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

/// A function: names, and the facts about them as pairs, under the names by which the compiler knows them.
#[derive(Default)]
pub(super) struct Function {
    pub(super) points: Names,
    pub(super) variables: Names,
    pub(super) paths: Names,
    pub(super) origins: Names,
    pub(super) loans: Names,
    pub(super) cfg_edge: Vec<(Point, Point)>,
    pub(super) var_used_at: Vec<(Variable, Point)>,
    pub(super) var_defined_at: Vec<(Variable, Point)>,
    pub(super) var_dropped_at: Vec<(Variable, Point)>,
    pub(super) use_of_var_derefs_origin: Vec<(Variable, Origin)>,
    pub(super) universal_region: Vec<Origin>,
    pub(super) path_is_var: Vec<(MovePath, Variable)>,
    /// A child and its parent.
    pub(super) child_path: Vec<(MovePath, MovePath)>,
    pub(super) path_assigned_at: Vec<(MovePath, Point)>,
    pub(super) path_moved_at: Vec<(MovePath, Point)>,
    pub(super) path_accessed_at: Vec<(MovePath, Point)>,
    /// What is in the first is in the second, at a point.
    pub(super) subset: Vec<(Origin, Origin, Point)>,
    pub(super) loan_issued_at: Vec<(Origin, Loan, Point)>,
    pub(super) loan_killed_at: Vec<(Loan, Point)>,
    pub(super) loan_invalidated_at: Vec<(Loan, Point)>,
    expected: BTreeMap<String, Vec<(u32, Point)>>,
}

impl Function {
    /// What another engine has found to hold.
    pub(super) fn expected(&self, relation: &str) -> AtPoints {
        self.at_points(self.expected.get(relation).into_iter().flatten().copied())
    }

    /// Facts about points, gathered at each.
    pub(super) fn at_points(&self, facts: impl IntoIterator<Item = (u32, Point)>) -> AtPoints {
        let mut at_points = vec![DenseSet::new(); self.points.len()];
        for (what, point) in facts {
            at_points[point as usize].insert(what);
        }
        at_points
    }

    fn add(&mut self, row: &Row<'_>) -> Result<(), DataError> {
        let [first, second, third] = [2, 3, 4].map(|column| row.text(column));
        let Self { points, variables, paths, origins, loans, .. } = self;
        let mut at = |names: &mut Names| (names.number(first), points.number(second));
        match row.text(1) {
            "var_used_at" => self.var_used_at.push(at(variables)),
            "var_defined_at" => self.var_defined_at.push(at(variables)),
            "var_dropped_at" => self.var_dropped_at.push(at(variables)),
            "path_assigned_at_base" => self.path_assigned_at.push(at(paths)),
            "path_moved_at_base" => self.path_moved_at.push(at(paths)),
            "path_accessed_at_base" => self.path_accessed_at.push(at(paths)),
            "loan_killed_at" => self.loan_killed_at.push(at(loans)),
            "loan_invalidated_at" => {
                self.loan_invalidated_at.push((loans.number(second), points.number(first)))
            }
            "cfg_edge" => self.cfg_edge.push((points.number(first), points.number(second))),
            "use_of_var_derefs_origin" => {
                self.use_of_var_derefs_origin.push((variables.number(first), origins.number(second)));
            }
            "universal_region" => self.universal_region.push(origins.number(first)),
            "path_is_var" => self.path_is_var.push((paths.number(first), variables.number(second))),
            "child_path" => self.child_path.push((paths.number(first), paths.number(second))),
            "subset_base" => {
                self.subset.push((origins.number(first), origins.number(second), points.number(third)));
            }
            "loan_issued_at" => {
                self.loan_issued_at.push((origins.number(first), loans.number(second), points.number(third)));
            }
            _ => return Err(row.error(1, "there is no such relation")),
        }
        Ok(())
    }

    fn expect(&mut self, row: &Row<'_>) -> Result<(), DataError> {
        let relation = row.text(1);
        let names = match relation {
            "var_live_on_entry" | "var_drop_live_on_entry" => &mut self.variables,
            "origin_live_on_entry" => &mut self.origins,
            "path_maybe_initialized_on_exit" | "move_errors" => &mut self.paths,
            "loan_live_at" | "errors" => &mut self.loans,
            _ => return Err(row.error(1, "there is no such relation")),
        };
        let fact = (names.number(row.text(3)), self.points.number(row.text(2)));
        self.expected.entry(relation.to_owned()).or_default().push(fact);
        Ok(())
    }
}

/// Pairs as a list for each of `len` things.
pub(super) fn lists<T>(len: usize, pairs: impl Iterator<Item = (u32, T)>) -> Vec<Vec<T>> {
    let mut lists: Vec<Vec<T>> = std::iter::repeat_with(Vec::new).take(len).collect();
    for (what, with) in pairs {
        lists[what as usize].push(with);
    }
    lists
}

/// Reads all functions, by their names.
///
/// # Errors
///
/// If a file is missing or damaged.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, Function>, DataError> {
    let mut functions = BTreeMap::<String, Function>::new();
    table::read(folder, &FACTS, |row| functions.entry(row.text(0).to_owned()).or_default().add(row))?;
    table::read(folder, &EXPECTED, |row| functions.entry(row.text(0).to_owned()).or_default().expect(row))?;
    Ok(functions)
}
