"""What a Pair reads in few queries is what Wagtail and localize say in many."""

import json

import pytest
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from home.gate import GatedMixin
from home.upstream.drafts import as_draft
from news.models import ArticlePage, ArticlePartner, ArticleTopic
from news.pair.pair import Pair, pair_of
from news.translation.drafts import as_stored, content_of, refresh_draft, translated_page
from news.translation.texts import links_of, texts_of

from .pairs import article_pair, partner_pair
from .scene import CHINESE, ENGLISH, Scene
from .test_costs import TABLE, image, paragraphs, topics

pytestmark = pytest.mark.django_db


def enrich(scene):
    """Everything that a page can hold: pictures, a table, links, partners, topics."""
    page = scene.page
    blocks = page.body.stream_block.child_blocks
    picture = blocks["image"].to_python(
        {"image": image("In the text").pk, "alt": "A harbour", "caption": "", "decorative": False}
    )
    link = ("paragraph", '<p>See <a href="https://example.org/">the <b>report</b></a>.</p><ul><li>One</li></ul>')
    body = [link, ("table", blocks["table"].to_python(TABLE)), ("image", picture), *paragraphs()[:2]]
    page.body = body
    if scene.kind == "article":
        page.lead_image = image("At the head")
        named = partner_pair()[BOTH_SIDES.index(scene.language)]
        page.article_partners = [ArticlePartner(partner=named, locale=page.locale)]
        page.article_topics = [ArticleTopic(topic=topic, locale=page.locale) for topic in topics()]
    page.save()
    page.save_revision(user=scene.author)
    return scene


BOTH_SIDES = (ENGLISH, CHINESE)


@pytest.fixture
def rich(scene):
    return enrich(scene)


def said(page):
    return content_of(as_stored(page))


def test_a_draft_is_what_wagtail_makes_of_the_revision(rich):
    revision = rich.page.latest_revision
    ours = as_draft(rich.original.page, revision.content, {})
    stock = revision.as_object()
    assert said(ours) == said(stock)
    assert texts_of(ours) == texts_of(stock)
    assert links_of(ours) == links_of(stock)
    kept = ("pk", "path", "depth", "numchild", "url_path", "live", "owner_id", "latest_revision_id", "locale_id")
    assert {name: getattr(ours, name) for name in kept} == {name: getattr(stock, name) for name in kept}


def test_what_a_revision_names_and_is_gone_is_left_out_as_wagtail_does():
    scene = enrich(Scene())
    revision = scene.page.latest_revision
    lead, partner = scene.page.lead_image, scene.page.article_partners.get().partner
    lead.delete()
    partner_gone(partner)
    ours = as_draft(pair_of(scene.page).original.page, revision.content, {})
    stock = revision.as_object()
    assert said(ours) == said(stock)
    assert ours.lead_image is None
    assert list(ours.article_partners.all()) == []


def partner_gone(partner):
    """As after a restore from an older backup: the row alone is missing."""
    from django.db import connection

    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_articlepartner WHERE partner_id = %s", [partner.pk])
        cursor.execute("DELETE FROM news_partnerpage WHERE page_ptr_id = %s", [partner.pk])


@pytest.mark.parametrize("translated", [False, True])
def test_a_translation_in_the_making_is_what_localize_makes_of_it(rich, translated):
    rich.submit()
    localized = rich.translation.localized
    if translated:
        source = localized.source.as_instance()
        rich.fill({text: f"译：{text}" for _path, text in texts_of(source)[::2]})
        segment = localized.source.overridablesegment_set.order_by("order").first()
        SegmentOverride.objects.create(
            locale=localized.target_locale, context=segment.context, data_json=json.dumps(image("Another").pk)
        )
    version = rich.translation
    assert said(version.newest) == said(translated_page(version.localized))
    assert version.texts == texts_of(translated_page(version.localized))
    latest = refresh_draft(version.localized, rich.translator, version.newest)
    assert said(rich.translation.newest) == content_of(latest.content)


def rows(source):
    """Everything that localize keeps of a source."""
    contexts = {context.pk: (context.path, context.field_path) for context in TranslationContext.objects.all()}
    return (
        json.loads(source.content_json),
        source.object_repr,
        source.schema_version,
        sorted(
            (contexts[row.context_id], row.order, row.string.data, json.loads(row.attrs))
            for row in StringSegment.objects.filter(source=source).select_related("string")
        ),
        sorted(
            (contexts[row.context_id], row.order, row.template.template, row.template.string_count)
            for row in TemplateSegment.objects.filter(source=source).select_related("template")
        ),
        sorted(
            (contexts[row.context_id], row.order, row.data_json)
            for row in OverridableSegment.objects.filter(source=source)
        ),
    )


def test_segments_are_those_that_localize_makes(rich):
    rich.submit()
    source = rich.translation.localized.source
    ours = rows(source)
    source.delete()
    TranslationContext.objects.filter(object_id=rich.page.translation_key).delete()
    stock, _created = TranslationSource.update_or_create_from_instance(rich.page.latest_revision.as_object())
    assert ours == rows(stock)


def test_so_are_they_after_a_change(rich):
    rich.submit()
    before = set(rich.translation.localized.source.stringsegment_set.values_list("pk", flat=True))
    rich.reject()
    page = rich.original.page.get_latest_revision_as_object()
    page.body.pop(3)
    page.summary = "Another summary. 另一摘要。"
    page.save_revision(user=rich.author)
    rich.submit()
    source = rich.translation.localized.source
    ours = rows(source)
    kept = before & set(source.stringsegment_set.values_list("pk", flat=True))
    assert kept  # what did not change keeps its row, and with it what people wrote
    source.content_json = "{}"
    source.save()
    stock, _created = TranslationSource.update_or_create_from_instance(rich.original.page.latest_revision.as_object())
    assert ours == rows(stock)
    assert kept <= set(stock.stringsegment_set.values_list("pk", flat=True))


def test_a_lock_is_the_one_that_the_page_has(scene):
    def compared():
        for version in scene.pair.versions.values():
            if version.page is not None:
                stock = scene.fresh(version).get_lock()
                assert type(version.lock) is type(stock)
                for user in (scene.author, scene.translator, scene.reviewer, scene.publisher):
                    assert version.is_locked_for(user) == bool(stock and stock.for_user(user))

    compared()
    scene.submit()
    compared()
    scene.approve()
    compared()
    scene.fill()
    page = scene.translation.page
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=scene.translator)
    compared()


def test_the_last_stage_is_the_one_that_wagtail_takes_for_the_last(scene):
    scene.submit()
    for user in (scene.reviewer, scene.publisher):
        version = scene.original
        assert version.is_at_last_stage == version.page.current_workflow_state.is_at_final_task
        scene.act(version, user, "approve")


def test_many_pairs_are_what_each_is_by_itself():
    scenes = [Scene().both_approved()]
    for number in range(3):
        article_pair(title=(f"News {number}", f"新闻{number}"), live=[ENGLISH], translated=bool(number % 2))
    releases = [pair_of(scenes[0].page).release, *(pair_of(page).release for page in articles())]
    for together, alone in zip(Pair.many(releases), map(Pair, releases), strict=True):
        for language, version in together.versions.items():
            other = alone.versions[language]
            assert (version.page, version.standing, version.review, version.state) == (
                other.page,
                other.standing,
                other.review,
                other.state,
            )


def articles():
    return ArticlePage.objects.filter(locale__language_code="en")


def test_no_released_type_refers_to_what_localize_would_translate_by_itself():
    """`shown_page` does not ask for such segments."""
    from wagtail.models import TranslatableMixin, get_page_models
    from wagtail_localize.fields import get_translatable_fields

    for model in get_page_models():
        if issubclass(model, GatedMixin):
            for declared in get_translatable_fields(model):
                field = declared.get_field(model)
                related = getattr(field, "related_model", None)
                if field.many_to_one and related is not None and not declared.is_synchronized(model()):
                    assert not issubclass(related, TranslatableMixin), f"{model.__name__}.{field.name}"
