"""Personal data in a text: addresses, telephone numbers, and the homes of people on their machines.

Names of people are no finding: whoever made the data is to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fairkit.package.layout import is_describing
from fairkit.publish.problem import Problem, problem

__all__ = ["of_text"]

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}\b")
# With `00` instead of the plus they look like ORCIDs.
_PHONE = re.compile(r"(?<![\w.+-])\+\d{1,3}(?:[ /-]\(?\d{2,8}\)?){2,5}(?![\w.])")
_HOME = re.compile(
    r"(?<![\w.~-])/(?:home|Users)/(?P<unix>[A-Za-z][\w.-]{1,31})/|\b[A-Za-z]:\\{1,2}Users\\{1,2}(?P<dos>[\w.-]{2,32})\\"
)
_NOBODY = frozenset({
    "user", "username", "name", "your_name", "yourname", "me", "you", "someone", "runner", "jovyan", "ubuntu", "shared",
    "public", "root", "docker", "app", "appuser", "default", "vagrant", "example", "ec2-user", "mambauser", "admin",
})  # fmt: skip
_COLUMN = re.compile(
    r"(?i)(?:^|[,;\t])\s*[\"']?(?P<what>e-?mail|mail|phone|tel|telephone|mobile)"
    r"(?:[_ -]?(?:address|number|no))?[\"']?\s*(?:[,;\t]|$)"
)
_MOST_MAILS = 5
"""As many addresses as there may be before they are a list: people are named with theirs."""
_MOST_PHONES = 3
_LONGEST_HEAD = 4_000


def of_text(key: str, text: str) -> Iterator[Problem]:
    """The personal data in a text; documents about the work may name people with their addresses."""
    head = text[:_LONGEST_HEAD].partition("\n")[0].rstrip("\r")
    columns = {found["what"].lower().replace("-", "") for found in _COLUMN.finditer(head)}
    if not is_describing(key):
        mails = _distinct(_MAIL, text)
        if len(mails) >= (2 if columns & {"email", "mail"} else _MOST_MAILS):
            yield problem("email-list", f"{key} has {len(mails):,} e-mail addresses", place=_line(key, text, mails))
        phones = {number: at for number, at in _distinct(_PHONE, text).items() if _is_phone(number)}
        if len(phones) >= _MOST_PHONES or columns & {"phone", "tel", "telephone", "mobile"}:
            yield problem("phone", f"{key} has telephone numbers", place=_line(key, text, phones))
    homes = {found[0]: found.start() for found in _HOME.finditer(text) if _is_somebody(found)}
    if homes:
        yield problem("home-path", f"{key} names the home of somebody", place=_line(key, text, homes))


def _distinct(pattern: re.Pattern[str], text: str) -> dict[str, int]:
    """What is found, each once, with its place."""
    found: dict[str, int] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[0].lower(), match.start())
    return found


def _is_phone(number: str) -> bool:
    return 9 <= sum(map(str.isdigit, number)) <= 16


def _is_somebody(found: re.Match[str]) -> bool:
    return (found["unix"] or found["dos"]).lower() not in _NOBODY


def _line(key: str, text: str, found: dict[str, int]) -> str:
    first = min(found.values(), default=0)
    return f"{key}:{text.count(chr(10), 0, first) + 1}"
