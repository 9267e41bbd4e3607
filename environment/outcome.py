"""How the checks tell what became of one of their tests."""

import time
from collections.abc import Callable


def outcome(kind: str, test: Callable, *arguments, failed: Callable[[], None] = lambda: None) -> str:
    """Runs a test, prints what became of it, and returns that; {failed} is called where it went wrong."""
    start, complaint = time.monotonic(), ""
    try:
        test(*arguments)
    except Exception as error:  # whatever goes wrong, a driver's time-out too, the other tests are of use
        complaint = f"\n  {error}"
        failed()
    result = "failed" if complaint else "passed"
    print(f"{result}  {kind}: {test.__name__} ({time.monotonic() - start:.1f} s){complaint}", flush=True)
    return result
