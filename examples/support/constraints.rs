//! The constraints of a real program, with the sizes of its points-to sets, read from `examples/data`.

use std::path::Path;

use super::table::{self, DataError, Shape};

const ADDRESS_OF: Shape =
    Shape { file: "mir_addr_of.tsv.gz", columns: &["variable", "object"], has_header: false };
const COPIES: Shape = Shape { file: "mir_assign.tsv.gz", columns: &["target", "source"], has_header: false };
const LOADS: Shape = Shape { file: "mir_load.tsv.gz", columns: &["target", "pointer"], has_header: false };
const STORES: Shape = Shape { file: "mir_store.tsv.gz", columns: &["pointer", "source"], has_header: false };
const CELLS: Shape =
    Shape { file: "mir_cell_of.tsv.gz", columns: &["object", "variable"], has_header: false };
const SIZES: Shape = Shape { file: "mir_pts_sizes.txt.gz", columns: &["points-to size"], has_header: false };

pub(crate) type Variable = u32;

/// What has an address.
pub(crate) type Object = u32;

pub(crate) struct Constraints {
    pub(crate) n_variables: usize,
    /// `variable = &object`.
    pub(crate) address_of: Vec<(Variable, Object)>,
    /// `target = source`.
    pub(crate) copies: Vec<(Variable, Variable)>,
    /// `target = *pointer`.
    pub(crate) loads: Vec<(Variable, Variable)>,
    /// `*pointer = source`.
    pub(crate) stores: Vec<(Variable, Variable)>,
    /// Objects that are the memory of a variable. What is in the others has no name in the program.
    pub(crate) cells: Vec<(Object, Variable)>,
    /// For each variable, how many objects it may point to, by an analysis that follows memory.
    pub(crate) points_to_sizes: Vec<u32>,
}

impl Constraints {
    /// For each variable, those that copy from it.
    pub(crate) fn copied_to(&self) -> Vec<Vec<Variable>> {
        let mut targets = vec![Vec::new(); self.n_variables];
        for (target, source) in &self.copies {
            targets[*source as usize].push(*target);
        }
        targets
    }
}

/// Reads the constraints.
///
/// # Errors
///
/// If a file is missing or damaged, or names a variable that there is not.
pub(crate) fn read(folder: &Path) -> Result<Constraints, DataError> {
    let mut points_to_sizes = Vec::new();
    table::read(folder, &SIZES, |row| {
        points_to_sizes.push(row.number(0)?);
        Ok(())
    })?;
    let n_variables = points_to_sizes.len();
    let pairs = |shape: &Shape, n_left: usize, n_right: usize| {
        let mut pairs = Vec::new();
        table::read(folder, shape, |row| {
            pairs.push((row.index(0, n_left)?, row.index(1, n_right)?));
            Ok(())
        })?;
        Ok(pairs)
    };
    Ok(Constraints {
        n_variables,
        address_of: pairs(&ADDRESS_OF, n_variables, N_MOST_OBJECTS)?,
        copies: pairs(&COPIES, n_variables, n_variables)?,
        loads: pairs(&LOADS, n_variables, n_variables)?,
        stores: pairs(&STORES, n_variables, n_variables)?,
        cells: pairs(&CELLS, N_MOST_OBJECTS, n_variables)?,
        points_to_sizes,
    })
}

/// Objects are numbered from zero; a greater number than this one is a damaged file.
const N_MOST_OBJECTS: usize = 1 << 16;
