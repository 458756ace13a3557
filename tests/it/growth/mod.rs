//! Does twice as much of anything cost at most twice as many instructions, and a little more? Counted, not timed:
//! callgrind runs the program in `COPYDESK_GROWTH`, a release build. As that takes fifty times as long, pages are first
//! timed, and only those counted that seem to take too long.
//!
//! Tried are each construct with itself in every shape, and a sample of pairs: `COPYDESK_GROWTH_SEED` picks another one,
//! `COPYDESK_GROWTH_ALL=1` takes all pairs, which takes hours.

pub mod combine;
mod sites;

use std::{
    env, fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use combine::{CONSTRUCTS, Construct, DIALECTS, DialectConstructs, SHAPES, Shape, combine};
use sites::{File, SITES};

/// Bytes of the smallest page, which is doubled twice. Where the cost grows with the square of a search that takes 32
/// bytes at once, a short page does not show it; where a page has a limit, a long one does not.
const LENGTH: usize = 50_000;

/// How many times as many instructions twice the text may take: 2.3, as a fraction.
const MOST: (u64, u64) = (23, 10);

/// How many times as long twice the text may take before its instructions are counted, and how many milliseconds more.
const SUSPECT: (f64, f64) = (2.6, 10.0);

/// Times that what seems too slow is timed again, as other programs may have been in its way.
const AGAIN: usize = 2;

/// Pairs of constructs that are tried besides those of a construct with itself.
const PAIRS: usize = 200;

/// Pages, links, terms or what else a kind of site grows by, in the smallest site.
const COUNT: usize = 100;

/// Two constructs, how they are combined, and the dialect that has the first one, if only some have it.
type Combination = (Construct, Construct, Shape, Option<&'static str>);

#[test]
#[ignore = "needs bash, valgrind and a release build, and takes minutes"]
fn twice_as_much_costs_twice_as_many_instructions() {
    require_linear(&combinations(), |program, one| {
        let lengths = [LENGTH, 2 * LENGTH, 4 * LENGTH];
        let time = || lengths.map(|length| program.milliseconds(&page(one, length)));
        let mut times = time();
        for _ in 0..AGAIN {
            suspect(times)?;
            let again = time();
            times = [0, 1, 2].map(|at| times[at].min(again[at]));
        }
        let length = lengths[suspect(times)?];
        let idle = program.count(&[]);
        let count = |length: usize| program.count(&page(one, length)).saturating_sub(idle);
        let counts = [length / 2, length, 2 * length, 4 * length].map(count);
        // What a limit changes, it changes once.
        let is_steep = |pair: &&[u64]| pair[1] * MOST.1 > pair[0] * MOST.0;
        let (first, second, shape, dialect) = one;
        let is_wrong = counts.windows(2).filter(is_steep).count() > 1;
        is_wrong.then(|| format!("{first:?} {second:?} {shape:?} {dialect:?}: {counts:?} instructions"))
    });
}

/// The first of some times after which twice the text takes too long.
fn suspect(times: [f64; 3]) -> Option<usize> {
    times.windows(2).position(|pair| pair[1] > SUSPECT.0 * pair[0] + SUSPECT.1)
}

/// A site with one page of this length.
fn page(&(first, second, shape, dialect): &Combination, length: usize) -> Vec<File> {
    let site = dialect.map_or_else(String::new, |dialect| format!("site: {{ dialect: {dialect} }}\n"));
    let config = ("copydesk.yaml".to_owned(), format!("extends: strict\n{site}"));
    vec![config, ("page.md".to_owned(), combine(first, second, shape, length))]
}

#[test]
#[ignore = "needs valgrind and a release build, and takes minutes"]
fn twice_the_site_costs_twice_as_many_instructions() {
    require_linear(SITES, |program, site| {
        let counts = excess(program, COUNT, site.files)?;
        Some(format!("{}: {counts:?} instructions", site.name))
    });
}

/// Requires that nothing is said of any of these.
fn require_linear<T: Sync>(things: &[T], say: impl Fn(&Program, &T) -> Option<String> + Sync) {
    let path = env::var_os("COPYDESK_GROWTH").expect("COPYDESK_GROWTH names the program");
    let path = fs::canonicalize(path).expect("the program is there");
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let program = Program::new(&path);
            let (next, wrong, say) = (&next, &wrong, &say);
            scope.spawn(move || {
                while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let told = say(&program, thing);
                    wrong.lock().expect("no thread panics with it").extend(told);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics with it");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), things.len(), wrong.join("\n"));
}

/// Every construct with itself, and a sample of the other pairs or all of them.
fn combinations() -> Vec<Combination> {
    let of_dialect = |&DialectConstructs(name, own): &DialectConstructs| {
        (own.iter().chain(CONSTRUCTS).copied().collect::<Vec<_>>(), own.len(), Some(name))
    };
    let sets = std::iter::once((CONSTRUCTS.to_vec(), CONSTRUCTS.len(), None));
    let (mut picked, mut others) = (Vec::new(), Vec::new());
    for (constructs, own, dialect) in sets.chain(DIALECTS.iter().map(of_dialect)) {
        for (first, second) in
            (0..own).flat_map(|first| (0..constructs.len()).map(move |second| (first, second)))
        {
            let pairs = SHAPES.map(|shape| (constructs[first], constructs[second], shape, dialect));
            if first == second { picked.extend(pairs) } else { others.extend(pairs) }
        }
    }
    if env::var_os("COPYDESK_GROWTH_ALL").is_some() {
        picked.append(&mut others);
        return picked;
    }
    let seed = env::var("COPYDESK_GROWTH_SEED").unwrap_or_default();
    for number in 0..PAIRS {
        let mut hasher = DefaultHasher::new();
        (&seed, number).hash(&mut hasher);
        let at = hasher.finish() % others.len() as u64;
        picked.push(others.swap_remove(at as usize));
    }
    picked
}

/// The instructions of checks of some size, twice and four times that, if they grow too fast. A table that had to grow
/// does so only once.
fn excess(program: &Program, least: usize, files: fn(usize) -> Vec<File>) -> Option<Vec<u64>> {
    let idle = program.count(&[]);
    let count = |size: usize| program.count(&files(size)).saturating_sub(idle);
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

/// The program, which checks files in a folder of its own.
struct Program {
    path: PathBuf,
    folder: PathBuf,
}

/// What the program is asked to do.
const CHECK: [&str; 7] = ["check", "--no-cache", "--threads", "1", "--format", "json=/dev/null", "."];

impl Program {
    fn new(path: &Path) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("copydesk-growth-{}-{number}", std::process::id()));
        Self { path: path.to_owned(), folder }
    }

    /// Makes the folder hold these files alone, with the preset `strict` unless a config is among them.
    fn lay_out(&self, files: &[File]) {
        let _ = fs::remove_dir_all(&self.folder);
        let config = ("copydesk.yaml".to_owned(), "extends: strict\n".to_owned());
        for (path, text) in std::iter::once(&config).chain(files) {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("the folder can be made");
            fs::write(path, text).expect("the folder can be written");
        }
    }

    /// The time that a check of these files takes of the processor.
    fn milliseconds(&self, files: &[File]) -> f64 {
        self.lay_out(files);
        let output = Command::new("bash")
            .args(["-c", "TIMEFORMAT=%3U; time \"$0\" \"$@\" 2>/dev/null"])
            .arg(&self.path)
            .args(CHECK)
            .current_dir(&self.folder)
            .output()
            .expect("bash is installed");
        let told = String::from_utf8_lossy(&output.stderr);
        1000.0 * told.trim().parse::<f64>().unwrap_or_else(|_| panic!("{told}"))
    }

    /// The instructions of a check of these files.
    fn count(&self, files: &[File]) -> u64 {
        self.lay_out(files);
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.path)
            .args(CHECK)
            .current_dir(&self.folder)
            .output()
            .expect("valgrind is installed");
        let told = String::from_utf8_lossy(&output.stderr);
        let line =
            told.lines().find_map(|line| line.split_once("Collected : ")).unwrap_or_else(|| panic!("{told}"));
        line.1.trim().parse().expect("it is a number")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
