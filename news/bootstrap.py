"""What a new site starts with: locales, both section trees, groups, the workflow.

Run again, it only adds what was never there: what an administrator has renamed stays so, what is deleted stays away.
"""

from functools import partial
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
from news.models import Beginning, NewsIndexPage, PartnerIndexPage, ReviewTask
from news.release.sections import let_out

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
OFFERED = {1: "One stage · 一审", 2: "Two stages · 二审", 3: "Three stages · 三审"}
"""Workflows for review rules, by how many stages they have."""


@transaction.atomic
def bootstrap() -> dict[Language, HomePage]:
    """Make what is missing; return the home pages, {Language: HomePage}."""
    locales = make_locales()
    before = set(HomePage.objects.values_list("pk", flat=True))
    if not before:
        remove_stock_roles()
    elif not Beginning.objects.exists():
        adopt()
    homes = make_trees(locales)
    make_site(homes[ENGLISH])
    make_groups(homes)
    make_workflow(homes, [home for home in homes.values() if home.pk not in before])
    return homes


def adopt() -> None:
    """On a site that began before this was written down: what has its first name is ours, the rest is gone."""
    for name in PAGE_PERMISSIONS:
        Beginning.objects.write_down(Group, name, Group.objects.filter(name=name).first())
    home = HomePage.objects.filter(locale__language_code=ENGLISH.code).first()
    ours = Workflow.objects.filter(name=WORKFLOW).first() or (home and home.get_workflow())
    Beginning.objects.write_down(Workflow, WORKFLOW, ours)
    stages = [task.specific for task in ours.tasks] if ours else []
    by_place = dict(zip(REVIEWS.get(len(stages), []), stages, strict=False))
    for name in STAGES:
        stage = ReviewTask.objects.filter(name=name).first() or by_place.get(name)
        if isinstance(stage, ReviewTask) and (stage.name == name or stage.name not in STAGES):
            Beginning.objects.write_down(ReviewTask, name, stage)
    offered = {name: Workflow.objects.filter(name=name).first() for name in OFFERED.values()}
    if any(offered.values()):  # an older site has none of them
        for name, workflow in offered.items():
            Beginning.objects.write_down(Workflow, name, workflow)


def make_locales() -> dict[Language, Locale]:
    return {language: Locale.objects.get_or_create(language_code=code)[0] for code, language in LANGUAGES.items()}


def make_trees(locales: dict[Language, Locale]) -> dict[Language, HomePage]:
    home = HomePage.objects.filter(locale=locales[ENGLISH]).first()
    is_new = home is None
    if home is None:
        home = HomePage(title=TREE[ENGLISH]["home"], slug="newsroom", organisation=TREE[ENGLISH]["home"], live=False)
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision()
    homes = {ENGLISH: home, CHINESE: in_chinese(home, is_new, locales, "home", organisation=TREE[CHINESE]["home"])}
    for slug, model in SECTIONS.items():
        section = model.objects.child_of(home).first()
        is_new = section is None
        if section is None:
            section = model(title=TREE[ENGLISH][slug], slug=slug, show_in_menus=True, live=False)
            home.add_child(instance=section)
            section.save_revision()
        in_chinese(section, is_new, locales, slug)
    for home in homes.values():
        home.refresh_from_db()  # the tree has counted their children meanwhile; saving an old count would break it
    return homes


def in_chinese(page: Page, is_new: bool, locales: dict[Language, Locale], noun: str, **words: str) -> Page:
    """The page's Chinese version. If it is not there yet, it is made with its own words.

    What is new is public from then on.
    """
    version = page.get_translation_or_none(locales[CHINESE])
    if version is None:
        version = page.copy_for_translation(locales[CHINESE])
        for name, value in {"title": TREE[CHINESE][noun], **words}.items():
            setattr(version, name, value)
        version.draft_title = version.title
        version.save()
        version.save_revision()
        let_out([page, version] if is_new else [version], "bootstrap", "public since the site was set up")
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
        group, created = Beginning.objects.make(Group, name, partial(Group.objects.create, name=name))
        if group is None or not created:
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
            for model in ("topic", "reviewrule"):
                group.permissions.add(*(permission(f"news.{action}_{model}") for action in actions))
            group.permissions.add(permission("home.change_appearance"))
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


def make_workflow(homes: dict[Language, HomePage], new: list[HomePage]) -> None:
    """A workflow whose stages an administrator has not changed gets as many as the setting says."""
    workflow, created = made_workflow(WORKFLOW)
    if workflow is not None:
        set_stages(workflow)
        for home in homes.values() if created else new:
            WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    for count, name in OFFERED.items():
        offered, created = made_workflow(name)
        if offered is not None and created:
            for order, stage in enumerate(REVIEWS[count]):
                WorkflowTask.objects.create(workflow=offered, task=make_task(stage), sort_order=order)


def made_workflow(name: str) -> tuple[Workflow | None, bool]:
    return Beginning.objects.make(Workflow, name, partial(Workflow.objects.create, name=name))


def set_stages(workflow: Workflow) -> None:
    wanted = REVIEWS[settings.REVIEW_STAGES]
    known = {task.pk: name for name in STAGES if (task := known_task(name)) is not None}
    present = [known.get(task.pk, "") for task in workflow.tasks]
    if present == wanted or present not in [[], *REVIEWS.values()]:
        return
    tasks = [make_task(name) for name in wanted]
    for order, task in enumerate(tasks):  # a stage that stays keeps what waits in it
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=tasks).delete()


def known_task(name: str) -> ReviewTask | None:
    return Beginning.objects.known(ReviewTask, name) or ReviewTask.objects.filter(name=name).first()


def make_task(name: str) -> ReviewTask:
    """A stage that was deleted is made again where a workflow cannot do without it."""
    task, created = Beginning.objects.make(ReviewTask, name, partial(ReviewTask.objects.create, name=name))
    if task is None:
        task, created = ReviewTask.objects.create(name=name), True
        Beginning.objects.filter(kind="reviewtask", name=name).update(task=task)
    group = Beginning.objects.known(Group, STAGES[name])
    if created and group is not None:
        task.groups.add(group)
    return task
