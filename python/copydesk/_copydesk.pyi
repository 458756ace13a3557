"""The part of the package that is written in Rust."""

from typing import Any, Optional

from copydesk._arrow import ArrowStream

class ConfigError(ValueError):
    """The config is invalid. The message lists the mistakes."""

class InternalError(RuntimeError):
    """A bug of copydesk. The interpreter and the checker can still be used."""

class Findings:
    """A table of findings, for any library that reads Arrow.

    For example `pyarrow.table(findings)` or `polars.DataFrame(findings)`.
    """

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...

class Checker:
    def __new__(
        cls,
        place: Optional[str],
        settings: Optional[str],
        rules: tuple[list[str], list[str]],
        today: str,
        threads: int,
    ) -> Checker: ...
    def check_text(self, text: str, path: str) -> list[dict[str, Any]]: ...
    def fix_text(self, text: str, path: str, is_unsafe: bool) -> str: ...
    def check_batch(self, pages: ArrowStream) -> Findings: ...

__version__: str
