"""The HTML report in a real Chromium, opened from disk: it runs nothing, sends nothing, and its filters work.

Skipped where there is no Chromium; Debian has it in the packages `chromium` and `chromium-driver`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report
from tests.browser import chromium

from .made import made, row, showcase
from .payloads import PAYLOADS
from .programs import hostile

__all__ = ["chromium"]

pytestmark = pytest.mark.browser


class Page:
    """A report that is open in the browser."""

    def __init__(self, browser: webdriver.Chrome, folder: Path) -> None:
        self.browser = browser
        self.file = folder / "report.html"

    def open(self, *assessments: Assessment, width: int = 1200, dark: bool = False) -> None:
        self.file.write_bytes(report("html").render(assessments, style=Style()))
        tastes = {"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"}
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.tell(
            "Emulation.setEmulatedMedia", features=[{"name": name, "value": value} for name, value in tastes.items()]
        )
        self.tell("Emulation.setDeviceMetricsOverride", **screen)
        self.forget()
        self.browser.get(self.file.as_uri())

    def tell(self, command: str, **values: Any) -> Any:
        return self.browser.execute_cdp_cmd(command, values)

    def forget(self) -> None:
        for kind in ("browser", "performance"):
            self.browser.get_log(kind)  # type: ignore[no-untyped-call]

    def ask(self, script: str) -> Any:
        return self.browser.execute_script(f"return {script}")

    def complaints(self) -> list[Any]:
        return list(self.browser.get_log("browser"))  # type: ignore[no-untyped-call]

    def requested(self) -> list[str]:
        """The addresses that the page asked for."""
        events = [json.loads(each["message"])["message"] for each in self.browser.get_log("performance")]  # type: ignore[no-untyped-call]
        sent = (each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent")
        return [url.partition("#")[0] for url in sent]

    def find(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def shown(self, selector: str) -> list[str]:
        return [each.text for each in self.find(selector) if each.is_displayed()]

    def choose(self, name: str) -> None:
        self.find(f"label:has(#{name})")[0].click()


@pytest.fixture
def page(chromium: webdriver.Chrome, tmp_path: Path) -> Page:
    return Page(chromium, tmp_path)


MIXED = made(
    row("a", "fail", principle="F1", level="essential"),
    row("b", "pass", principle="F1", level="useful"),
    row("c", "partial", principle="F2", level="useful"),
    row("d", "unknown", principle="R1", level="essential"),
    row("e", "pass", principle="R1.1", level="essential"),
)


@pytest.mark.parametrize("dark", [False, True])
def test_the_browser_complains_of_nothing_and_asks_nobody(page: Page, dark: bool) -> None:
    page.open(showcase(), showcase("fair4hep"), dark=dark)
    assert page.find("h1")[0].text == "How FAIR is it, by 2 checklists?"
    assert page.complaints() == []
    assert page.requested() == [page.file.as_uri()]


def test_no_payload_runs_loads_or_breaks_out(page: Page) -> None:
    page.open(*map(hostile, PAYLOADS))
    for each in page.find("details")[:20]:
        page.browser.execute_script("arguments[0].open = true", each)
    assert page.browser.title == f"How FAIR are {len(PAYLOADS)} targets, by {len(PAYLOADS)} checklists? · fairkit"
    assert page.ask("document.querySelectorAll('script, img, iframe, object, embed, base, link, form').length") == 0
    assert page.ask("document.querySelectorAll('main > .assessment').length") == len(PAYLOADS)
    assert page.complaints() == []
    assert page.requested() == [page.file.as_uri()]


def test_the_policy_holds_even_where_markup_slipped_through(page: Page) -> None:
    page.open(MIXED)
    inside = "<script>document.title='owned'</script><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    page.file.write_text(page.file.read_text("utf-8").replace("</main>", f"{inside}</main>"), "utf-8")
    page.forget()
    page.browser.get(page.file.as_uri())
    assert page.browser.title == "Jets · fairkit"
    assert [each["source"] for each in page.complaints()] == ["security", "security"]


@pytest.mark.parametrize(
    ("chosen", "metrics", "groups"),
    [
        ([], ["a", "b", "c", "d", "e"], ["F1", "F2", "R1", "R1.1"]),
        (["status-short"], ["a", "c"], ["F1", "F2"]),
        (["status-pass"], ["b", "e"], ["F1", "R1.1"]),
        (["level-essential"], ["a", "d", "e"], ["F1", "R1", "R1.1"]),
        (["status-pass", "level-useful"], ["b"], ["F1"]),
        (["status-unknown", "level-useful"], [], []),
        (["status-pass", "status-all"], ["a", "b", "c", "d", "e"], ["F1", "F2", "R1", "R1.1"]),
    ],
)
def test_a_click_filters_the_metrics_and_what_is_empty_goes(
    page: Page, chosen: list[str], metrics: list[str], groups: list[str]
) -> None:
    page.open(MIXED)
    for name in chosen:
        page.choose(name)
    assert page.shown(".results th > code") == metrics
    assert page.shown(".principle b") == groups
    empty = 2 - len({group[0] for group in groups})
    assert page.shown(".nothing") == ["Nothing here passes the filter."] * empty


def test_the_filters_are_reached_and_changed_by_the_keyboard(page: Page) -> None:
    page.open(MIXED)
    assert page.ask("document.activeElement.tagName") == "BODY"
    keys = webdriver.ActionChains(page.browser)
    keys.send_keys(Keys.TAB).perform()
    assert page.ask("document.activeElement.className") == "skip"
    assert page.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    keys.send_keys(Keys.TAB).send_keys(Keys.ARROW_RIGHT).perform()
    assert page.ask("document.activeElement.id") == "status-short"
    assert page.ask("getComputedStyle(document.activeElement.parentElement).outlineStyle") == "solid"
    assert page.shown(".results th > code") == ["a", "c"]


def test_evidence_unfolds_by_the_keyboard(page: Page) -> None:
    page.open(MIXED)
    summary = page.find(".found summary")[0]
    assert page.shown(".found .tests") == []
    summary.send_keys(Keys.ENTER)
    assert page.shown(".found .tests") == ["✗\nfail\nhas_title on resource"]


def test_a_link_of_the_overview_leads_to_its_section(page: Page) -> None:
    page.open(showcase(), MIXED)
    page.find(".overview a")[1].click()
    assert page.ask("location.hash") == "#a2"
    assert page.ask("document.querySelector('#a2').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("width", [360, 768, 1200])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.open(showcase(), hostile("w" * 1_000), MIXED, width=width)
    assert page.ask("innerWidth") == width
    assert page.ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_dark_is_dark_and_the_light_is_light(page: Page) -> None:
    grounds = []
    for dark in (False, True):
        page.open(MIXED, dark=dark)
        grounds.append(page.ask("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(243, 246, 247)", "rgb(13, 20, 23)"]


def test_paper_is_white_without_filters_and_with_all_sections(page: Page) -> None:
    page.open(showcase(), MIXED, dark=True)
    page.tell("Emulation.setEmulatedMedia", media="print")
    assert page.shown(".filters, .skip") == []
    assert page.ask("getComputedStyle(document.querySelector('h2')).color") == "rgb(21, 33, 42)"
    assert page.ask("getComputedStyle(document.querySelector('.assessment')).contentVisibility") == "visible"
    assert page.tell("Page.printToPDF")["data"].startswith("JVBERi0")  # %PDF-
