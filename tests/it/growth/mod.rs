//! Does twice as much of anything cost at most twice as many instructions, and a little more? Counted, not timed:
//! callgrind runs the program in `COPYDESK_GROWTH`, a release build. `COPYDESK_GROWTH_ALL=1` tries every pair of
//! constructs in every shape, which takes hours.

pub mod combine;
mod sites;

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

use combine::{CONSTRUCTS, Construct, DIALECTS, SHAPES, Shape, combine};
use sites::{File, SITES};

/// Bytes of the smaller text. The larger one is twice as long; where it costs too much, both are doubled once more:
/// what grows with the square costs still more then, and a table that had to grow does not.
const LENGTH: usize = 8_000;

/// How many times as many instructions twice the text may take: 2.3, as a fraction.
const MOST: (u64, u64) = (23, 10);

/// Combinations that are counted at once, as pages of a site: most of the time goes into the beginning of a run.
const TOGETHER: usize = 4;

/// How many times as many instructions twice the pages of such a site may take without each being counted by itself: 2.1.
/// One page whose cost grows with the square among four that cost the same gives 2.5.
const SUSPECT: (u64, u64) = (21, 10);

/// Pages, links, terms or what else a kind of site grows by, in the smallest site.
const COUNT: usize = 100;

/// Two constructs, how they are combined, and the dialect that has the first one, if only some have it.
type Combination = (Construct, Construct, Shape, Option<&'static str>);

#[test]
#[ignore = "needs valgrind and a release build, and takes minutes"]
fn twice_as_much_costs_twice_as_many_instructions() {
    let combinations = combinations();
    let together = if env::var_os("COPYDESK_GROWTH_ALL").is_some() { 1 } else { TOGETHER };
    let of_a_dialect = combinations.chunk_by(|one, next| one.3 == next.3);
    let groups: Vec<&[Combination]> = of_a_dialect.flat_map(|group| group.chunks(together)).collect();
    require_linear(&groups, |counter, idle, group| {
        let counts = [LENGTH, 2 * LENGTH].map(|length| counter.count(&pages(group, length)) - idle);
        if group.len() > 1 && counts[1] * SUSPECT.1 <= counts[0] * SUSPECT.0 {
            return None;
        }
        let wrong = group.iter().filter_map(|one| {
            let counts = excess(counter, idle, LENGTH, |length| pages(std::slice::from_ref(one), length))?;
            let (first, second, shape, dialect) = one;
            Some(format!("{first:?} {second:?} {shape:?} {dialect:?}: {counts:?} instructions"))
        });
        let wrong: Vec<String> = wrong.collect();
        (!wrong.is_empty()).then(|| wrong.join("\n"))
    });
}

/// A site with a page of this length for each of some combinations, which are of one dialect.
fn pages(combinations: &[Combination], length: usize) -> Vec<File> {
    let dialect = combinations.iter().find_map(|(.., dialect)| *dialect);
    let site = dialect.map_or_else(String::new, |dialect| format!("site: {{ dialect: {dialect} }}\n"));
    let config = ("copydesk.yaml".to_owned(), format!("extends: strict\n{site}"));
    let page = |(number, &(first, second, shape, _)): (usize, &Combination)| {
        (format!("page-{number}.md"), combine(first, second, shape, length))
    };
    std::iter::once(config).chain(combinations.iter().enumerate().map(page)).collect()
}

#[test]
#[ignore = "needs valgrind and a release build, and takes minutes"]
fn twice_the_site_costs_twice_as_many_instructions() {
    require_linear(SITES, |counter, idle, site| {
        let counts = excess(counter, idle, COUNT, site.files)?;
        Some(format!("{}: {counts:?} instructions", site.name))
    });
}

/// Requires that nothing is said of any of these; `say` is given what counts the instructions, and those of a check of
/// nothing.
fn require_linear<T: Sync>(things: &[T], say: impl Fn(&Counter, u64, &T) -> Option<String> + Sync) {
    let program = env::var_os("COPYDESK_GROWTH").expect("COPYDESK_GROWTH names the program");
    let program = fs::canonicalize(program).expect("the program is there");
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for worker in 0..thread::available_parallelism().map_or(1, usize::from) {
            let counter = Counter::new(&program, worker);
            let (next, wrong, say) = (&next, &wrong, &say);
            scope.spawn(move || {
                let idle = counter.count(&[]);
                while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let told = say(&counter, idle, thing);
                    wrong.lock().expect("no thread panics with it").extend(told);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics with it");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), things.len(), wrong.join("\n"));
}

/// Every construct with itself and with some others; or every pair.
fn combinations() -> Vec<Combination> {
    let mut combinations = pairs(CONSTRUCTS, CONSTRUCTS.len(), None);
    for dialect in DIALECTS {
        let constructs: Vec<Construct> = dialect.1.iter().chain(CONSTRUCTS).copied().collect();
        combinations.extend(pairs(&constructs, dialect.1.len(), Some(dialect.0)));
    }
    combinations
}

/// The first constructs of a list with the others.
fn pairs(constructs: &[Construct], firsts: usize, dialect: Option<&'static str>) -> Vec<Combination> {
    let count = constructs.len();
    let all = env::var_os("COPYDESK_GROWTH_ALL").is_some();
    // Each construct is nested in itself, and every second one meets another one in each of the other shapes.
    let is_picked = |first: usize, second: usize, shape: usize| {
        let distance = (second + count - first) % count;
        all || distance == [0, 7, 19, 31, 43][shape] && (shape == 0 || first % 2 == shape % 2)
    };
    let pairs = (0..firsts).flat_map(|first| (0..count).map(move |second| (first, second)));
    let each = pairs.flat_map(|(first, second)| (0..SHAPES.len()).map(move |shape| (first, second, shape)));
    each.filter(|&(first, second, shape)| is_picked(first, second, shape))
        .map(|(first, second, shape)| (constructs[first], constructs[second], SHAPES[shape], dialect))
        .collect()
}

/// The instructions of checks of some size, twice and four times that, if they grow too fast.
fn excess(
    counter: &Counter,
    idle: u64,
    least: usize,
    files: impl Fn(usize) -> Vec<File>,
) -> Option<Vec<u64>> {
    let count = |size: usize| counter.count(&files(size)).saturating_sub(idle);
    let mut counts = vec![count(least), count(2 * least)];
    let grows_too_fast = |counts: &[u64]| match counts {
        [.., half, whole] => whole * MOST.1 > half * MOST.0,
        _ => false,
    };
    if grows_too_fast(&counts) {
        counts.push(count(4 * least));
    }
    grows_too_fast(&counts).then_some(counts)
}

/// Counts the instructions of checks, in a folder of its own.
struct Counter {
    program: PathBuf,
    folder: PathBuf,
}

impl Counter {
    fn new(program: &Path, worker: usize) -> Self {
        let folder = env::temp_dir().join(format!("copydesk-growth-{}-{worker}", std::process::id()));
        Self { program: program.to_owned(), folder }
    }

    /// The instructions of a check of these files alone, with the preset `strict` unless a config is among them.
    fn count(&self, files: &[File]) -> u64 {
        let _ = fs::remove_dir_all(&self.folder);
        let config = ("copydesk.yaml".to_owned(), "extends: strict\n".to_owned());
        for (path, text) in std::iter::once(&config).chain(files) {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("the folder can be made");
            fs::write(path, text).expect("the folder can be written");
        }
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.program)
            .args(["check", "--no-cache", "--threads", "1", "--format", "json", "."])
            .current_dir(&self.folder)
            .output()
            .expect("valgrind is installed");
        let told = String::from_utf8_lossy(&output.stderr);
        let line =
            told.lines().find_map(|line| line.split_once("Collected : ")).unwrap_or_else(|| panic!("{told}"));
        line.1.trim().parse().expect("it is a number")
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
