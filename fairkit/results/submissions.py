"""Submissions to a challenge: each is held against what it must be before a value of it is read, then scored.

Strangers send them. A link, a pipe, a pickle, a model, a file that is too large, or one that declares other rows or
columns than the challenge asks for is refused, and the others are scored.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from fairkit.errors import FairkitError, NotFound, UsageError
from fairkit.formats import find
from fairkit.model.ai import Result
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.vocab import identifiers, metrics

from . import columns
from .challenge import Challenge
from .leaderboard import Entry, Leaderboard, boards
from .measuring import Measured, measured, wanted
from .rows import Labels, joined
from .scoring import digest

__all__ = ["Sent", "Standings", "Submission", "found", "standings"]

_MOST = 10_000
_NUMBER = re.compile(r"(?P<team>.*?)[-_. ]+v?(?P<number>\d{1,9})$", re.IGNORECASE)


class Sent(NamedTuple):
    """A file that a team sent; of several, the later one has the higher order."""

    team: str
    path: str
    order: tuple[int, str]


@word
class Submission(Frozen):
    """What came of a submission."""

    team: Annotated[str, Term(SDO.name, "Who sent it")]
    file: Annotated[str, Term(SDO.url, "The file")]
    counts: Annotated[bool, Term(FAIRKIT.counts, "Whether it is the one of its team that counts")] = False
    result: Annotated[Result | None, Term(FAIRKIT.evaluation, "Its number")] = None
    refused: Annotated[str | None, Term(FAIRKIT.refusal, "Why it was not scored")] = None


@word
class Standings(Frozen):
    """How a challenge stands."""

    challenge: Annotated[Challenge, Term(SDO.about, "The challenge")]
    leaderboard: Annotated[Leaderboard, Term(FAIRKIT.leaderboard, "The teams, the best first")]
    submissions: Annotated[tuple[Submission, ...], Term(FAIRKIT.submission, "All that was sent")] = ()


def found(words: Sequence[str]) -> list[Sent]:
    """The submissions in files and folders that are named: `TEAM=FILE`, `team-2.csv`, a folder of those, or of teams.

    Raises:
        NotFound: if there is nothing of a name.
        UsageError: if there are none, or too many.
    """
    every: list[Sent] = []
    for told in words:
        team, sign, path = told.partition("=")
        path = path if sign and not os.path.lexists(told) else told
        every += _sent(path, team if path != told else None)
    if not every:
        raise UsageError("there are no submissions", value=list(words), remedy="Name files, or a folder of files.")
    if len(every) > _MOST:
        raise UsageError(f"there are {len(every):,} submissions: more than {_MOST:,}", remedy="Score them in parts.")
    return sorted(every, key=lambda one: (one.team.casefold(), one.team, one.order))


def _sent(path: str, team: str | None, *, deeper: bool = True) -> Iterator[Sent]:
    """The files of a folder, whose folders are teams; a link is a file here, and refused as one."""
    if not os.path.lexists(path):
        raise NotFound(f"there is no submission {path}", value=path, remedy="Name a file, or a folder of files.")
    if os.path.isdir(path) and not os.path.islink(path):
        if not deeper and team is None:
            team = os.path.basename(path)
        for name in sorted(os.listdir(path)):
            inside = os.path.join(path, name)
            own = name if team is None and os.path.isdir(inside) and not os.path.islink(inside) else team
            if not name.startswith(".") and (deeper or not os.path.isdir(inside)):
                yield from _sent(inside, own, deeper=False)
        return
    stem = os.path.basename(path).partition(".")[0]
    match = _NUMBER.fullmatch(stem)
    number = int(match["number"]) if match else 0
    yield Sent(team or (match["team"] if match and match["team"] else stem), path, (number, stem))


def standings(
    told: Challenge,
    sent: Sequence[Sent],
    known: Labels,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> Standings:
    """Score what was sent against the hidden labels; `say` hears each file."""
    every: list[tuple[Sent, Submission]] = []
    for one in sent:
        say(one.path)
        every.append((one, _scored(told, one, known)))
    chosen = set(_chosen(told, every))
    submissions = tuple(replace(made, counts=place in chosen) for place, (_, made) in enumerate(every))
    entries = [
        Entry(
            model=one.team,
            target=one.file,
            result=one.result,
            standing="recomputed",
            recomputed=one.result.value,
        )
        for one in submissions
        if one.counts and one.result
    ]
    refused = [
        f"{one.team}: {os.path.basename(one.file)} is refused: {one.refused}" for one in submissions if one.refused
    ]
    board = Leaderboard(title=told.title, boards=boards(entries), notes=tuple(refused))
    return Standings(challenge=told, leaderboard=board, submissions=submissions)


def _chosen(told: Challenge, every: Sequence[tuple[Sent, Submission]]) -> Iterable[int]:
    """The places of the submissions that count: of each team the best, or the last that could be scored."""
    known = metrics.find(told.metric)
    sign = -1.0 if known and known.better == "lower" else 1.0
    teams: dict[str, list[int]] = {}
    for place, (sent, made) in enumerate(every):
        if made.result is not None:
            teams.setdefault(sent.team, []).append(place)

    def rank(place: int) -> tuple[float, tuple[int, str]]:
        sent, made = every[place]
        value = sign * made.result.value if made.result and told.rule == "best" else 0.0
        return value, sent.order

    return [max(places, key=rank) for places in teams.values()]


def _scored(told: Challenge, sent: Sent, known: Labels) -> Submission:
    """The number of a submission, or why it has none; where it lies on this machine is told nobody."""
    name = os.path.basename(sent.path)
    made = Submission(team=sent.team, file=name)
    try:
        _hold(told, sent.path)
        number = _number(told, sent.path, known)
        digested = digest([sent.path])
    except FairkitError as error:
        return replace(made, refused=error.what.replace(sent.path, name))
    except OSError as error:
        return replace(made, refused=f"it cannot be read: {error.strerror}")
    metric, hidden = metrics.find(told.metric), told.hidden
    result = Result(
        metric=number.metric,
        value=number.value,
        uncertainty=number.uncertainty,
        uncertainty_kind=number.kind if number.uncertainty is not None else None,
        trainings=1,
        aggregation="single",
        operating_point=number.point,
        direction=metric.better if metric else None,
        dataset=identifiers.identify(hidden.dataset) if hidden.dataset else None,
        version=hidden.version,
        split=hidden.split,
        split_digest=hidden.split_digest,
        predictions_digest=digested,
    )
    return replace(made, result=result)


def _number(told: Challenge, path: str, known: Labels) -> Measured:
    """The metric of the challenge; of more than two classes, the mean over each against the rest.

    Raises:
        FairkitError: if the rows cannot be scored, or a score is out of bounds.
    """
    rows = joined(path, known)
    least, most = float(rows.scores.min()), float(rows.scores.max())
    low, high = told.submission.range or (least, most)
    if least < low or most > high:
        what = f"its scores lie between {least:g} and {most:g}, and should between {low:g} and {high:g}"
        raise UsageError(what, value=path)
    at = told.signal_efficiency
    every = measured(
        rows,
        wanted(
            [told.metric],
            signal_efficiencies=[] if at is None else [at],
            threshold=0.5,
            weighted_by=told.hidden.weight,
        ),
    )
    if len(every) == 1:
        return every[0]
    mean = sum(one.value for one in every) / len(every)
    return every[0]._replace(metric=f"{told.metric}: mean of the classes", value=mean, uncertainty=None)


def _hold(told: Challenge, path: str) -> None:
    """Refuse what is not as the challenge asks for it, by its facts alone.

    Raises:
        UsageError: saying what is wrong.
        UnreadableDocument: if its facts cannot be read.
    """
    schema = told.submission
    kind = os.lstat(path)
    if stat.S_ISLNK(kind.st_mode) or not stat.S_ISREG(kind.st_mode):
        raise UsageError("it is no regular file, but a link, a pipe or a device", value=path)
    if kind.st_size > schema.most_bytes:
        raise UsageError(f"it has {kind.st_size:,} bytes, and may have {schema.most_bytes:,}", value=path)
    form = find(path)
    if form not in schema.formats:
        known = ", ".join(schema.formats)
        raise UsageError(f"it is {form or 'of no known format'}, and should be one of {known}", value=path)
    file = columns.opened(path)
    asked = (schema.identifier, *schema.scores)
    if set(file.names) != set(asked):
        what = f"its columns are {', '.join(file.names[:20])}, and should be {', '.join(asked)}"
        raise UsageError(what, value=path)
    shapes = [each.name for each in file.columns if each.shape or each.dtype == "struct"]
    if shapes:
        raise UsageError(f"its column {shapes[0]} holds more than one value a row", value=path)
    if file.table.entry_count is not None and file.table.entry_count != told.hidden.rows:
        what = f"it has {file.table.entry_count:,} rows, and should have {told.hidden.rows:,}"
        raise UsageError(what, value=path)
