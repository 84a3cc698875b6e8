"""Access: do metadata and data answer, over which protocol, and who may have them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed, unknown
from fairkit.vocab import protocols
from fairkit.vocab.protocols import Protocol

from . import _shared
from ._check import Seen, check, graded


@check(needs={"landing_page"}, after_deposit=True)
def landing_page_answers(view: Seen, *, landing_page: str) -> Outcome:
    """The page about the work answers.

    Ask the repository; if the page has moved, its identifier must lead to the new one.
    """
    if landing_page.startswith("200"):
        return passed("it answers ({found})", found=landing_page)
    return fail("it does not answer ({found})", found=landing_page)


@check(fields={"landing_page"}, after_deposit=True)
def metadata_protocol_is_open(view: Seen) -> Outcome:
    """The metadata are had over an open, free, standard protocol.

    Publish them where they can be fetched over https.
    """
    page = view.resource.landing_page
    if page is None:
        return fail("no address of the metadata is stated", fix=Fix("landing_page"))
    known = protocols.of_url(page)
    if known and _is_open(known):
        return passed("{name}", "landing_page", name=known.name)
    return fail("{page} has no open protocol", "landing_page", page=page, fix=Fix("landing_page"))


@check(fields={"distributions"}, after_deposit=True)
def data_have_addresses(view: Seen) -> Outcome:
    """Every file has an address of its own.

    State for each file the URL from which its bytes come.
    """
    files = view.resource.distributions
    if not files:
        return fail("no file is named", fix=Fix("distributions"))
    addressed = _shared.files(files).addressed
    return graded(addressed, len(files), "file", ("has an address", "have an address"), field="distributions")


@check(fields={"distributions"}, after_deposit=True)
def data_protocol_is_open(view: Seen) -> Outcome:
    """The data are had over an open, free, standard protocol.

    https, root (XRootD), ftp and davs are open; a login form or a company's own client is not.
    """
    schemes = _shared.files(view.resource.distributions).schemes
    if not schemes:
        return fail("no address of the data is stated", fix=Fix("distributions"))
    closed = [scheme for scheme in schemes if not (known := protocols.find(scheme)) or not _is_open(known)]
    if closed:
        return fail("{scheme} is not known as open", "distributions", scheme=closed[0], fix=Fix("distributions"))
    return passed("over {schemes}", "distributions", schemes=", ".join(schemes))


@check(fields={"distributions"}, after_deposit=True)
def data_are_on_the_web(view: Seen) -> Outcome:
    """The data can be had with a browser or any HTTP client.

    Beside root:// or s3:// state the https address of the same bytes, if the server offers one.
    """
    schemes = _shared.files(view.resource.distributions).schemes
    if not schemes:
        return fail("no address of the data is stated", fix=Fix("distributions"))
    names = ", ".join(schemes)
    if "https" in schemes or "http" in schemes:
        return passed("over {schemes}", "distributions", schemes=names)
    message = "only over {schemes}, which needs a client of its own"
    return partial(message, "distributions", schemes=names, fix=Fix("distributions"))


@check(fields={"distributions", "landing_page"}, after_deposit=True)
def protocol_can_authenticate(view: Seen) -> Outcome:
    """The protocol can carry a login where one is needed.

    https, davs, root and s3 can; git://, IPFS and files on a disk cannot.
    """
    page = view.resource.landing_page
    schemes, at = _shared.files(view.resource.distributions).schemes, "distributions"
    if not schemes and page:
        schemes, at = [page.partition(":")[0].lower()], "landing_page"
    if not schemes:
        return fail("no address is stated", fix=Fix("distributions"))
    able = [scheme for scheme in schemes if (known := protocols.find(scheme)) and known.authentication]
    if able:
        return passed("{scheme} can carry a login", at, scheme=able[0])
    return fail("{scheme} cannot carry a login", at, scheme=schemes[0], fix=Fix(at))


def _is_open(protocol: Protocol) -> bool:
    """A published standard by which others can have the bytes: `file` is one by which nobody else can."""
    return protocol.open and protocol.network


@check(fields={"access", "access_conditions", "embargo_until"})
def access_is_stated(view: Seen) -> Outcome:
    """Who may have the data is stated, and how, where not everybody may.

    State open, embargoed, restricted or metadata-only; for the last three, whom to ask and when.
    """
    access, how = view.resource.access, view.resource.access_conditions
    until = view.resource.embargo_until
    at = [name for name in ("access", "access_conditions", "embargo_until") if getattr(view.resource, name)]
    message = "{access}" + (" until {until}" if until else "") + (": {how}" if how else "")
    told = {"access": access or "not stated for whom", "until": until, "how": how}
    if access == "open" or (access and how) or (access == "embargoed" and until):
        return passed(message, *at, **told)
    if access:
        return partial(message + ", without how to ask", *at, fix=Fix("access_conditions"), **told)
    if at:
        return partial(message, *at, fix=Fix("access"), **told)
    return fail("not stated", fix=Fix("access", "open"))


@check(fields={"access", "access_conditions"})
def everybody_may_have_data(view: Seen) -> Outcome:
    """The data are public, or anybody can meet the conditions under which they are had.

    Open them, or state conditions that ask no more than a registration.
    """
    access, how = view.resource.access, view.resource.access_conditions
    if access == "open":
        return passed("open", "access")
    if access in ("embargoed", "restricted"):  # nothing in the metadata weighs conditions, or knows of extracts
        message = "{access}" + (" ({how})" if how else "")
        doubt = ": whether anybody can meet the conditions, or a part is public, a person must tell"
        return unknown(message + doubt, access=access, how=how)
    if how:
        return unknown("not stated for whom ({how}): whether anybody can meet that, a person must tell", how=how)
    return fail("{access}", *(("access",) if access else ()), access=access or "not stated", fix=Fix("access", "open"))


@check(fields={"access", "embargo_until"})
def embargo_has_end(view: Seen) -> Outcome:
    """An embargo ends on a day that is stated.

    State the day in `embargo_until`.
    """
    access, until = view.resource.access, view.resource.embargo_until
    if access != "embargoed":
        return not_applicable("there is no embargo")
    if until:
        return passed("embargoed until {until}", "access", "embargo_until", until=until)
    return fail("embargoed, without an end", "access", fix=Fix("embargo_until"))


@check(needs={"registry"}, after_deposit=True)
def metadata_are_kept_by_registry(view: Seen, *, registry: str) -> Outcome:
    """A registry keeps a copy of the metadata, which outlives the data.

    Give the work a DOI: DataCite and Crossref keep the metadata of a DOI when the page is gone.
    """
    if registry == "none":
        return fail("no registry was found that holds them")
    return passed("{registry} holds them", registry=registry)


@check(needs={"registry"}, after_deposit=True)
def is_indexed(view: Seen, *, registry: str) -> Outcome:
    """The work is found in a searchable index that is not its own page.

    A DOI puts it into DataCite Search and from there into others.
    """
    if registry == "none":
        return fail("no index was found that lists it")
    return passed("{registry} lists it", registry=registry)


@check(fields={"catalogue"}, after_deposit=True)
def is_in_catalogue(view: Seen) -> Outcome:
    """The work stands in a catalogue or portal of its field.

    Deposit it in one, or state the one that lists it.
    """
    if view.resource.catalogue:
        return passed("{name}", "catalogue", name=view.resource.catalogue)
    return fail("no catalogue is stated", fix=Fix("catalogue"))


@check(fields={"title", "description"}, of_documents=True, after_deposit=True)
def search_engines_can_read(view: Seen) -> Outcome:
    """The page tells search engines for datasets what they need, in schema.org terms.

    Embed JSON-LD with at least a name and a description into the page.
    """
    if "schema-org" not in view.representations:
        return fail("no schema.org document was found")
    # What dataset search engines ask for before they list a page.
    missing = [name for name in ("title", "description") if view.told(name) is None]
    if missing:
        return fail("there is no {missing} in it", missing=" and no ".join(missing), fix=Fix(missing[0]))
    return passed("with title and description", "title", "description")


@check(fields={"kind", "listing"}, instead={"file_count", "relations"})
def has_data(view: Seen) -> Outcome:
    """There is something to have: files are named, directly or through an index.

    Name the files, or the service that gives the data.
    """
    kind, listing = view.resource.kind, view.resource.listing
    if kind in ("documentation", "supplementary"):
        return not_applicable("a {kind} record may be all there is", "kind", kind=kind)
    if listing == "absent":
        return _shared.unnamed(view)
    return passed("files are named" if listing == "complete" else "files are named, through an index", "listing")


@check(fields={"landing_page"}, after_deposit=True)
def metadata_protocol_is_listed(view: Seen, *, protocols: Sequence[str] = ("http", "https")) -> Outcome:
    """The metadata came, or can be had, over one of the protocols that are asked for.

    Publish them where they can be fetched over https.
    """
    page = view.resource.landing_page
    if page and (scheme := _scheme(page)) in protocols:
        return passed("{scheme}", "landing_page", scheme=scheme)
    came = [scheme for each in view.views if (scheme := _scheme(each.document.url)) in protocols]
    if came:
        return passed("{scheme}", scheme=came[0])
    at = ("landing_page",) if page else ()
    return fail("over none of {protocols}", *at, protocols=", ".join(protocols), fix=Fix("landing_page"))


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


@check(fields={"distributions"}, after_deposit=True)
def data_protocol_is_listed(view: Seen, *, protocols: Sequence[str] = ("http", "https")) -> Outcome:
    """The data are had over one of the protocols that are asked for.

    Offer the same bytes over one of them too; https is known everywhere.
    """
    schemes = _shared.files(view.resource.distributions).schemes
    good = [scheme for scheme in schemes if scheme in protocols]
    if good:
        return passed("over {scheme}", "distributions", scheme=good[0])
    if schemes:
        return fail("only over {scheme}", "distributions", scheme=", ".join(schemes), fix=Fix("distributions"))
    return fail("no address of the data is stated", fix=Fix("distributions"))


@check(fields={"access", "access_conditions"})
def access_is_mentioned(view: Seen) -> Outcome:
    """Something is said about who may have the data, in whatever words; a mere yes or no is not enough.

    State open, embargoed, restricted or metadata-only; for the last three, whom to ask and when.
    """
    found = {field: said for field, said in _said(view) if not isinstance(said, bool)}
    if found:
        return passed("{words}", *found, words="; ".join(map(str, found.values())))
    return fail("nothing is said in words", fix=Fix("access", "open"))


@check(fields={"access", "access_conditions"})
def access_is_a_term(view: Seen, *, terms: Sequence[str] = ("open",), but: Sequence[str] = ()) -> Outcome:
    """Who may have the data is said by a term that is asked for, or by yes or no.

    Write the address of a term, as those of COAR and OpenAIRE for access rights.
    """
    known, every = {term.casefold() for term in terms}, list(_said(view, but))
    for field, said in every:
        if isinstance(said, bool) or str(said).casefold() in known:
            return passed("{term}", field, term=said)
    told = {field: str(said) for field, said in every}
    if told:
        words = "; ".join(told.values())
        return fail("{words}: no term that is asked for", *told, words=words, fix=Fix("access", "open"))
    return fail("nothing is said", fix=Fix("access", "open"))


def _said(view: Seen, but: Sequence[str] = ()) -> Iterator[tuple[str, object]]:
    """What the documents say of access, as it is written there, each time beside the field."""
    for each in view.views:
        for field in ("access_conditions", "access"):
            origin = each.origin(field) if each.representation not in but else None
            if origin:
                yield field, getattr(each.resource, field) if origin.value is None else origin.value
