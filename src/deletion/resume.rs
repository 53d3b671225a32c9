//! Where a deletion stands between two calls.

use std::collections::BTreeSet;

use crate::error::{Error, Result};

/// The steps of the content, in order. What each does is in the module of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Posts that go for good.
    Purge,
    /// Posts that go to the trash.
    Trash,
    /// Posts that change hands.
    Reassign,
    /// Links.
    Links,
    /// Nothing is left.
    Done,
}

impl Phase {
    const ALL: [Self; 5] = [
        Self::Purge,
        Self::Trash,
        Self::Reassign,
        Self::Links,
        Self::Done,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Purge => "purge",
            Self::Trash => "trash",
            Self::Reassign => "reassign",
            Self::Links => "links",
            Self::Done => "done",
        }
    }
}

/// The point from which the next call goes on. PHP stores it as text and gives it back unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resume {
    /// The phase to go on with.
    pub(super) phase: Phase,
    /// The last post id that phase has dealt with.
    pub(super) after: u64,
    /// How often the content has been gone through from the start. From the second time on, posts in
    /// the trash are left alone: they are this deletion's own.
    pub(super) round: u64,
    /// Whether this round has found anything, so that another one has to look again.
    pub(super) found: bool,
    /// Terms whose posts have gone and whose counts are still to be written.
    pub(super) terms: BTreeSet<u64>,
}

const FORMAT: &str = "wpfd1";

impl Resume {
    pub(super) fn start(phase: Phase) -> Self {
        Self {
            phase,
            after: 0,
            round: 0,
            found: false,
            terms: BTreeSet::new(),
        }
    }

    /// The point after a batch of these posts.
    pub(super) fn past(&self, ids: &[u64]) -> Self {
        Self {
            after: ids.last().copied().unwrap_or(self.after),
            found: true,
            ..self.clone()
        }
    }

    /// The same point with these terms counted.
    pub(super) fn with_terms_counted(&self, counted: &[u64]) -> Self {
        let mut resume = self.clone();
        for term in counted {
            resume.terms.remove(term);
        }
        resume
    }

    /// Moves on to a phase and starts it from the lowest id.
    pub(super) fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.after = 0;
    }

    pub(super) fn to_text(&self) -> String {
        let terms: Vec<String> = self.terms.iter().map(u64::to_string).collect();
        format!(
            "{FORMAT}|{}|{}|{}|{}|{}",
            self.phase.name(),
            self.after,
            self.round,
            u8::from(self.found),
            terms.join(",")
        )
    }

    pub(super) fn from_text(text: &[u8]) -> Result<Self> {
        let wrong = || Error::argument("request.resume", "is not what an earlier call reported");
        let text = std::str::from_utf8(text).map_err(|_| wrong())?;
        let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
        let [format, phase, after, round, found, terms] =
            <[&str; 6]>::try_from(text.split('|').collect::<Vec<_>>()).map_err(|_| wrong())?;
        if format != FORMAT {
            return Err(wrong());
        }
        Ok(Self {
            phase: Phase::ALL
                .into_iter()
                .find(|known| known.name() == phase)
                .ok_or_else(wrong)?,
            after: number(after)?,
            round: number(round)?,
            found: number(found)? != 0,
            terms: terms
                .split(',')
                .filter(|term| !term.is_empty())
                .map(number)
                .collect::<Result<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn resumes() -> impl Strategy<Value = Resume> {
        let phases = prop::sample::select(&Phase::ALL[..]);
        let terms = prop::collection::btree_set(any::<u64>(), 0..20);
        let parts = (phases, any::<u64>(), any::<u64>(), any::<bool>(), terms);
        parts.prop_map(|(phase, after, round, found, terms)| Resume {
            phase,
            after,
            round,
            found,
            terms,
        })
    }

    /// What was reported, with a few bytes put in the place of others.
    fn spoilt() -> impl Strategy<Value = Vec<u8>> {
        let pieces =
            prop::sample::select(&["|", ",", "-1", "+", "0", "\0", "\u{ff}", "1e9", ""][..]);
        let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, pieces), 1..4);
        (resumes(), edits).prop_map(|(resume, edits)| {
            let mut text = resume.to_text().into_bytes();
            for (place, removed, piece) in edits {
                let start = place.index(text.len() + 1);
                let end = (start + removed).min(text.len());
                text.splice(start..end, piece.bytes());
            }
            text
        })
    }

    proptest! {
        #[test]
        fn any_resume_point_survives_its_text(resume in resumes()) {
            prop_assert_eq!(Resume::from_text(resume.to_text().as_bytes()).unwrap(), resume);
        }

        /// What is taken is taken for one point, and written in one way from then on.
        #[test]
        fn any_text_is_a_point_or_refused(text in prop_oneof![spoilt(), any::<Vec<u8>>()]) {
            if let Ok(resume) = Resume::from_text(&text) {
                let written = resume.to_text();
                prop_assert_eq!(Resume::from_text(written.as_bytes()).unwrap(), resume);
                prop_assert!(text.starts_with(FORMAT.as_bytes()));
            }
        }
    }

    #[test]
    fn a_resume_point_survives_its_text() {
        let mut resume = Resume::start(Phase::Purge);
        resume.terms.extend([3, 70_000]);
        resume.found = true;
        resume.after = u64::MAX;
        assert_eq!(
            Resume::from_text(resume.to_text().as_bytes()).unwrap(),
            resume
        );
        resume.terms.clear();
        resume.enter(Phase::Trash);
        assert_eq!(
            Resume::from_text(resume.to_text().as_bytes()).unwrap(),
            resume
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in [
            "x",
            "wpfd1|purge|1|0|0",
            "wpfd1|drop|1|0|0|",
            "wpfd2|purge|1|0|0|",
            "wpfd1|purge|-1|0|0|",
            "wpfd1|purge|1|0|0|1,b",
        ] {
            assert!(Resume::from_text(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
