"""The pages in a real browser: nothing is loaded from elsewhere, nothing breaks its policy, and all can be used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import presence_of_element_located, url_contains
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser import chromium

from .conftest import Stored

__all__ = ["chromium"]
pytestmark = pytest.mark.browser


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    chromium.get_log("browser")  # type: ignore[no-untyped-call]
    yield chromium
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    told: list[dict[str, Any]] = chromium.get_log("browser")  # type: ignore[no-untyped-call]
    assert [one["message"] for one in told if "favicon" not in one["message"]] == []


def test_a_search_leads_to_the_page_of_a_record(browser: webdriver.Chrome, served: str) -> None:
    browser.get(f"{served}/")
    field = browser.find_element(By.NAME, "q")
    field.send_keys("higgs", Keys.ENTER)
    waiting = WebDriverWait(browser, 60)  # of a browser on a busy machine nobody knows when it goes on
    waiting.until(url_contains("q=higgs"))
    waiting.until(presence_of_element_located((By.LINK_TEXT, "Toy jets with and without a Higgs boson"))).click()
    waiting.until(url_contains("/records/"))
    assert browser.find_element(By.TAG_NAME, "h1").text == "Toy jets with and without a Higgs boson"
    assert len(browser.find_elements(By.TAG_NAME, "meter")) == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_fits_and_can_be_read(
    browser: webdriver.Chrome, served: str, jets: Stored, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    look = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", look)
    browser.get(f"{served}/records/{jets.name}")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    bright = sum(int(part) for part in ground.strip("rgba()").split(",")[:3]) / 3
    assert (bright > 128) == (scheme == "light")


def test_links_are_reached_by_the_keyboard_and_files_can_be_had(
    browser: webdriver.Chrome, served: str, jets: Stored
) -> None:
    browser.get(f"{served}/records/{jets.name}")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the results"
    got = browser.execute_async_script(
        "const done = arguments[1]; const a = [...document.links].find(l => l.href.endsWith('/files/test.h5'));"
        "done(a ? a.getAttribute('href') : null)",
        None,
    )
    assert got == f"{served}/records/{jets.name}/versions/2/files/test.h5"


def test_all_that_is_loaded_is_the_page(browser: webdriver.Chrome, served: str, jets: Stored) -> None:
    browser.get(f"{served}/records/{jets.name}")
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
    assert [one for one in loaded if not one.endswith("/favicon.ico")] == []
