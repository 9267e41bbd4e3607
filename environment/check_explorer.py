"""Holds what the page of notebooks/ratio-bound.ipynb computes to what Java computes.

    check_explorer.py REPORT

Java's numbers lie in target/ratio-bound.json, which RatioBoundVectorsTest writes. The scripts run in a headless
browser and must give them to 1e-12; two tests break a script and must see it. Skipped where no Chrome or Chromium
is found (BROWSER_PATH can name one). `latency` measures moves of the sliders on any page that shows the explorer.
"""

import argparse
import json
import math
import os
import pathlib
import sys

from playwright.sync_api import sync_playwright

from browser import Wrong
from outcome import outcome

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "src/main/resources/explr/lesson"
VECTORS = ROOT / "target/ratio-bound.json"
TOLERANCE = 1e-12
# A cosine's rates differ between Java and the page by a rounding of the sine, which the deviation at the start of
# an epoch, a small difference of two rates, shows ten thousand times as large.
COSINE_TOLERANCE = 1e-10
MOVES = 50


def scripts(fault: tuple[str, str] = ("", "")) -> str:
    """Both scripts as one expression, an object of two functions; a fault is a text and what stands in its place."""
    source = "\n".join((SCRIPTS / name).read_text() for name in ["ratio-bound.js", "ratio-bound-figure.js"])
    if fault[0] not in source:
        raise Wrong(f"the scripts have no '{fault[0]}' to break")
    return f"(() => {{\n{source.replace(*fault)}\nreturn {{ratioBound, firstBelow, ratioBoundFigure}};\n}})()"


# The page's numbers in the form of ratio-bound.json.
NUMBERS = """([scripts, given]) => {
  const {ratioBound, firstBelow} = eval(scripts);
  return given.map(({recipe, samples, after}) => {
    const {phases, exists, logRate, comparison} = ratioBound(recipe);
    const at = (values) => samples.map((t) => values[t]);
    return {
      exists,
      logRate: at(logRate),
      phases: phases.map(({partOfCritical, root, relaxation, anglePerStep}, i) => ({
        partOfCritical, relaxation, anglePerStep, below: root.below,
        ...(root.exists && {value: root.value, oneMinus: root.oneMinus}),
        firstBelow: comparison ? firstBelow(recipe, comparison.logDistance, i, 1e-6) : -1,
      })),
      comparison: comparison && {
        logTexpRate: at(comparison.logTexpRate),
        logDistance: at(comparison.logDistance),
        logRateRatio: at(comparison.logRateRatio),
        logPrinted: after.map(comparison.bound.logPrinted),
        logCorrected: after.map(comparison.bound.logCorrected),
        printed: comparison.printed,
        corrected: comparison.corrected,
      },
    };
  });
}"""

FIGURES = """([scripts, start, settings]) => {
  const {ratioBoundFigure} = eval(scripts);
  return settings.map((values) => ratioBoundFigure(values, start));
}"""


def far(java, page, tolerance: float, path: str = "") -> str | None:
    """Where the page's value is further from Java's than the tolerance allows, and what the two are."""
    if isinstance(java, dict) and isinstance(page, dict):
        keys = java.keys() | page.keys()
        return next(filter(None, (far(java.get(key), page.get(key), tolerance, f"{path}.{key}") for key in sorted(keys))), None)
    if isinstance(java, list) and isinstance(page, list):
        if len(java) != len(page):
            return f"{path}: Java has {len(java)}, the page {len(page)}"
        return next(filter(None, (far(j, p, tolerance, f"{path}[{i}]") for i, (j, p) in enumerate(zip(java, page)))), None)
    if isinstance(java, (int, float)) and isinstance(page, (int, float)):
        name = path.rpartition(".")[2]
        near = near_enough(java, page, tolerance, logarithm=name.startswith("log") and not name.startswith("logRateRatio"))
    else:
        near = java == page
    return None if near else f"{path}: Java has {java}, the page {page}"


def near_enough(java: float, page: float, tolerance: float, logarithm: bool) -> bool:
    if java == page or math.isnan(java) and math.isnan(page):
        return True
    # An error of a logarithm is a relative one of the number; a number beyond doubles has its logarithm's digits.
    return abs(java - page) <= tolerance * max(abs(java), 1 if logarithm else 0)


def numbers_agree(page, fault: tuple[str, str] = ("", "")):
    recipes = json.loads(VECTORS.read_text())["recipes"]
    given = [
        {"recipe": r["recipe"], "samples": r["samples"], "after": (r["comparison"] or {}).get("after", [])} for r in recipes
    ]
    for java, computed in zip(recipes, page.evaluate(NUMBERS, [scripts(fault), given])):
        expected = {key: java[key] for key in computed}
        if java["comparison"]:
            expected["comparison"] = {key: java["comparison"][key] for key in computed["comparison"]}
            if java["samples"][0] == 0:  # there is no growth to the first iteration
                computed["comparison"]["logDistance"][0] = expected["comparison"]["logDistance"][0]
        complaint = far(expected, computed, TOLERANCE)
        if complaint:
            raise Wrong(f"{java['name']}, {java['recipe']}: {complaint}")


def figures_agree(page, fault: tuple[str, str] = ("", "")):
    figures = json.loads(VECTORS.read_text())["figures"]
    start, settings = figures[0]["figure"], [figure["values"] for figure in figures]
    for java, drawn in zip(figures, page.evaluate(FIGURES, [scripts(fault), start, settings])):
        cosine = java["values"][4] == 1
        complaint = far(parts(java["figure"]), parts(drawn), COSINE_TOLERANCE if cosine else TOLERANCE)
        if complaint:
            raise Wrong(f"sliders at {java['values']}: {complaint}")


def parts(figure: dict) -> dict:
    """What a move changes; curves by logarithmic axes have logarithms."""
    data, layout = figure["data"], figure["layout"]
    return {
        "x": {trace["name"]: trace["x"] for trace in data},
        "y": {trace["name"]: {"log": trace["y"]} for trace in data},
        "ranges": [layout[axis]["range"] for axis in ["yaxis", "yaxis2", "xaxis3"]],
        "readout": layout["meta"]["readout"],
    }


def faults_are_noticed(page):
    """A constant that is a billionth off, a distance from the critical λη that has lost its low part, a divisor."""
    for check, fault in [
        (numbers_agree, ("3 * weightDecay", "3.000000003 * weightDecay")),
        (numbers_agree, ("+ (low - productError(rate, decay, product))", "")),
        (figures_agree, ("divisor * secondDivisor", "divisor")),
    ]:
        try:
            check(page, fault)
        except Wrong:
            continue
        raise Wrong(f"'{fault[1]}' instead of '{fault[0]}' was not noticed")


# Notes when keys are pressed and when the figure after them is drawn: the first is the browser's own time of the event.
WATCH = """(place) => {
  const watched = place.explrMoves !== undefined;
  window.explrMoves = place.explrMoves = [];
  if (watched) return;
  let pressed;
  place.addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  place.addEventListener("explr-drawn", () => place.explrMoves.push(performance.now() - pressed), true);
}"""


def latency(page, place) -> list[float]:
    """
    Milliseconds from the press of a key to the figure drawn after it, of 50 moves; the sliders' element is `place`.

    All sliders are moved but the last: the iterations stay those of the paper, 62,560.
    """
    place.evaluate(WATCH)
    inputs = place.query_selector_all("input[type=range]")[:-1]
    for move in range(MOVES):
        slider = inputs[move % len(inputs)]
        slider.focus()
        stop, last = slider.evaluate("input => [Number(input.value), Number(input.max)]")
        back = move // len(inputs) % 2 == 1
        slider.press("ArrowLeft" if stop == last or back and stop > 0 else "ArrowRight")
        page.wait_for_function(f"window.explrMoves.length > {move}")
    return sorted(page.evaluate("window.explrMoves"))


TESTS = [numbers_agree, figures_agree, faults_are_noticed]


def outcomes() -> dict[str, str]:
    if not os.environ.get("BROWSER_PATH"):
        print("skipped the explorer in a page: no Chrome or Chromium was found (BROWSER_PATH can name one)")
        return {test.__name__: "skipped" for test in TESTS}
    result = {}
    with sync_playwright() as driver:
        # A browser's own sandbox refuses to start for root.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=os.environ["BROWSER_PATH"], args=options)
        page = browser.new_page()
        for test in TESTS:
            result[test.__name__] = outcome("explorer", test, page)
        browser.close()
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    arguments = parser.parse_args()
    result = outcomes()
    arguments.report.write_text(json.dumps(result, indent=2) + "\n")
    return "failed" in result.values()


if __name__ == "__main__":
    sys.exit(main())
