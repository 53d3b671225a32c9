//! Session settings and transaction control.

use super::statement;

statement!(
    /// Makes the session read and compare text as WordPress's own connection does, and gives up on a
    /// row lock after three seconds: the one who holds it may be the request that called us, and
    /// then no deadlock detector would ever see it.
    SET_SESSION,
    "SET NAMES ? COLLATE ?, SESSION sql_mode = ?, SESSION innodb_lock_wait_timeout = 3"
);
statement!(
    /// Opens a transaction.
    BEGIN,
    "START TRANSACTION"
);
statement!(
    /// Keeps it.
    COMMIT,
    "COMMIT"
);
statement!(
    /// Undoes it.
    ROLLBACK,
    "ROLLBACK"
);
