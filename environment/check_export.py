"""Makes pages of two notebooks and looks whether all that they name lies beside them, and nothing is asked of a network.

    check_export.py REPORT

What a reader sees of pages is looked at by check_browser.py. One test shows that the others can fail.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import urllib.parse
from collections.abc import Callable

from bs4 import BeautifulSoup

import export
from formulas import Untypeset, mathml
from outcome import outcome
from pages import Page
from running import ROOT, copied

SMOKE = ROOT / "src/test/notebooks/smoke.ipynb"
QUICK = ROOT / "notebooks/schedules.ipynb"
PACKED = "const packed"  # in the script that carries plotly.js
FOREIGN = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.-]+")


class Wrong(Exception):
    """The pages are not as they should be."""


def complaints(folder: pathlib.Path) -> list[str]:
    """All that is wrong with a folder of pages."""
    pages = {path.name: BeautifulSoup(path.read_text(), "html.parser") for path in folder.glob("*.html")}
    found = [f"{name}: {wrong}" for name, page in pages.items() for wrong in in_page(folder, pages, page)]
    for path in folder.glob("*.css"):
        found += [f"{path.name} names {url}" for url in re.findall(r"url\(|@import", path.read_text())]
    carriers = [path.name for path in folder.iterdir() if path.is_file() and PACKED in path.read_text()]
    if carriers != ["plotly.js"]:
        found.append(f"plotly.js is in {carriers}")
    listed = {link["href"] for link in pages["index.html"].select("main a[href]")}
    return found + [f"index.html does not list {name}" for name in pages if name not in {*listed, "index.html"}]


def in_page(folder: pathlib.Path, pages: dict[str, BeautifulSoup], page: BeautifulSoup) -> list[str]:
    found = []
    for element in page.find_all(True):
        for attribute in ("src", "href", "srcset", "poster", "data", "action"):
            target = element.get(attribute)
            if target is not None and not resolves(folder, pages, page, target, element.name == "a"):
                found.append(f"<{element.name} {attribute}={target}> leads nowhere, or to a network")
    for script in page.find_all(["script", "style"]):
        found += [f"a {script.name} names {url}" for url in FOREIGN.findall(script.get_text())]
    for prose in page.select(".prose"):
        if re.search(r"\$|\\[a-z]", "".join(text for text in prose.strings if text.parent.name != "code")):
            found.append(f"a formula is not typeset: {prose.get_text()[:80]!r}")
    for answer in page.select(".prose details"):
        if not answer.select(":scope > :not(summary)"):
            found.append(f"nothing is folded under {answer.get_text()!r}")
    if page.select(".figure") and not page.select('script[src="plotly.js"]'):
        found.append("there are figures, and plotly.js is not loaded")
    return found


def resolves(folder: pathlib.Path, pages: dict, page: BeautifulSoup, target: str, link: bool) -> bool:
    """Whether a page's reference is to something in the folder, or a link that a reader may follow elsewhere."""
    url = urllib.parse.urlsplit(target)
    if url.scheme or url.netloc:
        return url.scheme == "data" or (link and url.scheme in ("http", "https"))
    if url.path and not (folder / url.path).is_file():
        return False
    return not url.fragment or bool((pages[url.path] if url.path else page).find(id=urllib.parse.unquote(url.fragment)))


def check(folder: pathlib.Path):
    found = complaints(folder)
    if found:
        raise Wrong("\n  ".join(found))


def pages_stand_alone(made: pathlib.Path):
    check(made)
    page = BeautifulSoup((made / "schedules.html").read_text(), "html.parser")
    for what, selector in {"formulas": "math", "figures": ".figure", "tables": "table", "code": "details.code"}.items():
        if not page.select(selector):
            raise Wrong(f"schedules.html has no {what}")


def figures_have_pictures(made: pathlib.Path):
    shown = [picture["src"] for picture in BeautifulSoup((made / "index.html").read_text(), "html.parser").select("img")]
    if shown != ["figures/figure-0.svg"] or not (made / "figures/figure-0.png").is_file():
        raise Wrong(f"index.html shows the pictures {shown}")


def faults_are_noticed(made: pathlib.Path):
    def changed(old: str, new: str) -> Callable[[pathlib.Path], None]:
        def change(folder: pathlib.Path):
            text = (folder / "schedules.html").read_text()
            if old not in text:
                raise Wrong(f"schedules.html holds no {old}")
            (folder / "schedules.html").write_text(text.replace(old, new, 1))
        return change

    faults = {
        "a script of another host": changed("</head>", '<script src="https://plotly.invalid/plotly.js"></script></head>'),
        "a host in a script": changed("</head>", "<script>fetch('https://plotly.invalid/')</script></head>"),
        "a picture of another host": changed("</main>", '<img src="//plotly.invalid/a.png"></main>'),
        "a link to no page": changed("</main>", '<a href="nowhere.html">nowhere</a></main>'),
        "a link to no heading": changed("</main>", '<a href="index.html#nowhere">nowhere</a></main>'),
        "a formula left as it was": changed("</main>", '<div class="prose">$x$</div></main>'),
        "an answer that is not folded": changed("</main>", '<div class="prose"><details><summary>A</summary></details></div></main>'),
        "a second plotly.js": changed("</main>", f"<script>{PACKED} = 1</script></main>"),
        "figures without plotly.js": changed('src="plotly.js"', 'src="pages.js"'),
        "a page that the index leaves out": lambda folder: shutil.copy(folder / "schedules.html", folder / "lost.html"),
    }
    for fault, change in faults.items():
        with tempfile.TemporaryDirectory(prefix="explr-export-") as scratch:
            folder = pathlib.Path(scratch) / "pages"
            shutil.copytree(made, folder)
            change(folder)
            check_noticed(fault, lambda: check(folder), Wrong)


def check_noticed(fault: str, attempt: Callable[[], object], kind: type[Exception]):
    try:
        attempt()
    except kind:
        return
    raise Wrong(f"{fault} was not noticed")


def formulas_are_known_or_refused(made: pathlib.Path):
    if "<mfrac" not in mathml(r"\frac1n \sum_i x_i"):
        raise Wrong("a fraction is not typeset")
    check_noticed("a command that does not exist", lambda: mathml(r"\nosuch x"), Untypeset)


def files_of_others_stay(made: pathlib.Path):
    with tempfile.TemporaryDirectory(prefix="explr-export-") as scratch:
        folder = pathlib.Path(scratch)
        (folder / "essay.html").write_text("mine")
        check_noticed("a folder of another's", lambda: export.check_replaceable(folder), export.Refused)
        check_noticed("a file in a folder's place", lambda: export.check_replaceable(folder / "essay.html"), export.Refused)
        target = folder / "pages"
        replace(made, target)
        (target / "essay.html").write_text("mine")
        (target / "old.html").write_text("an earlier export's")
        with open(target / export.MARK, "a") as mark:
            mark.write("old.html\n")
        export.check_replaceable(target)
        replace(made, target)
        left = {path.name for path in target.iterdir()} - {path.name for path in made.iterdir()}
        if left != {"essay.html", export.MARK}:
            raise Wrong(f"beside the pages there are {left}")


def replace(made: pathlib.Path, target: pathlib.Path):
    with tempfile.TemporaryDirectory(prefix="explr-export-") as scratch:
        draft = pathlib.Path(scratch) / "draft"
        shutil.copytree(made, draft)
        export.replace(target, draft)


def unknown_names_are_refused(made: pathlib.Path):
    check_noticed("a notebook that does not exist", lambda: export.chosen(["figure-9"]), export.Refused)


TESTS = [
    pages_stand_alone,
    figures_have_pictures,
    faults_are_noticed,
    formulas_are_known_or_refused,
    files_of_others_stay,
    unknown_names_are_refused,
]


def make(folder: pathlib.Path):
    """Pages of a notebook and, as if it were one of the paper's figures, of the smoke test."""
    with copied() as source:
        smoke, quick = export.run([SMOKE, QUICK], source)
        export.write([Page("figure-0", smoke.notebook), quick], source, folder, "folded")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    arguments = parser.parse_args()
    result = {}
    with tempfile.TemporaryDirectory(prefix="explr-export-") as scratch:
        made = pathlib.Path(scratch)
        make(made)
        for test in TESTS:
            if test is figures_have_pictures and not os.environ.get("BROWSER_PATH"):
                result[test.__name__] = "skipped"
                print(f"skipped export: {test.__name__}: no Chrome or Chromium was found", flush=True)
                continue
            result[test.__name__] = outcome("export", test, made)
    arguments.report.write_text(json.dumps(result, indent=2) + "\n")
    return "failed" in result.values()


if __name__ == "__main__":
    sys.exit(main())
