"""Metadata: can a machine read them, and do they say what a reader must know to find and judge the work?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from fairkit.model.outcome import Fix, Outcome, fail, partial, passed

from ._check import Seen, Words, check, count
from ._pages import linked_types, stated_types

_DATE = re.compile(r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?([T ].*)?$")


@check(of_documents=True)
def metadata_is_machine_readable(view: Seen) -> Outcome:
    """There are metadata that a program can read.

    Write a fairkit.toml beside the files, or publish where records can be had as JSON, JSON-LD or DataCite.
    """
    found = [name for name in view.representations if name != "folder"]
    if found:
        return passed("{names}", names=", ".join(found))
    return fail("files, but no metadata document", fix=Fix("title"))


@check()
def metadata_is_valid(view: Seen) -> Outcome:
    """The metadata follow the rules of their own format.

    Mend what is named: a reader that is stricter than fairkit loses it.
    """
    if not view.faults:
        return passed("nothing in them had to be left out")
    return fail("{faults}, the first: {fault}", faults=count(len(view.faults), "fault"), fault=view.faults[0])


@check()
def metadata_is_rich(
    view: Seen, *, fields: Sequence[str], enough: float = 0.9, some: float = 0.5, guesses: bool = True
) -> Outcome:
    """The metadata fill the fields that people search and judge by.

    Fill the fields that are named, in each document: many readers see only one of them.
    """
    given = view.given if guesses else _stated(view)
    asked = len(fields)
    missing = [name for name in fields if name not in given]
    have = asked - len(missing)
    if not missing:
        return passed("all {all} fields", *fields, all=asked)
    at = [name for name in fields if name in given]
    message, told = "{have} of {all} fields; without {missing}", ", ".join(missing)
    if have >= enough * asked:
        return passed(message, *at, missing=told, have=have, all=asked)
    verdict = partial if have >= some * asked else fail
    return verdict(message, *at, fix=Fix(missing[0]), missing=told, have=have, all=asked)


def _stated(view: Seen) -> Collection[str]:
    """The fields that some document has, and not by a guess of ours."""
    return [name for name in view.given if any(each.told(name) not in (None, "guessed") for each in view.views)]


@check(fields={"title"})
def has_title(view: Seen) -> Outcome:
    """The work has a title that says more than a file name.

    Write what it is, of what, for what, in one line of at least three words.
    """
    title = view.resource.title
    if title is None:
        return fail("no title is stated", fix=Fix("title"))
    if len(title.split()) < 3:
        return partial("{title!r} says little", "title", title=title, fix=Fix("title"))
    return passed("{title!r}", "title", title=title)


@check(fields={"description"})
def has_description(view: Seen, *, words: int = 30) -> Outcome:
    """The description tells a stranger what the work holds and how it came about.

    Write some sentences: what was measured or simulated, how it was selected, what each entry is.
    """
    text = view.resource.description
    if text is None:
        return fail("no description is stated", fix=Fix("description"))
    if len(text.split(None, words)) < words:
        message = "{length}, fewer than {words}"
        return partial(message, "description", length=Words(text), words=words, fix=Fix("description"))
    return passed("{length}", "description", length=Words(text))


@check(fields={"keywords", "subjects"})
def has_keywords(view: Seen) -> Outcome:
    """Keywords or subjects are stated.

    Add the words that a colleague from the next field would search for.
    """
    words, subjects = view.resource.keywords, view.resource.subjects
    if words and subjects:
        told = {"keywords": count(len(words), "keyword"), "subjects": count(len(subjects), "subject")}
        return passed("{keywords}, {subjects}", "keywords", "subjects", **told)
    if words:
        return passed("{keywords}", "keywords", keywords=count(len(words), "keyword"))
    if subjects:
        message = "{subjects}, but no keywords"
        return partial(message, "subjects", subjects=count(len(subjects), "subject"), fix=Fix("keywords"))
    return fail("no keywords are stated", fix=Fix("keywords"))


@check(fields={"creators"})
def has_creators(view: Seen) -> Outcome:
    """Who made the work is stated.

    Name the people or the collaboration in the order of credit.
    """
    people = view.resource.creators
    if people:
        message = "{name}" if len(people) == 1 else "{count}, the first: {name}"
        return passed(message, "creators", count=count(len(people), "creator"), name=people[0].name)
    return fail("no creator is stated", fix=Fix("creators"))


@check(fields={"publisher"}, after_deposit=True)
def has_publisher(view: Seen) -> Outcome:
    """Who publishes the work is stated.

    Name the repository or the organisation behind it.
    """
    publisher = view.resource.publisher
    if publisher:
        return passed("{name}", "publisher", name=publisher.name)
    return fail("no publisher is stated", fix=Fix("publisher"))


@check(fields={"date_published"}, after_deposit=True)
def has_publication_date(view: Seen) -> Outcome:
    """When the work was published is stated as a year or a date of ISO 8601.

    Write 2026, 2026-05 or 2026-05-31.
    """
    return _dated(view, "date_published", view.resource.date_published)


@check(fields={"date_created"})
def has_creation_date(view: Seen) -> Outcome:
    """When the work was made, or its data were taken, is stated.

    Write 2026, 2026-05 or 2026-05-31; an interval as 2011/2012.
    """
    return _dated(view, "date_created", view.resource.date_created)


def _dated(view: Seen, field: str, written: str | None) -> Outcome:
    if written is None:
        return fail("no date is stated", fix=Fix(field))
    if all(_DATE.match(part) for part in written.split("/")):
        return passed("{date}", field, date=written)
    return partial("{date!r} is not a date of ISO 8601", field, date=written, fix=Fix(field))


@check(fields={"type"})
def has_type(view: Seen) -> Outcome:
    """What kind of work this is, is stated.

    Use the words of the repository, such as Dataset/Simulated.
    """
    stated = view.resource.type
    if stated:
        return passed("{type}", "type", type=stated)
    return fail("no type is stated", fix=Fix("type"))


@check(fields={"version"})
def has_version(view: Seen) -> Outcome:
    """The version is stated, so that a result can name what it was made from.

    Number the first release 1.0.0, and count up whenever a file changes.
    """
    version = view.resource.version
    if version:
        return passed("version {version}", "version", version=version)
    return fail("no version is stated", fix=Fix("version", "1.0.0"))


@check(fields={"language"})
def has_language(view: Seen) -> Outcome:
    """The language of the texts is stated by its code.

    Write en for English (BCP 47).
    """
    language = view.resource.language
    if language is None:
        return fail("no language is stated", fix=Fix("language", "en"))
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        return passed("{language}", "language", language=language)
    return partial("{language!r} is not a language code", "language", language=language, fix=Fix("language", "en"))


@check(fields={"citation"})
def says_how_to_cite(view: Seen) -> Outcome:
    """How the work wants to be cited is stated.

    Give one line with authors, year, title, publisher and identifier, or a CITATION.cff.
    """
    if view.resource.citation:
        return passed("{citation}", "citation", citation=view.resource.citation)
    return fail("no preferred citation is stated", fix=Fix("citation"))


@check(fields={"funding"})
def names_funding(view: Seen) -> Outcome:
    """Who paid for the work is stated.

    Name the funder and the grant: funders look for it, and reports are made from it.
    """
    grants = view.resource.funding
    if grants:
        message = "{grants} by {name}" if len(grants) == 1 else "{grants}, the first by {name}"
        return passed(message, "funding", grants=count(len(grants), "grant"), name=grants[0].funder.name)
    return fail("no funder is stated", fix=Fix("funding"))


@check(needs={"embedded"}, after_deposit=True)
def page_embeds_metadata(
    view: Seen, *, embedded: str, kinds: Sequence[str] = ("json-ld", "microdata", "rdfa")
) -> Outcome:
    """The page about the work carries metadata that a program can read.

    Embed JSON-LD into the page: search engines read it there.
    """
    found = [kind for kind in embedded.split(", ") if kind in kinds]
    if found:
        return passed("{kinds}", kinds=", ".join(found))
    return fail("of what is asked for it carries nothing; its metadata: {found}", found=embedded)


@check(needs={"export"}, of_documents=True, after_deposit=True)
def metadata_have_export(
    view: Seen, *, export: str, documents: Sequence[str] = (), links: Sequence[str] = ()
) -> Outcome:
    """The metadata are had apart from the page: by asking for their format, or behind a link of the page.

    Offer JSON-LD by content negotiation, and link it from the page with rel="describedby" (signposting).
    """
    if export != "none":
        return passed("{media_type}", media_type=export)
    apart = [name for name in view.representations if name in documents]
    linked = [media_type for media_type in linked_types(view) if media_type in links]
    if apart or linked:
        return passed("{found}", found=[*apart, *linked][0])
    return fail("nothing but the page was found")


@check(fields={"type"})
def type_is_known(view: Seen, *, types: Sequence[str] = ()) -> Outcome:
    """The kind of the work is one that others know.

    Use the name of a class of schema.org or a general type of DataCite: Dataset, Software, Model.
    """
    known, every = {name.casefold() for name in types}, stated_types(view)
    found = [name for name in every if name.casefold() in known]
    if found:
        return passed("{type}", "type", type=found[0])
    if every:
        return fail("{type} is not known", "type", type=every[0], fix=Fix("type"))
    return fail("no type is stated", fix=Fix("type"))
