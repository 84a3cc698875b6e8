"""`fairkit init`: the beginning of a fairkit.toml, from what a folder holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import harmless
from .options import Json, Quiet, Verbose
from .reading import shown

if TYPE_CHECKING:
    from fairkit.package.initiation import Filled, Initiation, Question

__all__ = ["init"]

_TRIES = 3
_LONGEST = 60


@edge.guarded
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder with the data.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Write the fairkit.toml of a folder: what can be known is filled in, each value with its origin.

    \b
    fairkit init ./dataset
    fairkit init ./dataset --yes

    What documents state is read, what texts and data tell is extracted, what names suggest is guessed and marked so. On
    a terminal at most five questions are asked; what nobody knows stays in the file as a line that begins with #?.
    A second run keeps all that was written, fills gaps, and adds new variables, splits and files.
    """
    from fairkit.package.init import init as begun

    with ExitStack() as opened:
        say = opened.enter_context(shown(quiet=quiet or verbose))

        def ask(question: Question) -> Any:
            opened.close()  # nothing may move on the terminal while somebody answers
            return _ask(question)

        nobody = yes or not _somebody_is_there()
        made = begun(folder, ask=None if nobody else ask, say=edge.say if verbose else say)
    if json:
        from .looks import json_of

        edge.write(json_of(made), None)
    elif not quiet:
        edge.write("\n".join(_text(made, verbose=verbose)).encode("utf-8", "replace") + b"\n", None)
    return 0


def _somebody_is_there() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _ask(question: Question) -> Any:
    """Ask on the terminal; an empty answer takes the proposal, a dash leaves the question open."""
    from fairkit.package.questions import answer

    offered = f" [{_short(question.proposal)}]" if question.proposal else ""
    for _ in range(_TRIES):
        edge.say(f"{question.field}: {question.question} (- for not now)")
        print(f"{offered.strip()}> ".lstrip(), end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        written = line.strip() or (question.proposal if line else None)
        if not written or written == "-":
            return None
        try:
            return answer(question, written)
        except UsageError as error:
            edge.complain(error)
    return None


def _text(made: Initiation, *, verbose: bool) -> Iterator[str]:
    for name in made.written:
        yield harmless(f"wrote {made.target}/{name}")
    if not made.written:
        yield harmless(f"{made.target}/fairkit.toml says all that is known: nothing was changed")
    yield from (harmless(f"  {line}") for line in (_all(made.filled) if verbose else _grouped(made.filled)))
    if made.questions:
        yield "What nobody has said yet:"
        yield from (harmless(f"  {one.field}: {one.question}") for one in made.questions)
    if made.contradictions:
        yield "What contradicts the file, which was left as it is:"
        yield from (harmless(f"  {_where(one.file, one.line)}{one.text}") for one in made.contradictions)
    yield from (harmless(f"note: {note}") for note in made.notes)


def _all(filled: tuple[Filled, ...]) -> Iterator[str]:
    for one in filled:
        yield f"{one.place} = {_short(one.value)}  ({_origin(one)})"


def _grouped(filled: tuple[Filled, ...]) -> Iterator[str]:
    """Single values a line each; the rows of a table by their origins."""
    rows: dict[tuple[str, str], int] = {}
    for one in filled:
        table, key = _table(one.place)
        if table is None:
            yield f"{one.place} = {_short(one.value)}  ({_origin(one)})"
        else:
            which = (f"{table} {key}".strip(), "guessed" if one.how == "guessed" and key else _origin(one))
            rows[which] = rows.get(which, 0) + 1
    yield from (f"{table}: {number:,}  ({origin})" for (table, origin), number in rows.items())


def _table(place: str) -> tuple[str | None, str]:
    """The table that a place is a row of, and the key in the row; none for a single value."""
    if place.startswith("variables.csv: "):
        return "variables.csv", place.partition(", ")[2]
    table, _, rest = place.partition(".")
    number, _, key = rest.partition(".")
    return (table, key) if number.isdigit() else (None, "")


def _origin(one: Filled) -> str:
    if one.how == "asked":
        return "your answer"
    source = f" from {one.source}" if one.source else ""
    line = f", line {one.line}" if one.line else ""
    return f"{one.how}{source}{line}" + (f": {_short(one.quote)}" if one.quote and one.how == "guessed" else "")


def _where(file: str | None, line: int | None) -> str:
    return f"{file}:{line}: " if file and line else f"{file}: " if file else ""


def _short(value: Any) -> str:
    import json

    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
