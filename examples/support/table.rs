//! Reads the packed tables of `examples/data`, and says of a missing, cut off or damaged one which file and which line.

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    str::FromStr,
};

use flate2::bufread::GzDecoder;

/// What a table looks like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The file's name inside the data folder.
    pub(crate) file: &'static str,
    /// The names of its columns.
    pub(crate) columns: &'static [&'static str],
    /// Whether the first line must be these names.
    pub(crate) has_header: bool,
}

/// Why a table cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DataError {
    file: PathBuf,
    /// From 1; 0 when the error is in the file as a whole.
    line: u64,
    what: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.what),
            line => write!(f, "{}, line {line}: {}", self.file.display(), self.what),
        }
    }
}

impl std::error::Error for DataError {}

impl DataError {
    /// An error in the file as a whole.
    pub(crate) fn in_file(folder: &Path, shape: &Shape, what: impl Into<String>) -> Self {
        Self { file: folder.join(shape.file), line: 0, what: what.into() }
    }
}

/// A row of a table while it is being read.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    shape: &'a Shape,
    folder: &'a Path,
    line: u64,
    fields: Vec<&'a str>,
}

impl Row<'_> {
    /// The text of a column.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.fields[column]
    }

    /// A column as a number.
    ///
    /// # Errors
    ///
    /// If it is none, or too large for its type.
    pub(crate) fn number<N: FromStr>(&self, column: usize) -> Result<N, DataError> {
        let text = self.text(column);
        text.parse().map_err(|_| self.error(column, format!("`{text}` is not a whole number in range")))
    }

    /// A column as an index into a table of `len` rows.
    ///
    /// # Errors
    ///
    /// If it is no number, or beyond the table.
    pub(crate) fn index(&self, column: usize, len: usize) -> Result<u32, DataError> {
        let index: u32 = self.number(column)?;
        if (index as usize) < len {
            Ok(index)
        } else {
            Err(self.error(column, format!("index {index} is beyond the {len} that there are")))
        }
    }

    /// An error in a column of this row.
    pub(crate) fn error(&self, column: usize, what: impl fmt::Display) -> DataError {
        DataError {
            file: self.folder.join(self.shape.file),
            line: self.line,
            what: format!("column `{}`: {what}", self.shape.columns[column]),
        }
    }
}

/// Reads a table, row by row, and answers how many rows it has.
///
/// # Errors
///
/// If the file is missing, cut off or damaged, has another header or a row with another number of columns, and whatever
/// `each` refuses.
pub(crate) fn read(
    folder: &Path,
    shape: &Shape,
    each: impl FnMut(&Row<'_>) -> Result<(), DataError>,
) -> Result<u64, DataError> {
    let path = folder.join(shape.file);
    let packed = File::open(&path).map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::NotFound => {
                "; restore it with `git checkout -- examples/data`, or name its folder with `--data DIR`"
            }
            _ => "",
        };
        DataError::in_file(folder, shape, format!("cannot be opened ({error}){advice}"))
    })?;
    rows(folder, shape, GzDecoder::new(BufReader::new(packed)), each)
}

/// [`read`] from text that is already unpacked as it comes.
fn rows(
    folder: &Path,
    shape: &Shape,
    text: impl Read,
    mut each: impl FnMut(&Row<'_>) -> Result<(), DataError>,
) -> Result<u64, DataError> {
    let mut text = BufReader::with_capacity(1 << 16, text);
    let mut buffer = String::new();
    let (mut line, mut n_rows) = (0, 0);
    loop {
        line += 1;
        buffer.clear();
        let here = |what: String| DataError { file: folder.join(shape.file), line, what };
        if text.read_line(&mut buffer).map_err(|error| here(unreadable(&error)))? == 0 {
            break;
        }
        let fields: Vec<&str> = buffer.trim_end_matches(['\n', '\r']).split('\t').collect();
        if line == 1 && shape.has_header {
            if fields != shape.columns {
                return Err(here(format!(
                    "the header must be `{}`, not `{}`",
                    shape.columns.join(" "),
                    fields.join(" ")
                )));
            }
            continue;
        }
        if fields.len() != shape.columns.len() {
            return Err(here(format!(
                "{} columns where {} are due: {}",
                fields.len(),
                shape.columns.len(),
                shape.columns.join(", ")
            )));
        }
        each(&Row { shape, folder, line, fields })?;
        n_rows += 1;
    }
    match n_rows {
        0 => Err(DataError::in_file(folder, shape, "there is no row in it")),
        n_rows => Ok(n_rows),
    }
}

/// What a failed read means for the person who has the file.
fn unreadable(error: &io::Error) -> String {
    let what = match error.kind() {
        io::ErrorKind::UnexpectedEof => "the packed file is cut off here",
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => "the packed file is damaged here",
        _ => "the file cannot be read further",
    };
    format!("{what} ({error}); restore it with `git checkout -- examples/data`")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};

    use super::{DataError, Path, Shape, read, rows};

    const SHAPE: Shape = Shape { file: "t.tsv.gz", columns: &["item", "qty"], has_header: true };

    /// Enough rows that a cut or a flipped bit falls into the middle of a compressed block.
    fn table() -> String {
        let mut text = String::from("item\tqty\n");
        for item in 0..5_000_u32 {
            text += &format!("{item}\t{}\n", item.wrapping_mul(2_654_435_761) % 1_000);
        }
        text
    }

    fn pack(text: &str) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    }

    fn sum(packed: &[u8]) -> Result<i64, DataError> {
        let mut sum = 0;
        rows(Path::new("data"), &SHAPE, GzDecoder::new(packed), |row| {
            row.index(0, 5_000)?;
            sum += row.number::<i64>(1)?;
            Ok(())
        })?;
        Ok(sum)
    }

    fn complaint(text: &str) -> String {
        sum(&pack(text)).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_table_is_read_to_its_end() {
        assert_eq!(sum(&pack("item\tqty\n0\t7\n1\t-3\n")), Ok(4));
        assert!(sum(&pack(&table())).is_ok());
    }

    #[test]
    fn a_file_that_is_cut_off_is_refused_with_the_line() {
        let packed = pack(&table());
        for len in [packed.len() / 2, packed.len() - 20, packed.len() - 1] {
            let error = sum(&packed[..len]).unwrap_err();
            assert!(error.to_string().contains("the packed file is cut off here"), "{error}");
            assert!(error.line > 1, "{error}");
        }
    }

    #[test]
    fn a_flipped_bit_is_refused_with_the_line() {
        let packed = pack(&table());
        for at in [packed.len() / 3, packed.len() / 2, packed.len() - 6] {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x10;
            let error = sum(&damaged).unwrap_err();
            assert!(error.to_string().starts_with("data/t.tsv.gz, line "), "{error}");
        }
        assert!(sum(b"item\tqty\n0\t7\n").unwrap_err().to_string().contains("damaged"));
    }

    #[test]
    fn another_header_is_refused() {
        assert_eq!(
            complaint("item\tprice\n0\t7\n"),
            "data/t.tsv.gz, line 1: the header must be `item qty`, not `item price`"
        );
    }

    #[test]
    fn a_row_with_another_number_of_columns_is_refused() {
        assert_eq!(
            complaint("item\tqty\n0\t7\n1\n"),
            "data/t.tsv.gz, line 3: 1 columns where 2 are due: item, qty"
        );
    }

    #[test]
    fn a_field_that_is_no_number_or_out_of_range_is_refused() {
        assert_eq!(
            complaint("item\tqty\n0\t7\n1\tmany\n"),
            "data/t.tsv.gz, line 3: column `qty`: `many` is not a whole number in range"
        );
        assert_eq!(
            complaint("item\tqty\n9000\t7\n"),
            "data/t.tsv.gz, line 2: column `item`: index 9000 is beyond the 5000 that there are"
        );
    }

    #[test]
    fn an_empty_table_and_a_missing_one_are_refused() {
        assert_eq!(complaint("item\tqty\n"), "data/t.tsv.gz: there is no row in it");
        let error = read(Path::new("no/such/folder"), &SHAPE, |_| Ok(())).unwrap_err().to_string();
        assert!(error.starts_with("no/such/folder/t.tsv.gz: cannot be opened"), "{error}");
        assert!(error.contains("--data DIR"), "{error}");
    }
}
