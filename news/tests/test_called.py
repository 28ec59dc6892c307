"""Stages, workflows and groups in the language of the admin."""

import pytest
from django.utils import translation

from news import bootstrap
from news.called import GROUPS, called, told


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["First review", "Editorial review", "Bilingual reviewers", "Law", "A · B · C", "一审 · 二审"]),
        ("zh-hans", ["初审", "审稿", "双语审校", "Law", "A · B · C", "一审 · 二审"]),
    ],
)
def test_names_are_said_in_one_language(code, said):
    names = ["First review · 初审", "Editorial review · 审稿", "Bilingual reviewers", "Law", "A · B · C", "一审 · 二审"]
    with translation.override(code):
        assert [called(name) for name in names] == said


def test_every_group_of_a_new_site_has_its_name():
    assert set(GROUPS) == set(bootstrap.PAGE_PERMISSIONS)


def test_a_line_of_the_trail():
    stages = {"task": {"title": "First review · 初审"}, "next": {"title": "Final review · 终审"}}
    data = {"workflow": {"id": 1, "title": "Editorial review · 审稿", **stages}, "else": None}
    with translation.override("zh-hans"):
        message = told("First review · 初审审核通过，下一环节：Final review · 终审", data)
    assert message == "初审审核通过，下一环节：终审"
    assert told("Created", None) == "Created"
