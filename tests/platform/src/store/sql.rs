//! What the store's SQL needs of a database, SQLite and PostgreSQL alike: each statement stands once, in the part of the
//! language that both speak, with `$1`, `$2` … for values. Texts, 64-bit integers and bytes are all there is.

use super::StoreError;

/// A value given to a statement.
#[derive(Debug, Clone, Copy)]
pub enum Param<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// A value read.
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Who waits for whom beyond the rows themselves. SQLite has one writer at a time and needs none of it.
#[derive(Debug, Clone, Copy)]
pub enum Turn {
    /// Keeps leads, beside others who do.
    KeepLeads,
    /// Erases leads, while nobody keeps any.
    EraseLeads,
    /// Takes numbers in the order in which they can be seen.
    Number,
}

/// A table whose key is an identifier and a revision: its first two columns.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

impl Table {
    /// The statement that inserts so many rows, where their key is not there yet.
    pub fn sql(self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |row: usize| {
            let values: Vec<String> = (1..=width)
                .map(|column| format!("${}", row * width + column))
                .collect();
            format!("({})", values.join(", "))
        };
        let values: Vec<String> = (0..rows).map(row).collect();
        let (table, columns, values) = (self.name, self.columns.join(", "), values.join(", "));
        format!("INSERT INTO {table} ({columns}) VALUES {values} ON CONFLICT (id, revision) DO NOTHING")
    }
}

/// One transaction, or reading without one.
pub trait Session {
    /// Runs a statement; the number of rows it touched.
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError>;

    /// Runs a statement once for each row of values, in order.
    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError>;

    /// Inserts rows whose key is not there yet; of each, in order, whether it was new.
    fn insert_new(&mut self, into: Table, rows: &[Vec<Param>]) -> Result<Vec<bool>, StoreError> {
        let touched = self.execute_each(&into.sql(1), rows)?;
        Ok(touched.into_iter().map(|rows| rows > 0).collect())
    }

    /// Reads rows.
    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError>;

    /// Waits for a turn, held until the transaction ends.
    fn take_turn(&mut self, turn: Turn) -> Result<(), StoreError>;

    /// Reads the first row, if there is one.
    fn first(&mut self, sql: &str, params: &[Param]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }
}

/// A row read.
pub struct Row(pub Vec<Value>);

impl Row {
    /// A text.
    pub fn text(&mut self, column: usize) -> Result<String, StoreError> {
        self.text_or_null(column)?.ok_or_else(|| unexpected(column))
    }

    /// A text, or nothing.
    pub fn text_or_null(&mut self, column: usize) -> Result<Option<String>, StoreError> {
        match self.take(column) {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Bytes(_) => Err(unexpected(column)),
        }
    }

    /// A number that is not negative.
    pub fn number(&mut self, column: usize) -> Result<u64, StoreError> {
        self.number_or_null(column)?.ok_or_else(|| unexpected(column))
    }

    /// A number that is not negative, or nothing.
    pub fn number_or_null(&mut self, column: usize) -> Result<Option<u64>, StoreError> {
        match self.take(column) {
            Value::Int(number) => u64::try_from(number).map(Some).map_err(|_| unexpected(column)),
            Value::Null => Ok(None),
            Value::Text(_) | Value::Bytes(_) => Err(unexpected(column)),
        }
    }

    /// Bytes.
    pub fn bytes(&mut self, column: usize) -> Result<Vec<u8>, StoreError> {
        match self.take(column) {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(unexpected(column)),
        }
    }

    fn take(&mut self, column: usize) -> Value {
        self.0
            .get_mut(column)
            .map_or(Value::Null, |value| std::mem::replace(value, Value::Null))
    }
}

fn unexpected(column: usize) -> StoreError {
    StoreError(format!(
        "column {column} holds another kind of value than expected"
    ))
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Param<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<u64> for Param<'_> {
    fn from(number: u64) -> Self {
        // A number that no database can hold is beyond every one that is kept.
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Param<'_> {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Param<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Param::Null, Into::into)
    }
}

/// The values of a statement.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::store::session::Param::from($value)),*]
    };
}
pub(crate) use params;
