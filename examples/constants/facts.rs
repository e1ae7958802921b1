//! The constraints of a real program, with the sizes of its points-to sets, read from `examples/data`.

use std::path::Path;

use super::table::{self, DataError, Shape};

const ADDRESS_OF: Shape =
    Shape { file: "mir_addr_of.tsv.gz", columns: &["variable", "object"], has_header: false };
const COPIES: Shape = Shape { file: "mir_assign.tsv.gz", columns: &["target", "source"], has_header: false };
const LOADS: Shape = Shape { file: "mir_load.tsv.gz", columns: &["target", "pointer"], has_header: false };
const CELLS: Shape =
    Shape { file: "mir_cell_of.tsv.gz", columns: &["object", "variable"], has_header: false };
const SIZES: Shape = Shape { file: "mir_pts_sizes.txt.gz", columns: &["points-to size"], has_header: false };

pub(crate) type Variable = u32;

/// What has an address.
pub(crate) type Object = u32;

pub(crate) struct Facts {
    pub(crate) n_variables: usize,
    /// `variable = &object`.
    pub(crate) address_of: Vec<(Variable, Object)>,
    /// `target = source`.
    pub(crate) copies: Vec<(Variable, Variable)>,
    /// Variables that something else may write to, or that are read through a pointer.
    pub(crate) memory: Vec<Variable>,
    /// For each variable, how many objects it may point to, by an analysis that follows memory.
    pub(crate) points_to_sizes: Vec<u32>,
}

impl Facts {
    /// For each variable, those that copy from it.
    pub(crate) fn copied_to(&self) -> Vec<Vec<Variable>> {
        let mut targets = vec![Vec::new(); self.n_variables];
        for (target, source) in &self.copies {
            targets[*source as usize].push(*target);
        }
        targets
    }
}

/// Reads the facts.
///
/// # Errors
///
/// If a file is missing or damaged, or names a variable that there is not.
pub(crate) fn read(folder: &Path) -> Result<Facts, DataError> {
    let mut points_to_sizes = Vec::new();
    table::read(folder, &SIZES, |row| {
        points_to_sizes.push(row.number(0)?);
        Ok(())
    })?;
    let n_variables = points_to_sizes.len();
    let (mut address_of, mut copies, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    table::read(folder, &ADDRESS_OF, |row| {
        address_of.push((row.index(0, n_variables)?, row.number(1)?));
        Ok(())
    })?;
    table::read(folder, &COPIES, |row| {
        copies.push((row.index(0, n_variables)?, row.index(1, n_variables)?));
        Ok(())
    })?;
    table::read(folder, &LOADS, |row| {
        memory.push(row.index(0, n_variables)?);
        Ok(())
    })?;
    table::read(folder, &CELLS, |row| {
        memory.push(row.index(1, n_variables)?);
        Ok(())
    })?;
    Ok(Facts { n_variables, address_of, copies, memory, points_to_sizes })
}
