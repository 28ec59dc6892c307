"""What this project replaces, copies or reaches into of other projects' sources, as the files beside this one say it.

Each entry is a file of ours. Each `source` of it is a dotted name of a function, a class or a constant, in the module
where that is written, or the path of a file below site-packages; with the digest of what somebody has read. `mentions`
is what our file says of them, where that is not the last part of each name. Digests are never written by hand: read
the change, then `python -m tests.upstream accept NAME`.

Nothing here imports what it reads: a digest is that of a source's text, the same on every version of Python.
"""

import ast
import re
import tomllib
from dataclasses import dataclass
from difflib import unified_diff
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted(Path(__file__).parent.glob("*.toml"))


class Gone(Exception):
    """Upstream has no source of that name any more."""


@dataclass(frozen=True)
class Source:
    path: Path
    line: int
    text: str

    @property
    def digest(self):
        return sha256(self.text.encode()).hexdigest()[:16]

    def __str__(self):
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Place:
    """A file of ours, and what it takes from upstream."""

    ours: str
    how: str
    """`replaces`, `copies` or `reaches into`."""
    why: str
    goes: str
    """When ours can go."""
    source: dict[str, str]
    """{name: digest of what somebody has read}"""
    mentions: tuple[str, ...] = ()
    """What our file says of it, where that is not the last part of each name: selectors, keys, private names."""

    @property
    def words(self):
        """What our file must say, or the entry is about something that is not there any more."""
        return self.mentions or tuple(filter(None, map(self.word_for, self.source)))

    def word_for(self, name):
        if "/" not in name:
            return name.rpartition(".")[2]
        template = name.partition("/templates/")[2]
        return "" if template and self.ours.endswith(f"/templates/{template}") else template or name.rpartition("/")[2]


def places():
    entries = [entry for file in FILES for entry in tomllib.loads(file.read_text())["place"]]
    return [Place(**{**entry, "mentions": tuple(entry.get("mentions", ()))}) for entry in entries]


def site_packages_of(package):
    spec = find_spec(package)
    if spec is None or not spec.origin:
        raise Gone(f"{package} is not installed")
    return Path(spec.origin).parent.parent


def source(name, site_packages=None):
    """The Source of a name, by default as this interpreter would import it. Raises Gone."""
    if "/" in name:
        path = (site_packages or site_packages_of(name.partition("/")[0])) / name
        if not path.is_file():
            raise Gone(f"there is no {name}")
        return Source(path, 1, path.read_bytes().decode("utf-8", "replace"))
    parts = name.split(".")
    folder = site_packages or site_packages_of(parts[0])
    for length in range(len(parts) - 1, 0, -1):
        module = folder.joinpath(*parts[:length])
        for path in (module.with_suffix(".py"), module / "__init__.py"):
            if path.is_file():
                return definition(path, parts[length:])
    raise Gone(f"there is no module of {name}")


def definition(path, names):
    """The Source of what is written in a module under these names, each inside the one before; decorators too."""
    text = path.read_text(encoding="utf-8")
    found = [parse(text)]
    for name in names:
        found = [node for each in found for node in statements(each.body) if name in names_of(node)]
        if not found:
            raise Gone(f"{path} has no {'.'.join(names)}")
    lines = text.split("\n")
    starts = [min([node, *getattr(node, "decorator_list", ())], key=lambda part: part.lineno).lineno for node in found]
    parts = ["\n".join(lines[start - 1 : node.end_lineno]) for start, node in zip(starts, found, strict=True)]
    return Source(path, starts[0], "\n".join(parts))


parse = lru_cache(ast.parse)


def statements(body):
    """Those of a module or a class, whatever condition they stand under."""
    for node in body:
        yield node
        for block in ("body", "orelse", "finalbody", "handlers"):
            if isinstance(node, ast.If | ast.Try | ast.ExceptHandler):
                yield from statements(getattr(node, block, ()))


def names_of(node):
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def changes(site_packages=None):
    """{name: (what is the matter with it, [Place])} of all that is not as it was read."""
    found = {}
    for place in places():
        for name, digest in place.source.items():
            try:
                now = source(name, site_packages)
            except Gone as gone:
                found.setdefault(name, (f"{name} is gone: {gone}.", []))[1].append(place)
            else:
                if now.digest != digest:
                    found.setdefault(name, (f"{name} has changed: {now}.", []))[1].append(place)
    return found


def told(name, matter, stands_on):
    """A change in words: where, what of ours, what to do."""
    lines = [matter]
    for place in stands_on:
        lines += [f"    {place.ours} {place.how} it: {place.why}.", f"        Ours goes {place.goes}."]
    todo = f"Read what changed, mend ours and run its tests; then: python -m tests.upstream accept {name}"
    return "\n".join([*lines, f"    {todo}"])


def difference(name, before, after):
    """The change of a source between two folders of packages, as a unified diff; empty if either has none."""
    try:
        old, new = source(name, before), source(name, after)
    except Gone:
        return ""
    lines = unified_diff(old.text.splitlines(), new.text.splitlines(), str(old), str(new), lineterm="")
    return "\n".join(lines)


def accept(name):
    """Take what is installed now for read; returns the Places that stand on it. Raises Gone, or KeyError."""
    digest = source(name).digest
    stands_on = [place for place in places() if name in place.source]
    if not stands_on:
        raise KeyError(name)
    line = re.compile(rf'^source\."{re.escape(name)}" = ".*"$', re.MULTILINE)
    for file in FILES:
        file.write_text(line.sub(f'source."{name}" = "{digest}"', file.read_text()))
    return stands_on
