"""Two requests of one form that truly run at the same time, in threads with connections of their own."""

import threading
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from home.forms_told import KEY
from news.admin.once import TURN
from news.models import ArticlePage, GlossaryTerm, NewsIndexPage

from .pairs import article_form

pytestmark = [
    pytest.mark.full,  # and alone: what it leaves behind is an empty database
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's tests share one connection; it lets one write"),
]
AT_ONCE = 4


def at_once(*sending):
    """What each answered; all of them set out together."""
    start, answers = threading.Barrier(len(sending)), []

    def run(send):
        start.wait()
        try:
            answers.append(send())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[send]) for send in sending]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def clients():
    user = get_user_model().objects.create_superuser("author")
    clients = [Client() for _number in range(AT_ONCE)]
    for client in clients:
        client.force_login(user)
        client.get("/cms/")
    return clients


def test_one_page_and_one_term_however_many_at_once(clients):
    """One test: what such a test leaves behind is an empty database."""
    section = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    key = uuid.uuid4().hex

    def sending(client, turn):
        form = {**article_form(title=f"潮位计{turn}"), KEY: key, TURN: str(turn)}
        headers = {"Accept": "application/json"} if turn == 0 else {}
        return lambda: client.post(url, form, headers=headers)

    answers = at_once(*(sending(client, turn) for turn, client in enumerate(clients)))
    assert ArticlePage.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {200, 302, 400}
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == f"潮位计{AT_ONCE - 1}"

    form = {"kind": "term", "english": "tide", "chinese": "潮汐", KEY: uuid.uuid4().hex, TURN: "1"}
    url = reverse("newsroom_glossary:add")
    answers = at_once(*(lambda client=client: client.post(url, form) for client in clients))
    assert [answer.status_code for answer in answers] == [302] * AT_ONCE
    assert GlossaryTerm.objects.filter(english="tide").count() == 1
