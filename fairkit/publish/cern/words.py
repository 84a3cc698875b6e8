"""What people read of a submission: the text of the pull request, and what the checks found."""

from __future__ import annotations

from collections.abc import Sequence

from .bundle import Bundle, upload_area
from .rules import Fault

__all__ = ["checks", "pull_request"]

_REPOSITORY = "https://github.com/cernopendata/opendata.cern.ch"


def pull_request(bundle: Bundle, *, gate: str) -> bytes:
    """The text of the pull request, with what is still to be done by whom."""
    record, area = bundle.record, upload_area(bundle.experiment, bundle.slug)
    size = sum(file.size for file in bundle.files)
    licence = (record.get("license") or {}).get("attribution", "none")
    lines = [
        f"# data: add {' '.join(str(record.get('title') or bundle.slug).split())}",
        "",
        f"One record of {record['experiment'][0]}: {len(bundle.files):,} files, {size:,} bytes, licence {licence}.",
        "",
        "CERN Open Data has no public deposit. This folder is the contributor's part; the rest is done by hand:",
        "",
        "- [ ] The experiment has approved the release.",
        f"- [ ] Who may write to {area} uploads what `upload.txt` names:",
        "",
        "```sh",
        'while IFS=$\'\\t\' read -r file uri; do xrdcp --cksum adler32 "$file" "$uri"; done < upload.txt',
        "```",
        "",
        f"- [ ] The team of the portal gives the number (here: {record['recid']}) and the DOI.",
        f"- [ ] `records/` goes to `data/records/` of {_REPOSITORY}, as a pull request with this text.",
        "- [ ] The team looks at it on a test instance, and publishes it.",
        "",
        "## Checks",
        "",
        f"FAIR gate: {gate}",
        "",
        *(f"- {fault.code} at `{fault.place}`: {fault.what}" for fault in bundle.faults),
        *([] if bundle.faults else ["Form, fixtures, licence and release rules: nothing to object to."]),
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def checks(faults: Sequence[Fault]) -> str:
    """What is wrong, for people; nothing where nothing is."""
    return "\n".join(map(str, faults))
