"""`fairkit survey`: a whole catalogue by the same checklists, into a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from fairkit.errors import UsageError

from . import edge
from .options import ChecklistNames, Json, Offline, Online, Quiet

if TYPE_CHECKING:
    from fairkit.http import Session
    from fairkit.sources import Target
    from fairkit.survey import Settings
    from fairkit.survey.summary import Summary, Tally
    from fairkit.survey.table import Table

__all__ = ["survey"]

_TOLD = 5
"""Failures that the terminal shows; the dashboard and --json have them all."""


class _Where(NamedTuple):
    """Where the targets are named."""

    words: list[str] | None
    list: str | None
    folder: str | None
    query: str | None


@edge.guarded
def survey(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="As of assess; - reads them from stdin, a line each.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The table to make, as Parquet.")
    ] = None,
    list_: Annotated[str | None, typer.Option("--list", metavar="FILE", help="A file with a target a line.")] = None,
    folder: Annotated[
        str | None, typer.Option("--folder", metavar="DIR", help="Every saved record in a folder.")
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", metavar="QUERY", help="As cernopendata:keyword=datascience.")
    ] = None,
    checklist: ChecklistNames = None,
    html: Annotated[str | None, typer.Option("--html", metavar="FILE", help="A dashboard for people.")] = None,
    jobs: Annotated[
        str | None, typer.Option("--jobs", "-j", metavar="N", help="Processes; as many as there are cores otherwise.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask cluster: tcp://host:8786, or local.")
    ] = None,
    json: Json = False,
    offline: Offline = False,
    online: Online = False,
    quiet: Quiet = False,
) -> int:
    """Assess a whole catalogue and put what was found into a table.

    \b
    fairkit survey --folder ./records -o records.parquet --html records.html
    fairkit survey --query cernopendata:keyword=datascience -o datascience.parquet
    fairkit survey --list dois.txt --checklist all -o dois.parquet

    A survey that was broken off goes on where it was when it is run again; so does one in which targets failed.
    Several processes work on what needs no network; the network is used by one, which keeps to its limits.
    The exit code is 0 if every target was assessed, 5 if some were not.
    """
    from fairkit.survey.summary import Tally
    from fairkit.survey.table import Table

    if output is None:
        raise UsageError("a survey needs a file for its table", remedy="As in: --output survey.parquet")
    how = _settings(checklist, offline=offline, online=online)
    workers = _jobs(jobs)
    where = _one_of(_Where(targets or None, list_, folder, query))
    table, tally = Table(output, how), Tally(how)
    with _opened(how) as session:
        every = _targets(where, session)
        done = table.resume()
        if done and not quiet:
            edge.say(f"fairkit: {done:,} targets are done already; going on")
        tally.add(table.old_rows())
        left = (target for target in every if not table.is_done(target))
        total = len(every) - done if isinstance(every, list) else None
        with _bar(total, quiet=quiet) as advance:
            _run(
                left,
                how,
                table,
                tally,
                jobs=workers if folder is not None or offline else 1,
                dask=dask,
                session=session,
                advance=advance,
            )
    table.finish()
    summary = tally.told()
    if html is not None:
        from fairkit import settings
        from fairkit.survey.dashboard import dashboard

        edge.write(dashboard(summary, when=settings.now()), html)
    edge.write(_json(summary) if json else _text(summary, output), None)
    return 5 if summary.errors else 0


def _settings(checklist: list[str] | None, *, offline: bool, online: bool) -> Settings:
    from fairkit import settings
    from fairkit.survey import Settings

    from .gathering import checklists

    if offline and online:
        raise UsageError("--offline and --online contradict each other", remedy="Choose one.")
    names = tuple(one.id for one in checklists(checklist))
    return Settings(names, offline, online, tuple(settings.trusted()))


def _jobs(written: str | None) -> int:
    if written is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not (written.isdecimal() and 0 < int(written) <= 1024):
        raise UsageError(f"{written!r} is no number of processes", value=written, remedy="As in: --jobs 4")
    return int(written)


def _one_of(where: _Where) -> _Where:
    named = [value for value in where if value is not None]
    if len(named) != 1:
        what = "the targets are named in more than one way" if named else "no target was named"
        raise UsageError(what, remedy="Name targets, or one of --list, --folder and --query.")
    return where


def _opened(how: Settings) -> Session:
    from fairkit.http import Session

    from .gathering import cache

    return Session(cache=cache(), offline=how.offline, trusted=how.trusted)


def _targets(where: _Where, session: Session) -> Iterable[Target]:
    from fairkit import sources
    from fairkit.survey import in_folder, in_list, of_query

    from .gathering import words_of

    if where.list is not None:
        return in_list(where.list)
    if where.folder is not None:
        return in_folder(where.folder)
    if where.query is not None:
        return of_query(where.query, session)
    return sources.targets(words_of(where.words or []))


def _run(
    left: Iterable[Target],
    how: Settings,
    table: Table,
    tally: Tally,
    *,
    jobs: int,
    dask: str | None,
    session: Session,
    advance: Callable[[int], None],
) -> None:
    """Assess what is not done yet; whatever ends this, the rows that were made are kept."""
    from fairkit.survey import survey as rows_of

    try:
        for rows in rows_of(left, how, jobs=jobs, dask=dask, session=session):
            table.add(rows)
            tally.add(rows)
            advance(len(rows))
    finally:
        table.flush()


@contextmanager
def _bar(total: int | None, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; nothing where nobody looks."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.speed:,.0f}/s" if total else "")
    with Progress(BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda rows: bar.advance(task, rows)


def _json(summary: Summary) -> bytes:
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(summary), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _text(summary: Summary, output: str) -> bytes:
    lines = [f"{summary.targets:,} targets in {output}"]
    lines += [f"  {count:,} {kind}" for kind, count in summary.errors.items()]
    for one in summary.checklists:
        scores = "  ".join(f"{name} {mean:.2f}" for name, mean in one.scores.items() if mean is not None)
        lines.append(f"{one.id} {one.version}: {scores}")
        for failure in one.failures[:_TOLD]:
            short = f"{failure.fail:,} fail" + (f", {failure.partial:,} in part" if failure.partial else "")
            lines.append(f"  +{failure.gain:.3f}  {failure.metric}  {failure.title}  ({short})")
    clean = ("".join(c if c.isprintable() else "\ufffd" for c in line) for line in lines)
    return "\n".join(clean).encode("utf-8", "replace") + b"\n"
