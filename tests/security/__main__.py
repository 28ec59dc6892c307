"""What docs/security.md says of the register, the tests that it names, or what programs find that others wrote.

python -m tests.security docs    writes the tables of docs/security.md anew
python -m tests.security tests   prints the node ids, for pytest
python -m tests.security         bandit over the product, wapiti against a demo of its own: `make security`
"""

import subprocess
import sys

from .rows import PAGE, nodes, page


def look():
    """What to end with: nothing, or what was found."""
    from . import attack, code

    found = []
    for name, findings in (("bandit", code.findings), ("wapiti", attack.findings)):
        try:
            told = findings()
        except subprocess.CalledProcessError as error:
            return f"{name} did not run, so nobody has looked: {error}"
        print(f"{name}: {len(told)} findings that nobody has argued", *told, sep="\n  ", flush=True)
        found += told
    return "Mend them, or say why they are none." if found else None


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["docs"]:
            PAGE.write_text(page())
        case ["tests"]:
            print("\n".join(nodes()))
        case []:
            sys.exit(look())
        case _:
            sys.exit(__doc__)
