//! What names of trashed posts look like: pure text, byte for byte as core makes them.

pub(super) const SUFFIX: &[u8] = b"__trashed";
/// Width of `post_name`, as core counts it: in bytes.
const LONGEST: usize = 200;
pub(super) const LONGEST_BEFORE_SUFFIX: usize = 191;

/// Posts whose name ends like this keep it, and note no name to go back to.
pub(super) fn has_suffix(name: &[u8]) -> bool {
    name.ends_with(SUFFIX)
}

/// PHP's `stripslashes()`. Core hands what it has read to functions that expect it slashed and take a
/// level of backslashes off before they write.
pub(super) fn unslash(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'0') => out.push(0),
                Some(escaped) => out.push(*escaped),
                None => {}
            },
            _ => out.push(*byte),
        }
    }
    out
}

/// The number in `base-number`, written as core writes it. A base that is equal only under the
/// collation may be of another length in bytes: its numbers are left to the question that follows.
pub(super) fn number_behind(name: &[u8], base: &[u8]) -> Option<u64> {
    let (start, rest) = name.split_at_checked(base.len())?;
    let digits = rest.strip_prefix(b"-")?;
    if !start.eq_ignore_ascii_case(base) {
        return None;
    }
    let number: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (number.to_string().as_bytes() == digits).then_some(number)
}

/// `base-number`, the base cut so that all of it fits. Core: `wp_unique_post_slug()`.
pub(super) fn numbered_name(base: &[u8], number: u64) -> Vec<u8> {
    let number = number.to_string();
    let mut name = truncate(base, LONGEST - (number.len() + 1));
    name.push(b'-');
    name.extend_from_slice(number.as_bytes());
    name
}

/// Core: `_truncate_post_slug()`. A percent-encoded name is cut between characters, not inside an
/// encoded one.
pub(super) fn truncate(name: &[u8], length: usize) -> Vec<u8> {
    let mut cut = if name.len() <= length {
        name.to_vec()
    } else {
        let decoded = url_decode(name);
        if decoded == name {
            name.get(..length).unwrap_or(name).to_vec()
        } else {
            encode_up_to(&decoded, length)
        }
    };
    while cut.last() == Some(&b'-') {
        cut.pop();
    }
    cut
}

/// PHP's `urldecode()`.
fn url_decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => out.push(b' '),
            b'%' => match (hex_digit(after.first()), hex_digit(after.get(1))) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    rest = after.get(2..).unwrap_or_default();
                }
                _ => out.push(byte),
            },
            _ => out.push(byte),
        }
    }
    out
}

fn hex_digit(byte: Option<&u8>) -> Option<u8> {
    match byte? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        digit @ b'a'..=b'f' => Some(digit - b'a' + 10),
        digit @ b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Core: `utf8_uri_encode( $decoded, $length, true )`, byte for byte.
fn encode_up_to(decoded: &[u8], length: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut octets: Vec<u8> = Vec::new();
    let mut expected = 1;
    for &byte in decoded {
        if byte < 128 {
            let plain = byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
            let encoded = if plain {
                vec![byte]
            } else {
                format!("%{byte:02X}").into_bytes()
            };
            if out.len() + encoded.len() > length {
                break;
            }
            out.extend(encoded);
        } else {
            if octets.is_empty() {
                expected = match byte {
                    ..224 => 2,
                    224..240 => 3,
                    240.. => 4,
                };
            }
            octets.push(byte);
            if out.len() + expected * 3 > length {
                break;
            }
            if octets.len() == expected {
                for octet in octets.drain(..) {
                    out.extend(format!("%{octet:x}").into_bytes());
                }
                expected = 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::php::Php;
    use super::*;

    /// Text of the pieces that matter here, and of any others.
    fn names() -> impl Strategy<Value = Vec<u8>> {
        const PIECES: &[&str] = &[
            "a",
            "Z",
            "-",
            "--",
            "0",
            "7",
            "\\",
            "\\\\",
            "\\0",
            "%",
            "%d0%b6",
            "%D0",
            "%2",
            "%zz",
            "+",
            " ",
            ".",
            "~",
            "\u{436}",
            "\u{1f600}",
            "__trashed",
            "\0",
            "'",
        ];
        let piece = prop_oneof![
            4 => prop::sample::select(PIECES)
                .prop_map(|piece| piece.as_bytes().to_vec())
                .boxed(),
            1 => any::<u8>().prop_map(|byte| vec![byte]).boxed(),
        ];
        prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn any_text_loses_its_backslashes_as_in_php() {
        let php = Php::new("stripslashes");
        proptest!(|(text in names())| {
            prop_assert_eq!(unslash(&text), php.ask(&text));
        });
    }

    #[test]
    fn any_text_is_decoded_as_in_php() {
        let php = Php::new("urldecode");
        proptest!(|(text in names())| {
            prop_assert_eq!(url_decode(&text), php.ask(&text));
        });
    }

    proptest! {
        #[test]
        fn any_name_is_cut_to_its_length(name in names(), length in 0..250usize) {
            let cut = truncate(&name, length);
            prop_assert!(cut.len() <= length);
            prop_assert!(cut.last() != Some(&b'-'));
        }

        #[test]
        fn any_numbered_name_fits_and_tells_its_number(name in names(), number in any::<u64>()) {
            let numbered = numbered_name(&name, number);
            prop_assert!(numbered.len() <= LONGEST);
            let base = numbered.len() - number.to_string().len() - 1;
            prop_assert_eq!(number_behind(&numbered, &numbered[..base]), Some(number));
        }

        #[test]
        fn any_number_is_read_as_it_is_written(name in names(), base in names()) {
            if let Some(number) = number_behind(&name, &base) {
                let end = format!("-{number}");
                prop_assert!(name.ends_with(end.as_bytes()));
                prop_assert_eq!(name.len(), base.len() + end.len());
            }
        }
    }

    #[test]
    fn a_short_name_only_loses_hyphens_at_its_end() {
        assert_eq!(truncate(b"foo--", 191), b"foo");
        assert_eq!(truncate(b"foo", 191), b"foo");
    }

    #[test]
    fn an_encoded_name_is_cut_between_characters() {
        let name = "%d0%b6".repeat(33);
        assert_eq!(name.len(), 198);
        assert_eq!(
            truncate(name.as_bytes(), 191),
            "%d0%b6".repeat(31).into_bytes()
        );
    }

    #[test]
    fn a_plain_name_is_cut_at_the_byte() {
        assert_eq!(truncate(&[b'a'; 200], 191), [b'a'; 191]);
        let name = [&[b'a'; 190][..], b"-bbbbbbbbb"].concat();
        assert_eq!(truncate(&name, 191), [b'a'; 190]);
    }

    #[test]
    fn a_number_takes_its_room_from_the_base() {
        let base = [&[b'a'; 191][..], SUFFIX].concat();
        let name = numbered_name(&base, 10);
        assert_eq!(name.len(), 200);
        assert!(name.ends_with(b"a__tras-10"));
        assert_eq!(numbered_name(b"foo__trashed", 2), b"foo__trashed-2");
    }

    #[test]
    fn a_level_of_backslashes_goes() {
        assert_eq!(unslash(br"back\slash"), b"backslash");
        assert_eq!(unslash(br"two\\"), br"two\");
        assert_eq!(unslash(br"nul\0end\"), b"nul\0end");
    }

    #[test]
    fn only_cores_own_spelling_is_a_number() {
        let behind = |name: &[u8]| number_behind(name, b"x__trashed");
        assert_eq!(behind(b"x__trashed-17"), Some(17));
        assert_eq!(behind(b"X__Trashed-17"), Some(17));
        assert_eq!(behind(b"x__trashed-017"), None);
        assert_eq!(behind(b"x__trashed-1a"), None);
        assert_eq!(behind(b"x__trashed"), None);
    }

    #[test]
    fn a_base_of_another_length_gives_no_number() {
        let base = "\u{e1}__trashed".as_bytes();
        assert_eq!(number_behind(b"a__trashed-14", base), None);
        assert_eq!(
            number_behind("\u{e1}__trashed-14".as_bytes(), base),
            Some(14)
        );
    }
}
