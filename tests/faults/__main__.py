"""What docs/faults.md says of the register, or the tests that it names.

python -m tests.faults           writes the table of docs/faults.md anew
python -m tests.faults tests     prints the node ids, for pytest
"""

import sys

from .rows import PAGE, nodes, page

if __name__ == "__main__":
    if sys.argv[1:] == ["tests"]:
        print("\n".join(nodes()))
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        PAGE.write_text(page())
