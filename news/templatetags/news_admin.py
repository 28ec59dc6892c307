import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.template import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import BaseLogEntry, Page, TaskState

from home.files import LibraryFile
from home.images import CustomImage
from home.languages import Words, current_language, language_of, named
from home.templatetags.home_tags import moment as moment_tag
from news import called as names
from news import trail
from news.admin.access import StaffRequest, pair_for
from news.admin.files import library_context
from news.admin.forms import with_form
from news.admin.localize_guards import may_start
from news.admin.side_panel import FindingsSidePanel
from news.admin.steps import offers_of_release, offers_of_version
from news.models.release import name_of
from news.models.review import is_released
from news.models.stage_record import decider
from news.pair.marks import Mark, PageState, mark_of, page_states
from news.pair.pair import Pair
from news.pair.remarks import remark_on
from news.pair.state import ReleaseState
from news.pair.version import Version
from news.release import leaving
from news.translation import library, segments
from news.translation.earlier import earlier
from news.translation.sync import Translation
from news.translation.texts import PageText, texts_of

register = template.Library()


@register.simple_tag(takes_context=True)
def add_findings_panel(context: Context, side_panels: list[Any], page: Page) -> str:
    """Wagtail and localize make the list of an editor's side panels themselves; this adds ours, and shows nothing."""
    if page.pk and is_released(page):
        side_panels.append(FindingsSidePanel(page, context["request"]))
    return ""


@register.simple_tag
def titles_of(pair: Pair) -> list[Version]:
    """The versions to name a release by: in the language of the admin first."""
    return sorted(pair.titled, key=lambda version: version.language != current_language())


@register.filter
def mark(of: ReleaseState | PageState | Version | None) -> Mark | None:
    return mark_of(of) if of else None


@register.simple_tag(takes_context=True)
def page_mark(context: Context, page: Page) -> Mark | None:
    """How a page stands that goes public through a release; asked for once for all of the list that is shown."""
    if not hasattr(page, "shown_state"):
        beside = [found for found in listed(context) if isinstance(found, Page)]
        pages = [page, *beside] if page in beside else [page]
        states = page_states(pages)
        for one in pages:
            one.shown_state = states.get(one.pk)
    return mark(page.shown_state)


def listed(context: Context) -> Iterable[Any]:
    """The rows of Wagtail's list around a page, under whatever name it has them."""
    table = context.get("table")
    if table is not None:
        return table.data
    if "last_edits" in context:
        return [page for _moment, page in context["last_edits"]]
    return context.get("object_list") or context.get("pages") or []


@register.filter
def called(name: str) -> str:
    return names.called(name)


@register.filter
def waits_at(stage: str) -> str:
    return names.waits_at(stage)


@register.inclusion_tag("news/admin/remark.html", takes_context=True)
def remark_of(context: Context, page: Page) -> dict[str, Any]:
    """Why a version was sent back, for whoever writes it next."""
    is_known = bool(page.pk) and is_released(page)
    version = pair_for(context["request"], page).version_of(page) if is_known else None
    return {"remark": remark_on(version) if version is not None else None}


@register.inclusion_tag("news/admin/review_bar.html", takes_context=True)
def review_bar(context: Context, page: Page, translation: Translation) -> dict[str, Any]:
    """Where a translation stands, and what may be done with it: submit, recall, approve, return, take back."""
    request = context["request"]
    version = pair_for(request, page).version_of(page)
    state = version.review
    in_review = version.task_state is not None
    lock = version.house_lock
    offers = [offer for offer in offers_of_version(version, request.user) if offer.name != "submit"]
    offers += [offer for offer in offers_of_release(version.pair, request.user) if offer.name == "adapt"]
    return {
        "request": request,
        "page": page,
        "version": version,
        "release": version.pair.release,
        "task": version.task,
        "lock": lock.get_message(request.user) if lock is not None and lock.for_user(request.user) else "",
        "returned": bool(state) and not in_review,
        "missing": len(version.open_numbers),
        # Offered though paragraphs may be open: the answer says how many.
        "may_try": not in_review and lock is None,
        "steps": [with_form(offer) for offer in offers],
        "next": request.path,
    }


@register.simple_tag(takes_context=True)
def segment_facts(context: Context, translation: Translation) -> dict[str, Any]:
    """What news/translation.js knows beyond the editor's own props."""
    page = context["instance"]
    user = context["request"].user
    source, target = (language_of(page).tag for page in (translation.source, page))
    return {
        "user": user.pk,
        "translation": translation.pk,
        "locked": is_locked(context),
        "order": segments.keys_of(translation),
        "from": source,
        "to": target,
        "login": f"{reverse('wagtailadmin_login')}?next={reverse('wagtailadmin_home')}",
        "pictures": pictures_of(context, translation),
        "offered": segments.offered(translation),
        "stamps": {pk: segments.stamp_of(found) for pk, found in segments.translations_of(translation).items()},
        "earlier": {
            segment.pk: {
                "words": found.words,
                "source": found.source and segments.marked_changes(found.source, segment.string.data),
            }
            for segment, found in earlier(translation, said_before(context)).items()
        },
        "words": {
            "heading": _("From %(source)s into %(target)s")
            % {"source": language_of(translation.source).label, "target": language_of(page).label},
            "translation": _("Translation of this paragraph"),
            "open": _("%d paragraphs are still to be translated."),
            "one_open": _("1 paragraph is still to be translated."),
            "none_open": _("Every paragraph is translated."),
            "kept": _("Your words are kept in this browser."),
            "again": _("Save again"),
            "sign_in": _("Sign in again"),
            "signed_out": _("Not saved: you have been signed out."),
            "no_connection": _("Not saved: there is no connection."),
            "server_error": _("Not saved: the server could not take it."),
            "conflict": _("Not saved: %s has saved other words since you opened this page:"),
            "keep_mine": _("Save mine instead"),
            "take_theirs": _("Keep theirs"),
            "unsaved": _("Written here at %s and never saved:"),
            "take_up": _("Go on with it"),
            "discard": _("Discard"),
            "changed": _("The source has changed since it was translated:"),
            "earlier": _("Earlier translation:"),
            "use_earlier": _("Start from the earlier translation"),
            "offered": _("From the picture library. Read it beside the picture; it counts once you have saved it."),
            "accept": _("Save as it is"),
        },
    }


def pictures_of(context: Context, translation: Translation) -> dict[int, dict[str, str]]:
    """{id of a segment that says something of a picture: the picture}, as readers of the translation see it."""
    page = context["instance"]
    pair = pair_for(context["request"], page) if isinstance(page, Page) and is_released(page) else None
    if pair is None or pair.release.source_revision is None or pair.original.page is None:
        return {}
    shown = library.pictures_by_text(translation, pair.original.at(pair.release.source_revision))
    found = translation.source.stringsegment_set.filter(context__path__in=shown).values_list("pk", "context__path")
    return {key: thumbnail(shown[path][2]) for key, path in found}


def thumbnail(image: CustomImage) -> dict[str, str]:
    """Without an address where the file is missing."""
    try:
        return {"title": image.title, "src": image.get_rendition("max-165x165").url}
    except OSError:
        return {"title": image.title, "src": ""}


def said_before(context: Context) -> list[PageText] | None:
    """The texts of the newest stored draft of a released page; None for what is no such page."""
    page = context["instance"]
    if not (isinstance(page, Page) and is_released(page)):
        return None
    return texts_of(pair_for(context["request"], page).version_of(page).stored)


def is_locked(context: Context) -> bool:
    page, user = context["instance"], context["request"].user
    if isinstance(page, Page) and is_released(page):
        return pair_for(context["request"], page).version_of(page).is_locked_for(user)
    return isinstance(page, Page) and bool(page.permissions_for_user(user).page_locked())


@register.simple_tag
def chooser_urls() -> dict[str, str]:
    names = {
        "imageChooser": "wagtailimages_chooser:choose",
        "documentChooser": "wagtaildocs_chooser:choose",
        "pageChooser": "wagtailadmin_choose_page",
    }
    return {key: reverse(name) for key, name in names.items()}


@register.inclusion_tag("news/admin/release_panel.html")
def release_panel(request: StaffRequest, page: Page) -> dict[str, Any]:
    """Both versions of the release that a page belongs to; nothing for a page that is not saved yet."""
    if not page.pk or not is_released(page):
        return {}
    pair = pair_for(request, page)
    user = request.user
    others = [offer for offer in offers_of_release(pair, user) if not offer.is_main]
    here = pair.version_of(page)
    is_begun = pair.translation.page is not None or pair.release.alone
    startable = here.is_original and not is_begun and may_start(user, pair)
    return {"pair": pair, "release": pair.release, "here": here, "steps": others, "may_start": startable}


@register.simple_tag(takes_context=True)
def editor_props(context: Context, props: str, translation: Translation) -> str:
    """What localize's editor is told, without its button that makes an alias, with dates in the reader's language.

    localize knows of a lock that somebody set, not of those that a review and an approval are.
    """
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    told["object"]["isLocked"] |= is_locked(context)
    translated = segments.translations_of(translation)
    for shown in told["initialStringTranslations"]:
        if translated.get(shown["segment_id"]):
            shown["comment"] = segments.comment_of(translated[shown["segment_id"]])
    return json.dumps(told)


@register.simple_tag
def deadline(moment: date) -> str:
    """A day, or a moment by the site's clock."""
    return moment_tag(moment) if isinstance(moment, datetime) else date_format(moment, "DATE_FORMAT")


@register.filter
def person(user: User | None) -> str:
    return name_of(user)


@register.simple_tag(takes_context=True)
def may_hand_over_all(context: Context, user: User) -> bool:
    return leaving.may_hand_over_all(context["request"].user, user)


@register.filter
def decided_by(state: TaskState) -> str:
    return decider(state)


@register.filter
def done_by(entry: BaseLogEntry) -> str:
    """Whoever a line of the trail names."""
    return trail.who(entry)


@register.filter
def language_name(code: str) -> Words:
    """`zh-hans` -> Chinese, in the language of the interface"""
    return named(code)


@register.simple_tag(takes_context=True)
def library_uses(context: Context, file: LibraryFile) -> dict[str, Any]:
    """Who shows a picture or a document, and what may be done with it."""
    return library_context(context["request"], file)
