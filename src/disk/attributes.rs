//! What a file has besides its content: owner, permissions and extended attributes.

use std::{
    fs::{File, Metadata},
    io,
};

/// Gives a new file what the old one has. The permissions are promised; the owner and the extended attributes are kept
/// as far as the system lets us: a file without them is better than one with the old mistakes.
pub(super) fn keep(new: &File, old: &File, metadata: &Metadata) -> io::Result<()> {
    keep_owner(new, metadata);
    new.set_permissions(metadata.permissions())?;
    keep_extended(new, old);
    Ok(())
}

/// Who checks a site in a container is often another than who owns it outside.
#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let _ = fchown(new, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// The largest attribute that is kept, in bytes. Linux has none over 64 KiB.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
const MAX_ATTRIBUTE: usize = 1 << 20;

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_extended(new: &File, old: &File) {
    use rustix::fs::{XattrFlags, fgetxattr, fgetxattr_query, flistxattr, fsetxattr};
    let mut names = vec![0; 1 << 16];
    let len = flistxattr(old, &mut names[..]).unwrap_or(0);
    for name in names[..len].split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
        let Ok(len) = fgetxattr_query(old, name) else { continue };
        let mut value = vec![0; len.min(MAX_ATTRIBUTE)];
        if let Ok(len) = fgetxattr(old, name, &mut value[..]) {
            let _ = fsetxattr(new, name, &value[..len], XattrFlags::empty());
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn keep_extended(_: &File, _: &File) {}
