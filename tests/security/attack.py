"""Wapiti against a demo of its own, as a stranger on the net, with nothing passed over."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.registered import ROOT

from .environment import command

MODULES = (
    "backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "methods",
    "permanentxss", "redirect", "sql", "xss",
)  # fmt: skip
"""Those that need no server of wapiti's own to be called back."""
LONGEST = {"--max-scan-time": 600, "--max-attack-time": 120, "--max-links-per-page": 30}
"""Seconds to look for addresses, seconds of each module."""


def findings():
    """[what wapiti says]"""
    wapiti = command("wapiti", "wapiti3>=3.2,<3.3")
    with tempfile.TemporaryDirectory(prefix="newsroom-security-") as name:
        report = attacked(wapiti, Path(name))
    assert report["infos"]["crawled_pages_nbr"] > 20, "it has found the site"
    return [
        f"{kind}: {each['method']} {each['path']} {each['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, some in report[part].items()
        for each in some
    ]


def attacked(wapiti, folder):
    sys.path[:0] = [str(ROOT / "site")]
    os.environ.update(DJANGO_SETTINGS_MODULE="tests.conformance.settings", VAR_DIR=str(folder / "var"), ENV_FILE="")
    from tests.demo_site import DemoSite, kept_demo

    kept = ROOT / ".pytest_cache" / "d" / "demos"  # where the browser tests have theirs
    kept.mkdir(parents=True, exist_ok=True)
    site = DemoSite(shutil.copytree(kept_demo(kept), folder / "var", dirs_exist_ok=True))
    site.environment["DJANGO_SETTINGS_MODULE"] = os.environ["DJANGO_SETTINGS_MODULE"]
    out = folder / "report.json"
    with site.serve():
        limits = [str(part) for pair in LONGEST.items() for part in pair]
        stores = ["--store-session", folder / "session", "--store-config", folder / "config", "--flush-session"]
        asked = [wapiti, "-u", f"{site.url}/", "-m", ",".join(MODULES), *limits, *stores, "--no-bugreport"]
        subprocess.run([*asked, "-f", "json", "-o", out], check=True, stdout=subprocess.DEVNULL)
    return json.loads(out.read_text())
