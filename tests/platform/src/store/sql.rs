//! Interface to a database, the same for SQLite and PostgreSQL. Statements use the SQL that both understand, with `$1`, `$2`
//! … for values. Values are texts, 64-bit integers or bytes. Must not know: tables.

use super::error::StoreError;

/// A parameter of a statement.
#[derive(Debug, Clone, Copy)]
pub enum Param<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// A value of a result.
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Locks that transactions hold in addition to row locks. SQLite has only one writer at a time and needs none.
#[derive(Debug, Clone, Copy)]
pub enum Lock {
    /// For inserting leads; shared with other transactions that insert.
    InsertLeads,
    /// For erasing leads; excludes all transactions that insert.
    EraseLeads,
    /// For numbering erasures, so that numbers become visible in their order.
    NumberErasures,
}

/// A table whose key is an identifier and a revision, its first two columns.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

impl Table {
    /// The statement that inserts a number of rows and skips existing keys.
    pub fn insert_sql(self, rows: usize) -> String {
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

/// An open transaction, or a connection that only reads.
pub trait Database {
    /// Runs a statement and returns the number of affected rows.
    fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64, StoreError>;

    /// Runs a statement once per row of parameters, in order, and returns the numbers of affected rows.
    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param>]) -> Result<Vec<u64>, StoreError>;

    /// Inserts rows and skips existing keys. Returns for each row, in order, whether it was inserted.
    fn insert_new(&mut self, into: Table, rows: &[Vec<Param>]) -> Result<Vec<bool>, StoreError> {
        let affected = self.execute_each(&into.insert_sql(1), rows)?;
        Ok(affected.into_iter().map(|rows| rows > 0).collect())
    }

    /// Returns the rows of a query.
    fn query(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>, StoreError>;

    /// Waits for a lock and holds it until the transaction ends.
    fn lock(&mut self, lock: Lock) -> Result<(), StoreError>;

    /// Returns the first row of a query, if there is one.
    fn first(&mut self, sql: &str, params: &[Param]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }
}

/// A row of a result. Reading a column takes its value out of the row.
pub struct Row(pub Vec<Value>);

impl Row {
    /// Takes a text.
    pub fn text(&mut self, column: usize) -> Result<String, StoreError> {
        self.text_or_null(column)?.ok_or_else(|| unexpected(column))
    }

    /// Takes a text or NULL.
    pub fn text_or_null(&mut self, column: usize) -> Result<Option<String>, StoreError> {
        match self.take(column) {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Bytes(_) => Err(unexpected(column)),
        }
    }

    /// Takes a number that is not negative.
    pub fn number(&mut self, column: usize) -> Result<u64, StoreError> {
        self.number_or_null(column)?.ok_or_else(|| unexpected(column))
    }

    /// Takes a number that is not negative, or NULL.
    pub fn number_or_null(&mut self, column: usize) -> Result<Option<u64>, StoreError> {
        match self.take(column) {
            Value::Int(number) => u64::try_from(number).map(Some).map_err(|_| unexpected(column)),
            Value::Null => Ok(None),
            Value::Text(_) | Value::Bytes(_) => Err(unexpected(column)),
        }
    }

    /// Takes bytes.
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
    StoreError(format!("column {column} has a value of an unexpected type"))
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
        // A number that no database can store is larger than all stored ones.
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

/// The parameters of a statement.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::store::sql::Param::from($value)),*]
    };
}
pub(crate) use params;
