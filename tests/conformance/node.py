"""The validators that come from npm: `npm ci` beside this file puts them here."""

from pathlib import Path

MODULES = Path(__file__).parent / "node_modules"
