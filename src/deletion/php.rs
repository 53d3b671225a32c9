//! What PHP says, for tests of what has to be as it is there.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

/// PHP itself, for one of its functions: asked in lines of hexadecimal digits.
pub(super) struct Php {
    child: Child,
    answers: RefCell<BufReader<ChildStdout>>,
}

impl Php {
    pub(super) fn new(function: &str) -> Self {
        let program = format!(
            "while (false !== ($line = fgets(STDIN))) \
             echo bin2hex({function}(hex2bin(trim($line)))), \"\\n\";"
        );
        let mut child = Command::new("php")
            .args(["-n", "-r", &program])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            answers: RefCell::new(answers),
        }
    }

    pub(super) fn ask(&self, text: &[u8]) -> Vec<u8> {
        let question: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(self.child.stdin.as_ref().unwrap(), "{question}").unwrap();
        let mut answer = String::new();
        self.answers.borrow_mut().read_line(&mut answer).unwrap();
        let digits = answer.trim_end().as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
        digits.chunks(2).map(|pair| byte(pair).unwrap()).collect()
    }
}

impl Drop for Php {
    fn drop(&mut self) {
        // Its questions end with this.
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }
}
