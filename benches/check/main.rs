//! What a check costs over the bare parser, part by part, on one thread: read the figures as ratios to `parser`.
//!
//! `COPYDESK_CORPUS` names a folder of pages; without it, pages are made up. `cargo bench --bench check -- NAME` runs those
//! whose names hold NAME.

mod corpus;
mod growth;
mod parts;
mod rules;
mod spelling;
mod whole;
mod workspace;

fn main() {
    divan::main();
}
