"""The glossary in the admin: who may do what, and how a file is brought in."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from news.bootstrap import PAGE_PERMISSIONS
from news.glossary.importing import carry_out
from news.models import GlossaryTerm

from .pairs import member_of

pytestmark = pytest.mark.django_db

IMPORT = "/cms/glossary/import/"
TABLE = "english,chinese,note\r\nlow-carbon,低碳,\r\ntide,潮,new"


@pytest.fixture
def term():
    term = GlossaryTerm(english="low-carbon", chinese="低碳", note="old")
    term.save()
    term.save_revision()
    return term


@pytest.fixture
def reviewer(client):
    user = member_of("Bilingual reviewers")
    client.force_login(user)
    return user


def upload(client, content, name="terms.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def confirm(client, response):
    context = response.context
    return client.post(IMPORT, {"packed": context["packed"], "stamp": context["plan"].stamp}, follow=True)


def terms():
    return sorted(GlossaryTerm.objects.values_list("english", "chinese", "note"))


def test_who_may_do_what(client, term):
    """The table of docs/roles.md."""
    addresses = {
        "list, look up, export": ["list", "export csv", "export tbx", "inspect"],
        "add": ["add"],
        "change": ["edit", "history"],
        "import": ["import"],
        "delete": ["delete"],
    }
    lines = []
    for what, names in addresses.items():
        cells = []
        for role in PAGE_PERMISSIONS:
            client.force_login(member_of(role, username=f"{what} {role}"))
            answers = set()
            for name in names:
                name, *more = name.split()
                args = more or ([term.pk] if name in ("inspect", "edit", "history", "delete") else [])
                answers.add(client.get(reverse(f"newsroom_glossary:{name}", args=args)).status_code)
            assert len(answers) == 1, (what, role, answers)
            cells.append("yes" if answers == {200} else "–")
        lines.append(f"| {what} | {' | '.join(cells)} |")
    table = (settings.BASE_DIR / "docs" / "roles.md").read_text()
    missing = [line for line in lines if line not in table]
    assert missing == [], "\n" + "\n".join(lines)


def test_who_may_not_import_writes_nothing_however_it_is_sent(client, reviewer):
    context = upload(client, TABLE).context
    client.force_login(member_of("Chinese translators", username="translator"))
    assert upload(client, TABLE).status_code == 302
    client.post(IMPORT, {"packed": context["packed"], "stamp": context["plan"].stamp})
    assert terms() == []


@pytest.mark.parametrize("role", PAGE_PERMISSIONS)
def test_everybody_finds_the_glossary_in_the_menu(client, role):
    client.force_login(member_of(role))
    assert '"url": "/cms/glossary/"' in client.get("/cms/").content.decode()


def test_only_who_may_import_is_offered_to(client, reviewer):
    assert IMPORT in client.get("/cms/glossary/").content.decode()
    client.force_login(member_of("English authors", username="author"))
    page = client.get("/cms/glossary/").content.decode()
    assert IMPORT not in page
    assert "/cms/glossary/export/csv/" in page


def test_the_list_is_searched_and_filtered(client, reviewer, term):
    GlossaryTerm(kind="person", english="Shan Xiaohe", chinese="单小禾").save()
    for query, found, missing in [("?q=低碳", "低碳", "单小禾"), ("?kind=person", "单小禾", "低碳")]:
        page = client.get(f"/cms/glossary/results/{query}").content.decode()
        assert found in page.replace(query, "")
        assert f">{missing}<" not in page.replace("\n", "").replace(" ", "")


def test_nothing_is_written_before_it_is_confirmed(client, reviewer, term):
    response = upload(client, TABLE)
    assert response.status_code == 200
    plan = response.context["plan"]
    assert [str(change.term) for change in plan.new] == ["tide · 潮"]
    assert [change.differences for change in plan.changed] == [(("Note", ("old",), ()),)]
    assert terms() == [("low-carbon", "低碳", "old")]
    response = confirm(client, response)
    assert "Imported: 1 new, 1 changed, 0 unchanged, 0 left out." in response.content.decode()
    assert terms() == [("low-carbon", "低碳", ""), ("tide", "潮", "new")]
    assert set(ModelLogEntry.objects.values_list("user", "action")) == {(reviewer.pk, "newsroom.import_term")}


def test_what_has_changed_since_the_preview_is_shown_and_not_written(client, reviewer, term):
    response = upload(client, TABLE)
    GlossaryTerm.objects.filter(pk=term.pk).update(note="newer")
    response = confirm(client, response)
    assert "The glossary has changed since." in response.content.decode()
    assert terms() == [("low-carbon", "低碳", "newer")]
    confirm(client, response)
    assert terms() == [("low-carbon", "低碳", ""), ("tide", "潮", "new")]


def test_whoever_is_a_moment_later_is_shown_what_is_there_now(client, reviewer, monkeypatch):
    response = upload(client, TABLE)

    def somebody_was_quicker(plan, user, file_name):
        GlossaryTerm.objects.create(english="tide", chinese="潮")
        carry_out(plan, user, file_name)

    monkeypatch.setattr("news.admin.glossary_files.carry_out", somebody_was_quicker)
    response = confirm(client, response)
    assert "The glossary has changed since." in response.content.decode()
    assert terms() == [("tide", "潮", "")]
    assert [change.term.english for change in response.context["plan"].changed] == ["tide"]


def test_a_wrong_row_is_left_out_with_its_reason_and_the_rest_is_written(client, reviewer):
    response = upload(client, TABLE + "\r\n,,only a note\r\ntide,潮,again")
    assert response.status_code == 200
    page = response.content.decode()
    assert "2 new, 0 changed, 0 unchanged, 2 left out." in page
    assert "Line 4: Give at least one form in one language." in page
    assert "Line 5: It is the same term as on line 3" in page
    assert "Write the rest into the glossary" in page
    page = confirm(client, response).content.decode()
    assert "Imported: 2 new, 0 changed, 0 unchanged, 2 left out." in page
    assert terms() == [("low-carbon", "低碳", ""), ("tide", "潮", "new")]


def test_where_all_is_left_out_there_is_no_button_for_it(client, reviewer):
    response = upload(client, "english,chinese,note\r\n,,only a note")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Line 2: Give at least one form in one language." in page
    assert 'name="packed"' not in page
    client.post(IMPORT, {"packed": response.context["packed"], "stamp": response.context["plan"].stamp})
    assert terms() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "This is a workbook or an archive."),
        (b"\xff\xd8\xff\x00", "The file is not text"),
        (b"\xef\xbb\xbf<tbx>", "this is not XML"),
        (b"", "The submitted file is empty."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_can_be_chosen_again(client, reviewer, content, said):
    response = upload(client, content)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'type="file"' in response.content.decode()


def test_a_preview_somebody_tampered_with_is_refused(client, reviewer):
    response = upload(client, TABLE)
    packed = response.context["packed"]
    for broken in (packed[:-1], "", "x" + packed):
        answer = client.post(IMPORT, {"packed": broken, "stamp": response.context["plan"].stamp})
        assert "Choose the file again." in answer.content.decode()
    assert terms() == []


@pytest.mark.parametrize(("name", "kind"), [("csv", "text/csv"), ("tbx", "application/x-tbx")])
def test_an_export_is_a_file_that_changes_nothing_when_it_comes_back(client, reviewer, term, name, kind):
    response = client.get(f"/cms/glossary/export/{name}/")
    assert response["Content-Type"].startswith(kind)
    assert f".{name}" in response["Content-Disposition"]
    plan = upload(client, response.content, f"terms.{name}").context["plan"]
    assert (len(plan.unchanged), plan.new, plan.changed, plan.left) == (1, [], [], [])


def test_there_is_no_export_of_any_other_name(client, reviewer):
    assert client.get("/cms/glossary/export/xlsx/").status_code == 404


def test_who_may_only_look_sees_what_there_is_of_a_term(client):
    term = GlossaryTerm.objects.create(english="low-carbon", chinese="低碳", chinese_also="<低>\n碳")
    client.force_login(member_of("English authors"))
    page = client.get(reverse("newsroom_glossary:inspect", args=[term.pk])).content.decode()
    assert "&lt;低&gt;<br>碳" in page
    assert "Also right in Chinese" in page
    assert "Also right in English" not in page
    assert "<dd>None</dd>" not in re.sub(r"\s", "", page)


def test_versions_of_a_term_can_be_compared(client, reviewer, term):
    before = term.latest_revision_id
    confirm(client, upload(client, TABLE))
    history = client.get(reverse("newsroom_glossary:history", args=[term.pk])).content.decode()
    assert "Brought in from a file" in history
    url = reverse("newsroom_glossary:revisions_compare", args=[term.pk, before, "latest"])
    assert "old" in client.get(url).content.decode()
