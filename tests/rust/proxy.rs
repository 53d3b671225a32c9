//! Connections that break, or something that happens, at a chosen statement: a proxy in front of the real server.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::stack;

/// When the connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The server never sees the statement.
    Before,
    /// The server has carried it out; its answer is lost.
    After,
    /// Not at all: before the server sees the statement, something else happens.
    Never,
}

/// Listens until the process ends; breaks one connection once.
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

fn serve(client: TcpStream, plan: &Arc<Plan>) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", stack::port()))?;
    let muted = Arc::new(AtomicBool::new(false));
    let (from_server, to_client) = (server.try_clone()?, client.try_clone()?);
    let answers_muted = Arc::clone(&muted);
    thread::spawn(move || answers(from_server, to_client, &answers_muted));
    let plan = Arc::clone(plan);
    thread::spawn(move || statements(client, server, &plan, &muted));
    Ok(())
}

/// Server to client, until an answer has to be lost.
fn answers(mut server: TcpStream, mut client: TcpStream, muted: &AtomicBool) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length) = server.read(&mut buffer) {
        if length == 0 || muted.load(Ordering::SeqCst) {
            break;
        }
        if client.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// Client to server, packet by packet.
fn statements(mut client: TcpStream, mut server: TcpStream, plan: &Plan, muted: &AtomicBool) {
    while let Ok(packet) = read_packet(&mut client) {
        if plan.breaks_at(&packet) {
            (plan.meanwhile)();
            match plan.how {
                Break::Before => break,
                Break::After => muted.store(true, Ordering::SeqCst),
                Break::Never => {}
            }
        }
        if server.write_all(&packet).is_err() {
            break;
        }
        if muted.load(Ordering::SeqCst) {
            // The other thread hangs up once the server has answered.
            return;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// One packet of the protocol with its header: three bytes of length, one of sequence.
fn read_packet(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut packet = vec![0; 4];
    stream.read_exact(&mut packet)?;
    let length = u32::from_le_bytes([packet[0], packet[1], packet[2], 0]);
    packet.resize(4 + usize::try_from(length).unwrap(), 0);
    stream.read_exact(&mut packet[4..])?;
    Ok(packet)
}
