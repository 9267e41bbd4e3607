"""How long moves of the sliders take on any page that shows the explorer of notebooks/ratio-bound.ipynb."""

MOVES = 50

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
