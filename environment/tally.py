"""Adds up what all the tests reported, and says it in one line: N passed, N failed, N skipped.

    tally.py SUREFIRE-REPORTS REPORTS

REPORTS holds a JSON file for each kind of test outside Maven, a map from test to outcome, and an empty file
NAME.failed or NAME.skipped for each step that failed or was skipped as a whole.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as xml


def main(surefire: pathlib.Path, reports: pathlib.Path) -> int:
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for report in surefire.glob("TEST-*.xml"):
        suite = xml.parse(report).getroot()
        tests, skipped = int(suite.get("tests")), int(suite.get("skipped"))
        failed = int(suite.get("failures")) + int(suite.get("errors"))
        counts["passed"] += tests - failed - skipped
        counts["failed"] += failed
        counts["skipped"] += skipped
    if counts["failed"] == 0 and (reports / "maven.failed").exists():
        print("failed  Maven, before or outside of its tests")
        counts["failed"] += 1
    if (reports / "formatting.failed").exists():
        print("failed  formatting: mvn spotless:apply mends it")
        counts["failed"] += 1
    if (reports / "formatting.skipped").exists():
        counts["skipped"] += 1
    for kind in ["notebooks", "kernels", "export", "browser", "explorer"]:
        report = reports / f"{kind}.json"
        if report.exists():
            for outcome in json.loads(report.read_text()).values():
                counts[outcome] += 1
        else:
            print(f"failed  {kind}: the tests ended without a report")
            counts["failed"] += 1
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return counts["failed"] > 0 or counts["passed"] == 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
