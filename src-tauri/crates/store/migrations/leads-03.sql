-- Chain of the audit log: SHA-256 over the hash of the entry before and this entry. The program fills it for the entries
-- that exist, in this transaction.
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
