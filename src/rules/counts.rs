//! Numbers in options that a fix writes out: so many lines or spaces.

use serde::{Deserialize, Deserializer, de::Error};

/// The most that such an option may ask for. A page may set options itself, and a fix writes as much at each finding.
pub(super) const MOST: u32 = 100;

/// Reads a number that is not larger than [`MOST`].
pub(super) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let count = u32::deserialize(deserializer)?;
    if count > MOST { Err(too_large(count)) } else { Ok(count) }
}

/// The same for a number that may be left out.
pub(super) fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let count = Option::<u32>::deserialize(deserializer)?;
    count.filter(|&count| count > MOST).map_or(Ok(count), |count| Err(too_large(count)))
}

/// What to say of a number that is too large.
pub(super) fn too_large<E: Error>(count: impl std::fmt::Display) -> E {
    E::custom(format_args!("{count} is more than {MOST}"))
}
