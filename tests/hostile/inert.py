"""Whether what was written is inert: read by parsers of others, as whoever opens it would read it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = [
    "commands",
    "controls",
    "elements",
    "live_html",
    "live_markdown",
    "loaded",
    "remote_nodes",
    "strings",
]

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LOADS = frozenset({"src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "style"})
_FOLLOWED = re.compile(r"#[\w-]+|https?://[!-~]+", re.IGNORECASE)
_OUR_MARKUP = re.compile(r"<br>|</?details>|<summary>[\w ]+</summary>")
_CALLS = re.compile(
    r"""
    [@#!&%~^$](?=[\w/]) | :\w+: | \bGH-\d | https?:// | www\. | \w@\w    # mentions, issues, emoji, formulas, addresses
    | (?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])                            # commits
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMAND = re.compile(r"::(error|warning|notice) (?:file=[^:,]*,)?(?:line=\d+,)?title=[^:,]*::(.*)")
_IRI = re.compile(
    r"(https?://|urn:uuid:|ni:///|(?:dcat|dcterms|dqv|ftr|prov|schema|sio|vcard|xsd):)[^\s<>\"{}|\\^`\x00-\x20]+"
)


def controls(text: str) -> set[str]:
    """Characters that move a cursor, turn text round or are not seen, but for the ends of lines."""
    return {sign for sign in text if sign != "\n" and unicodedata.category(sign) in _UNSEEN}


def loaded(written: bytes) -> Any:
    """JSON as strict readers take it."""
    return json.loads(written, parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))


def strings(value: Any) -> Iterator[str]:
    """Every string in a value of JSON, the keys of objects included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def remote_nodes(value: Any) -> list[str]:
    """Names of nodes in JSON-LD that are no IRI, or of a scheme that does something."""
    if isinstance(value, dict):
        own = [name for key, name in value.items() if key == "@id" and not _IRI.fullmatch(name)]
        return own + [name for inner in value.values() for name in remote_nodes(inner)]
    return [name for inner in value for name in remote_nodes(inner)] if isinstance(value, list) else []


def elements(written: bytes) -> set[tuple[str, str]]:
    """The elements and their attributes in XML; a document type is refused, for it may name files and servers."""
    assert b"<!DOCTYPE" not in written.split(b">")[1]
    root = ElementTree.fromstring(written)  # noqa: S314 - our own
    return {(node.tag, name) for node in root.iter() for name in ("", *node.attrib)}


def live_html(written: bytes, *, known: frozenset[str]) -> list[str]:
    """What a browser would run, load or send, and elements that are not `known` ones of ours."""
    root = html5lib.parse(written.decode(), namespaceHTMLElements=False)
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    found = [node.tag for node in nodes if node.tag not in known]
    found += [f"{node.tag} {fault}" for node in nodes for fault in _live_attributes(node)]
    found += ["comment"] * sum(not isinstance(node.tag, str) for node in root.iter())
    styles = [node.text or "" for node in nodes if node.tag == "style"]
    found += ["styles"] * (len(styles) != 1) + ["url() in a style"] * ("url(" in "".join(styles))
    orders = [node.get("http-equiv") for node in nodes if node.get("http-equiv")]
    return found + [f"order {order}" for order in orders if order != "Content-Security-Policy"]


def _live_attributes(node: ElementTree.Element) -> Iterator[str]:
    for name, value in node.attrib.items():
        if name.startswith("on") or name in _LOADS or ":" in name:
            yield f"{name}={value}"
        elif name == "href" and (node.tag != "a" or not _FOLLOWED.fullmatch(value)):
            yield f"href={value}"
        elif name == "href" and not value.startswith("#") and "noreferrer" not in node.get("rel", ""):
            yield f"href={value} that tells where it was followed"


def live_markdown(text: str) -> list[str]:
    """HTML, links and pictures in Markdown, and what GitHub would make a mention or a link of in the finished page."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    return [fault for token in _inner(tokens) for fault in _live_token(token)]


def _inner(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inner(token.children or [])


def _live_token(token: Token) -> list[str]:
    if token.type in ("html_block", "html_inline"):
        rest = _OUR_MARKUP.sub("", token.content).strip()
        return [rest] if rest else []
    if token.type in ("link_open", "image", "s_open", "fence", "code_block"):
        return [f"{token.type} {token.content or token.attrs}"]
    return [call[0] for call in _CALLS.finditer(token.content)] if token.type == "text" else []


def commands(text: str) -> list[tuple[str, str]]:
    """The level and the message of each line; a line that is no annotation fails."""
    lines = text.split("\n")
    assert lines.pop() == ""
    found = [_COMMAND.fullmatch(line) for line in lines]
    assert all(found), [line for line, one in zip(lines, found, strict=True) if one is None]
    return [(one[1], one[2]) for one in found if one]
