//! Pages as the rows of a table.

use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, RecordBatch, cast::AsArray,
};
use arrow_schema::DataType;
use copydesk::run::{Batch, MAX_SITE, PageText};
use pyo3::{
    PyResult,
    exceptions::{PyTypeError, PyValueError},
};

/// A row of the table.
pub(crate) struct Entry {
    /// Its number, 1-based.
    pub(crate) input: i64,
    /// Its site, if it names one.
    pub(crate) site: Option<String>,
    /// The page, or why it is none.
    pub(crate) page: Result<PageText, String>,
}

impl Entry {
    /// Bytes of the page.
    pub(crate) fn len(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.text.len())
    }
}

/// The columns of pages in a part of the table.
pub(crate) struct Pages {
    len: usize,
    path: Column,
    text: Column,
    site: Option<Column>,
}

impl Pages {
    /// The columns `path` and `text`, and `site` if there is one.
    pub(crate) fn of(batch: &RecordBatch) -> PyResult<Self> {
        let column =
            |name: &'static str| batch.column_by_name(name).map(|array| Column::of(name, array)).transpose();
        let needed = |name| {
            column(name)?.ok_or_else(|| PyValueError::new_err(format!("the table has no column `{name}`")))
        };
        let site = column("site")?;
        Ok(Self { len: batch.num_rows(), path: needed("path")?, text: needed("text")?, site })
    }

    /// The rows, the first of which has a number.
    pub(crate) fn entries(&self, batch: &Batch, first: i64) -> impl Iterator<Item = Entry> {
        (first..).zip(0..self.len).map(move |(input, row)| {
            let site = self.site(row);
            let page = site.clone().and_then(|_| self.page(batch, row));
            Entry { input, site: site.unwrap_or_default(), page }
        })
    }

    fn site(&self, row: usize) -> Result<Option<String>, String> {
        let Some(column) = &self.site else { return Ok(None) };
        match column.text("site", row)? {
            Some(site) if site.len() > MAX_SITE => Err(format!("`site` is longer than {MAX_SITE} bytes")),
            site => Ok(site.map(str::to_owned)),
        }
    }

    fn page(&self, batch: &Batch, row: usize) -> Result<PageText, String> {
        let path = self.path.text("path", row)?.ok_or("`path` is null")?;
        let text = self.text.text("text", row)?.ok_or("`text` is null")?;
        let path = batch.path_of(path).map_err(|error| error.to_string())?;
        Ok(PageText { path, text: text.to_owned() })
    }
}

/// A column of texts, as bytes: no producer is trusted to give UTF-8.
enum Column {
    Binary(BinaryArray),
    LargeBinary(LargeBinaryArray),
    BinaryView(BinaryViewArray),
    /// By row the place in the column of values.
    Dictionary(Vec<Option<usize>>, Box<Column>),
    Null,
}

impl Column {
    fn of(name: &str, array: &ArrayRef) -> PyResult<Self> {
        let column = match array.data_type() {
            DataType::Utf8 => Self::Binary(BinaryArray::from(array.as_string().clone())),
            DataType::LargeUtf8 => Self::LargeBinary(LargeBinaryArray::from(array.as_string().clone())),
            DataType::Utf8View => Self::BinaryView(array.as_string_view().clone().to_binary_view()),
            DataType::Binary => Self::Binary(array.as_binary().clone()),
            DataType::LargeBinary => Self::LargeBinary(array.as_binary().clone()),
            DataType::BinaryView => Self::BinaryView(array.as_binary_view().clone()),
            DataType::Dictionary(..) => return Self::of_dictionary(name, array),
            DataType::Null => return Ok(Self::Null),
            other => {
                let message = format!("column `{name}` has the type {other}, expected strings");
                return Err(PyTypeError::new_err(message));
            }
        };
        column.validate(name)?;
        Ok(column)
    }

    fn of_dictionary(name: &str, array: &ArrayRef) -> PyResult<Self> {
        let dictionary = array.as_any_dictionary();
        let values = Self::of(name, dictionary.values())?;
        let len = dictionary.values().len();
        let keys = if len == 0 { vec![0; array.len()] } else { dictionary.normalized_keys() };
        let places =
            keys.into_iter().enumerate().map(|(row, key)| (len > key && array.is_valid(row)).then_some(key));
        Ok(Self::Dictionary(places.collect(), Box::new(values)))
    }

    /// Offsets of another library are read only if they are inside of its buffers.
    fn validate(&self, name: &str) -> PyResult<()> {
        let data = match self {
            Self::Binary(array) => array.to_data(),
            Self::LargeBinary(array) => array.to_data(),
            Self::BinaryView(array) => array.to_data(),
            Self::Dictionary(..) | Self::Null => return Ok(()),
        };
        data.validate_full()
            .map_err(|error| PyValueError::new_err(format!("column `{name}` is invalid: {error}")))
    }

    fn bytes(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Binary(array) => array.is_valid(row).then(|| array.value(row)),
            Self::LargeBinary(array) => array.is_valid(row).then(|| array.value(row)),
            Self::BinaryView(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Dictionary(places, values) => values.bytes(places[row]?),
            Self::Null => None,
        }
    }

    fn text(&self, name: &str, row: usize) -> Result<Option<&str>, String> {
        let read = |bytes| {
            std::str::from_utf8(bytes)
                .map_err(|error| format!("invalid UTF-8 in `{name}` at byte {}", error.valid_up_to() + 1))
        };
        self.bytes(row).map(read).transpose()
    }
}
