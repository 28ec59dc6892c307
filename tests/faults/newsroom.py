"""A site with a release that may go out, and its publisher at work, in processes of their own."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlencode

import psycopg

from news.tests.pairs import article_form
from news.tests.posted.visitor import form_in
from tests.served import ROOT, Served

COUNTED = ("wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry", "news_approval", "news_notice")


class Newsroom(Served):
    def begin(self):
        """Once its database is there."""
        self.manage("collectstatic", "--noinput", "-v0")
        command = [sys.executable, "-m", "tests.faults.scene"]
        made = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        self.keys = json.loads(made.stdout.splitlines()[-1])
        self.token = "a" * 32
        self.cookie = f"sessionid={self.keys['session']}; csrftoken={self.token}"
        self.article = f"/en/news/{self.keys['slug']}/"
        self.release = f"/cms/releases/{self.keys['release']}/"
        return self

    def rows(self, query):
        url = self.environment["DATABASE_URL"]
        if url.startswith("postgres"):
            with psycopg.connect(url) as database:
                return database.execute(query).fetchall()
        with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()

    def counted(self):
        """What a save or a release would change."""
        counts = [self.rows(f"SELECT count(*) FROM {table}") for table in COUNTED]
        return counts, self.rows("SELECT id, live, title, latest_revision_id FROM wagtailcore_page ORDER BY id")

    # The publisher ---------------------------------------------------------------------------------------------------

    def shown(self, path):
        return self.ask(path, Cookie=self.cookie)

    @property
    def looks(self):
        """{path: status} of what the publisher looks at."""
        paths = ["/cms/", self.release, f"/cms/pages/{self.keys['page']}/edit/", "/cms/pages/"]
        return {path: self.shown(path).status for path in paths}

    def sent(self, path, fields, **headers):
        data = urlencode({**fields, "csrfmiddlewaretoken": self.token}, doseq=True).encode()
        return self.ask(path, data, Cookie=self.cookie, Referer=self.url, Origin=self.url, **headers)

    def save(self, text="Text.", **headers):
        """A new article as a draft."""
        form = article_form(title="Saved")
        form["body-0-value"] = form["body-0-value"].replace("Text.", text)
        return self.sent(f"/cms/pages/add/news/articlepage/{self.keys['section']}/", form, **headers)

    def let_out(self):
        action, fields = form_in(self.shown(self.release).text, "release-stamp")
        return self.sent(action, fields)

    def reads(self, *paths):
        """{path: status} of what readers are answered."""
        return {path: self.ask(path).status for path in paths}
