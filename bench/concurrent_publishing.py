"""Four processes publish 25 drafts each at the same moment, on SQLite as Django leaves it and as we set it up.

make bench        or        .venv/bin/python bench/concurrent_publishing.py [ours]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROCESSES, EACH = 4, 25


KINDS = {"stock": ("stock SQLite", "stock_sqlite"), "ours": ("Newsroom", "newsroom.settings.dev")}


def main(*kinds):
    for words, settings in map(KINDS.get, kinds or KINDS):
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
                "DJANGO_SETTINGS_MODULE": settings,
                "ENV_FILE": "",
                "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "site", ROOT / "bench"))),
                "VAR_DIR": folder,
            }
            run("prepare", environment)
            began = time.perf_counter()
            start = str(time.time() + 8)  # all have started Django by then
            workers = [run("publish", environment, str(number), start, wait=False) for number in range(PROCESSES)]
            published = sum(int(worker.communicate()[0]) for worker in workers)
            seconds = time.perf_counter() - began - 8
            print(f"{words:14} {published:3} of {PROCESSES * EACH} published in {seconds:.1f} s")


def run(step, environment, *arguments, wait=True):
    process = subprocess.Popen(
        [sys.executable, __file__, step, *arguments], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    if wait and process.wait():
        sys.exit(process.returncode)
    return process


def prepare():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)

    from news.bootstrap import bootstrap
    from news.models import ArticlePage, NewsIndexPage

    bootstrap()
    index = NewsIndexPage.objects.first()
    for number in range(PROCESSES * EACH):
        page = ArticlePage(title=f"Draft {number}", summary="Text.", body=[("paragraph", "<p>Text.</p>")], live=False)
        index.add_child(instance=page)
        page.save_revision()


def publish(number, start):
    from django.db import OperationalError

    from news.models import ArticlePage
    from news.pair.pair import release_of
    from news.release.publishing import release_imported

    mine = list(ArticlePage.objects.order_by("pk")[int(number) :: PROCESSES])
    time.sleep(max(0, float(start) - time.time()))
    done = 0
    for page in mine:
        try:
            release_imported(release_of(page), "bench")
        except OperationalError as error:
            print(error, file=sys.stderr) if "locked" not in str(error) else None
        else:
            done += 1
    print(done)


if __name__ == "__main__":
    if set(sys.argv[1:]) <= set(KINDS):
        main(*sys.argv[1:])
    else:
        import django

        django.setup()
        {"prepare": prepare, "publish": publish}[sys.argv[1]](*sys.argv[2:])
