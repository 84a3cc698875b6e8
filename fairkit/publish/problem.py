"""The kinds of problem that are looked for: a stable code each, what it is about, what to do, and whether it blocks.

What a repository refuses blocks, and what would be wrong for good; what is only a pity is a note.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

__all__ = ["CODES", "Code", "Problem", "Told", "problem"]


class Code(NamedTuple):
    """A kind of problem; of a model there may be something else to do."""

    about: str
    remedy: str
    blocks: bool = True
    of_model: str | None = None


def _note(about: str, remedy: str, of_model: str | None = None) -> Code:
    return Code(about, remedy, blocks=False, of_model=of_model)


_TEXTS = {
    "title-missing": Code("the work has no title", "Write [resource] title."),
    "title-short": Code("the title has fewer than three letters", "A title has three letters or more."),
    "title-capitals": _note("the title is all in capitals", "Write it as in a sentence: it is shown as it is."),
    "title-html": _note("the title has HTML in it", "Write plain text: it is shown with its tags."),
    "description-missing": Code("the work has no description", "Write [resource] description."),
    "description-short": _note("the description says next to nothing", "Say what it is, and how it came about."),
    "language-unknown": _note("the language is none that is known", "Write a code such as en, de, fr."),
    "version-missing": _note("no version is stated", "Write [resource] version, as in 1.0.0."),
    "publisher-missing": _note("no publisher is named: the repository is", "Write [publisher] name, if it is another."),
    "keyword-commas": _note("a keyword is a list of keywords", "Write each keyword as an entry of its own."),
}
_PEOPLE = {
    "creators-missing": Code("nobody is named who made it", "Write [[creators]], with their ORCIDs."),
    "creators-many": Code("there are more than 1,000 creators", "Name the collaboration; list its people in a file."),
    "creator-twice": _note("a creator is named twice", "Keep one of the two."),
    "person-nameless": Code("a creator or contributor has no name", "Write 'Family, Given', or the name."),
    "contributor-role": _note("a contributor has no role that is known", "Write role, as in DataCurator."),
    "funder-missing": Code("a grant has no funder", "Write [[funding]] funder."),
    "award-lonely": Code("an award has no funder", "Write [[funding]] funder: the organisation that gave it."),
    "award-page": Code("the page of an award is no address", "Write [[funding]] url: https://…"),
    "affiliation-twice": Code("somebody works twice at one place", "Keep one of the two affiliations."),
    "orcid-wrong": Code("an ORCID is not well formed", "Copy it again: its check digit does not fit."),
    "ror-wrong": Code("a ROR id is not well formed", "Copy it again: its check digits do not fit."),
    "identifier-twice": Code("somebody has two identifiers of one kind", "Keep the right one."),
}
_RIGHTS = {
    "licence-missing": Code(
        "no licence is stated",
        "Write [resource] license: CC-BY-4.0, CC0-1.0.",
        of_model="Write [resource] license: Apache-2.0, MIT, CC-BY-4.0.",
    ),
    "licence-unknown": _note("the licence is none that is known", "Write its SPDX id; else it is sent as its title."),
    "licence-unfit": _note(
        "the licence is made for another kind of work",
        "CC-BY-4.0 and CC0-1.0 suit data.",
        "Apache-2.0, MIT and CC-BY-4.0 suit models.",
    ),
    "licence-closed": _note(
        "the licence forbids some uses",
        "CC-BY-4.0 and CC0-1.0 let everybody work with data.",
        "Apache-2.0, MIT and CC-BY-4.0 let everybody work with models.",
    ),
    "date-wrong": Code("a date is no date", "Write 2026, 2026-05 or 2026-05-31."),
    "date-two-digits": Code("a date has a year of two digits", "Write the year in full: 2026-05-31."),
    "date-future": _note("it is said to be published in the future", "Leave published out, or name a past day."),
    "date-order": Code("it is said to be made after it was published", "Correct [resource] created or published."),
    "embargo-endless": Code("an embargo has no end", "Write [access] embargo_until, or --embargo DATE."),
    "embargo-wrong": Code("an embargo ends on what is no day", "Write a day: 2027-01-31."),
    "embargo-past": Code("an embargo has ended already", "Choose a later day, or open access."),
    "embargo-open": Code("an embargo is named, and access is not embargoed", 'Write [access] rights = "embargoed".'),
    "restricted-how": _note("files are closed, and nobody knows how to get them", "Write [access] conditions."),
}
_LINKS = {
    "doi-wrong": Code("a DOI is not well formed", "Copy it again: 10.1234/name."),
    "arxiv-wrong": Code("an arXiv id is not well formed", "Copy it again: 2101.01234."),
    "identifier-wrong": Code("an identifier is not well formed", "Copy it again."),
    "doi-twice": Code("the work has more than one DOI", "One is its own: write others as [[relations]]."),
    "doi-taken": _note("its DOI is that of a record there already", "Publish a --new-version, or write a relation."),
    "doi-elsewhere": _note("it has a DOI elsewhere, and gets another", "Write the other as a relation: IsIdenticalTo."),
    "relation-nowhere": _note("a relation leads nowhere", "Write [[relations]] to: a DOI or a URL."),
    "relation-unknown": _note("a relation is of no known type", "Write a DataCite relation type: IsDerivedFrom."),
    "relation-self": _note("the work is related to itself", "Take the relation out, or name the other work."),
}
_FILES = {
    "files-none": Code("there is no file to deposit", "Put what is to be published into the folder."),
    "files-many": Code("there are more files than a record may have", "Put them into folders: each becomes a ZIP."),
    "quota": Code("the files are larger than a record may be", "Ask the repository for more, or publish in parts."),
    "file-large": Code("a file is larger than a file may be", "Split it."),
    "file-empty": Code("a file is empty", "Leave it out: the repository takes no empty files."),
    "name-long": Code("the name of a file is too long", "Give it a shorter name, or fewer folders above it."),
    "name-control": Code("the name of a file has signs that cannot be printed", "Rename it."),
    "name-bytes": Code("the name of a file is no UTF-8", "Rename it."),
    "name-case": Code("two names differ only in upper and lower case", "Rename one: many disks keep only one."),
    "name-form": Code("two names differ only in how Unicode composes letters", "Rename one: some disks keep only one."),
    "name-blank": _note("a name begins or ends with a blank, or ends with a dot", "Rename it: some systems cut it."),
    "name-reserved": _note("a name means a device on Windows", "Rename it."),
    "name-signs": _note("a name has signs that Windows does not allow", 'Rename it without \\ : * ? " < > |'),
}  # fmt: skip
_FOLDER = {
    "toml-wrong": _note("a key or value of fairkit.toml is not understood", "Correct it: it counts for nothing now."),
    "question-open": _note("a question of fairkit init stands open", "Answer it, and run fairkit init again."),
    "checksum-wrong": Code("a file has another checksum than fairkit.toml says", "fairkit fix corrects what is stale."),
    "size-wrong": Code("a file has another size than fairkit.toml says", "fairkit fix corrects what is stale."),
    "split-missing": Code("a split names a file that is not there", "Correct [[splits]] files."),
}
_SCAN = {
    "secret": Code("a file holds a secret: a key, a token, a password in an address", "Take it out, and revoke it."),
    "secret-file": Code("a file by its name holds secrets: .env, id_rsa, .netrc", "Take it out of the folder."),
    "password": _note("a file holds what looks like a password", "Is it a real one? Then take it out."),
    "stray-file": _note("a file of a system or an editor lies among the files", "Take it out of the folder."),
    "email-list": _note("a file has a list of e-mail addresses", "Have all those people agreed?"),
    "phone": _note("a file has telephone numbers", "Have all those people agreed?"),
    "home-path": _note("a file has the path of somebody's home", "Write paths that others have too."),
    "photo-place": _note("a photo tells where it was taken", "Take the GPS data out, unless they are wanted."),
    "scan-partly": _note("not every file was scanned", 'pip install "fairkit[publish]" brings the scanner.'),
}
CODES: dict[str, Code] = {**_TEXTS, **_PEOPLE, **_RIGHTS, **_LINKS, **_FILES, **_FOLDER, **_SCAN}
"""Every kind of problem by its code; the codes stay as they are."""


class Problem(NamedTuple):
    """What is wrong: a stable `code`, what was found, and what to do; most of them block.

    `field` is the field of the resource that is meant and `row` its entry; `place` where that stands: FILE:LINE.
    """

    code: str
    what: str
    remedy: str
    blocks: bool = True
    field: str | None = None
    row: int | None = None
    place: str | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{'' if self.blocks else 'note: '}{where}{self.what} [{self.code}]\n  {self.remedy}"

    def told(self) -> Told:
        """As it is written for programs."""
        return Told(code=self.code, blocks=self.blocks, what=self.what, remedy=self.remedy, place=self.place)


@word
class Told(Frozen):
    """A problem, for programs."""

    code: Annotated[str, Term(FAIRKIT.code, "Its kind; the codes stay as they are")]
    blocks: Annotated[bool, Term(FAIRKIT.blocks, "Whether nothing is deposited before it is mended")]
    what: Annotated[str, Term(SDO.description, "What was found")]
    remedy: Annotated[str, Term(FAIRKIT.remedy, "What to do")]
    place: Annotated[str | None, Term(FAIRKIT.place, "Where it stands: FILE:LINE, or FILE")] = None


def problem(
    code: str,
    what: str | None = None,
    *,
    field: str | None = None,
    row: int | None = None,
    place: str | None = None,
    blocks: bool | None = None,
) -> Problem:
    """A problem of a known kind; `what` says which one, `blocks` decides where the kind does not."""
    kind = CODES[code]
    return Problem(code, what or kind.about, kind.remedy, kind.blocks if blocks is None else blocks, field, row, place)
