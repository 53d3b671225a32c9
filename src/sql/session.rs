//! Session settings and transaction control.

use super::statement;

statement!(
    /// Makes the session read and compare text as WordPress's own connection does, and gives up on a
    /// row lock after three seconds: the one who holds it may be the request that called us, and
    /// then no deadlock detector would ever see it. Long lists are looked up in the index before the
    /// plan is made, too: on average a parent has very many children, because 0 has, and the optimizer
    /// would rather read the whole table.
    SET_SESSION,
    "SET NAMES ? COLLATE ?, SESSION sql_mode = ?, SESSION innodb_lock_wait_timeout = 3, \
     SESSION eq_range_index_dive_limit = 0"
);
statement!(
    /// Whether it is MariaDB, and how long a statement it takes.
    SERVER,
    "SELECT /* wpf_delete */ @@version LIKE '%MariaDB%', @@max_allowed_packet"
);
statement!(
    /// Whether it logs statements for others, and these alone. They say too little when transactions do
    /// not lock the gaps between rows: the server refuses them (error 1665).
    LOGS_STATEMENTS,
    "SELECT /* wpf_delete */ @@log_bin = 1 AND @@binlog_format = 'STATEMENT'"
);
statement!(
    /// MariaDB makes a subquery of a list of 1000 or more, and reads the whole table beside it.
    KEEP_LISTS,
    "SET SESSION in_predicate_conversion_threshold = 0"
);
statement!(
    /// Locks rows, not the gaps beside them, where the comments and metas of others arrive.
    READ_COMMITTED,
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
);
statement!(
    /// Whether it is a node of a Galera cluster. Not tagged: servers that cannot be one do not explain it.
    IS_NODE,
    "SELECT @@wsrep_on"
);
statement!(
    /// Reads, and transactions as they begin, wait for what other nodes have committed before: this
    /// connection may have been led to another node than WordPress's own.
    READ_WHAT_ALL_HAVE,
    "SET SESSION wsrep_sync_wait = 1"
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
