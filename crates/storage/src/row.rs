//! A row on its way to becoming a domain type: columns are taken in the order in which they were selected.

use crate::error::StoreError;
use serde_json::{Map, Value as Json};
use signet_core::secret::{Sealed, ValueHash};
use signet_core::time::Timestamp;

/// A value as a database returned it. Booleans are integers in SQLite.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Row {
    table: &'static str,
    cells: std::vec::IntoIter<Cell>,
}

impl Row {
    pub(crate) fn new(table: &'static str, cells: Vec<Cell>) -> Self {
        Self { table, cells: cells.into_iter() }
    }

    /// The next column.
    pub(crate) fn take<T: Column>(&mut self) -> Result<T, StoreError> {
        let cell = self.cells.next().ok_or_else(|| StoreError::corrupt(self.table, "too few columns"))?;
        T::from_cell(cell).map_err(|reason| StoreError::corrupt(self.table, reason))
    }

    /// The next column, parsed.
    pub(crate) fn parse<T, E: std::fmt::Display>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, StoreError> {
        let text: String = self.take()?;
        parse(&text).map_err(|error| StoreError::corrupt(self.table, error))
    }

    /// The next column, parsed unless it is null.
    pub(crate) fn parse_optional<T, E: std::fmt::Display>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.take()?;
        text.map(|text| parse(&text).map_err(|error| StoreError::corrupt(self.table, error))).transpose()
    }

    /// The next column, read as JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        self.parse(|text| serde_json::from_str(text))
    }

    /// The next column, read as JSON unless it is null.
    pub(crate) fn json_optional<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        self.parse_optional(|text| serde_json::from_str(text))
    }

    /// The next column, looked up in a closed set.
    pub(crate) fn known<T>(&mut self, find: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
        self.parse(|text| find(text).ok_or_else(|| format!("unknown value `{text}`")))
    }

    pub(crate) fn corrupt(&self, reason: &str) -> StoreError {
        StoreError::corrupt(self.table, reason)
    }
}

/// A type that one column can hold.
pub(crate) trait Column: Sized {
    fn from_cell(cell: Cell) -> Result<Self, String>;
}

impl Column for String {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        match cell {
            Cell::Text(text) => Ok(text),
            Cell::Null | Cell::Int(_) => Err("expected text".to_owned()),
        }
    }
}

impl Column for i64 {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        match cell {
            Cell::Int(number) => Ok(number),
            Cell::Null | Cell::Text(_) => Err("expected a number".to_owned()),
        }
    }
}

impl Column for bool {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        i64::from_cell(cell).map(|number| number != 0)
    }
}

impl Column for Timestamp {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        i64::from_cell(cell).map(Self)
    }
}

impl Column for Sealed {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        String::from_cell(cell).map(Self::from_stored)
    }
}

impl Column for ValueHash {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        String::from_cell(cell).map(Self::from_stored)
    }
}

impl Column for Map<String, Json> {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        serde_json::from_str(&String::from_cell(cell)?).map_err(|error| error.to_string())
    }
}

impl Column for Json {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        serde_json::from_str(&String::from_cell(cell)?).map_err(|error| error.to_string())
    }
}

impl<T: Column> Column for Option<T> {
    fn from_cell(cell: Cell) -> Result<Self, String> {
        if cell == Cell::Null { Ok(None) } else { T::from_cell(cell).map(Some) }
    }
}

/// A domain type that a row can become.
pub(crate) trait FromRow: Sized {
    /// For error messages.
    const TABLE: &'static str;
    fn from_row(row: &mut Row) -> Result<Self, StoreError>;
}
