"""Programs that look at the site from outside, in environments of their own: what they need is none of ours."""

import subprocess
import venv

from tests.registered import ROOT


def command(name, requirement):
    """The program, installed if it is not yet."""
    folder = ROOT / "var" / "security" / name
    if not (folder / "bin" / name).exists():
        venv.create(folder, with_pip=True)
        pip = [folder / "bin" / "pip", "--disable-pip-version-check", "install", "--quiet", requirement]
        subprocess.run(pip, check=True)
    return folder / "bin" / name
