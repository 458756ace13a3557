//! The threads of a checker.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    process,
    sync::{Arc, Mutex, PoisonError},
};

use pyo3::{PyResult, Python};
use rayon::ThreadPool;

use crate::InternalError;

/// Stack of a thread, in bytes: what the main thread of the program usually has, whatever Python gives to its own.
const STACK: usize = 8 * 1024 * 1024;

/// Threads that are made when they are first needed. They are not those of the process, which a fork of it would have
/// lost without knowing.
pub(crate) struct Pool {
    threads: usize,
    /// With the process that has them.
    made: Mutex<Option<(u32, Arc<ThreadPool>)>>,
}

impl Pool {
    /// So many threads; 0 for one per core.
    pub(crate) const fn new(threads: usize) -> Self {
        Self { threads, made: Mutex::new(None) }
    }

    /// Does something on these threads while Python goes on with its own. A panic in it is an exception.
    pub(crate) fn run<T: Send>(&self, py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
        // Asked for while Python is attached: no other thread can be in there when Python forks.
        let pool = self.here()?;
        guarded(|| Ok(py.detach(|| pool.install(work))))
    }

    /// The threads of this process.
    fn here(&self) -> PyResult<Arc<ThreadPool>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        match &*made {
            Some((process, pool)) if *process == process::id() => return Ok(Arc::clone(pool)),
            _ => {}
        }
        // After a fork, those of the parent are not there to be ended.
        std::mem::forget(made.take());
        let builder = rayon::ThreadPoolBuilder::new().num_threads(self.threads).stack_size(STACK);
        let pool = builder.thread_name(|index| format!("copydesk-{index}")).build();
        let pool = Arc::new(pool.map_err(|error| InternalError::new_err(error.to_string()))?);
        *made = Some((process::id(), Arc::clone(&pool)));
        Ok(pool)
    }
}

/// Does something; a panic is an exception.
pub(crate) fn guarded<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(InternalError::new_err(message(&*panic))))
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic without a message").to_owned()
}
