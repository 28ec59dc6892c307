"""Read an upstream source that ours stands on, and take it for read.

python -m tests.upstream show NAME       the source as it is installed, and what of ours stands on it
python -m tests.upstream accept NAME     its digest is that of what is installed now
"""

import sys

from .register import Gone, accept, places, source, told


def main(verb, name):
    if verb == "accept":
        for place in accept(name):
            print(f"{place.ours} stands on {name} as it is now.")
    else:
        found = source(name)
        print(told(name, f"{name}: {found}", [place for place in places() if name in place.source]))
        print(found.text)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("show", "accept"):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Gone as gone:
        sys.exit(f"{gone}. Give the entry the name that it has now, or take it out.")
    except KeyError as unknown:
        sys.exit(f"{unknown} is in no file of tests/upstream/.")
