"""Draws figures as pictures: reads one job as JSON from standard input.

{"plotlyjs": "/…/plotly.js", "pictures": [{"figure": {…}, "format": "png", "file": "/…/a.png",
"width": 1000, "height": 560, "scale": 2}, …]}

Exit codes that the caller tells apart: 3 no kaleido, 4 no browser.
"""

import asyncio
import json
import pathlib
import sys

try:
    from choreographer.errors import ChromeNotFoundError
    from kaleido import Kaleido
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)


async def draw(job):
    script = pathlib.Path(job["plotlyjs"]).as_uri()
    # No MathJax: kaleido would fetch it from the network.
    async with Kaleido(timeout=90, plotlyjs=script, mathjax=False) as kaleido:
        for picture in job["pictures"]:
            options = {key: picture[key] for key in ("format", "width", "height", "scale")}
            content = await kaleido.calc_fig(picture["figure"], opts=options)
            pathlib.Path(picture["file"]).write_bytes(content)


try:
    asyncio.run(draw(json.load(sys.stdin)))
except ChromeNotFoundError as error:
    print(error, file=sys.stderr)
    sys.exit(4)
