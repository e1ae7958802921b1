//! The shop's log: 541,909 real line events of 38 countries, read from `examples/data`.

use std::path::Path;

use super::{
    keys::{Invoice, Sku},
    table::{self, DataError, Shape},
};

const EVENTS: Shape = Shape {
    file: "retail_events.tsv.gz",
    columns: &["minute", "invoice", "item", "qty", "pence", "customer", "country"],
    has_header: true,
};
const ITEMS: Shape =
    Shape { file: "retail_items.tsv.gz", columns: &["item", "stock_code", "description"], has_header: true };
const COUNTRIES: Shape =
    Shape { file: "retail_countries.tsv.gz", columns: &["country", "name"], has_header: true };

/// No log is longer; a minute beyond it is damage.
const MINUTES_IN_TEN_YEARS: usize = 10 * 366 * 24 * 60;

/// One line of one invoice, as the till wrote it down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// Since 2010-12-01 00:00.
    pub(super) minute: u32,
    pub(super) invoice: Invoice,
    pub(super) item: Sku,
    /// Below zero: taken back.
    pub(super) quantity: i32,
    /// Where it was sold: an index into [`Log::countries`].
    pub(super) country: usize,
}

/// What happened in the shop, in the order of the invoices and of time.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) countries: Vec<String>,
    pub(super) events: Vec<Event>,
}

/// Reads the log, or its first `n_rows` events.
///
/// # Errors
///
/// If a file is missing or damaged, or something in it cannot be true.
pub(super) fn read(folder: &Path, n_rows: Option<u64>) -> Result<Log, DataError> {
    let n_items = read_items(folder)?;
    let countries = read_countries(folder)?;
    let mut events: Vec<Event> = Vec::new();
    table::read(folder, &EVENTS, |row| {
        let minute = row.index(0, MINUTES_IN_TEN_YEARS)?;
        if events.last().is_some_and(|earlier| earlier.minute > minute) {
            return Err(row.error(0, format!("minute {minute} is earlier than that of the line before")));
        }
        let invoice =
            row.text(1).parse().map_err(|_| row.error(1, format!("`{}` is no invoice", row.text(1))))?;
        let item = Sku(row.index(2, n_items)?);
        let quantity = row.number(3)?;
        // Price and customer are not used, but a file in which they are not numbers is not this file.
        row.number::<i64>(4)?;
        if !row.text(5).is_empty() {
            row.number::<u32>(5)?;
        }
        let country = row.index(6, countries.len())? as usize;
        if n_rows.is_some_and(|n_rows| events.len() as u64 >= n_rows) {
            return Ok(());
        }
        events.push(Event { minute, invoice, item, quantity, country });
        Ok(())
    })?;
    Ok(Log { countries, events })
}

/// How many items there are; their rows count up from 0.
fn read_items(folder: &Path) -> Result<usize, DataError> {
    let mut n_items = 0;
    table::read(folder, &ITEMS, |row| {
        let item: usize = row.number(0)?;
        if item != n_items {
            return Err(row.error(0, format!("item {item} where {n_items} is due")));
        }
        n_items += 1;
        Ok(())
    })?;
    Ok(n_items)
}

/// The names of the countries; their rows count up from 0.
fn read_countries(folder: &Path) -> Result<Vec<String>, DataError> {
    let mut names = Vec::new();
    table::read(folder, &COUNTRIES, |row| {
        let country: usize = row.number(0)?;
        if country != names.len() {
            return Err(row.error(0, format!("country {country} where {} is due", names.len())));
        }
        names.push(row.text(1).to_owned());
        Ok(())
    })?;
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::read;

    #[test]
    fn the_log_in_the_repository_is_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
        let log = read(&folder, None).unwrap();
        assert_eq!((log.events.len(), log.countries.len()), (541_909, 38));
        let cancellations = log.events.iter().filter(|event| event.invoice.is_cancellation()).count();
        assert_eq!(cancellations, 9_288);
        assert_eq!(log.events.iter().filter(|event| event.quantity < 0).count(), 10_624);
        assert_eq!(read(&folder, Some(10)).unwrap().events.len(), 10);
    }
}
