"""pyproject.toml allows what the lock files pin, and nothing newer than what has been run."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
SITE = [*PROJECT["project"]["dependencies"], *EXTRAS["postgres"], *EXTRAS["redis"], *EXTRAS["s3"], *EXTRAS["sentry"]]
EVERYTHING = [*SITE, *PROJECT["dependency-groups"]["dev"]]


@pytest.mark.parametrize(
    ("lock", "requirements"), [("requirements.txt", SITE), ("requirements-dev.txt", EVERYTHING)], ids=["site", "all"]
)
def test_what_is_pinned_is_allowed(lock, requirements):
    pins = re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE)
    assert len(pins) > 40
    for requirement in map(Requirement, requirements):
        versions = [version for name, version in pins if name == canonicalize_name(requirement.name)]
        assert versions, requirement
        assert all(requirement.specifier.contains(version) for version in versions), (requirement, versions)


def test_what_the_site_runs_on_has_an_upper_bound():
    """Wagtail's next minor version may change what tests/upstream/ names; what has not been run is not allowed."""
    for requirement in map(Requirement, SITE):
        assert not requirement.specifier.contains("9999"), requirement
        assert {each.operator for each in requirement.specifier} & {"~=", "<", "<=", "=="}, requirement
