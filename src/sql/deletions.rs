//! The plugin's table of jobs, and the lock that goes with a job.

use super::statement;

statement!(
    /// Notes in the job's row what a batch has done and where to go on after it, and renews the claim
    /// [primary key]. No row is changed when the job is not this runner's any more.
    NOTE,
    "UPDATE /* wpf_delete */ {deletions} SET resume = ?, \
     unsettled = CONCAT(COALESCE(unsettled, ''), ?), due = UTC_TIMESTAMP() + INTERVAL ? SECOND \
     WHERE id = ? AND owner = ? AND state = 'running'"
);
statement!(
    /// Takes the lock of this user of this site for as long as the connection lives: 1, or 0 when
    /// another connection has held it for five seconds. A name may have 64 characters. MySQL has done
    /// away with SHA1().
    LOCK,
    "SELECT /* wpf_delete */ \
     GET_LOCK(CONCAT('wpf_delete.', LEFT(SHA2(CONCAT(DATABASE(), '.', ?), 256), 40)), 5)"
);
statement!(
    /// Gives back every lock that the connection holds.
    UNLOCK,
    "SELECT /* wpf_delete */ RELEASE_ALL_LOCKS()"
);
