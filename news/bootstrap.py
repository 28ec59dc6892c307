"""What a new site starts with: locales, both section trees, groups, the workflow.

Run again, it only adds what is missing.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.languages import CHINESE, ENGLISH, LANGUAGES, Language
from home.models import HomePage
from news.models import NewsIndexPage, PartnerIndexPage, ReviewTask

TREE = {
    ENGLISH: {"home": "Newsroom", "news": "News", "partners": "Partners"},
    CHINESE: {"home": "新闻中心", "news": "新闻", "partners": "合作伙伴"},
}
SECTIONS = {"news": NewsIndexPage, "partners": PartnerIndexPage}

ENGLISH_AUTHORS = "English authors"
CHINESE_AUTHORS = "Chinese authors"
ENGLISH_TRANSLATORS = "English translators"
CHINESE_TRANSLATORS = "Chinese translators"
BILINGUAL_REVIEWERS = "Bilingual reviewers"
PUBLISHERS = "Publishers"

PAGE_PERMISSIONS = {
    # group: (languages of the trees, permissions on them)
    ENGLISH_AUTHORS: ([ENGLISH], ["add"]),
    CHINESE_AUTHORS: ([CHINESE], ["add"]),
    ENGLISH_TRANSLATORS: ([ENGLISH], ["change"]),
    CHINESE_TRANSLATORS: ([CHINESE], ["change"]),
    BILINGUAL_REVIEWERS: ([ENGLISH, CHINESE], ["change"]),
    PUBLISHERS: ([ENGLISH, CHINESE], ["add", "change", "publish", "lock", "unlock"]),
}
MAY_START_TRANSLATIONS = {BILINGUAL_REVIEWERS, PUBLISHERS}  # it takes access to both trees
MAY_CHANGE_FILES = {BILINGUAL_REVIEWERS, PUBLISHERS}
GLOSSARY_PERMISSIONS = {BILINGUAL_REVIEWERS: ["add", "change"], PUBLISHERS: ["add", "change", "delete"]}
"""Beside viewing, which all may."""

# A workflow and its tasks have one name for people of both admin languages.
WORKFLOW = "Editorial review · 审稿"
FIRST, SECOND, FINAL = "First review · 初审", "Second review · 复审", "Final review · 终审"
STAGES = {FIRST: BILINGUAL_REVIEWERS, SECOND: BILINGUAL_REVIEWERS, FINAL: PUBLISHERS}
REVIEWS = {1: [FINAL], 2: [FIRST, FINAL], 3: [FIRST, SECOND, FINAL]}
"""The stages by the setting REVIEW_STAGES."""


@transaction.atomic
def bootstrap() -> dict[Language, HomePage]:
    """Make what is missing; return the home pages, {Language: HomePage}."""
    locales = make_locales()
    if not HomePage.objects.exists():
        remove_stock_roles()
    homes = make_trees(locales)
    make_site(homes[ENGLISH])
    make_groups(homes)
    make_workflow(homes)
    return homes


def make_locales() -> dict[Language, Locale]:
    return {language: Locale.objects.get_or_create(language_code=code)[0] for code, language in LANGUAGES.items()}


def make_trees(locales: dict[Language, Locale]) -> dict[Language, HomePage]:
    home = HomePage.objects.filter(locale=locales[ENGLISH]).first()
    if home is None:
        home = HomePage(title=TREE[ENGLISH]["home"], slug="newsroom", organisation=TREE[ENGLISH]["home"])
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
    for slug, model in SECTIONS.items():
        if not model.objects.child_of(home).exists():
            section = model(title=TREE[ENGLISH][slug], slug=slug, show_in_menus=True)
            home.add_child(instance=section)
            section.save_revision().publish()

    homes = {ENGLISH: home, CHINESE: translated(home, locales[CHINESE], "home", organisation=TREE[CHINESE]["home"])}
    for slug, model in SECTIONS.items():
        translated(model.objects.child_of(home).get(), locales[CHINESE], slug)
    for home in homes.values():
        home.refresh_from_db()  # the tree has counted their children meanwhile; saving an old count would break it
    return homes


def translated(page: Page, locale: Locale, noun: str, **words: str) -> Page:
    """The page's version in `locale`, made live with its own words if it is not there yet."""
    version = page.get_translation_or_none(locale)
    if version is None:
        version = page.copy_for_translation(locale)
        for name, value in {"title": TREE[CHINESE][noun], **words}.items():
            setattr(version, name, value)
        version.draft_title = version.title
        version.save()
        version.save_revision().publish()
        version.refresh_from_db()
    return version


def make_site(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    stock = site.root_page if site.pk else None
    site.hostname, site.port, site.root_page = address.hostname, port, home
    site.site_name = site.site_name or TREE[ENGLISH]["home"]
    site.save()
    if stock and stock.specific_class is Page and not stock.is_root() and not stock.get_children().exists():
        stock.delete()  # "Welcome to your new Wagtail site!"


def remove_stock_roles() -> None:
    """Wagtail starts with two groups and a workflow that know no languages. They go unless somebody uses them."""
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    stock = Workflow.objects.filter(name="Moderators approval", workflow_states=None).first()
    if stock:
        GroupApprovalTask.objects.filter(name="Moderators approval", workflow_tasks__workflow=stock).delete()
        stock.delete()


def make_groups(homes: dict[Language, HomePage]) -> None:
    for name, (languages, kinds) in PAGE_PERMISSIONS.items():
        group, created = Group.objects.get_or_create(name=name)
        if not created:
            continue  # what an administrator changed since then stays
        for language in languages:
            for kind in kinds:
                GroupPagePermission.objects.create(group=group, page=homes[language], permission_type=kind)
        group.permissions.add(permission("wagtailadmin.access_admin"))
        if name in MAY_START_TRANSLATIONS:
            group.permissions.add(permission("wagtail_localize.submit_translation"))
        if name in MAY_CHANGE_FILES:
            group.permissions.add(permission("home.view_search"), permission("news.view_waiver"))
        if name == PUBLISHERS:
            actions = ["add", "change", "delete"]
            group.permissions.add(
                *(permission(f"wagtailsearchpromotions.{action}_searchpromotion") for action in actions)
            )
            group.permissions.add(*(permission(f"news.{action}_topic") for action in ("add", "change", "delete")))
        actions = ["view", *GLOSSARY_PERMISSIONS.get(name, [])]
        group.permissions.add(*(permission(f"news.{action}_glossaryterm") for action in actions))
        actions = ["add", "choose", "change"] if name in MAY_CHANGE_FILES else ["add", "choose"]
        for model in ("wagtailimages.{}_image", "wagtaildocs.{}_document"):
            for action in actions:
                GroupCollectionPermission.objects.create(
                    group=group,
                    collection=Collection.get_first_root_node(),
                    permission=permission(model.format(action)),
                )


def permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def make_workflow(homes: dict[Language, HomePage]) -> None:
    """A workflow whose stages an administrator has not changed gets as many as the setting says."""
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    wanted = REVIEWS[settings.REVIEW_STAGES]
    present = [task.name for task in workflow.tasks]
    if present != wanted and present in [[], *REVIEWS.values()]:
        for order, name in enumerate(wanted):  # a stage that stays keeps what waits in it
            WorkflowTask.objects.update_or_create(
                workflow=workflow, task=make_task(name), defaults={"sort_order": order}
            )
        WorkflowTask.objects.filter(workflow=workflow).exclude(task__name__in=wanted).delete()
    for home in homes.values():
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def make_task(name: str) -> ReviewTask:
    task, created = ReviewTask.objects.get_or_create(name=name)
    if created:
        task.groups.add(Group.objects.get(name=STAGES[name]))
    return task
