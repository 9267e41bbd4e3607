"""Formulas in LaTeX as MathML, which browsers typeset by themselves: no script, no fonts, no network."""

from math_core import LatexError, LatexToMathML

CONVERTER = LatexToMathML(fancy_error=False)


class Untypeset(ValueError):
    """A formula that is not understood; the text tells which and why, in one line."""


def mathml(latex: str, display: bool = False) -> str:
    """The element of a formula, in a line of text or on lines of its own."""
    try:
        return CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        formula, reason = (" ".join(str(text).split()) for text in (latex, error))
        raise Untypeset(f"the formula ${formula}$ cannot be typeset ({reason}): write it in other commands") from error
