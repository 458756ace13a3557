//! Does twice as much of anything cost at most twice as many instructions, and a little more? Counted, not timed:
//! callgrind runs the program in `COPYDESK_GROWTH`, a release build. `COPYDESK_GROWTH_ALL=1` tries every pair of
//! constructs in every shape, which takes hours.

mod combine;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use combine::{CONSTRUCTS, SHAPES, Shape, combine};

/// Bytes of the smaller text. The larger one is twice as long; where it costs too much, both are doubled once more:
/// what grows with the square costs still more then, and a table that had to grow does not.
const LENGTH: usize = 8_000;

/// How many times as many instructions twice the text may take: 2.3, as a fraction.
const MOST: (u64, u64) = (23, 10);

/// Two constructs by their places in the list, and how they are combined.
type Combination = (usize, usize, Shape);

#[test]
#[ignore = "needs valgrind and a release build, and takes minutes"]
fn twice_as_much_costs_twice_as_many_instructions() {
    let program = env::var_os("COPYDESK_GROWTH").expect("COPYDESK_GROWTH names the program");
    let program = fs::canonicalize(program).expect("the program is there");
    let combinations = combinations();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for worker in 0..thread::available_parallelism().map_or(1, usize::from) {
            let counter = Counter::new(&program, worker);
            let (combinations, next, wrong) = (&combinations, &next, &wrong);
            scope.spawn(move || {
                let idle = counter.count("");
                while let Some(&combination) = combinations.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let told = excess(&counter, idle, combination);
                    wrong.lock().expect("no thread panics with it").extend(told);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics with it");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), combinations.len(), wrong.join("\n"));
}

/// Every construct with itself and with some others; or every pair.
fn combinations() -> Vec<Combination> {
    let count = CONSTRUCTS.len();
    let all = env::var_os("COPYDESK_GROWTH_ALL").is_some();
    // Each construct is nested in itself, and every second one meets another one in each of the other shapes.
    let is_picked = |first: usize, second: usize, shape: usize| {
        let distance = (second + count - first) % count;
        all || distance == [0, 7, 19, 31, 43][shape] && (shape == 0 || first % 2 == shape % 2)
    };
    let pairs = (0..count).flat_map(|first| (0..count).map(move |second| (first, second)));
    let each = pairs.flat_map(|(first, second)| (0..SHAPES.len()).map(move |shape| (first, second, shape)));
    each.filter(|&(first, second, shape)| is_picked(first, second, shape))
        .map(|(first, second, shape)| (first, second, SHAPES[shape]))
        .collect()
}

/// What to say of a combination that costs too much.
fn excess(counter: &Counter, idle: u64, (first, second, shape): Combination) -> Option<String> {
    let count = |length: usize| {
        counter.count(&combine(CONSTRUCTS[first], CONSTRUCTS[second], shape, length)).saturating_sub(idle)
    };
    let mut counts = vec![count(LENGTH), count(2 * LENGTH)];
    let grows_too_fast = |counts: &[u64]| match counts {
        [.., half, whole] => whole * MOST.1 > half * MOST.0,
        _ => false,
    };
    if grows_too_fast(&counts) {
        counts.push(count(4 * LENGTH));
    }
    grows_too_fast(&counts).then(|| {
        format!("{:?} {:?} {shape:?}: {counts:?} instructions", CONSTRUCTS[first], CONSTRUCTS[second])
    })
}

/// Counts the instructions of checks, in a folder of its own.
struct Counter<'a> {
    program: &'a Path,
    folder: PathBuf,
}

impl<'a> Counter<'a> {
    fn new(program: &'a Path, worker: usize) -> Self {
        let folder = env::temp_dir().join(format!("copydesk-growth-{}-{worker}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        fs::write(folder.join("copydesk.yaml"), "extends: strict\n").expect("the folder can be written");
        Self { program, folder }
    }

    /// The instructions of a check of a page.
    fn count(&self, page: &str) -> u64 {
        fs::write(self.folder.join("page.md"), page).expect("the folder can be written");
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(self.program)
            .args(["check", "--threads", "1", "--format", "json", "page.md"])
            .current_dir(&self.folder)
            .output()
            .expect("valgrind is installed");
        let told = String::from_utf8_lossy(&output.stderr);
        let line =
            told.lines().find_map(|line| line.split_once("Collected : ")).unwrap_or_else(|| panic!("{told}"));
        line.1.trim().parse().expect("it is a number")
    }
}

impl Drop for Counter<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
