"""Checks Markdown pages before publication: front matter, links, typos and Markdown itself.

Pages are texts in memory or rows of an Arrow table, and each is checked by itself:

>>> import copydesk
>>> [finding] = copydesk.check_text("# Quay\\n\\nWe recieve mail.\\n")
>>> finding.rule, finding.line, finding.column, finding.fixes[0].edits[0].new_text
('known-typo', 3, 4, 'receive')
>>> copydesk.fix_text("# Quay\\n\\nWe recieve mail.\\n")
'# Quay\\n\\nWe receive mail.\\n'

Nothing is written, and nothing is read except the config and the files that it refers to.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from copydesk import _copydesk
from copydesk._arrow import ArrowStream
from copydesk._copydesk import ConfigError, Findings, InternalError, __version__
from copydesk._findings import Edit, Finding, Fix, Related

__all__ = [
    "ArrowStream",
    "Checker",
    "ConfigError",
    "Edit",
    "Finding",
    "Findings",
    "Fix",
    "InternalError",
    "Related",
    "__version__",
    "check_batch",
    "check_text",
    "fix_text",
]

ConfigSource = Union[str, "os.PathLike[str]", Mapping[str, Any], None]


class Checker:
    """A config, ready to check pages.

    Making one takes longer than checking a page, so keep it. It can be used from several threads, survives a fork,
    and can be pickled: the config is read again where it is unpickled.

    `config` is one of

    - the path of a config file. Paths of pages are relative to the directory of the file, which also contains the
      schemas and data files that the config and pages refer to;
    - the path of a directory: the config of the site in it, as `copydesk check` finds it;
    - a mapping with the content of a config. Files that it refers to do not exist;
    - `None`: no config.

    `select` and `ignore` are names of rules or groups, as `--select` and `--ignore`. Dates are compared with `today`;
    the default is the day in UTC, or that of the environment variable `SOURCE_DATE_EPOCH`. `threads` is the number of
    threads of `check_batch`; the default is one per core.

    Raises `ConfigError` if the config is invalid, `FileNotFoundError` if it does not exist, and `ValueError` if a name
    is neither a rule nor a group.
    """

    __slots__ = ("_arguments", "_checker", "_day")

    def __init__(
        self,
        config: ConfigSource = None,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        today: Optional[datetime.date] = None,
        threads: Optional[int] = None,
    ) -> None:
        if threads is not None and not 1 <= threads <= 256:
            raise ValueError("threads must be from 1 to 256")
        day = today or _today()
        place, settings = _source(config)
        rules = (_names(select), _names(ignore))
        self._arguments = (place, settings, rules, day, threads)
        self._day = day
        self._checker = _copydesk.Checker(place, settings, rules, day.isoformat(), threads or 0)

    def check_text(self, text: str, path: str = "page.md") -> list[Finding]:
        """Returns the findings in one page, in the order of the page.

        `path` selects the settings and collections that apply to the page; nothing is read from it. Raises
        `ValueError` if no page can have that path.
        """
        return [Finding._of(row) for row in self._checker.check_text(text, path)]

    def fix_text(self, text: str, path: str = "page.md", *, unsafe: bool = False) -> str:
        """Returns a page with its safe fixes applied, and with the unsafe ones if `unsafe` is true.

        Raises `ValueError` if no page can have that path.
        """
        return self._checker.fix_text(text, path, unsafe)

    def check_batch(self, pages: ArrowStream) -> Findings:
        """Returns the findings in the pages of an Arrow table, in the order of the pages.

        `pages` is an object with `__arrow_c_stream__`: a table, record batch or reader of pyarrow, a data frame of
        Polars or pandas, a relation of DuckDB. Its columns `path`, `text` and, optionally, `site` contain strings;
        other columns are ignored. The findings are those of `copydesk check --stdin-batch`.

        The result also has `__arrow_c_stream__`: `pyarrow.table(findings)`. Its columns are `input` (the number of the
        page, from 1), `site`, those of `Finding`, and `error`: a row that is not a page has an error and no finding.
        A page without findings has no row.

        Python is not locked meanwhile. A reader is read step by step, so that its pages need not fit into memory.

        Raises `TypeError` or `ValueError` if `pages` is no such table.
        """
        return self._checker.check_batch(pages)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, self._arguments


def check_text(text: str, path: str = "page.md", config: Union[Checker, ConfigSource] = None) -> list[Finding]:
    """Returns the findings in one page: see `Checker.check_text`.

    A config that is not a `Checker` is read each time.
    """
    return _checker_for(config).check_text(text, path)


def fix_text(
    text: str, path: str = "page.md", config: Union[Checker, ConfigSource] = None, *, unsafe: bool = False
) -> str:
    """Returns a page with its fixes applied: see `Checker.fix_text`.

    A config that is not a `Checker` is read each time.
    """
    return _checker_for(config).fix_text(text, path, unsafe=unsafe)


def check_batch(pages: ArrowStream, config: Union[Checker, ConfigSource] = None) -> Findings:
    """Returns the findings in the pages of an Arrow table: see `Checker.check_batch`.

    A config that is not a `Checker` is read each time.
    """
    return _checker_for(config).check_batch(pages)


def _source(config: ConfigSource) -> tuple[Optional[str], Optional[str]]:
    """The path of a config, or the config itself as JSON."""
    if config is None:
        return None, None
    if isinstance(config, Mapping):
        return None, json.dumps(dict(config))
    return os.fspath(config), None


def _names(names: Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _today() -> datetime.date:
    asked = os.environ.get("SOURCE_DATE_EPOCH", "")
    utc = datetime.timezone.utc
    return (datetime.datetime.fromtimestamp(int(asked), utc) if asked.isdecimal() else datetime.datetime.now(utc)).date()


def _unpickled(
    place: Optional[str], settings: Optional[str], rules: tuple[list[str], list[str]], day: datetime.date, threads: Optional[int]
) -> Checker:
    config = place if settings is None else json.loads(settings)
    return Checker(config, select=rules[0], ignore=rules[1], today=day, threads=threads)


_without_config: Optional[Checker] = None


def _checker_for(config: Union[Checker, ConfigSource]) -> Checker:
    """A checker for one call. That without a config is kept for a day."""
    global _without_config
    if isinstance(config, Checker):
        return config
    if config is not None:
        return Checker(config)
    kept = _without_config
    if kept is None or kept._day != _today():
        kept = _without_config = Checker()
    return kept
