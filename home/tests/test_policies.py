import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from news.tests.pairs import article_form, article_pair, member_of

pytestmark = pytest.mark.django_db


def test_the_public_policy_is_strict(client):
    response = client.get("/en/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_pages_carry_nothing_that_the_policy_forbids(client):
    for path in ("/en/", "/zh-hans/news/", "/en/partners/", "/en/nowhere/"):
        html = client.get(path).content.decode()
        for script in re.findall(r"<script(.*?)>", html):  # data is not run; nothing else stands in the page
            assert "application/ld+json" in script or 'src="/static/' in script
        assert "style=" not in html
        assert 'src="http' not in html


def test_the_admin_has_a_policy_too(client):
    policy = client.get("/cms/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy


def test_nothing_asks_another_host():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False


@pytest.mark.parametrize("path", ["/api/v2/pages/", "/api/v3/", "/django-admin/", "/admin/"])
def test_doors_that_are_not_there(client, path):
    assert client.get(path).status_code == 404


def test_a_document_is_a_download(client):
    from django.core.files.base import ContentFile
    from wagtail.documents.models import Document

    document = Document.objects.create(title="Report", file=ContentFile(b"%PDF-1.4", name="report.pdf"))
    client.force_login(member_of("English authors"))
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def manage(*arguments, **environment):
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings.production", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=clean, capture_output=True, text=True
    )


TOLD = {
    "SECRET_KEY": "x7" * 30 + "-abcdefghij",
    "SITE_URL": "https://news.example",
    "ALLOWED_HOSTS": "news.example",
}


def test_production_settings_pass_the_deployment_check(tmp_path):
    result = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        **TOLD,
        VAR_DIR=str(tmp_path),
    )
    assert result.returncode == 0, result.stderr


def test_production_does_not_start_with_a_public_key(tmp_path):
    result = manage("check", VAR_DIR=str(tmp_path))
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


@pytest.mark.full
def test_the_demo_is_refused_in_production(tmp_path):
    result = manage("demo", "--no-serve", **TOLD, VAR_DIR=str(tmp_path))
    assert result.returncode != 0
    assert "public" in result.stderr
    assert not (tmp_path / "newsroom.sqlite3").exists()


def test_sqlite_queues_its_writers(tmp_path):
    """As Django leaves it, most of several writers fail at once: `bench/concurrent_publishing.py` counts them."""
    code = (
        "from django.db import connection; cursor = connection.cursor(); "
        "print(connection.transaction_mode, *cursor.execute('PRAGMA journal_mode').fetchone(), "
        "*cursor.execute('PRAGMA busy_timeout').fetchone())"
    )
    found = manage("shell", "-v0", "-c", code, **TOLD, VAR_DIR=str(tmp_path)).stdout
    assert found.split() == ["IMMEDIATE", "wal", "20000"]


@pytest.mark.parametrize("name", ["page.html", "program.exe", "drawing.svg", "no-ending"])
def test_a_document_is_of_a_known_kind(client, name):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.documents.models import Document

    client.force_login(member_of("English authors"))
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    response = client.post("/cms/documents/add/", {"title": "x", "file": file})
    assert response.context["form"].errors["file"]
    assert not Document.objects.exists()


def test_a_document_is_of_bounded_size(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(member_of("English authors"))
    file = SimpleUploadedFile("big.txt", b"a" * (20 * 1024 * 1024 + 1))
    response = client.post("/cms/documents/add/", {"title": "x", "file": file})
    assert response.context["form"].errors["file"]


def test_a_preview_may_stand_in_the_admins_frame(client):
    english, _chinese = article_pair()
    client.force_login(member_of("Publishers"))
    url = f"/cms/pages/{english.pk}/edit/preview/"
    data = article_form(title="Another title", slug=english.slug)
    assert client.post(url, data).json()["is_valid"]
    response = client.get(url)
    assert "Another title" in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'self'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_notice_stands_on_every_page_in_its_language(client):
    from wagtail.models import Site

    from home.models import Appearance

    Appearance.objects.create(site=Site.objects.get(), notice_en="A demonstration.", notice_zh_hans="演示站点。")
    assert "A demonstration." in client.get("/en/news/").content.decode()
    html = client.get("/zh-hans/nowhere/").content.decode()
    assert "演示站点。" in html
    assert "A demonstration." not in html
