"""Additions to the text of a TOML file: all that stood there stays as it is, letter by letter.

Text is put in where it belongs, and then held against what was meant: the old values, in their old places, and the new
one. Files laid out in unusual ways (inline tables, arrays of inline tables) are left to tomlkit.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from fairkit.errors import UnreadableDocument

__all__ = [
    "Statement",
    "appended",
    "comments",
    "existing",
    "parsed",
    "remark",
    "statements",
    "with_comment",
    "with_rows",
    "with_value",
]

ORDER = (
    "resource", "creators", "contributors", "publisher", "funding", "access", "data", "model", "files", "variables",
    "splits", "relations", "recipe", "provenance", "usage", "gate",
)  # fmt: skip
"""In which tables follow one another."""

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'\'\'(?:[^']|'{1,2}(?!'))*'{3,5}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?P<comment>\#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)"""
    r"""|[^"'#\[\]{}\n]+""",
    re.DOTALL,
)
_NAME = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*({_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)[ \t]*")
_HEADER = re.compile(rf"[ \t]*(\[\[?)({_KEY.pattern})\]\]?[^\n]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONG = 100

Path = tuple[str, ...]


class Statement(NamedTuple):
    """A line, or the lines of one value: from offset `start` to `end`, which is behind its line feed."""

    kind: Literal["table", "row", "pair", "comment"]
    start: int
    end: int
    path: Path


def parsed(text: str, *, name: str = "fairkit.toml") -> dict[str, Any]:
    """The values of a text.

    Raises:
        UnreadableDocument: if it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        what = f"{name} is not readable TOML: {error}"
        raise UnreadableDocument(what, value=name, remedy="Mend the line that is named.") from None


def statements(text: str) -> list[Statement]:
    """What stands in a text that is TOML: headers of tables and of rows (`[[…]]`), pairs, and comments of own lines."""
    return list(_scan(text))


def _scan(text: str) -> Iterator[Statement]:
    at = 0
    while at < len(text):
        line = text[at : _line_end(text, at)]
        bare = line.strip()
        if not bare:
            at += len(line)
        elif bare.startswith("#"):
            yield Statement("comment", at, at + len(line), ())
            at += len(line)
        elif header := _HEADER.match(line):
            kind: Literal["table", "row"] = "row" if header[1] == "[[" else "table"
            yield Statement(kind, at, at + len(line), _path(header[2]))
            at += len(line)
        else:
            end = _value_end(text, at)
            key = _KEY.match(text, at)
            yield Statement("pair", at, end, _path(key[1]) if key else ())
            at = end


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _value_end(text: str, at: int) -> int:
    """Behind the line on which the value that begins at a pair ends."""
    depth = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return _line_end(text, at)
        at = token.end()
        depth += bool(token["open"]) - bool(token["close"])
        if token["end"] and depth <= 0:
            return at
    return at


def _path(key: str) -> Path:
    steps: list[str] = []
    here: Any = tomllib.loads(f"{key.strip()} = 1")
    while isinstance(here, dict):
        name, here = next(iter(here.items()))
        steps.append(name)
    return tuple(steps)


def comments(text: str) -> list[tuple[int, int, str]]:
    """The comments on lines of their own: from where, to where, and their words."""
    found = (s for s in statements(text) if s.kind == "comment")
    return [(s.start, s.end, text[s.start : s.end].strip()) for s in found]


def with_comment(text: str, words: str) -> str:
    """The text with one more line below the comments that it begins with."""
    at = 0
    for start, end, _ in comments(text):
        if start != at:
            break
        at = end
    return f"{text[:at]}{remark(words).strip()}\n{text[at:]}"


def existing(data: Mapping[str, Any], pointer: str) -> Any:
    """The value at a pointer, or None."""
    here: Any = data
    for step in pointer.split("/")[1:]:
        here = here.get(step) if isinstance(here, Mapping) else None
    return here


def with_value(text: str, pointer: str, value: Any, comment: str = "") -> str | None:
    """The text with a value at a pointer like `/resource/title`; None where it cannot be put there."""
    *table, key = pointer.split("/")[1:]
    if not table:
        return _verified(text, _new_section(text, key, _table((key,), value, comment)), pointer, value)
    line = f"{key} = {written(value)}{remark(comment)}\n"
    return _verified(text, _into_table(text, tuple(table), line), pointer, value)


def with_rows(
    text: str, name: str, rows: Sequence[Mapping[str, Any]], remarks: Sequence[Mapping[str, str]]
) -> str | None:
    """The text with rows `[[name]]` after those that it has; `remarks` has comments by key, '' for the row's own.

    None where they cannot be put there.
    """
    path = tuple(name.split("/"))
    block = "\n".join(_row(path, row, told) for row, told in zip(rows, remarks, strict=True))
    every = statements(text)
    last = _last_of(every, path)
    made = text[:last] + "\n" + block + text[last:] if last is not None else _new_section(text, path[0], block)
    old = existing(parsed(text), f"/{name}") or []
    return _verified(text, made, f"/{name}", [*old, *rows])


def appended(text: str, pointer: str, row: int, key: str, value: str) -> str | None:
    """The text with one more item in the list `key` of a row; None where that cannot be done."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(text)
        document[pointer.strip("/")][row][key].append(value)
        made = tomlkit.dumps(document)
    except (TOMLKitError, LookupError, TypeError, AttributeError, ValueError):
        return None
    wanted = parsed(text)
    wanted[pointer.strip("/")][row][key].append(value)
    return made if _same(made, wanted) else None


def remark(comment: str) -> str:
    """A comment for the end of a line; what is not printable has no place in one."""
    words = "".join(letter if letter.isprintable() else " " for letter in comment)
    return f"  # {' '.join(words.split())}" if words.strip() else ""


def _into_table(text: str, table: Path, line: str) -> str | None:
    """The text with a line at the end of a table."""
    every = statements(text)
    header = next((s for s in every if s.kind == "table" and s.path == table), None)
    if header is not None:
        at = _end_of(every, header)
        return _joined(text, at, line)
    top = _before_tables(every)
    dotted = [s for s in top if s.kind == "pair" and s.path[: len(table)] == table]
    if dotted:
        prefix = ".".join(map(_key, table))
        return _joined(text, dotted[-1].end, f"{prefix}.{line}") if len(dotted[-1].path) > len(table) else None
    return _new_section(text, table[0], f"[{'.'.join(map(_key, table))}]\n{line}")


def _joined(text: str, at: int, line: str) -> str:
    before = text[:at]
    return f"{before}{'' if not before or before.endswith(chr(10)) else chr(10)}{line}{text[at:]}"


def _before_tables(every: Sequence[Statement]) -> list[Statement]:
    first = next((n for n, s in enumerate(every) if s.kind in ("table", "row")), len(every))
    return list(every[:first])


def _end_of(every: Sequence[Statement], header: Statement) -> int:
    """Where the lines of a table end: behind its last pair."""
    end = header.end
    for statement in every[every.index(header) + 1 :]:
        if statement.kind in ("table", "row"):
            break
        if statement.kind == "pair":
            end = statement.end
    return end


def _last_of(every: Sequence[Statement], path: Path) -> int | None:
    """Where the last row of an array of tables ends, with the tables inside it."""
    headers = [s for s in every if s.kind in ("table", "row") and s.path[: len(path)] == path]
    return _end_of(every, headers[-1]) if any(s.kind == "row" and s.path == path for s in headers) else None


def _new_section(text: str, name: str, block: str) -> str:
    """The text with a block of its own, before the tables that come after it by `ORDER`, else at the end."""
    every = statements(text)
    place = ORDER.index(name) if name in ORDER else len(ORDER)
    later = set(ORDER[place + 1 :])
    headers = [s for s in every if s.kind in ("table", "row")]
    after = next((s for s in headers if s.path[0] in later), None)
    if after is None:
        gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}{block}"
    at = _with_its_comments(text, every, after)
    return f"{text[:at]}{block}\n{text[at:]}"


def _with_its_comments(text: str, every: Sequence[Statement], header: Statement) -> int:
    """Where the comments that stand right above a header begin."""
    at = header.start
    for statement in reversed(every[: every.index(header)]):
        if statement.kind != "comment" or text[statement.end : at].strip() or statement.end != at:
            break
        at = statement.start
    return at


def _row(path: Path, row: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return _table(path, row, told.get("", ""), told, row=True)


def _table(path: Path, values: Any, comment: str, told: Mapping[str, str] | None = None, *, row: bool = False) -> str:
    name = ".".join(map(_key, path))
    head = f"[[{name}]]" if row else f"[{name}]"
    lines = [f"{_key(k)} = {written(v)}{remark((told or {}).get(k, ''))}\n" for k, v in values.items()]
    return f"{head}{remark(comment)}\n{''.join(lines)}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def written(value: Any) -> str:
    """A value as TOML: long lists over several lines, texts of several lines as such."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return _lines(value) if "\n" in value.strip("\n") else _text(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(str(key))} = {_flat(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    flat = f"[{', '.join(map(_flat, value))}]"
    return flat if len(flat) <= _LONG else "[\n" + "".join(f"    {_flat(each)},\n" for each in value) + "]"


def _flat(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return _text(value)
    return f"[{', '.join(map(_flat, value))}]" if isinstance(value, list | tuple) else written(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _lines(value: str) -> str:
    """A text of several lines; the escapes are those of JSON, but for line feeds, which stand as they are."""
    lines = []
    for line in value.split("\n"):
        escaped = _text(line)[1:-1]
        bare = '""' not in line and not line.endswith('"')  # three would end the text, and one at its end make four
        lines.append(escaped.replace('\\"', '"') if bare else escaped)
    return '"""\n' + "\n".join(lines) + '"""'


def _verified(text: str, made: str | None, pointer: str, value: Any) -> str | None:
    """What was made, if it says what was meant and nothing less than before; else what tomlkit makes of it."""
    wanted = parsed(text)
    _put(wanted, pointer.split("/")[1:], value)
    if made is not None and _same(made, wanted):
        return made
    other = _by_tomlkit(text, pointer, value)
    return other if other is not None and _same(other, wanted) and _keeps_comments(text, other) else None


def _put(data: Any, steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else {}
    if isinstance(data, dict):
        data[steps[-1]] = value


def _same(text: str, wanted: Any) -> bool:
    try:
        return bool(_plain(tomllib.loads(text)) == _plain(wanted))
    except (ValueError, RecursionError):
        return False


def _plain(value: Any) -> Any:
    """Values to compare: tuples are lists, and what is not a number is itself."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return "nan" if isinstance(value, float) and value != value else value


def _keeps_comments(text: str, made: str) -> bool:
    return all(words in made for _, _, words in comments(text))


def _by_tomlkit(text: str, pointer: str, value: Any) -> str | None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    *steps, key = pointer.split("/")[1:]
    try:
        document: Any = tomlkit.parse(text)
        here = document
        for step in steps:
            if step not in here:
                here[step] = tomlkit.table()
            here = here[step]
        if key in here and isinstance(value, list):
            for each in value[len(here[key]) :]:
                here[key].append(each)
        else:
            here[key] = value
        return tomlkit.dumps(document)
    except (TOMLKitError, LookupError, TypeError, AttributeError, ValueError):
        return None
