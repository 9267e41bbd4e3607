"""Makes pages of notebooks that ran: static HTML that opens from disk, without a kernel and without a network.

They lie in one folder: a page for each notebook, linked with the others, and what all share, each once: pages.css,
pages.js, plotly.js. Plain script tags load them, since a page that is opened from disk may load no module.
"""

import dataclasses
import pathlib
import re
import urllib.parse
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup
from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from pygments.formatters import HtmlFormatter

from formulas import mathml

LOOKS = pathlib.Path(__file__).resolve().parent / "pages"
CONTENTS = "00-index"  # the notebook that leads through the others is the page that the folder opens with
PLOTLY = "application/vnd.plotly.v1+json"
LOADER = re.compile(r"\s*<script>(.*\bwindow\.explrPlotly = .*)</script>\s*", re.DOTALL)


@dataclasses.dataclass(frozen=True, eq=False)
class Page:
    """A notebook that ran, and its name without the ending."""

    name: str
    notebook: NotebookNode

    @property
    def file(self) -> str:
        return "index.html" if self.name == CONTENTS else f"{self.name}.html"

    @property
    def title(self) -> str:
        """The notebook's first heading, which is the question that it answers."""
        found = re.search(r"^#\s+(.+?)\s*$", self.prose, re.MULTILINE)
        return found[1] if found else self.name

    @property
    def prose(self) -> str:
        return "\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "markdown")

    @property
    def figures(self) -> list[dict]:
        """All that Plotly draws, as its JSON."""
        return [output.data[PLOTLY] for output in outputs(self.notebook) if PLOTLY in output.data]


@dataclasses.dataclass(frozen=True)
class Picture:
    """A figure, drawn as files for the first page to show, and the page that it is from."""

    page: str
    title: str
    alternative: str
    files: list[str]


@dataclasses.dataclass(frozen=True)
class Site:
    """Pages that belong together.

    pages: in their order, the first of them that of the contents
    source: the folder that the notebooks lie in, for pictures that their text names
    code: folded, open or none
    pictures: what the page of the contents shows at its end
    commit: of the library, if known
    """

    pages: list[Page]
    source: pathlib.Path
    code: str
    pictures: list[Picture]
    commit: str

    def html(self, page: Page) -> str:
        """One page."""
        at = self.pages.index(page)
        # nbconvert copies all this deeply, so no page with its notebook is in it.
        resources = {
            "metadata": {"path": str(self.source)},
            "title": page.title,
            "contents": self.pages[0].file if at > 0 else None,
            "before": self._link(at - 1),
            "after": self._link(at + 1),
            "code": self.code,
            "commit": self.commit[:12] + (" with changes" if self.commit.endswith("-dirty") else ""),
            "pictures": self.pictures if at == 0 else [],
        }
        text, _ = PageMaker().from_notebook_node(page.notebook, resources)
        return linked(text, {other.name: other.file for other in self.pages})

    def _link(self, at: int) -> tuple[str, str] | None:
        """File and title of a page, if there is one."""
        return (self.pages[at].file, self.pages[at].title) if 0 <= at < len(self.pages) else None


def outputs(notebook: NotebookNode) -> Iterable[NotebookNode]:
    """The outputs that hold data; not streams."""
    return (output for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output)


def in_order(pages: list[Page]) -> list[Page]:
    """The page of the contents, then the others as it leads through them, then those that it leaves out.

    It is the notebook 00-index; without that, a list of the others.
    """
    rest = sorted((page for page in pages if page.name != CONTENTS), key=lambda page: page.name)
    contents = next((page for page in pages if page.name == CONTENTS), None)
    if contents is None:
        listed = [new_markdown_cell("# Notebooks\n\n" + links(rest))]
        return [Page(CONTENTS, new_notebook(cells=listed)), *rest]
    named = re.findall(r"\]\(([^)#]+)\.ipynb[)#]", contents.prose)
    left_out = [page for page in rest if page.name not in named]
    if left_out:
        contents.notebook.cells.append(new_markdown_cell("## Further notebooks\n\n" + links(left_out)))
    led_to = [page for page in rest if page.name in named]
    return [contents, *sorted(led_to, key=lambda page: named.index(page.name)), *left_out]


def links(pages: Iterable[Page]) -> str:
    return "\n".join(f"* [{page.title}]({page.name}.ipynb)" for page in pages)


def without_plotly(notebook: NotebookNode) -> str | None:
    """Takes plotly.js out of the output that carries it, and has that load it from the file plotly.js.

    Returns what this file is to hold; nothing where the notebook draws nothing.
    """
    script = None
    for output in outputs(notebook):
        found = LOADER.fullmatch(output.data.get("text/html", ""))
        if found:
            script = found[1]
            output.data["text/html"] = '<script src="plotly.js"></script>'
    return script


def without_kernel(notebook: NotebookNode) -> None:
    """Leaves of each output what a page can show, and of an empty one nothing."""
    for output in outputs(notebook):
        if "text/html" in output.data:
            output.data = NotebookNode({"text/html": output.data["text/html"]})
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("data") != {"text/html": ""}]


def linked(text: str, files: Mapping[str, str]) -> str:
    """Turns links to notebooks into links to their pages; of a link to what is no page the words remain."""
    page = BeautifulSoup(text, "html.parser")
    for link in page.select("main :is(.prose, .output) a[href]"):
        target = urllib.parse.urlsplit(link["href"])
        name = target.path.removesuffix(".ipynb")
        if target.path.endswith(".ipynb") and name in files:
            link["href"] = target._replace(path=files[name]).geturl()
        elif target.path and not target.scheme and not target.netloc:
            link.unwrap()
    return str(page)


class PageMaker(HTMLExporter):
    """nbconvert with a template of our own."""

    def __init__(self):
        super().__init__(template_name="base", template_file=str(LOOKS / "page.html.j2"))

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        typesetter = Typesetter(
            escape=False,
            embed_images=True,
            path=context["resources"]["metadata"]["path"],
            attachments=context["cell"].get("attachments"),
            anchor_link_text="#",
        )
        return unbroken(MarkdownWithMath(renderer=typesetter).render(source))


class Typesetter(IPythonRenderer):
    """Markdown as HTML, its formulas as MathML, which browsers typeset by themselves."""

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def block_math(self, body: str) -> str:
        return mathml(body, display=True)

    # Untouched: to embed pictures nbconvert would parse each piece of HTML by itself, and so close the <details> of
    # a folded answer right where it begins.
    def block_html(self, html: str) -> str:
        return f"{html}\n"

    def inline_html(self, html: str) -> str:
        return html

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


def unbroken(text: str) -> str:
    """Keeps a formula in a line of text and the sign after it together, which browsers would part."""
    formula = r"<math>(?:(?!</math>).)*</math>"
    return re.sub(rf"({formula})([.,;:!?)]+)", r'<span class="unbroken">\1\2</span>', text)


def style() -> str:
    """The content of pages.css: the looks of pages, and the colors of code in either scheme."""
    light, dark = (HtmlFormatter(style=name).get_style_defs(".highlight") for name in ("friendly", "github-dark"))
    own = (LOOKS / "pages.css").read_text()
    return f"{own}\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
