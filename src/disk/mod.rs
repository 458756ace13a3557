//! The writer: the one door to the disk for everything that is written, which are fixed pages, reports, configs, the
//! folder of the cache and the files beside them that replace others. What is read is read by [`crate::vfs`].
//!
//! A checkout under review may hold links to anywhere, folders that look like something else, and files with any name.
//! So nothing is written into a git directory, whatever led there; a link that leaves the site is not followed; a
//! report follows no link of a checkout at all; and a file is opened relative to the handle of its folder, so that
//! nothing can be exchanged between the check and the write.

mod attributes;
mod cache_folder;
#[cfg(not(unix))]
#[path = "folder_by_path.rs"]
mod folder;
#[cfg(unix)]
mod folder;
mod place;
mod protected;
mod read;
mod replace;
#[cfg(feature = "cli")]
mod report;
mod signals;
#[cfg(feature = "cli")]
mod stray_removal;
mod strays;
#[cfg(feature = "cli")]
mod write;

pub use cache_folder::{CacheFolder, CacheKind};
pub use place::Kept;
pub use protected::Protected;
pub use read::open_regular;
pub use replace::replace_unchanged;
#[cfg(feature = "cli")]
pub use report::open_report;
#[cfg(feature = "cli")]
pub use stray_removal::remove_strays;
#[cfg(feature = "cli")]
pub use write::{create, create_folders, replace};
