"""The files of a draft: those of the package, byte for byte, and no others.

A file is announced, sent, committed and compared. Whatever is in doubt is looked at before anything is done again: a
second PUT after a commit would delete the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fairkit.errors import DepositError, OutcomeUnknown, Unfinished, UnreadableDocument
from fairkit.repositories import RemoteFile
from fairkit.repositories.invenio import Answer, Invenio, Parting

from .parts import Parts, Refused, parting
from .refusals import refused, told
from .sending import LocalFile, Sending, md5_of

__all__ = ["Files", "differences", "is_duplicate"]

_TRIES = 5
_LOOKS = 40
"""How often a digest that is still computed there is looked for: for some ten minutes."""
_LONGEST = 16.0


class Files:
    """The files of one draft on their way into the repository."""

    def __init__(
        self,
        repository: Invenio,
        draft: str,
        *,
        pause: Callable[[float], None],
        advance: Callable[[int], None] = lambda _: None,
        parts: Parts | None = None,
    ) -> None:
        self._repository, self._draft = repository, draft
        self._pause, self._advance, self._parts = pause, advance, parts
        self._md5: dict[str, str] = {}

    def put(self, wanted: Sequence[LocalFile], *, fresh: bool = False) -> None:
        """Make the files of the draft those that are wanted, and prove it; a `fresh` draft has none.

        Raises:
            OutcomeUnknown: if the repository gives no answer that decides.
            DepositError: if it refuses a file, or has another one than we sent.
            UnreadableDocument: if a file is not what was packaged.
        """
        names = {file.key for file in wanted}
        remote = {} if fresh else self._listed()
        for key in sorted(remote.keys() - names):
            self._remove(key)
        missing = [file for file in wanted if file.key not in remote]
        self._announce(missing)
        for file in wanted:
            self._put_one(file, remote.get(file.key))
        self.check(wanted)

    def check(self, wanted: Sequence[LocalFile], *, published: bool = False) -> None:
        """Whether the repository has the wanted files and no others.

        Raises:
            DepositError: naming what differs.
            Unfinished: if the repository has not computed a digest.
        """
        remote = self._digested(published=published)
        wrong = differences(wanted, remote, self.md5)
        if wrong:
            what = "the repository does not have what we sent: " + "; ".join(wrong[:10])
            raise DepositError(what, value=self._draft, remedy="Nothing is published like this. Run it again.")

    def md5(self, file: LocalFile) -> str:
        """The md5 of a local file, read at most once."""
        if file.key not in self._md5:
            self._md5[file.key] = md5_of(file)
        return self._md5[file.key]

    def _listed(self, *, published: bool = False) -> dict[str, RemoteFile]:
        answer = self._repository.files(self._draft, published=published)
        if not answer.ok:
            raise DepositError(f"the files of {self._draft} cannot be listed: {answer.message}", value=answer.status)
        return self._repository.as_files(answer.data)

    def _digested(self, *, published: bool = False) -> dict[str, RemoteFile]:
        """The files, once the repository has computed the digests of all that came in parts.

        Raises:
            Unfinished: if it does not. Nothing is taken away: the bytes may be right.
        """
        for attempt in range(_LOOKS):
            if attempt:
                self._pause(min(2.0 ** (attempt - 1), _LONGEST))
            remote = self._listed(published=published)
            late = sorted(key for key, file in remote.items() if file.counting)
            if not late:
                return remote
        what = f"the repository has not computed the md5 of {', '.join(late[:5])} yet"
        raise Unfinished(what, value=self._draft, remedy="Run it again later: nothing is sent again.")

    def _parting(self, file: LocalFile) -> Parting | None:
        """How a file is divided, where the repository takes parts and it is large."""
        return parting(file) if self._parts is not None and self._parts.allowed else None

    def _announce(self, files: Sequence[LocalFile]) -> None:
        """Announce files, all in one request; after doubt only those that are not there."""
        left = list(files)
        for attempt in range(_TRIES):
            if not left:
                return
            parted = {file.key: plan for file in left if (plan := self._parting(file))}
            try:
                answer = self._repository.announce(self._draft, [file.key for file in left], parted=parted)
            except OutcomeUnknown:
                if attempt == _TRIES - 1:
                    raise
                self._pause(2.0**attempt)
            else:
                if answer.ok:
                    return
                if parted and self._parts is not None and not is_duplicate(answer):
                    self._parts.refuse()  # then as whole files
                    continue
                if attempt == _TRIES - 1 or not is_duplicate(answer):
                    raise refused("announcing files", answer)
            there = self._listed()
            left = [file for file in left if file.key not in there]

    def _put_one(self, file: LocalFile, remote: RemoteFile | None) -> None:
        """One file, until the repository has it or there is no hope."""
        if remote is not None and remote.counting:
            remote = self._digested().get(file.key)
        if remote is not None and self._is_same(file, remote):
            self._advance(file.size)
            return
        plan = self._parting(file)
        if remote is not None and (remote.committed or remote.part_size != (plan.part_size if plan else None)):
            self._again(file)
        why = "it was not tried"
        for attempt in range(_TRIES):
            try:
                why = self._attempt(file)
            except OutcomeUnknown as fault:
                why = fault.what
            if not why:
                return
            if attempt < _TRIES - 1:
                self._pause(2.0**attempt)
                if self._settled(file):
                    return
        raise OutcomeUnknown(
            f"{file.key} did not arrive: {why}", value=file.key, remedy="Run it again: it goes on here."
        )

    def _attempt(self, file: LocalFile) -> str:
        """Send and commit an announced file; why it is not there, or nothing."""
        plan = self._parting(file)
        return self._by_parts(file, plan, self._parts) if plan and self._parts else self._whole(file)

    def _by_parts(self, file: LocalFile, plan: Parting, parts: Parts) -> str:
        remote = self._listed().get(file.key)
        if remote is None or remote.committed or remote.part_size != plan.part_size:
            return "it is not announced in parts"
        try:
            md5, sha256 = parts.send(file, remote, plan)
        except Refused:
            parts.refuse()
            self._again(file)
            return self._whole(file)
        self._unchanged(file, sha256)
        self._md5[file.key] = md5
        return self._committed(file)

    def _whole(self, file: LocalFile) -> str:
        body = Sending(file, advance=self._advance)
        sent = self._repository.send(self._draft, file.key, body)
        if sent.status == 413:
            raise refused(f"{file.key}, of {file.size:,} bytes", sent)
        if not sent.ok or sent.errors:
            return f"the upload was answered with {told(sent)}"
        self._unchanged(file, body.sha256)
        self._md5[file.key] = body.md5
        return self._committed(file)

    def _unchanged(self, file: LocalFile, sha256: str) -> None:
        """Take away what was sent of a file that is not what was packaged.

        Raises:
            UnreadableDocument: if it is not.
        """
        if sha256 != file.sha256:
            self._again(file)
            what = f"{file.path} changed while it was sent"
            raise UnreadableDocument(what, value=file.path, remedy="Package it anew, then run it again.")

    def _committed(self, file: LocalFile) -> str:
        done = self._repository.commit(self._draft, file.key)
        if not done.ok or done.errors:
            return f"the commit was answered with {told(done)}"
        found = self._repository.as_files({"entries": [done.data]}).get(file.key)
        if found and found.counting:
            found = self._digested().get(file.key)
        return "" if found and self._is_same(file, found) else "its bytes there are others"

    def _settled(self, file: LocalFile) -> bool:
        """Look at a file that is in doubt: is it there after all? If not, it is made ready to be sent again."""
        remote = self._digested().get(file.key)
        if remote is None:
            self._announce([file])
            return False
        if not remote.committed:
            # Content may or may not have come; before the commit it may come again, and it replaces what is there.
            return False
        if self._is_same(file, remote):
            return True
        self._again(file)
        return False

    def _again(self, file: LocalFile) -> None:
        """Take a file away and announce it anew: content that was committed cannot be replaced."""
        self._remove(file.key)
        self._announce([file])

    def _remove(self, key: str) -> None:
        for attempt in range(_TRIES):
            try:
                answer = self._repository.remove(self._draft, key)
            except OutcomeUnknown:
                if attempt == _TRIES - 1:
                    raise
                self._pause(2.0**attempt)
                if key not in self._listed():
                    return
            else:
                if answer.ok or answer.status == 404:
                    return
                raise refused(f"taking {key} away", answer)

    def _is_same(self, file: LocalFile, remote: RemoteFile) -> bool:
        if not remote.committed or remote.size != file.size:
            return False
        return remote.checksum == f"md5:{self.md5(file)}"


def differences(
    wanted: Sequence[LocalFile], remote: dict[str, RemoteFile], md5: Callable[[LocalFile], str]
) -> list[str]:
    """What is not there as it should be, file by file."""
    wrong = [f"{key} is there and is not ours" for key in sorted(remote.keys() - {file.key for file in wanted})]
    for file in wanted:
        found = remote.get(file.key)
        if found is None:
            wrong.append(f"{file.key} is missing")
        elif not found.committed:
            wrong.append(f"{file.key} is not complete")
        elif found.size != file.size:
            wrong.append(f"{file.key} has {found.size} bytes there, {file.size} here")
        elif found.checksum != f"md5:{md5(file)}":
            wrong.append(f"{file.key} has {found.checksum} there, md5:{md5(file)} here")
    return wrong


def is_duplicate(answer: Answer) -> bool:
    """Whether files were not announced because one of them is there."""
    told = f"{answer.message} {answer.errors}".casefold()
    return answer.status == 400 and ("exist" in told or "already" in told)
