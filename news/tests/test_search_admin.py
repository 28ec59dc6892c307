"""The admin's search of pages."""

import pytest

from .pairs import article_pair, partner_pair

pytestmark = pytest.mark.django_db


def test_the_admins_search_finds_chinese(admin_client):
    english, chinese = article_pair(("Harbour cities", "深圳国际低碳城论坛"), live=[])
    html = admin_client.get("/cms/pages/search/", {"q": "低碳"}).content.decode()
    assert chinese.draft_title in html
    assert english.title in admin_client.get("/cms/pages/search/", {"q": "harb"}).content.decode()
    for query in ("   ", 'a"b', "CO2:减排", "'", "\\", "a OR b"):
        assert admin_client.get("/cms/pages/search/", {"q": query}).status_code == 200


@pytest.mark.full
def test_the_admins_search_counts_by_type_and_in_all(admin_client):
    for number_ in range(25):
        article_pair((f"Harbour {number_}", f"低碳港口{number_}"), live=[])
    _, partner = partner_pair(("A lab", "低碳实验室"))
    url = "/cms/pages/search/results/"
    html = admin_client.get(url, {"q": "低碳"}).content.decode()
    assert "There are 26 matching pages" in html
    assert "1-20 of 26 pages" in " ".join(html.split())
    assert "Page 1 of 2" in html
    html = admin_client.get(url, {"q": "低碳", "content_type": "news.articlepage", "p": 2}).content.decode()
    assert "All (26)" in html
    assert "Page 2 of 2" in html
    html = admin_client.get(url, {"q": "低碳", "content_type": "news.partnerpage"}).content.decode()
    assert partner.title in html
    assert "Page 1 of 1" in html
    html = admin_client.get(url, {"q": "低碳", "content_type": "home.homepage"}).content.decode()
    assert partner.title not in html
