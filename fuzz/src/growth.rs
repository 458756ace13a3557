//! Time in proportion to the text.

use std::{path::Path, time::Duration};

use cpu_time::ThreadTime;

use crate::report;

/// Bytes of the first text; the second is twice as long.
const BASE: usize = 12_000;

/// How much longer twice the text may take. In proportion it is 2, and caches make it a little more; where the time
/// grows with the square it goes to 4.
const MOST: f64 = 3.2;

/// A growth below this is not looked at again.
const SUSPICIOUS: f64 = 2.6;

/// Times below this say nothing.
const SOMETHING: Duration = Duration::from_millis(4);

/// Twice as much of the same takes twice as long.
///
/// The input is what is repeated; with two or three parts, the first stands before it and the third behind it.
pub fn run(bytes: &[u8]) {
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
    let page = |length: usize| [head, &unit.repeat(length / unit.len()), tail].concat();
    let grows = |length: usize, times: usize, most: f64| {
        let (one, two) = (cost(&page(length), times), cost(&page(2 * length), times));
        (two > SOMETHING && two.as_secs_f64() > most * one.as_secs_f64()).then_some((one, two))
    };
    // A square shows more the longer the text; noise does not.
    if grows(BASE, 1, SUSPICIOUS).is_some()
        && grows(2 * BASE, 2, SUSPICIOUS).is_some()
        && let Some((one, two)) = grows(4 * BASE, 3, MOST)
        && grows(4 * BASE, 3, MOST).is_some()
    {
        panic!("{} bytes take {one:?}, twice as many {two:?}: {:?}", 4 * BASE, crate::text(bytes));
    }
}

/// What a check and a report take, the best of some times.
fn cost(page: &[u8], times: usize) -> Duration {
    let once = |_| {
        let start = ThreadTime::now();
        let run = report::run_of(page, Path::new("page.md"));
        let _ = report::rendered(&run, "json", None);
        start.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}
