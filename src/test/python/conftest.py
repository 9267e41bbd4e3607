"""What the tests outside of Maven share: their options, their order, and the browser."""

import os
import pathlib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

# Notebooks train what the later tests then find in the store. Other modules run first.
ORDER = ["test_notebooks", "test_kernels", "test_export", "test_browser", "test_explorer"]
FAILED = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser):
    parser.addoption("--all", action="store_true", help="also run what takes long, and each notebook in a session of its own")
    parser.addoption("--pictures", metavar="FOLDER", type=pathlib.Path, help="save screenshots of what the browser shows")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]):
    items.sort(key=lambda item: ORDER.index(item.path.stem) if item.path.stem in ORDER else -1)
    if not config.getoption("--all"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chrome or Chromium that environment/test found; without one, tests that need it are skipped."""
    path = os.environ.get("BROWSER_PATH")
    if not path:
        pytest.skip("no Chrome or Chromium was found; BROWSER_PATH can name one")
    return path


@pytest.fixture(scope="module")
def launch(browser_path: str) -> Iterator[Callable[[], Browser]]:
    """Starts headless browsers. They end with the module, so that no event loop is left for the kernels' client."""
    # A browser's own sandbox refuses to start for root.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        yield lambda: driver.chromium.launch(executable_path=browser_path, args=options)
