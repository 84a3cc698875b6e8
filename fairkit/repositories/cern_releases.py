"""The curators' releases of the CERN Open Data portal, as its source has them in 2026: `/releases`, by a cookie.

It is no API for everybody: whoever asks is logged in, and has the role of curator of the experiment. Traps that whoever
calls must know: making a release is answered with a page that does not tell its number; who is not logged in is sent
to a login page, which is a good answer to a GET; files do not travel, they lie on the experiment's storage already.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fairkit.errors import AuthenticationError, OutcomeUnknown, Unreachable, UsageError
from fairkit.http import Limits, Request, Response, Session

from .invenio import Answer

__all__ = ["MOST_BYTES", "Releases"]

MOST_BYTES = 100 * 1000 * 1000
"""The largest body that the portal's front takes."""
_LIMITS = Limits(total_seconds=300, read_seconds=180)
_UNDECIDED = frozenset({408, 429, 500, 502, 503, 504})


class Releases:
    """The releases of one portal, and whoever the session's cookie stands for."""

    def __init__(self, base: str, session: Session) -> None:
        self.base = base.rstrip("/")
        self._session = session

    def page(self, experiment: str, number: int) -> str:
        """The page of a release."""
        return f"{self.base}/releases/{experiment}/{number}"

    def every(self, experiment: str) -> Answer:
        """The releases of an experiment: number, name, status, and how many of its checks fail."""
        return self._get(f"/releases/api/list/{_part(experiment)}", experiment)

    def release(self, experiment: str, number: int) -> Answer:
        """A release with its records."""
        return self._get(f"/releases/api/{_part(experiment)}/{number}", experiment)

    def create(self, experiment: str, release: Mapping[str, Any]) -> Answer:
        """A new release; every call makes another one, and none tells its number."""
        body = json.dumps(release).encode()
        edge = f"fairkit-{hashlib.sha256(body).hexdigest()[:32]}"
        head = f'--{edge}\r\ncontent-disposition: form-data; name="source"\r\n\r\nfile\r\n--{edge}\r\n'
        head += 'content-disposition: form-data; name="file"; filename="release.json"\r\n'
        head += "content-type: application/json\r\n\r\n"
        whole = head.encode() + body + f"\r\n--{edge}--\r\n".encode()
        return self._send(
            "POST", f"/releases/{_part(experiment)}", experiment, whole, f"multipart/form-data; boundary={edge}"
        )

    def update_records(self, experiment: str, number: int, records: Sequence[Mapping[str, Any]]) -> Answer:
        """Put these records in the place of all that a release has."""
        body = json.dumps({"records": list(records)}).encode()
        return self._send("POST", f"/releases/{_part(experiment)}/{number}/update_records", experiment, body)

    def delete(self, experiment: str, number: int) -> Answer:
        """Take a release away that is not staged."""
        return self._send("POST", f"/releases/{_part(experiment)}/{number}/delete", experiment, b"{}")

    def has_record(self, recid: str) -> bool:
        """Whether the portal has a record of that number.

        Raises:
            Unreachable: if it gives no answer that decides.
        """
        answer = self._session.get(f"{self.base}/api/records/{_part(recid)}", accept="application/json")
        if answer.status not in (200, 404, 410):
            what = f"{self.base} does not tell whether it has the record {recid}: status {answer.status}"
            raise Unreachable(what, value=recid, remedy="Run it again later.")
        return answer.status == 200

    # ── one request

    def _get(self, path: str, experiment: str) -> Answer:
        """Reading is repeated by the session.

        Raises:
            Unreachable: if there is no answer.
            AuthenticationError: if the session is over, or is not that of a curator.
        """
        response = self._session.send(
            Request("GET", f"{self.base}{path}", {"accept": "application/json"}), limits=_LIMITS
        )
        if response.status >= 500:
            what = f"{self.base} gives no answer to {path}: status {response.status}"
            raise Unreachable(what, value=path, remedy="Run it again later: it goes on here.")
        answer = self._judged(response, path, experiment)
        if answer.ok and answer.data is None:
            raise self._logged_out(path)
        return answer

    def _send(self, method: str, path: str, experiment: str, body: bytes, kind: str = "application/json") -> Answer:
        """What came of something that is done at most once.

        Raises:
            OutcomeUnknown: if it may have been done or not.
            AuthenticationError: if the session is over, or is not that of a curator.
            UsageError: if it is too large.
        """
        if len(body) > MOST_BYTES:
            what = f"the records have {len(body):,} bytes, and the portal takes {MOST_BYTES:,}"
            raise UsageError(what, value=len(body), remedy="Let index files name the data files.")
        request = Request(method, f"{self.base}{path}", {"content-type": kind, "accept": "application/json"}, body)
        try:
            response = self._session.send(request, limits=_LIMITS)
        except AuthenticationError:
            raise
        except Unreachable as fault:
            raise OutcomeUnknown(f"{method} {path}: {fault.what}", value=path, remedy=fault.remedy) from None
        if response.status in _UNDECIDED:
            raise OutcomeUnknown(f"{method} {path} was answered with status {response.status}", value=path)
        return self._judged(response, path, experiment)

    def _judged(self, response: Response, path: str, experiment: str) -> Answer:
        if response.status in (301, 302, 303, 307, 308, 401):
            raise self._logged_out(path)
        if response.status == 403:
            what = f"{self.base} refuses {path}: whoever this session belongs to is no curator of {experiment}"
            remedy = f"The role {experiment}-curator is needed: the portal's team gives it."
            raise AuthenticationError(what, value=path, remedy=remedy)
        return Answer(response.status, _parsed(response))

    def _logged_out(self, path: str) -> AuthenticationError:
        what = f"{self.base} asks for a login at {path}: the session is over, or was none"
        remedy = "Log in with a browser, save the cookie `session` again, and run it again: it goes on here."
        return AuthenticationError(what, value=path, remedy=remedy)


def _parsed(response: Response) -> Any:
    try:
        return json.loads(response.body) if response.body else None
    except (ValueError, RecursionError):
        return None


def _part(name: str) -> str:
    return quote(name, safe="")
