"""Adds up what all tests reported and prints it in one line: N passed, N failed, N skipped.

    tally.py STEP=STATUS[=REPORTS]...

STATUS is a step's exit status, or the word skipped. REPORTS is the folder of its JUnit XML files, Maven's and pytest's
alike, if the step runs tests. A step that failed or ended early counts as one failure, unless its reports name the tests
that failed; so does a step that should report tests and reports none.
"""

import collections
import pathlib
import sys
import xml.etree.ElementTree as xml


def outcome(test: xml.Element) -> str:
    if test.find("failure") is not None or test.find("error") is not None:
        return "failed"
    return "skipped" if test.find("skipped") is not None else "passed"


def reported(folder: pathlib.Path) -> collections.Counter:
    """How many of the tests in a folder's reports had which outcome."""
    counts = collections.Counter()
    for report in folder.glob("*.xml"):
        try:
            counts.update(outcome(test) for test in xml.parse(report).getroot().iter("testcase"))
        except xml.ParseError as error:
            print(f"failed  the report {report} cannot be read: {error}")
            counts["failed"] += 1
    return counts


def counted(step: str, status: str, reports: str | None = None) -> collections.Counter:
    """What became of a step and its tests."""
    if status == "skipped":
        return collections.Counter(skipped=1)
    counts = reported(pathlib.Path(reports)) if reports else collections.Counter()
    if reports and not counts:
        print(f"failed  {step}: it ended without a report of a test")
        counts["failed"] += 1
    elif status != "0" and not counts["failed"]:
        print(f"failed  {step}: it ended with status {status}, and no test that it reported failed")
        counts["failed"] += 1
    return counts


def main(*steps: str) -> int:
    total = collections.Counter()
    for step in steps:
        total += counted(*step.split("=", 2))
    print(", ".join(f"{total[outcome]} {outcome}" for outcome in ["passed", "failed", "skipped"]))
    return total["failed"] > 0 or total["passed"] == 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
