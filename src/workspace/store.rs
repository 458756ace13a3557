//! Pages after the first phase, kept on disk from one run to the next.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use xxhash_rust::xxh3::xxh3_64;

use super::{
    read_page::FactsKey,
    sealed::{sealed, unsealed},
};
use crate::{
    discover::Project,
    disk::{CacheFolder, CacheKind},
};

/// Bytes of an entry in the index.
const ENTRY: usize = 16 + 4;

/// Bytes of entries that no page of the last run had, which are kept at least: those of another branch, or of a page that
/// is checked by itself.
const MIN_UNUSED: usize = 1024 * 1024;

/// Where facts are kept.
#[derive(Debug, Clone)]
pub struct Cache {
    /// The folder.
    pub folder: CacheFolder,
    /// What tells this program from any other one: facts of another one are not used.
    pub program: u64,
}

/// The facts of the pages of one site.
pub(super) struct SiteStore {
    cache: Cache,
    name: u64,
    bytes: Vec<u8>,
    index: HashMap<FactsKey, Range<usize>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    used: HashSet<FactsKey>,
    fresh: HashMap<FactsKey, Vec<u8>>,
}

impl SiteStore {
    /// Reads what is known of a project. A file that is broken, or that another program wrote, has nothing.
    pub(super) fn open(cache: &Cache, project: &Project) -> Self {
        let name = xxh3_64(project.root.as_os_str().as_encoded_bytes());
        let bytes = cache.folder.read(CacheKind::Facts, name).unwrap_or_default();
        let index = index(&bytes, cache.program).unwrap_or_default();
        Self { cache: cache.clone(), name, bytes, index, state: Mutex::default() }
    }

    /// The bytes of a page.
    pub(super) fn get(&self, key: FactsKey) -> Option<&[u8]> {
        let range = self.index.get(&key)?.clone();
        self.lock().used.insert(key);
        self.bytes.get(range)
    }

    /// Keeps the bytes of a page.
    pub(super) fn add(&self, key: FactsKey, bytes: Vec<u8>) {
        self.lock().fresh.insert(key, bytes);
    }

    /// Writes what is known now, if that is more than before. What cannot be written is worked out again the next
    /// time.
    pub(super) fn save(&self) {
        let state = self.lock();
        if state.fresh.is_empty() {
            return;
        }
        let fresh = state.fresh.iter().map(|(key, bytes)| (*key, &**bytes));
        let old = |key: &FactsKey| Some((*key, self.bytes.get(self.index.get(key)?.clone())?));
        let mut entries: Vec<(FactsKey, &[u8])> = fresh.chain(state.used.iter().filter_map(old)).collect();
        let mut room = entries.iter().map(|(_, bytes)| bytes.len()).sum::<usize>().max(MIN_UNUSED);
        let is_unused = |key: &&FactsKey| !state.used.contains(key) && !state.fresh.contains_key(key);
        for (key, bytes) in self.index.keys().filter(is_unused).filter_map(old) {
            if let Some(left) = room.checked_sub(bytes.len()) {
                room = left;
                entries.push((key, bytes));
            }
        }
        // The same entries give the same file.
        entries.sort_unstable_by_key(|(key, _)| *key);
        let file = file(&entries, self.cache.program);
        let _ = self.cache.folder.write(CacheKind::Facts, self.name, &file);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file with some entries.
fn file(entries: &[(FactsKey, &[u8])], program: u64) -> Vec<u8> {
    let mut content = (entries.len() as u32).to_le_bytes().to_vec();
    for (key, bytes) in entries {
        content.extend(key.to_le_bytes());
        content.extend((bytes.len() as u32).to_le_bytes());
    }
    for (_, bytes) in entries {
        content.extend_from_slice(bytes);
    }
    sealed(CacheKind::Facts, program, content)
}

/// Where the entries of a file are; `None` where it is not a whole file of this program.
fn index(file: &[u8], program: u64) -> Option<HashMap<FactsKey, Range<usize>>> {
    let content = unsealed(CacheKind::Facts, program, file)?;
    let count = u32::from_le_bytes(content.get(..4)?.try_into().ok()?) as usize;
    let entries = content.get(4..4 + count.checked_mul(ENTRY)?)?;
    let mut at = file.len() - content.len() + 4 + entries.len();
    let mut index = HashMap::with_capacity(count);
    for entry in entries.chunks_exact(ENTRY) {
        let (key, len) = entry.split_at(16);
        let len = u32::from_le_bytes(len.try_into().ok()?) as usize;
        index.insert(u128::from_le_bytes(key.try_into().ok()?), at..at + len);
        at += len;
    }
    (at == file.len()).then_some(index)
}

/// Where facts are kept unless the user says otherwise: a folder of their own in that for caches (XDG Base Directory
/// Specification), `None` where the environment names none.
pub fn usual_cache_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(folder) = named("XDG_CACHE_HOME") {
        return Some(folder.join("copydesk"));
    }
    if cfg!(windows) {
        return Some(named("LOCALAPPDATA")?.join("copydesk").join("cache"));
    }
    let home = std::env::home_dir().filter(|home| home.is_absolute())?;
    let folder = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    Some(home.join(folder).join("copydesk"))
}

#[cfg(test)]
mod tests {
    use super::{file, index};

    #[test]
    fn a_file_that_is_not_whole_has_nothing() {
        let entries: [(u128, &[u8]); 2] = [(1, b"one"), (u128::MAX, b"another")];
        let whole = file(&entries, 7);
        let read = index(&whole, 7).expect("it is whole");
        assert_eq!(&whole[read[&1].clone()], b"one");
        assert_eq!(&whole[read[&u128::MAX].clone()], b"another");
        assert_eq!(index(&whole, 8), None);
        for end in 0..whole.len() {
            assert_eq!(index(&whole[..end], 7), None, "{end}");
            let mut broken = whole.clone();
            broken[end] ^= 1;
            assert_eq!(index(&broken, 7), None, "{end}");
        }
        assert_eq!(index(&[&*whole, b"x"].concat(), 7), None);
    }
}
