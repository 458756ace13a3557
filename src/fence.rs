//! The one place where panics are caught.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// What a computation panicked with.
pub type Panic = Box<dyn Any + Send>;

/// What a computation gives.
///
/// What it was about to change is in any state after a panic: callers drop it, or make it anew.
///
/// # Errors
///
/// What it panicked with.
pub fn caught<T>(compute: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(compute))
}
