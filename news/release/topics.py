"""A topic is deleted once nothing names it: readers would lose it from what is public, in both languages. Rule 22.

Where its address changes, the old one leads on.
"""

from collections.abc import Iterable

from django.db.models import Model, TextField
from django.db.models.functions import Cast
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision, TaskState

from home.below import few
from home.gate import Refused
from news.models import Approval, ArticleTopic, NewsIndexPage, Topic


class TopicInUse(Refused):
    message = _("The topic “%(topic)s” is not deleted, as it is named by: %(releases)s. Take it out there first.")


def pages_naming(topic: Topic) -> list[Page]:
    """Articles, one of each release, whose row names it, or what of them is newest, submitted, approved or public."""
    rows = ArticleTopic.objects.filter(topic=topic).values("page")
    named = Page.objects.filter(pk__in=rows)
    text = Cast("content", TextField())
    revisions = Revision.objects.page_revisions().annotate(text=text).filter(text__contains=f'"topic": {topic.pk}')
    stands = (
        revisions.filter(pk__in=Page.objects.values("latest_revision"))
        | revisions.filter(pk__in=Page.objects.values("live_revision"))
        | revisions.filter(pk__in=Approval.objects.standing().values("revision"))
        | revisions.filter(pk__in=TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision"))
    )
    keys = {
        int(key)
        for key, content in stands.values_list("object_id", "content")
        if any(row.get("topic") == topic.pk for row in content.get("article_topics") or ())
    }
    found = [*named, *Page.objects.filter(pk__in=keys)]
    return list({page.translation_key: page for page in sorted(found, key=lambda page: -page.pk)}.values())


def is_named(topic: Topic) -> bool:
    return topic.named_by.exists() or bool(pages_naming(topic))


def refusal_to_delete(topics: Iterable[Topic]) -> Refused | None:
    for topic in topics:
        titles = [page.draft_title for page in pages_naming(topic)]
        if titles:
            return TopicInUse(topic=str(topic), releases=few(titles))
    return None


def refuse_to_delete(topics: Iterable[Topic]) -> None:
    """Raises TopicInUse."""
    refusal = refusal_to_delete(topics)
    if refusal is not None:
        raise refusal


@receiver(pre_delete, sender=Topic, dispatch_uid="news.release.topics")
def guard_deletion(sender: type[Model], instance: Topic, **kwargs: object) -> None:
    refuse_to_delete([instance])


@receiver(pre_save, sender=Topic, dispatch_uid="news.release.topics.renamed")
def lead_on(sender: type[Model], instance: Topic, raw: bool = False, **kwargs: object) -> None:
    """Not for good: it may be called so again."""
    former = Topic.objects.filter(pk=instance.pk).values_list("slug", flat=True).first() if instance.pk else None
    if raw or former is None or former == instance.slug:
        return
    for index in NewsIndexPage.objects.all():
        old, new = (f"{index.url}?topic={slug}" for slug in (former, instance.slug))
        stale = Redirect.objects.filter(old_path__in=[Redirect.normalise_path(path) for path in (old, new)])
        stale.filter(automatically_created=True).delete()
        if not stale.exists():
            Redirect.add_redirect(old, new, is_permanent=False, automatically_created=True)
