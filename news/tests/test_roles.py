"""Who may open which address of the admin for a page or a release: the matrix in docs/roles.md, computed anew."""

import re

import pytest
from django.conf import settings

from home.languages import CHINESE, ENGLISH, LANGUAGES
from news.admin.steps import offers_of
from news.bootstrap import PAGE_PERMISSIONS

from .pairs import member_of
from .scene import Scene
from .test_permissions import patterns, values_for

pytestmark = pytest.mark.django_db

TABLES = (settings.BASE_DIR / "docs" / "roles.md").read_text()
TAKES = {"page_id", "page_to_move_id", "parent_page_id", "release_id", "translation_id", "translation_source_id"}


def letters(allowed):
    """{Language: bool} -> what the table says."""
    return "+".join(code for code, language in (("en", ENGLISH), ("zh", CHINESE)) if allowed[language]) or "–"


def line(cells):
    return f"| {' | '.join(cells)} |"


def opens(client, url):
    """Whether the address shows something, rather than refuse or lead to the front page or the login.

    What is taken by a form alone is in test_permissions.py.
    """
    response = client.get(url, follow=True)
    path = response.redirect_chain[-1][0] if response.redirect_chain else url
    return response.status_code == 200 and not re.match(r"/cms/(login/.*)?$", path)


@pytest.mark.full
def test_who_opens_what(client):
    scene = Scene().both_in_review()
    people = {role: member_of(role, username=role.replace(" ", "-")) for role in PAGE_PERMISSIONS}
    client.raise_request_exception = False
    routes = sorted({(route, tuple(names)) for route, names in patterns() if TAKES & set(names) and "(?" not in route})
    values = {language: values_for(scene, scene.pair.versions[language]) for language in LANGUAGES.values()}
    lines = []
    for route, names in routes:
        if not set(names) <= set(values[ENGLISH]) or "releases/<int:release_id>/<slug:name>/" in route:
            continue
        cells = []
        for person in people.values():
            client.force_login(person)
            allowed = {}
            for language in LANGUAGES.values():
                url = f"/{route}"
                for name in names:
                    value = values[language][name]
                    url = re.sub(rf"<(\w+:)?{name}>", str(value[0] if isinstance(value, list) else value), url)
                allowed[language] = opens(client, url.replace("<slug:language>", language.code))
            cells.append(letters(allowed))
        if set(cells) != {"–"}:
            lines.append(line([f"`/{route}`", *cells]))
    missing = [found for found in lines if found not in TABLES]
    assert missing == [], "\n" + "\n".join(lines)


STAGES = {
    "draft": lambda scene: scene.page,
    "in review": Scene.both_in_review,
    "approved": Scene.both_approved,
    "public": Scene.both_live,
}


@pytest.mark.parametrize("stage", STAGES)
def test_who_is_offered_which_step(stage):
    scene = Scene()
    STAGES[stage](scene)
    lines = []
    for role in PAGE_PERMISSIONS:
        user = member_of(role, username=role.replace(" ", "-"))
        whole, versions = offers_of(scene.pair, user)
        offered = [step.name for step in whole]
        offered += [f"{step.name} {step.language}" for steps in versions.values() for step in steps]
        lines.append(line([stage, role, ", ".join(offered) or "–"]))
    missing = [found for found in lines if found not in TABLES]
    assert missing == [], "\n" + "\n".join(lines)
