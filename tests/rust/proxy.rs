//! Statements to which something happens on their way: a proxy in front of the real server.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;

use wpf_delete::db::Connection;

use crate::database::{execute, sql, tables};
use crate::stack;

/// As part of a statement: every statement has it.
pub const ANY: &str = "";

/// What happens to the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The connection breaks; the server never sees the statement.
    Before,
    /// The connection breaks; the server has carried it out, its answer is lost.
    After,
    /// The server has carried it out; its answer lacks the last byte.
    Within,
    /// Somebody kills the connection just before.
    Killed,
    /// Somebody kills the statement while the server is at work on it. It may be faster.
    Interrupted,
    /// The server never sees the statement, and this error is the answer.
    Refused(u16),
    /// Nothing: before the server sees the statement, something else happens.
    Never,
}

/// Listens until the process ends; breaks in once.
pub struct Proxy {
    pub port: u16,
    plan: Arc<Plan>,
}

struct Plan {
    /// Part of the statement's text.
    at: &'static str,
    how: Break,
    /// Matches still to let pass, counted over all connections.
    pass: AtomicUsize,
    broken: AtomicBool,
    meanwhile: Box<dyn Fn() + Send + Sync>,
}

impl Proxy {
    /// Breaks at the statement after `pass` others that hold `at` as well.
    pub fn new(at: &'static str, pass: usize, how: Break) -> Self {
        Self::listen(at, pass, how, false, || ())
    }

    /// The same, and lets nobody in afterwards.
    pub fn for_good(at: &'static str, pass: usize, how: Break) -> Self {
        Self::listen(at, pass, how, true, || ())
    }

    /// Does something before the server sees that statement.
    pub fn meanwhile(
        at: &'static str,
        pass: usize,
        what: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self::listen(at, pass, Break::Never, false, what)
    }

    fn listen(
        at: &'static str,
        pass: usize,
        how: Break,
        for_good: bool,
        meanwhile: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let plan = Arc::new(Plan {
            at,
            how,
            pass: AtomicUsize::new(pass),
            broken: AtomicBool::new(false),
            meanwhile: Box::new(meanwhile),
        });
        let shared = Arc::clone(&plan);
        thread::spawn(move || {
            for client in listener.incoming().map(Result::unwrap) {
                if !(for_good && shared.broken.load(Ordering::SeqCst)) {
                    serve(client, &shared).unwrap();
                }
            }
        });
        Self { port, plan }
    }

    pub fn has_broken(&self) -> bool {
        self.plan.broken.load(Ordering::SeqCst)
    }
}

impl Plan {
    fn breaks_at(&self, packet: &[u8]) -> bool {
        // The first packet of a command, which is a statement.
        if !matches!(packet, [_, _, _, 0, 3, ..]) {
            return false;
        }
        let at = self.at.as_bytes();
        // As words: READ COMMITTED is no COMMIT.
        let holds = (0..packet.len()).any(|start| {
            let rest = &packet[start..];
            rest.starts_with(at)
                && !rest[at.len()..]
                    .first()
                    .is_some_and(u8::is_ascii_alphabetic)
        });
        if !holds || self.broken.load(Ordering::SeqCst) {
            return false;
        }
        if self.pass.load(Ordering::SeqCst) > 0 {
            self.pass.fetch_sub(1, Ordering::SeqCst);
            return false;
        }
        self.broken.store(true, Ordering::SeqCst);
        true
    }
}

/// What both directions of a connection know of each other.
#[derive(Default)]
struct Link {
    /// The connection's number on the server, from its greeting.
    id: AtomicU64,
    /// How many pieces of answers have come.
    answers: AtomicUsize,
    muted: AtomicBool,
}

fn serve(client: TcpStream, plan: &Arc<Plan>) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", stack::port()))?;
    let link = Arc::new(Link::default());
    let how = plan.how;
    let (from_server, to_client) = (server.try_clone()?, client.try_clone()?);
    let answering = Arc::clone(&link);
    thread::spawn(move || answers(from_server, to_client, &answering, how));
    let plan = Arc::clone(plan);
    thread::spawn(move || statements(client, server, &plan, &link));
    Ok(())
}

/// Server to client, until an answer has to be lost. Those of the tests are read in one piece.
fn answers(mut server: TcpStream, mut client: TcpStream, link: &Link, how: Break) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length) = server.read(&mut buffer) {
        if link.answers.fetch_add(1, Ordering::SeqCst) == 0 {
            link.id.store(greeted(&buffer[..length]), Ordering::SeqCst);
        }
        if length == 0 || link.muted.load(Ordering::SeqCst) {
            if how == Break::Within {
                let _ = client.write_all(&buffer[..length.saturating_sub(1)]);
            }
            break;
        }
        if client.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// The connection's number, behind the server's version.
fn greeted(greeting: &[u8]) -> u64 {
    let version = greeting.get(5..).unwrap_or_default();
    let end = version.iter().position(|byte| *byte == 0);
    let id = end.and_then(|end| version.get(end + 1..end + 5));
    id.map_or(0, |id| u32::from_le_bytes(id.try_into().unwrap()).into())
}

/// Client to server, packet by packet.
fn statements(mut client: TcpStream, mut server: TcpStream, plan: &Plan, link: &Arc<Link>) {
    while let Ok(packet) = read_packet(&mut client) {
        if plan.breaks_at(&packet) {
            (plan.meanwhile)();
            match plan.how {
                Break::Before => break,
                Break::After | Break::Within => link.muted.store(true, Ordering::SeqCst),
                Break::Killed => kill("KILL", link.id.load(Ordering::SeqCst)),
                Break::Interrupted => interrupt(link),
                Break::Refused(errno) => {
                    if client.write_all(&refusal(errno)).is_err() {
                        break;
                    }
                    continue;
                }
                Break::Never => {}
            }
        }
        if server.write_all(&packet).is_err() {
            break;
        }
        if link.muted.load(Ordering::SeqCst) {
            // The other thread hangs up once the server has answered.
            return;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

fn elsewhere() -> Connection {
    Connection::open(&stack::config(stack::parts("mysql")), tables()).unwrap()
}

fn kill(what: &str, id: u64) {
    execute(&mut elsewhere(), &format!("{what} {id}"), &[]);
}

/// Kills whatever statement runs, until it has been answered.
fn interrupt(link: &Arc<Link>) {
    let mut killer = elsewhere();
    let kill = sql(&format!("KILL QUERY {}", link.id.load(Ordering::SeqCst)));
    let before = link.answers.load(Ordering::SeqCst);
    let link = Arc::clone(link);
    thread::spawn(move || {
        while link.answers.load(Ordering::SeqCst) == before {
            // It may have gone.
            let _ = killer.execute(&kill, &[]);
        }
    });
}

/// An answer that is an error.
fn refusal(errno: u16) -> Vec<u8> {
    let [low, high] = errno.to_le_bytes();
    let mut payload = vec![0xff, low, high];
    payload.extend(b"#HY000refused");
    let length = u8::try_from(payload.len()).unwrap();
    [&[length, 0, 0, 1][..], &payload].concat()
}

/// One packet of the protocol with its header: three bytes of length, one of sequence.
pub fn read_packet(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut packet = vec![0; 4];
    stream.read_exact(&mut packet)?;
    let length = u32::from_le_bytes([packet[0], packet[1], packet[2], 0]);
    packet.resize(4 + usize::try_from(length).unwrap(), 0);
    stream.read_exact(&mut packet[4..])?;
    Ok(packet)
}
