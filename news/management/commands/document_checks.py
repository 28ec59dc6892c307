from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from news.checks import REGISTER
from news.checks.base import Check

PAGES: dict[str, Any] = {
    "en": {
        "title": "The checks of both languages",
        "intro": (
            "What Newsroom compares before a release, and what it looks for in each version. This page is written by "
            "`manage.py document_checks` from the checks themselves.",
            "What **blocks release** refuses the approval until it is mended; a publisher may override it, each "
            "finding alone, with a reason that stands in the audit trail, but never an empty title or body. What says "
            "**please check** is mended, or marked as correct with a reason: it is then silent in that release, and "
            "open again as soon as one of them changes. A **note** asks for nothing.",
            "Versions that are translated paragraph by paragraph are compared paragraph by paragraph, tables cell by "
            "cell. An adaptation has blocks of its own: there, whole texts are compared, and a figure that is missing "
            "only informs. Each check can be switched off for the site, under Settings, Checks.",
            "How often they are right is measured in [how good the checks are](checks-accuracy.md).",
        ),
        "headings": ("Check", "What is flagged"),
        "marks": {
            "reads_whole": "reads the whole release",
            "not for_adapted": "not in adaptations",
            "alone": "one version is enough",
        },
        "brackets": " ({})",
        "comma": "; ",
    },
    "zh": {
        "title": "中英文核对项目",
        "intro": (
            "发布之前，系统对中英文两个版本逐项核对，也分别检查每个版本。本页由`manage.py document_checks`"
            "根据核对项目自动生成。",
            "**不处理不能发布**：改正之前不能通过审批；签发人可以逐条放行，须写明理由并记入审核留痕，但标题、正文为空的不得放行。"
            "**请核对**：改正，或写明理由点“确认无误”；此后该稿不再提醒，任何一方文字有改动则重新提醒。"
            "**参考提示**：仅供参考，不要求处理。",
            "逐段翻译的稿件逐段核对，表格逐格核对。编译稿段落自成一体，按全文核对，数字缺失仅作提示。"
            "每个项目都可以在“设置”的“核对”中为本站停用。",
            "准确程度见[核对的准确程度](checks-accuracy.md)（英文）。",
        ),
        "headings": ("项目", "核对内容"),
        "marks": {"reads_whole": "通读全稿", "not for_adapted": "不用于编译稿", "alone": "单语种稿件亦可"},
        "brackets": "（{}）",
        "comma": "；",
    },
}
FAMILIES = {
    "completeness": ("Completeness", "完整"),
    "readiness": ("Ready to go out", "发布条件"),
    "timing": ("Time of release", "发布时机"),
    "links": ("Links", "链接"),
    "names": ("Names", "名称"),
    "typography": ("Typography", "标点与排版"),
    "characters": ("Characters", "文字"),
    "numbers": ("Figures", "数字"),
    "dates": ("Dates", "日期"),
    "amounts": ("Per cent, money, measures", "百分数、金额与计量"),
}


class Command(BaseCommand):
    help = "Writes docs/checks.en.md and docs/checks.zh.md from the register of the checks."

    def handle(self, **options: object) -> None:
        for language in PAGES:
            path_of(language).write_text(page_of(language))


def path_of(language: str) -> Path:
    return Path(settings.BASE_DIR) / "docs" / f"checks.{language}.md"


def page_of(language: str) -> str:
    page, side = PAGES[language], list(PAGES).index(language)
    lines = [f"# {page['title']}", "", *(line for paragraph in page["intro"] for line in (paragraph, ""))]
    for family, found in groupby(REGISTER.values(), lambda check: check.family):
        lines += [f"## {FAMILIES[family][side]}", "", "| {} | {} |".format(*page["headings"]), "|---|---|"]
        lines += [row_of(check, language) for check in found]
        lines.append("")
    return "\n".join(lines)


def row_of(check: Check, language: str) -> str:
    page = PAGES[language]
    facts = {"reads_whole": check.reads_whole, "not for_adapted": not check.for_adapted, "alone": not check.needs_both}
    marks = page["comma"].join(words for name, words in page["marks"].items() if facts[name])
    title, explains = getattr(check.title, language), getattr(check.explains, language)
    marked = page["brackets"].format(marks) if marks else ""
    return f"| **{title}** `{check.name}` | {explains}{marked} |".replace("\n", " ")
