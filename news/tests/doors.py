"""Every way past the release that Wagtail, wagtail-localize and Django know, each by the real view or command.

A door gets (client, version): a logged-in test client and one language's version of a release.
"""

from datetime import timedelta
from functools import wraps

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction, Task, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import TranslationSource

from home.gate import Refused
from news.bootstrap import bootstrap

from .pairs import article_form, locale
from .workflow_changes import edit, rows, theirs

IN, OUT = {}, {}
"""By name: what would make something public, what would take it down or hide it."""


def door(doors):
    def register(function):
        doors[function.__name__.replace("_", " ")] = function
        return function

    return register


def admin(name, *arguments):
    return reverse(f"wagtailadmin_pages:{name}", args=arguments)


def bulk(action, *pages):
    query = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{query}"


def section_of(version, language=None):
    section = version.page.get_parent().specific
    return section if language is None else section.get_translation(locale(language))


# In ------------------------------------------------------------------------------------------------------------------


@door(IN)
def publish_in_the_editor(client, version):
    client.post(admin("edit", version.page.pk), {**article_form(title="Canary"), "action-publish": "1"})


@door(IN)
def create_and_publish(client, version):
    url = admin("add", "news", "articlepage", section_of(version).pk)
    client.post(url, {**article_form(title="Canary"), "action-publish": "1"})


@door(IN)
def publish_an_old_revision(client, version):
    revision = version.page.revisions.order_by("pk").first()
    form = {**article_form(title="Canary"), "action-publish": "1", "revision": revision.pk}
    client.get(admin("revisions_revert", version.page.pk, revision.pk))
    client.post(admin("edit", version.page.pk), form)


@door(IN)
def publish_in_bulk(client, version):
    client.post(bulk("publish", version.page), {"confirm": "1"})


@door(IN)
def publish_a_section_with_all_below_it(client, version):
    client.post(bulk("publish", section_of(version)), {"include_descendants": "on"})


@door(IN)
def publish_in_the_translation_editor(client, version):
    if version.localized is not None:
        client.post(admin("edit", version.page.pk), {"action": "publish"})


@door(IN)
def sync_and_publish_at_once(client, version):
    source = TranslationSource.objects.filter(object_id=version.page.translation_key).first()
    if source:
        client.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"})


@door(IN)
def translate(client, version):
    targets = [locale(version.pair.counterpart(version).language).pk]
    client.post(reverse("wagtail_localize:submit_page_translation", args=[version.page.pk]), {"locales": targets})


@door(IN)
def schedule_in_the_editor(client, version):
    soon = (timezone.now() + timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S")
    form = {**article_form(title="Canary"), "go_live_at": soon, "action-publish": "1"}
    client.post(admin("edit", version.page.pk), form)


@door(IN)
def scheduled_publishing(client, version):
    revision = version.page.latest_revision
    Page.objects.filter(pk=version.page.pk).update(go_live_at=timezone.now() - timedelta(hours=1))
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    Page.objects.filter(pk=version.page.pk).update(go_live_at=None)


@door(IN)
def copy_live(client, version):
    form = {
        "new_title": "Canary",
        "new_slug": f"copied-{version.language.code}",
        "new_parent_page": section_of(version).pk,
    }
    client.post(admin("copy", version.page.pk), {**form, "publish_copies": "on"})


@door(IN)
def copy_as_an_alias(client, version):
    form = {
        "new_title": "Canary",
        "new_slug": f"alias-{version.language.code}",
        "new_parent_page": section_of(version).pk,
    }
    client.post(admin("copy", version.page.pk), {**form, "alias": "on"})


@door(IN)
def copy_into_the_other_language(client, version):
    other = section_of(version, version.pair.counterpart(version).language)
    form = {"new_title": "Canary", "new_slug": f"across-{version.language.code}", "new_parent_page": other.pk}
    client.post(admin("copy", version.page.pk), {**form, "publish_copies": "on"})


@door(IN)
def copy_a_section_with_all_below_it(client, version):
    section = section_of(version)
    form = {
        "new_title": "Copy",
        "new_slug": f"copy-{version.language.code}",
        "new_parent_page": section.get_parent().pk,
        "copy_subpages": "on",
    }
    client.post(admin("copy", section.pk), {**form, "publish_copies": "on"})


@door(IN)
def convert_to_an_alias(client, version):
    client.post(reverse("wagtail_localize:convert_to_alias", args=[version.page.pk]))
    client.post(admin("edit", version.page.pk), {"localize-convert-to-alias": "1"})


@door(IN)
def move_into_the_other_language(client, version):
    other = section_of(version, version.pair.counterpart(version).language)
    client.post(admin("move_confirm", version.page.pk, other.pk))
    client.post(bulk("move", version.page), {"chooser": other.pk})


@door(IN)
def restart_the_paragraphs(client, version):
    client.post(admin("edit", version.page.pk), {"localize-restart-translation": "1"})


def refused(function):
    """Whether a call past the views is refused."""
    try:
        with transaction.atomic():
            function()
    except Refused:
        return True
    return False


@door(IN)
def the_models_in_a_command(client, version):
    """Only for whoever may write commands: the client is not asked."""
    page = version.page
    revision = page.latest_revision
    assert refused(lambda: revision.publish())
    assert refused(lambda: page.publish(revision))
    assert refused(lambda: PublishPageRevisionAction(revision).execute(skip_permission_checks=True))
    assert refused(lambda: type(page).objects.filter(pk=page.pk).update(live=True))
    assert refused(lambda: page.create_alias(parent=section_of(version)))
    assert not page.copy(update_attrs={"slug": f"by-command-{version.language.code}"}, keep_live=True).live
    for fresh in (Page.objects.get(pk=page.pk), type(page).objects.get(pk=page.pk)):
        changed = "title" if fresh.live else "live"
        setattr(fresh, changed, "Canary" if fresh.live else True)
        assert refused(fresh.save)
        assert refused(lambda fresh=fresh, changed=changed: fresh.save(update_fields=[changed]))
    new = type(page)(title="Canary", summary="Canary", slug=f"born-live-{version.language.code}", body=[])
    assert refused(lambda: section_of(version).add_child(instance=new))
    other = section_of(version, version.pair.counterpart(version).language)
    assert refused(lambda: page.move(other, pos="last-child"))


def reviewed_by_nobody(change):
    """What was submitted waits for a stage that goes away; then it is released. Afterwards all is set up again.

    What was approved before might be released in the words that were approved, and is left alone.
    """

    @wraps(change)
    def go(client, version):
        def act(name, **fields):
            data = {f"{name}-{field}": value for field, value in {"language": version.language.code, **fields}.items()}
            client.post(reverse("newsroom_releases:act", args=[version.pair.release.pk, name]), data)

        if any(each.is_pending for each in version.pair.versions.values()):
            return
        act("submit")
        client.post(admin("edit", version.page.pk), {**article_form(title="Canary"), "action-submit": "1"})
        change(client)
        act("submit")
        act("release")
        act("release_single", reason="Canary", confirmed="on")
        act("recall")
        Task.objects.update(active=True)
        Workflow.objects.update(active=True)
        WorkflowTask.objects.all().delete()
        bootstrap()

    return go


def workflows(name, *arguments):
    return reverse(f"wagtailadmin_workflows:{name}", args=arguments)


@door(IN)
@reviewed_by_nobody
def disable_every_stage(client):
    for stage in reversed(rows()):
        client.post(workflows("disable_task", stage.task_id))


@door(IN)
@reviewed_by_nobody
def disable_the_workflow(client):
    client.post(workflows("disable", rows()[0].workflow_id))


@door(IN)
@reviewed_by_nobody
def take_the_stages_out_of_the_workflow(client):
    edit(client, [(row, None) for row in rows()])


@door(IN)
@reviewed_by_nobody
def exchange_the_stages_for_one_of_another_kind(client):
    edit(client, [*((row, None) for row in rows()), (None, theirs())])


@door(IN)
@reviewed_by_nobody
def take_the_workflow_off_the_tree(client):
    for each in WorkflowPage.objects.all():
        client.post(workflows("remove", each.page_id))


# Out -----------------------------------------------------------------------------------------------------------------


@door(OUT)
def unpublish(client, version):
    client.post(admin("unpublish", version.page.pk))


@door(OUT)
def unpublish_in_bulk(client, version):
    client.post(bulk("unpublish", version.page))


@door(OUT)
def unpublish_a_section_with_all_below_it(client, version):
    client.post(admin("unpublish", section_of(version).pk), {"include_descendants": "on"})
    client.post(bulk("unpublish", section_of(version)), {"include_descendants": "on"})


@door(OUT)
def delete(client, version):
    client.post(admin("delete", version.page.pk))
    client.post(bulk("delete", version.page))


@door(OUT)
def delete_a_section(client, version):
    for page in (section_of(version), section_of(version).get_parent()):
        client.post(admin("delete", page.pk), {"confirm_site_name": "Newsroom"})
        client.post(bulk("delete", page), {"confirm_site_name": "Newsroom"})


@door(OUT)
def hide_a_section(client, version):
    client.post(admin("set_privacy", section_of(version).pk), {"restriction_type": PageViewRestriction.LOGIN})


@door(OUT)
def move_a_section(client, version):
    client.post(admin("move_confirm", section_of(version).pk, Page.get_first_root_node().pk))


@door(OUT)
def expire(client, version):
    Page.objects.filter(pk=version.page.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")


@door(OUT)
def set_privacy(client, version):
    client.post(admin("set_privacy", version.page.pk), {"restriction_type": PageViewRestriction.LOGIN})


@door(OUT)
def change_the_address(client, version):
    client.post(admin("edit", version.page.pk), article_form(title="A week of clean air", slug="elsewhere"))


@door(OUT)
def the_models_in_a_command_again(client, version):
    page = version.page
    assert refused(page.unpublish)
    assert refused(lambda: UnpublishPageAction(page).execute(skip_permission_checks=True))
    assert refused(page.delete)
    assert refused(lambda: type(page).objects.filter(pk=page.pk).update(live=False))
    assert refused(lambda: type(page).objects.filter(pk=page.pk).delete())
    for fresh in (Page.objects.get(pk=page.pk), type(page).objects.get(pk=page.pk)):
        fresh.title = "Canary"
        assert refused(fresh.save)
    fresh = Page.objects.get(pk=page.pk)
    fresh.live = False
    assert refused(fresh.save)
