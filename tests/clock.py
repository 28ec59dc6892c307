"""manage.py, or a module, by a clock of the tests' choosing: CLOCK seconds off the real one.

python tests/clock.py manage.py demo --no-serve
"""

import os
import runpy
import sys
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["CLOCK"]), tick=True).start()
sys.argv = sys.argv[1:]
sys.path[0] = os.getcwd()  # noqa: PTH109
runpy.run_path(sys.argv[0], run_name="__main__")
