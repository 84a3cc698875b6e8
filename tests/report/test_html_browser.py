"""The HTML report in a real browser: it opens without a complaint, asks for nothing, and its filters work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fairkit.report import Style, report
from tests.report.made import made, row, showcase

pytestmark = pytest.mark.browser

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1200,1600",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium drives the browser")
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("Chromium and its driver are not installed (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Any:
    """The browser with a report of two checklists and hostile texts in it."""
    hostile = made(
        row("X1", "fail", message="<script>document.title='owned'</script>"),
        row("X2", "pass", message='"><img src=http://127.0.0.1:9/x onerror=alert(1)>'),
    )
    file = tmp_path / "report.html"
    file.write_bytes(report("html").render([showcase(), showcase("fair4hep"), hostile], style=Style()))
    browser.get(file.as_uri())
    return browser


def shown(browser: Any, selector: str) -> int:
    return len([each for each in browser.find_elements("css selector", selector) if each.is_displayed()])


def test_it_opens_without_a_complaint_and_asks_for_nothing(opened: Any) -> None:
    assert [entry for entry in opened.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []
    asked = [entry["message"] for entry in opened.get_log("performance") if "requestWillBeSent" in entry["message"]]
    assert [message for message in asked if '"url":"http' in message] == []
    assert "owned" not in opened.title


def test_the_filters_work_by_a_click_and_without_any_script(opened: Any) -> None:
    passed = shown(opened, ".results tr.pass")
    assert passed > 10
    opened.find_element("css selector", "label:has(#status-fail)").click()
    assert shown(opened, ".results tr.pass") == 0
    assert shown(opened, ".results tr.fail") > 0
    opened.find_element("css selector", "label:has(#status-all)").click()
    assert shown(opened, ".results tr.pass") == passed


def test_the_evidence_is_folded_until_it_is_asked_for(opened: Any) -> None:
    folded = opened.find_element("css selector", ".results details")
    assert folded.get_attribute("open") is None
    opened.execute_script("arguments[0].click()", folded.find_element("css selector", "summary"))
    assert folded.get_attribute("open") is not None


def test_nothing_is_wider_than_a_small_screen(opened: Any) -> None:
    opened.set_window_size(500, 900)  # the narrowest window that the browser makes
    wide = opened.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    opened.set_window_size(1200, 1600)
    assert wide <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_the_page_in_light_and_dark(opened: Any, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    style = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
    ink, page = (brightness(colour) for colour in opened.execute_script(style))
    assert abs(ink - page) > 120
    assert (page < 128) == (scheme == "dark")


def brightness(colour: str) -> float:
    """The mean of red, green and blue in `rgb(1, 2, 3)`."""
    return sum(float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]) / 3
