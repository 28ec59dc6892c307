"""A release in whose translation one paragraph is open, and the slip with which it is about to be filled.

For the pictures of README.md and its recording: both show the same release.
"""

import json

TITLE = "Delta trams carry more people than ever"
FIGURE = "In 2025 the trams of the delta carried 120 million passengers, a tenth more than in the year before."
SLIP = "2025年，三角洲有轨电车运送乘客12亿人次,比上年增长一成。"
"""Ten times too many, and a comma of ASCII."""
RIGHT_FIGURE = ("12亿", "1.2亿")
MENDED = SLIP.replace(*RIGHT_FIGURE).replace(",", "，")
TEXTS = {
    TITLE: "三角洲有轨电车客流创新高",
    "Five lines now run until midnight, and a sixth is being built.": "五条线路运营至午夜，第六条线路正在建设。",
    FIGURE: "",
    "Every second passenger changes from a bus, a ferry or a train, and pays once for the whole way.": (
        "半数乘客由公交、轮渡或火车换乘而来，全程只需付费一次。"
    ),
    "The sixth line will cross the harbour. Its bridge is for trams, cyclists and people on foot alone.": (
        "第六条线路将跨越港口，其桥梁仅供有轨电车、骑行者和行人通行。"
    ),
    "Trams of the new line store the power of braking, and need no overhead wire on the bridge.": (
        "新线车辆可回收制动能量，过桥时无须架空接触网。"
    ),
    "“Nobody should need a timetable,” said Gao Example, programme director of the forum.": (
        "论坛日程总监高示例表示：“乘客出门不必再看时刻表。”"
    ),
}
"""{English: Chinese}: title, summary, then a paragraph each."""

MAKE = """
import json
from django.contrib.auth import get_user_model
from home.images import CustomImage
from news.models import ArticlePage, NewsIndexPage
from news.pair.pair import pair_of
from news.release.submission import submit
from news.translation.sync import fill
texts = json.loads({texts!r})
title, summary, *paragraphs = texts
ella, lin = (get_user_model().objects.get(username=name) for name in ("ella", "lin"))
page = ArticlePage(
    title=title, summary=summary, slug="delta-trams", live=False, owner=ella,
    lead_image=CustomImage.objects.get(title="Demo: tram"),
    body=[("paragraph", f"<p>{{text}}</p>") for text in paragraphs],
)
NewsIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
page.save_revision(user=ella)
submit(page, ella)
pair = pair_of(page)
fill(pair.translation.localized, texts, lin)
print(json.dumps([pair.release.pk, pair.translation.page.pk]))
"""


class Slip:
    """The release on a demo: submitted in English, all but one paragraph translated, or that one too, with its slip."""

    path = "news/delta-trams/"

    def __init__(self, site, is_filled=False):
        texts = {**TEXTS, FIGURE: SLIP} if is_filled else TEXTS
        made = site.manage("shell", "-v0", "-c", MAKE.format(texts=json.dumps(texts)))
        release, translation = json.loads(made.strip().splitlines()[-1])
        self.release = f"{site.url}/cms/releases/{release}/"
        self.translation = f"{site.url}/cms/pages/{translation}/edit/"
