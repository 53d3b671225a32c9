//! Ranges of ids.

/// Looking up one value takes as long as reading so many neighbours.
const NEIGHBOURS: u64 = 8;

/// From the lowest to the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: u64,
    pub(super) last: u64,
}

impl Range {
    /// Of ids in any order; `None` of none.
    pub(super) fn of(ids: &[u64]) -> Option<Self> {
        let first = *ids.iter().min()?;
        let last = *ids.iter().max()?;
        Some(Self { first, last })
    }

    /// Of ids that lie so close together that all of it is read sooner than each of them is looked up.
    pub(super) fn of_close(ids: &[u64]) -> Option<Self> {
        Self::of(ids).filter(|range| (range.last - range.first) / NEIGHBOURS < ids.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_while_it_has_few_others() {
        let range = |first, last| Some(Range { first, last });
        assert_eq!(Range::of(&[]), None);
        assert_eq!(Range::of(&[9, 3, u64::MAX]), range(3, u64::MAX));
        assert_eq!(Range::of_close(&[]), None);
        assert_eq!(Range::of_close(&[7]), range(7, 7));
        assert_eq!(Range::of_close(&[7, 22]), range(7, 22));
        assert_eq!(Range::of_close(&[23, 7]), None);
        assert_eq!(Range::of_close(&[0, u64::MAX]), None);
    }
}
