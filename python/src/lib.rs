//! What the Python package `copydesk` has in Rust: checking, fixing, and tables in and out. The rest of it, and what is
//! public, is in `copydesk/`.

mod checker;
mod columns;
mod findings;
mod pages;
mod pool;
mod row;

use pyo3::{
    create_exception,
    exceptions::{PyRuntimeError, PyValueError},
};

create_exception!(
    copydesk,
    ConfigError,
    PyValueError,
    "The config is invalid. The message lists the mistakes."
);
create_exception!(
    copydesk,
    InternalError,
    PyRuntimeError,
    "A bug of copydesk. The interpreter and the checker can still be used."
);

/// The part of the package that is written in Rust.
#[pyo3::pymodule]
mod _copydesk {
    #[pymodule_export]
    use super::{ConfigError, InternalError, checker::Checker, findings::Findings};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
