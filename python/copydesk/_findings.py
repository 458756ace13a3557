"""What was found in a page. The columns of the table that `check_batch` returns have the same names and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class Edit:
    """New text for a range of the page."""

    start_byte: int
    """0-based, in bytes of UTF-8 from the start of the page."""
    end_byte: int
    """After the last byte; equal to `start_byte` for an insertion."""
    new_text: str
    """What to write there."""


@dataclass(frozen=True)
class Fix:
    """A fix; its edits must be applied together."""

    title: str
    """Description of the change."""
    applicability: str
    """`safe`, `unsafe`, or `display` for one that contains a placeholder or requires a decision."""
    edits: tuple[Edit, ...]
    """Sorted by position; they do not overlap."""


@dataclass(frozen=True)
class Related:
    """A related location."""

    message: str
    """What is there; can be empty."""
    file: str
    """Path of the file."""
    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    end_line: int
    """1-based."""
    end_column: int
    """1-based, in code points; the column after the last character."""
    start_byte: int
    """0-based, in bytes of UTF-8 from the start of the file."""
    end_byte: int
    """After the last byte."""


@dataclass(frozen=True)
class Finding:
    """A finding."""

    file: str
    """Path of the page, with `/` as separator."""
    rule: str
    """Rule id."""
    group: str
    """Group of the rule."""
    url: str
    """URL of the rule documentation."""
    severity: str
    """`error`, `warning` or `info`."""
    message: str
    """Description of the problem, on one line."""
    help: Optional[str]
    """How to fix the problem."""
    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    end_line: int
    """1-based."""
    end_column: int
    """1-based, in code points; the column after the last character."""
    start_byte: int
    """0-based, in bytes of UTF-8 from the start of the page."""
    end_byte: int
    """After the last byte."""
    related: tuple[Related, ...]
    """Related locations."""
    fixes: tuple[Fix, ...]
    """Possible fixes, best first."""
    fingerprint: str
    """Stable across runs, also when the flagged text moves within the page."""

    @classmethod
    def _of(cls, row: dict[str, Any]) -> Finding:
        related = tuple(Related(**item.pop("range"), **item) for item in row.pop("related"))
        fixes = tuple(
            Fix(fix["title"], fix["applicability"], tuple(Edit(**edit) for edit in fix["edits"])) for fix in row.pop("fixes")
        )
        return cls(**row.pop("range"), **row, related=related, fixes=fixes)
