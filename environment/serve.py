"""JupyterLab that ends its kernels when the terminal it was started from is closed.

Without this the hang-up ends the server alone: kernels go on, with cores and memory. Under nohup it goes on itself.
"""

import os
import signal
import sys

from jupyterlab.labapp import main

if __name__ == "__main__":
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    sys.exit(main())
