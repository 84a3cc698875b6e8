"""Keys, tokens and passwords in a text: by the rules of detect-secrets, and a few forms that it does not know.

Only what the library finds by its form is taken: nothing is asked of any service whether a secret is good.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from fairkit.publish.problem import Problem, problem

__all__ = ["complete", "of_text"]

_DETECTORS = {
    "aws": "AWSKeyDetector", "azure_storage_key": "AzureStorageKeyDetector", "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector", "gitlab_token": "GitLabTokenDetector",
    "mailchimp": "MailchimpDetector", "npm": "NpmDetector", "openai": "OpenAIDetector",
    "pypi_token": "PypiTokenDetector", "sendgrid": "SendGridDetector", "slack": "SlackDetector",
    "square_oauth": "SquareOAuthDetector", "stripe": "StripeDetector", "telegram_token": "TelegramBotTokenDetector",
}  # fmt: skip
"""Those whose findings have a form of their own. A run of letters that looks like chance is none: data look so."""
_FORMS = {
    "private key": r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d",
    "GitHub token": r"\bgithub_pat_[A-Za-z0-9_]{50,}",
    "Hugging Face token": r"\bhf_[A-Za-z]{34}\b",
    "Google API key": r"\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])",
    "Anthropic key": r"\bsk-ant-[A-Za-z0-9_-]{24,}",
    "JSON web token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{10,}",
    "Docker token": r"\bdckr_pat_[A-Za-z0-9_-]{20,}",
    "npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "token in a header": r"(?i:authorization)[\"']?\s{0,5}[:=]\s{0,5}[\"']?(?i:bearer|token) +[A-Za-z0-9._~+/-]{30,}",
    "token in an address": r"[?&](?:access_token|token|api_key)=[A-Za-z0-9._~-]{24,}",
}
_PATTERNS = {name: (re.compile(form),) for name, form in _FORMS.items()}
_IN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,15}://([^\s:/@\"'<>]{1,64}):([^\s/@\"'<>]{3,64})@[A-Za-z0-9]")
_NAMED = re.compile(
    r"(?i)(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|auth[_-]?token|access[_-]?token"
    r"|_token|_pw|pwd)[\w-]{0,20}[\"']?\s{0,5}(?:=|:|=>|:=)\s{0,5}(?P<quote>[\"']?)(?P<value>[^\s\"'#,;]{6,200})(?P=quote)"
)
_PLACEHOLDER = re.compile(
    r"(?i)[*.x_-]+$|(?:pass|pwd|pw)$|[$%{<\[(]|.*(?:example|placeholder|your|change|dummy|redacted|secret$|password|passwd|token$|none$"
    r"|null$|true$|false$|getenv|environ|input|os\.|self\.|args\.|str$|string$)|\w+\.\w+\(|https?:"
)
_LEAST_KINDS = 2
_MOST_TOLD = 3


@cache
def complete() -> bool:
    """Whether the library of rules is installed."""
    return find_spec("detect_secrets") is not None


def of_text(key: str, text: str) -> Iterator[Problem]:
    """The secrets in a text, each kind of them at most three times."""
    for kind, places in _found(text).items():
        for place in sorted(places)[:_MOST_TOLD]:
            yield problem("secret", f"{key} holds a {kind}", place=_line(key, text, place))
    named = [found.start() for found in _NAMED.finditer(text) if _is_chosen(found["value"], bool(found["quote"]))]
    for place in named[:_MOST_TOLD]:
        yield problem("password", f"{key} names a password or a token", place=_line(key, text, place))


def _found(text: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for name, patterns in (*_PATTERNS.items(), *_of_library()):
        places = {match.start() for one in patterns for match in one.finditer(text) if not _is_example(match[0])}
        if places:
            found.setdefault(name, set()).update(places)
    if places := {match.start() for match in _IN_ADDRESS.finditer(text) if not _PLACEHOLDER.match(match[2])}:
        found["password in an address"] = places
    return found


@cache
def _of_library() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """The forms that the library knows, by what they are."""
    if not complete():
        return ()
    modules = ((importlib.import_module(f"detect_secrets.plugins.{name}"), kind) for name, kind in _DETECTORS.items())
    kinds: list[Any] = [getattr(module, kind) for module, kind in modules]
    return tuple((str(kind.secret_type), tuple(kind.denylist)) for kind in kinds)


def _is_example(written: str) -> bool:
    """Whether it says of itself that it is none: the keys of a vendor's documents end so."""
    return "EXAMPLE" in written or len(set(written)) < 6


def _is_chosen(value: str, quoted: bool) -> bool:
    """Whether a value looks like a password that somebody chose, and not like a word of a program."""
    kinds = sum(any(map(test, value)) for test in (str.islower, str.isupper, str.isdigit)) + (not value.isalnum())
    if _PLACEHOLDER.match(value) or len(value) < 8:
        return False
    return kinds >= _LEAST_KINDS and any(map(str.isdigit, value)) and (quoted or not value.endswith((")", "(")))


def _line(key: str, text: str, place: int) -> str:
    return f"{key}:{text.count(chr(10), 0, place) + 1}"
