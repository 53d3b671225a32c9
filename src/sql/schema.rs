//! Are the tables there, and can they roll back?

use super::statement;

statement!(
    /// Name and engine of each of the site's tables. A table without transactions could not be
    /// rolled back with the others.
    ENGINES,
    "SELECT /* wpf_delete */ TABLE_NAME, ENGINE FROM information_schema.TABLES \
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (?)"
);
statement!(
    /// About how many rows a table has, as the optimizer takes it. Empty or 0 where nobody has looked yet.
    ROWS,
    "SELECT /* wpf_delete */ TABLE_ROWS FROM information_schema.TABLES \
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?"
);
statement!(
    /// Those among them that have a primary key.
    KEYED,
    "SELECT /* wpf_delete */ DISTINCT TABLE_NAME FROM information_schema.STATISTICS \
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (?) AND INDEX_NAME = 'PRIMARY'"
);
