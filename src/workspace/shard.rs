//! A part of the files, for a run that is divided among several processes.

use std::{num::NonZeroU32, path::Path, str::FromStr};

use xxhash_rust::xxh3::Xxh3;

/// The most parts that there can be.
pub(super) const MAX_SHARDS: u32 = 65_536;

/// One of several parts of the files, which are divided by a hash of their paths: every file belongs to one of them,
/// whichever other files there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    count: NonZeroU32,
}

impl Shard {
    /// Which part it is, counted from 1.
    pub const fn number(self) -> u32 {
        self.index + 1
    }

    /// How many parts there are.
    pub const fn count(self) -> u32 {
        self.count.get()
    }

    /// Whether a file belongs to this part, by a path that is the same for all parts.
    pub fn has(self, path: &Path) -> bool {
        let mut hash = Xxh3::new();
        for part in path.components() {
            hash.update(part.as_os_str().as_encoded_bytes());
            hash.update(b"/");
        }
        hash.digest() % u64::from(self.count.get()) == u64::from(self.index)
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Reads the form `2/8`, which counts from 1.
    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, count)| {
            let number: u32 = number.parse().ok()?;
            Some((number.checked_sub(1)?, count.parse().ok().filter(|count| *count <= MAX_SHARDS)?))
        });
        let shard = numbers.and_then(|(index, count)| {
            Some(Self { index, count: NonZeroU32::new(count).filter(|count| index < count.get())? })
        });
        shard.ok_or_else(|| format!("expected NUMBER/COUNT, such as 1/8, with at most {MAX_SHARDS} shards"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Shard;

    #[test]
    fn every_file_is_in_one_shard() {
        for file in ["a.md", "docs/a.md", "docs/b.md", ""] {
            let has = |number: &u32| {
                let shard: Shard = format!("{number}/7").parse().expect("it is a shard");
                shard.has(Path::new(file))
            };
            assert_eq!((1..=7).filter(has).count(), 1, "{file}");
        }
    }

    #[test]
    fn shards_that_do_not_exist_are_refused() {
        for text in ["0/4", "5/4", "1/0", "1", "1/", "/4", "-1/4", "1/4/2", "1/65537"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_hash_is_part_of_the_promise() {
        let shard: Shard = "3/8".parse().expect("it is a shard");
        let files = (0..40).map(|number| format!("docs/{number}.md"));
        let found: Vec<_> = files.filter(|file| shard.has(Path::new(file))).collect();
        assert_eq!(found.len(), 5, "{found:?}");
    }
}
