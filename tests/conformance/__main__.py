"""Validators that no one here wrote, on the running demo: `make conformance`.

Needs Java, a Chromium, and the npm packages beside this file.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    if not shutil.which("java"):
        return "There is no Java here, which the HTML checker needs: apt-get install default-jre-headless"
    if not (Path(__file__).parent / "node_modules").exists():
        return "The npm packages are missing: npm ci --prefix tests/conformance"
    with tempfile.TemporaryDirectory(prefix="newsroom-conformance-") as name:
        folder = Path(name)
        prepare(folder)
        from tests.conformance.browse import Reader
        from tests.demo_site import DemoSite, kept_demo

        kept = ROOT / ".pytest_cache" / "d" / "demos"  # where the browser tests have theirs
        kept.mkdir(parents=True, exist_ok=True)
        site = DemoSite(shutil.copytree(kept_demo(kept), folder / "var", dirs_exist_ok=True))
        site.environment["DJANGO_SETTINGS_MODULE"] = os.environ["DJANGO_SETTINGS_MODULE"]
        with site.serve():
            return run(Reader(site.url), folder)


def prepare(folder):
    """The settings are read by our imports; they must not write into the checkout."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.conformance.settings"
    os.environ["VAR_DIR"] = str(folder / "var")
    os.environ["ENV_FILE"] = ""


def run(reader, folder):
    from tests.conformance import (
        accessibility,
        alternates,
        feeds,
        languages,
        links,
        markup,
        sitemaps,
        structured_data,
    )
    from tests.conformance.crawl import crawl

    start = time.monotonic()
    pages, cut_short = crawl(reader)
    print(f"{len(pages)} pages{', and more that were left out' if cut_short else ''}", flush=True)
    errors = 0
    for check in (
        lambda: links.check(reader, pages),
        lambda: alternates.check(reader, pages),
        lambda: languages.check(pages),
        lambda: feeds.check(reader, pages),
        lambda: sitemaps.check(reader, pages, folder),
        lambda: structured_data.check(reader, pages, folder / "types"),
        lambda: markup.check(reader, pages, folder),
        lambda: accessibility.check(reader, pages),
    ):
        for report in check():
            report.show()
            errors += len(report.errors)
    print(f"{errors} errors, {time.monotonic() - start:.0f} s")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
