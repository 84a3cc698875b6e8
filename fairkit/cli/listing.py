"""`fairkit list`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

from . import edge

__all__ = ["CheckRow", "ChecklistRow", "DialectRow", "ReportRow", "Row", "SourceRow", "app"]

app = typer.Typer(help="List what there is to choose from.", no_args_is_help=True, rich_markup_mode=None)
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@dataclass(frozen=True)
class Row:
    """One thing that can be chosen by its name."""

    name: str
    title: str


@dataclass(frozen=True)
class CheckRow(Row):
    """A check, with the fields that it depends on and the observations that it needs."""

    fields: list[str]
    needs: list[str]


@dataclass(frozen=True)
class ChecklistRow(Row):
    """A checklist."""

    version: str
    metrics: int


@dataclass(frozen=True)
class SourceRow(Row):
    """A source, with its keywords on the command line and what its targets look like."""

    keywords: list[str]
    examples: list[str]


@dataclass(frozen=True)
class DialectRow(Row):
    """A dialect, and whether fairkit reads it, writes it, or both."""

    media_type: str
    ways: list[str]


@dataclass(frozen=True)
class ReportRow(Row):
    """A report."""

    media_type: str


def _checks() -> Iterator[Row]:
    from fairkit import checks

    for name, check in sorted(checks.every().items()):
        yield CheckRow(name, check.title, sorted(check.fields), sorted(check.needs))


def _checklists() -> Iterator[Row]:
    from fairkit.assess import checklist

    for name in checklist.names():
        found = checklist.load(name)
        yield ChecklistRow(name, found.title, found.version, len(found.metrics))


def _sources() -> Iterator[Row]:
    from fairkit.registry import SOURCES

    for name, module in SOURCES:
        yield SourceRow(name, module.TITLE, list(module.KEYWORDS), list(module.EXAMPLES))


def _dialects() -> Iterator[Row]:
    from fairkit.registry import DIALECTS

    for name, module in DIALECTS:
        ways = ["read", *(["write"] if hasattr(module, "write") else [])]
        yield DialectRow(name, module.TITLE, module.MEDIA_TYPE, ways)


def _reports() -> Iterator[Row]:
    from fairkit.registry import REPORTS

    for name, module in REPORTS:
        yield ReportRow(name, module.TITLE, module.MEDIA_TYPE)


def _verb(name: str, rows: Callable[[], Iterable[Row]]) -> None:
    @edge.guarded
    def listed(json: _Json = False) -> None:
        found = list(rows())
        edge.write(_as_json(found) if json else _as_text(found), None)

    app.command(name, help=f"List the {name}.")(listed)


def _as_json(rows: Sequence[Row]) -> bytes:
    import json

    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2).encode() + b"\n"


def _as_text(rows: Sequence[Row]) -> bytes:
    """A line a row: the name, the title, and what else there is, in aligned columns."""
    width = max((len(row.name) for row in rows), default=0)
    lines = []
    for row in rows:
        more = "; ".join(_told(name, value) for name, value in list(asdict(row).items())[2:] if value)
        lines.append(f"{row.name:<{width}}  {row.title}" + (f"  [{more}]" if more else ""))
    return "\n".join(lines).encode() + b"\n"


def _told(name: str, value: Any) -> str:
    return f"{name}: {', '.join(value)}" if isinstance(value, list) else f"{name}: {value}"


for _name, _rows in {
    "checks": _checks,
    "checklists": _checklists,
    "sources": _sources,
    "dialects": _dialects,
    "reports": _reports,
}.items():
    _verb(_name, _rows)
