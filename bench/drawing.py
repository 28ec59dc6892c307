"""What pictures of 25 million pixels leave in a worker, and what drawing them in a process that ends costs.

.venv/bin/python bench/drawing.py [PICTURES]

Three processes do the same, one after another: `here` draws by itself, `apart` as the site does (home/drawing.py), and
`anew` starts a Python with the site for each picture, once, to say what that would take.
"""

import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

from scratch import ROOT, scratch_site

PICTURES = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 10
SIZE = (6250, 4000)
SPECS = ("fill-1280x720|format-avif", "fill-640x360|format-jpeg")
MIB = 1024 * 1024


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB


def peak(process):
    """Of processes that have ended."""
    import resource

    return resource.getrusage(process).ru_maxrss / 1024


def picture(number):
    from PIL import Image

    target = BytesIO()
    image = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60 + number).resize(SIZE).convert("RGB")
    image.save(target, "JPEG", quality=85)
    return target.getvalue()


def measure(way):
    import resource

    from django.core.files.base import ContentFile

    from home import drawing
    from home.images import CustomImage, FilterApart, without_metadata

    pictures = [drawing.apart(lambda number=number: picture(number)) for number in range(PICTURES)]
    apart = drawing.apart
    if way == "here":
        drawing.apart = lambda work, **_limits: work()
    before, spent, highest = resident(), [], 0
    for content in pictures:
        began = time.perf_counter()
        clean = drawing.apart(lambda content=content: without_metadata(content))
        image = CustomImage(title="A", width=SIZE[0], height=SIZE[1], collection_id=1)
        image.file.name = "a.jpg"
        for spec in SPECS:
            FilterApart(spec=spec).run(image, BytesIO(), ContentFile(clean, "a.jpg"))
        spent.append((time.perf_counter() - began) / (1 + len(SPECS)))
        highest = max(highest, resident())
    began = time.perf_counter()
    for _time in range(20):
        apart(lambda: b"")
    forked = (time.perf_counter() - began) / 20 * 1000
    spent.sort()
    line = f"{way:6} {before:6.0f} MB before, {resident():6.0f} after, {highest:6.0f} at most; "
    line += f"{spent[len(spent) // 2]:.2f} s for each drawing (median)"
    if way == "apart":
        line += f"; a process costs {forked:.1f} ms, the largest had {peak(resource.RUSAGE_CHILDREN):.0f} MB"
    print(line, flush=True)


def main():
    if len(sys.argv) > 1 and sys.argv[1] in ("here", "apart"):
        global PICTURES
        PICTURES = int(sys.argv[2])
        with scratch_site():
            measure(sys.argv[1])
        return
    print(f"{PICTURES} pictures of {SIZE[0]} x {SIZE[1]}, each cleaned and drawn in {len(SPECS)} sizes")
    for way in ("here", "apart"):
        subprocess.run([sys.executable, __file__, way, str(PICTURES)], check=True)
    began = time.perf_counter()
    code = "import sys; sys.path[:0] = ['.', 'site']; import django; django.setup(); import wagtail.images.models"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test", "ENV_FILE": ""}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
    print(f"anew   {(time.perf_counter() - began) * 1000:.0f} ms before it could begin")


if __name__ == "__main__":
    main()
