"""The closing line of environment/test counts every test once, and whatever ended without a report as a failure."""

import pathlib

import pytest

import tally

PASSED, FAILED, ERROR, SKIPPED = "<testcase/>", "<testcase><failure/></testcase>", "<testcase><error/></testcase>", "<testcase><skipped/></testcase>"


@pytest.fixture
def step(tmp_path: pathlib.Path):
    """A step with a status whose reports hold such test cases, one file for each."""

    def of(name: str, status: int, *reports: str) -> str:
        folder = tmp_path / name
        for number, report in enumerate(reports):
            folder.mkdir(exist_ok=True)
            (folder / f"TEST-{number}.xml").write_text(report)
        return f"{name}={status}={folder}"

    return of


def suite(*cases: str) -> str:
    return f"<testsuite>{''.join(cases)}</testsuite>"


def closing(capsys: pytest.CaptureFixture, *steps: str) -> tuple[str, bool]:
    """The last line, and whether it counts as a success."""
    failed = tally.main(*steps)
    return capsys.readouterr().out.splitlines()[-1], not failed


def test_the_reports_of_maven_and_pytest_add_up(step, capsys):
    maven = step("maven", 0, suite(PASSED, PASSED), suite(SKIPPED))
    pytests = step("pytest", 0, f"<testsuites>{suite(PASSED, SKIPPED)}</testsuites>")
    assert closing(capsys, "formatting=0", maven, pytests) == ("3 passed, 0 failed, 2 skipped", True)


def test_failures_and_errors_count_once_each(step, capsys):
    both = "<testcase><failure/><error/></testcase>"
    assert closing(capsys, step("maven", 1, suite(PASSED, FAILED, ERROR, both))) == ("1 passed, 3 failed, 0 skipped", False)


@pytest.mark.parametrize("status", [0, 2, 137])
def test_tests_that_end_without_a_report_are_a_failure(step, capsys, status: int):
    maven = step("maven", 0, suite(PASSED))
    assert closing(capsys, maven, step("pytest", status)) == ("1 passed, 1 failed, 0 skipped", False)
    assert closing(capsys, maven, step("pytest", status, suite())) == ("1 passed, 1 failed, 0 skipped", False)


def test_tests_that_end_early_are_a_failure_though_none_failed(step, capsys):
    assert closing(capsys, step("pytest", 2, suite(PASSED))) == ("1 passed, 1 failed, 0 skipped", False)


def test_a_report_that_was_cut_off_is_a_failure(step, capsys):
    assert closing(capsys, step("maven", 0, suite(PASSED), suite(PASSED)[:-5])) == ("1 passed, 1 failed, 0 skipped", False)


def test_formatting_that_failed_or_was_skipped_counts(step, capsys):
    maven = step("maven", 0, suite(PASSED))
    assert closing(capsys, "formatting=1", maven) == ("1 passed, 1 failed, 0 skipped", False)
    assert closing(capsys, "formatting=skipped", maven) == ("1 passed, 0 failed, 1 skipped", True)


def test_nothing_that_passed_is_no_success(step, capsys):
    assert closing(capsys, step("maven", 0, suite(SKIPPED))) == ("0 passed, 0 failed, 1 skipped", False)
