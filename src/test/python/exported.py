"""What must hold of a folder of exported pages: all that they name lies next to them, and nothing asks a network."""

import pathlib
import re
import urllib.parse

from bs4 import BeautifulSoup

PACKED = "const packed"  # in the script that carries plotly.js
FOREIGN = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.-]+")


def complaints(folder: pathlib.Path) -> list[str]:
    """All that is wrong with a folder of pages."""
    pages = {path.name: parsed(path) for path in folder.glob("*.html")}
    found = [f"{name}: {wrong}" for name, page in pages.items() for wrong in in_page(folder, pages, page)]
    for path in folder.glob("*.css"):
        found += [f"{path.name} names {url}" for url in re.findall(r"url\(|@import", path.read_text())]
    carriers = [path.name for path in folder.iterdir() if path.is_file() and PACKED in path.read_text()]
    if carriers != ["plotly.js"]:
        found.append(f"plotly.js is in {carriers}")
    listed = {link["href"] for link in pages["index.html"].select("main a[href]")}
    return found + [f"index.html does not list {name}" for name in pages if name not in {*listed, "index.html"}]


def parsed(path: pathlib.Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(), "html.parser")


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
