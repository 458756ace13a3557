//! The table that Python gets.

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader, ffi_stream::FFI_ArrowArrayStream};
use arrow_schema::SchemaRef;
use pyo3::{prelude::*, types::PyCapsule};

/// A table of findings, for any library that reads Arrow: `pyarrow.table(findings)`, `polars.DataFrame(findings)`, or
/// in a query of `DuckDB`.
#[pyclass(frozen, module = "copydesk")]
pub(crate) struct Findings {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Findings {
    pub(crate) const fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }
}

#[pymethods]
impl Findings {
    /// The number of rows: findings, and rows of the input that are not pages.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<copydesk.Findings with {} rows>", self.__len__())
    }

    /// The table as a stream of the Arrow C data interface. It can be asked for more than once; a requested schema is
    /// not taken into account, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader: Box<dyn RecordBatchReader + Send> =
            Box::new(RecordBatchIterator::new(batches, SchemaRef::clone(&self.schema)));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
    }
}
