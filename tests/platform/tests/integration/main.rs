//! Stories of the platform, each told on both of its stores: the real client against the real platform on this machine.
//! What any platform must keep, whoever wrote it, is in `tests/contract`.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod catalogue;
mod commands;
mod configurations;
mod erasures;
mod instances;
mod leads;
mod overview;
mod service;
mod stand;
mod trouble;

/// Tells stories on SQLite and on PostgreSQL.
macro_rules! on_both_stores {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { super::$story(&crate::stand::Ground::sqlite()); })+
        }
        mod postgres {
            $(#[test] fn $story() { super::$story(&crate::stand::Ground::postgres()); })+
        }
    };
}
pub(crate) use on_both_stores;
