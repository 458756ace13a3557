//! Files that a killed process left beside the ones that it was about to replace.

use std::{
    ffi::OsString,
    fs::{File, TryLockError},
};

pub(super) const PREFIX: &str = ".copydesk-";
pub(super) const SUFFIX: &str = ".new";

/// The name of a file that a process writes beside the one that it replaces.
pub(super) fn name(process: u32, count: usize) -> OsString {
    format!("{PREFIX}{process}-{count}{SUFFIX}").into()
}

/// Locks a file for as long as it is open. Where the file system has no locks, everything counts as locked by us.
pub(super) fn lock(file: &File) -> bool {
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}
