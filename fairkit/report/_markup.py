"""HTML from plain functions: the one place where text becomes markup.

A `tag` takes texts and markup. Texts, whoever wrote them, are made harmless and escaped; only what `tag` or `join` made
is markup. Whoever adds two pieces of markup with `+` has a text again, and sees it escaped: mistakes are safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from ._harmless import harmless

__all__ = ["Markup", "join", "link", "tag", "text"]

_VOID = frozenset({"br", "input", "link", "meta"})
_LINKABLE = re.compile(r"https?://[0-9a-z\[][!-~]*", re.IGNORECASE)
"""What becomes a link: the web, in printable ASCII, so that it leads where it seems to lead."""
_LONGEST_LINK = 2000
_FOREIGN = frozenset("@\\")
"""Characters of a host that hide where a link leads: names before an `@`, and a backslash that browsers turn round."""


class Markup(str):
    """A piece of HTML."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | int | None) -> Markup:
    """The element `name`. Underscores in the names of attributes are dashes, those at the end are not written.

    An attribute that is None is left out; one that is empty stands alone.
    """
    begin = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items() if value is not None)}>"
    return Markup(begin if name in _VOID else f"{begin}{''.join(map(_inner, children))}</{name}>")


def text(value: str, *, longest: int = 400) -> Markup:
    """A stranger's text: on one line, without tricks, of at most `longest` characters, and inert."""
    return Markup(escape(harmless(value, longest=longest)))


def join(pieces: Iterable[str], between: str = "") -> Markup:
    """Pieces one after the other, each escaped if it is a text; `between` is ours."""
    return Markup(between.join(map(_inner, pieces)))


def link(url: str, *, longest: int = 120) -> Markup:
    """A link to a page of the web, which learns nothing of who follows it; any other address is only shown."""
    shown = text(url, longest=longest)
    if not _LINKABLE.fullmatch(url) or len(url) > _LONGEST_LINK or _FOREIGN & set(_host(url)):
        return tag("code", shown)
    return tag("a", shown, href=url, rel="noopener noreferrer nofollow")


def _host(url: str) -> str:
    """All before the path, with what does not belong there."""
    return re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]


def _inner(child: str) -> str:
    """A child as markup; the blank at either end of a text parts it from its neighbours, and stays."""
    if isinstance(child, Markup):
        return child
    return f"{' ' * child.startswith(' ')}{text(child)}{' ' * child.endswith(' ')}"


def _attribute(key: str, value: str | int) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f' {name}="{escape(str(value))}"' if value != "" else f" {name}"
