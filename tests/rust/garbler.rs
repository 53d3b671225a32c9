//! Answers that are not what the server said: a proxy that puts other bytes into the values of rows, as many as
//! there were.

use std::io::Write;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::proxy::read_packet;
use crate::stack;

/// Lets connections through for as long as it lives.
pub struct Garbler {
    pub port: u16,
    garbled: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
}

impl Drop for Garbler {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Nobody waits for the next one any more.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Garbler {
    /// Changes one value of so many, by lot.
    pub fn new(seed: u64, of: u64) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let garbled = Arc::new(AtomicUsize::new(0));
        let over = Arc::new(AtomicBool::new(false));
        let (count, is_over) = (Arc::clone(&garbled), Arc::clone(&over));
        thread::spawn(move || {
            for (number, client) in (0..).zip(listener.incoming().map(Result::unwrap)) {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let server = TcpStream::connect(("127.0.0.1", stack::port())).unwrap();
                let (asking, asked) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let lot = Lot(seed.wrapping_add(number));
                let count = Arc::clone(&count);
                thread::spawn(move || pass_on(asking, asked, |_| ()));
                thread::spawn(move || {
                    let mut answers = Answers::default();
                    let mut lot = lot;
                    pass_on(server, client, |packet| {
                        for value in answers.values(packet) {
                            if !value.is_empty() && lot.below(of) == 0 {
                                count.fetch_add(1, Ordering::SeqCst);
                                garble(&mut packet[value], &mut lot);
                            }
                        }
                    });
                });
            }
        });
        Self {
            port,
            garbled,
            over,
        }
    }

    /// How many values were others than the server's.
    pub fn garbled(&self) -> usize {
        self.garbled.load(Ordering::SeqCst)
    }
}

/// Packet by packet, with changes.
fn pass_on(mut from: TcpStream, mut to: TcpStream, mut change: impl FnMut(&mut [u8])) {
    while let Ok(mut packet) = read_packet(&mut from) {
        change(&mut packet);
        if to.write_all(&packet).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

/// Another number, or any bytes.
fn garble(value: &mut [u8], lot: &mut Lot) {
    let digits = lot.below(2) == 0;
    for byte in value {
        let any = u8::try_from(lot.below(256)).unwrap();
        *byte = if digits { b'0' + any % 10 } else { any };
    }
}

/// Where an answer stands between its packets.
#[derive(Default)]
enum Answers {
    /// The greeting, and what follows it until the account is let in.
    #[default]
    Greeting,
    Idle,
    Columns(u8),
    Rows,
}

impl Answers {
    /// Where in this packet the values of a row are; none if it is no row.
    fn values(&mut self, packet: &[u8]) -> Vec<Range<usize>> {
        let is_end = packet.len() < 13 && packet.get(4) == Some(&0xfe);
        let (next, values) = match (&self, packet.get(4)) {
            (Self::Greeting, Some(0)) => (Self::Idle, Vec::new()),
            (Self::Greeting, _) => (Self::Greeting, Vec::new()),
            (Self::Idle, Some(0 | 0xff)) => (Self::Idle, Vec::new()),
            (Self::Idle, columns) => (Self::Columns(*columns.unwrap()), Vec::new()),
            (Self::Columns(0), _) if is_end => (Self::Rows, Vec::new()),
            (Self::Columns(left), _) => (Self::Columns(left - 1), Vec::new()),
            (Self::Rows, first) if is_end || first == Some(&0xff) => (Self::Idle, Vec::new()),
            (Self::Rows, _) => (Self::Rows, values(packet)),
        };
        *self = next;
        values
    }
}

/// A row is one value after the other, each behind its length.
fn values(row: &[u8]) -> Vec<Range<usize>> {
    let mut values = Vec::new();
    let mut at = 4;
    while at < row.len() {
        let (length, head) = match row[at] {
            0xfb => (0, 1),
            0xfc => (
                usize::from(u16::from_le_bytes([row[at + 1], row[at + 2]])),
                3,
            ),
            // No row here is as long as that.
            0xfd.. => break,
            length => (usize::from(length), 1),
        };
        values.push(at + head..at + head + length);
        at += head + length;
    }
    values
}

/// Numbers by lot, the same for the same seed: SplitMix64.
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
