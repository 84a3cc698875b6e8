"""What `assess` and `gate` share: targets become evidence, evidence becomes assessments, errors become codes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import FairkitError, UsageError

from . import edge

if TYPE_CHECKING:
    from fairkit.assess.assessment import Assessment
    from fairkit.assess.checklist import Checklist
    from fairkit.http import Cache, Session
    from fairkit.model.evidence import Evidence

__all__ = ["Options", "assessed", "cache", "checklists", "gathered", "words_of"]

_LOOPBACK = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?(/|$)", re.IGNORECASE)


class Options(NamedTuple):
    """How to gather."""

    offline: bool = False
    online: bool = False
    evidence: str | None = None
    save_evidence: str | None = None
    fail_fast: bool = False
    quiet: bool = False
    verbose: bool = False


def checklists(named: Sequence[str] | None) -> list[Checklist]:
    """The checklists of these names, each once; `all` names every one.

    Raises:
        UnknownName: for one that does not exist.
    """
    from fairkit.assess import checklist

    wanted = list(named or ["fairkit"])
    names = checklist.names() if "all" in wanted else list(dict.fromkeys(wanted))
    return [checklist.load(name) for name in names]


def gathered(words: Sequence[str], chosen: Sequence[Checklist], options: Options, codes: list[int]) -> list[Evidence]:
    """The evidence about the targets in `words`, or the saved one; the codes of what went wrong join `codes`.

    Raises:
        UsageError: if there is no target, or options contradict one another.
    """
    if options.offline and options.online:
        raise UsageError("--offline and --online contradict each other", remedy="Choose one.")
    if options.evidence is not None:
        if words:
            remedy = "Leave the targets out: the evidence names its own."
            raise UsageError("--evidence replays what was saved, and takes no targets", value=words, remedy=remedy)
        if options.save_evidence is not None:
            raise UsageError("--evidence replays what is saved already", remedy="Leave --save-evidence out.")
        return _replayed(Path(options.evidence))
    if options.save_evidence is not None and not Path(options.save_evidence).absolute().parent.is_dir():
        what = f"there is no folder to save {options.save_evidence} in"
        raise UsageError(what, value=options.save_evidence, remedy="Make it first, or choose another.")
    found = list(_gather(words_of(words), chosen, options, codes, own=_on_this_machine(words)))
    if options.save_evidence is not None and found:
        from fairkit.evidence import save

        save(found, Path(options.save_evidence))
    return found


def _replayed(path: Path) -> list[Evidence]:
    from fairkit.evidence import load

    found = load(path)
    if not found:
        raise UsageError(f"{path} holds evidence about nothing", value=str(path), remedy="Gather it again.")
    return found


def words_of(words: Sequence[str]) -> list[str]:
    """The words of the command line; `-` stands for the lines of standard input."""
    found: list[str] = []
    for word in words:
        found += _lines() if word == "-" else [word]
    if not found:
        raise UsageError(
            "no target was named", remedy="As in: fairkit assess record 12102   or: fairkit assess ./dataset"
        )
    return found


def _lines() -> Iterator[str]:
    """The targets in the lines of standard input: a line each, but for blank ones and those that begin with `#`."""
    from fairkit.sources import is_keyword

    for line in (line.strip() for line in sys.stdin or ()):
        keyword, _, rest = line.partition(" ")
        if line and not line.startswith("#"):
            yield from (keyword, rest.strip()) if rest and is_keyword(keyword) else (line,)


def _on_this_machine(words: Sequence[str]) -> list[str]:
    """The addresses of this machine that the user typed: no stranger sends us there. What is read from a list may."""
    return [word for word in words if _LOOPBACK.match(word)]


def cache() -> Cache | None:
    """The cache, or none where there is no place for one."""
    from fairkit.http import Cache, cache_folder

    try:
        return Cache(cache_folder())
    except UsageError:
        return None


def _session(trusted: list[str], *, offline: bool) -> Session:
    """A session; a run on files alone needs none, and loads nothing of HTTP."""
    from fairkit.http import Session

    return Session(cache=cache(), offline=offline, trusted=trusted)


def _gather(
    words: Sequence[str], chosen: Sequence[Checklist], options: Options, codes: list[int], *, own: Sequence[str]
) -> Iterator[Evidence]:
    from fairkit import settings
    from fairkit.evidence import Gatherer
    from fairkit.sources import Wants, targets

    needs = frozenset().union(*(checklist.needs for checklist in chosen))
    fields = frozenset().union(*(checklist.fields for checklist in chosen))
    online = True if options.online else False if options.offline else None
    every, trusted = targets(words), [*settings.trusted(), *own]
    with ExitStack() as opened:

        def session() -> Session:
            return opened.enter_context(_session(trusted, offline=options.offline))

        gatherer = Gatherer(session, tell=lambda url: edge.say(f"fetching {url}") if options.verbose else None)
        for number, target in enumerate(every, 1):
            _progress(number, len(every), str(target), options)
            try:
                for report in gatherer.gather(target, Wants(needs, fields, online)):
                    for note in report.notes if not options.quiet else ():
                        edge.say(f"fairkit: {note}")
                    yield report.evidence
            except FairkitError as error:
                edge.complain(error)
                codes.append(error.exit_code)
                if options.fail_fast:
                    return


def _progress(number: int, total: int, target: str, options: Options) -> None:
    """On a terminal, show how far a batch has come, on one line."""
    if total > 1 and not options.quiet and sys.stderr.isatty():
        print(f"\r\x1b[2K{number}/{total} {target[-60:]!r}", end="" if number < total else "\n", file=sys.stderr)


def assessed(
    evidence: Sequence[Evidence], chosen: Sequence[Checklist], codes: list[int], *, lines: bool = False
) -> Iterator[Assessment]:
    """One assessment per evidence and checklist; evidence of which nothing could be read adds the code 3."""
    from fairkit import settings
    from fairkit.assess.assessment import assess_all
    from fairkit.dialects import harvest

    when = settings.now()
    for one in evidence:
        read = harvest(one)
        if not read.views:
            codes.append(3)
        yield from assess_all(read, chosen, when=when, lines=lines)
