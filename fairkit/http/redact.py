"""Taking secrets out of what people and logs get to see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

__all__ = ["HIDDEN", "redact", "secrets_in"]

HIDDEN = "***"

_USERINFO = re.compile(r"(?<=//)[^/?#\s]*@")
_WORDS = r"token|secret|passw|passphrase|signature|credential|(?:api|access)[-_]?key|authorization|session[-_]?id"
_NAMES = r"key|sig|auth|code|jwt|pwd|pass"
# A value ends at the next parameter or at white space only: what else may stand in a secret is anybody's guess.
# Names are bounded so that a stranger's long URL costs linear time.
_AROUND = r"[^=&#?;\s]{0,40}"
_PARAMETER = re.compile(rf"([?&;#](?:{_AROUND}(?:{_WORDS}){_AROUND}|(?:{_NAMES}))=)[^&#\s]+", re.IGNORECASE)


def redact(text: str, *, secrets: Iterable[str] = ()) -> str:
    """The text without userinfo in URLs, without query parameters that grant access, and without the `secrets`."""
    for secret in sorted(_spellings(secrets), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    text = _USERINFO.sub(f"{HIDDEN}@", text)
    return _PARAMETER.sub(rf"\g<1>{HIDDEN}", text)


def secrets_in(authorization: str) -> tuple[str, ...]:
    """What to hide of an Authorization header: the whole of it, and its part after the scheme."""
    return tuple(part for part in (authorization, authorization.partition(" ")[2].strip()) if part)


def _spellings(secrets: Iterable[str]) -> set[str]:
    known = {secret for secret in secrets if secret}
    return known | {quote(secret, safe="") for secret in known} | {quote(secret) for secret in known}
