//! Integration tests of the platform over HTTP, on both of its databases. Rules for any platform are in `tests/contract`.

#![expect(clippy::unwrap_used, reason = "a test fails at the first unexpected value")]

mod backups;
mod catalogue;
mod commands;
mod configurations;
mod erasures;
mod identities;
mod instances;
mod leads;
mod overview;
mod resilience;
mod service;
mod test_platform;

/// Runs each test on SQLite and on PostgreSQL.
macro_rules! on_both_stores {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $test() { super::$test(&crate::test_platform::TestStore::sqlite()); })+
        }
        mod postgres {
            $(#[test] fn $test() { super::$test(&crate::test_platform::TestStore::postgres()); })+
        }
    };
}
pub(crate) use on_both_stores;
