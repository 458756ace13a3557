"""Tables of any library."""

from __future__ import annotations

from typing import Optional, Protocol


class ArrowStream(Protocol):
    """A table of the Arrow C data interface, such as one of pyarrow, Polars, pandas or DuckDB."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """Returns a capsule with a stream of the rows."""
        ...
