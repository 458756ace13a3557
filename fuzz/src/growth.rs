//! Time in proportion to the text.

use std::{path::Path, time::Duration};

use cpu_time::ThreadTime;

use crate::{
    combine::{CONSTRUCTS, Construct, DIALECTS, SHAPES, combine},
    report,
};

/// Bytes of the first text that is tried; the second is twice as long.
const BASE: usize = 8_000;

/// Longer ones for what grows too fast, and how much more twice as many bytes may take. In proportion it is twice as
/// much, and caches make it a little more; where the time grows with the square it comes to four times.
const SIEVE: [(usize, f64); 4] = [(BASE, 2.6), (2 * BASE, 2.7), (4 * BASE, 2.9), (8 * BASE, 3.2)];

/// Times below this say nothing.
const SOMETHING: Duration = Duration::from_millis(2);

/// Formats that are made in different ways.
const FORMATS: [&str; 6] = ["concise", "full", "json", "html", "sarif", "markdown"];

/// Twice as much of the same takes twice as long, to check and to report.
///
/// The input is what is repeated; with two or three parts, the first is before it and the third after it. A byte
/// `FE` in it becomes the number of the repetition, so that names differ. The length of what is repeated decides on the
/// format of the report. An input that begins with a byte `FD` combines two of the known constructs: two bytes say
/// which, a third one how.
pub fn run(bytes: &[u8]) {
    if let [0xFD, first, second, shape, ..] = *bytes {
        let of_dialects = DIALECTS.iter().flat_map(|dialect| dialect.1.iter().map(|it| (*it, dialect.0)));
        let constructs = CONSTRUCTS.iter().map(|it| (*it, "any"));
        let constructs: Vec<(Construct, &str)> = constructs.chain(of_dialects).collect();
        let construct = |at: u8| constructs[usize::from(at) % constructs.len()];
        let ((first, one), (second, other)) = (construct(first), construct(second));
        let shape = SHAPES[usize::from(shape) % SHAPES.len()];
        let page = |length: usize| combine(first, second, shape, length).into_bytes();
        let what = format!("{first:?} ({one}), {second:?} ({other}), {shape:?}");
        return sieve(&page, FORMATS[0], &what);
    }
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == 0xFF).collect();
    let (head, unit, tail) = match parts[..] {
        [unit] => (&[][..], unit, &[][..]),
        [head, unit] => (head, unit, &[][..]),
        [head, unit, tail, ..] => (head, unit, tail),
        [] => return,
    };
    if unit.is_empty() || unit.len() > 400 || head.len() + tail.len() > 1_000 {
        return;
    }
    let page = |length: usize| [head, &repeated(unit, length), tail].concat();
    sieve(&page, FORMATS[unit.len() % FORMATS.len()], &crate::text(bytes));
}

/// Requires that pages take time in proportion to their length.
fn sieve(page: &dyn Fn(usize) -> Vec<u8>, format: &str, what: &str) {
    let mut times = 1;
    let mut seen = Vec::new();
    // A square shows the longer the text; noise does not.
    for (length, most) in SIEVE {
        let (one, two) =
            (Costs::of(&page(length), format, times), Costs::of(&page(2 * length), format, times));
        if !two.exceeds(&one, most) {
            return;
        }
        seen.push((length, one, two));
        times = 3;
    }
    panic!("twice as much takes too long, in {format}: {what:?}\n{seen:#?}");
}

fn repeated(unit: &[u8], length: usize) -> Vec<u8> {
    let mut text = Vec::with_capacity(length + unit.len());
    for number in 0.. {
        for &byte in unit {
            match byte {
                0xFE => text.extend(format!("{number:05}").into_bytes()),
                _ => text.push(byte),
            }
        }
        if text.len() >= length {
            break;
        }
    }
    text
}

/// What a check and a report of it take.
#[derive(Debug, Clone, Copy)]
struct Costs {
    check: Duration,
    report: Duration,
}

impl Costs {
    /// The best of some times.
    fn of(page: &[u8], format: &str, times: usize) -> Self {
        let once = |_| {
            let start = ThreadTime::now();
            let run = report::run_of(page, Path::new("page.md"));
            let check = start.elapsed();
            let _ = report::rendered(&run, format, None);
            Self { check, report: start.elapsed() - check }
        };
        let best = |one: Self, two: Self| Self {
            check: one.check.min(two.check),
            report: one.report.min(two.report),
        };
        (0..times).map(once).reduce(best).expect("it is done once at least")
    }

    fn exceeds(&self, half: &Self, most: f64) -> bool {
        let exceeds = |one: Duration, two: Duration| two > SOMETHING && two > one.mul_f64(most);
        exceeds(half.check, self.check) || exceeds(half.report, self.report)
    }
}
