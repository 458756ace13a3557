//! Files of the cache: which program wrote them, and whether they are whole.

use xxhash_rust::xxh3::xxh3_128;

use crate::disk::CacheKind;

/// What a file begins with: what it holds, and the version of the layout of that.
const fn magic(kind: CacheKind) -> &'static [u8; 16] {
    match kind {
        CacheKind::Facts => b"copydesk facts 1",
        CacheKind::Run => b"copydesk run   1",
    }
}

/// A file with a content, written by a program.
pub(super) fn sealed(kind: CacheKind, program: u64, mut content: Vec<u8>) -> Vec<u8> {
    let mut file = magic(kind).to_vec();
    file.extend(program.to_le_bytes());
    file.extend(xxh3_128(&content).to_le_bytes());
    file.append(&mut content);
    file
}

/// The content of a file; `None` where the file is not whole, or holds something else, or another program wrote it.
pub(super) fn unsealed(kind: CacheKind, program: u64, file: &[u8]) -> Option<&[u8]> {
    let (start, rest) = file.split_first_chunk::<16>()?;
    let (writer, rest) = rest.split_first_chunk::<8>()?;
    let (checksum, content) = rest.split_first_chunk::<16>()?;
    let is_ours = start == magic(kind)
        && *writer == program.to_le_bytes()
        && *checksum == xxh3_128(content).to_le_bytes();
    is_ours.then_some(content)
}
