from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents import get_document_model_string
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from home.above import SectionQuerySet
from home.accounts.models import AccountLine, Factor, KnownSession, RecoveryCode  # noqa: F401  (Django looks for models here)
from home.fields import WAGTAILS_FIELDS, ProseField, of_section
from home.front.models import FrontDoor, FrontNode  # noqa: F401  (Django looks for models here)
from home.gate import GatedMixin, SectionMixin
from home.identity import IDENTITY, HomePageForm
from home.images import CustomImage, Rendition  # noqa: F401  (Django looks for models here)
from home.search.models import IndexState, Search  # noqa: F401
from home.slugs import SharedSlugMixin
from home.typed import LatinField
from home.upstream.panels import TitlePanel
from home.visibility import PublicPageMixin

PROSE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


@register_setting(icon="view")
class Appearance(BaseSiteSetting):
    grey_from = models.DateField(
        _("grey from"),
        null=True,
        blank=True,
        help_text=_("On days of mourning the whole site is shown in grey."),
    )
    grey_until = models.DateField(
        _("grey until"), null=True, blank=True, help_text=_("The last such day. Left empty, it is one day.")
    )

    notice_en = models.CharField(
        _("notice (English)"),
        max_length=255,
        blank=True,
        help_text=_("Stands at the head of every page, in print too."),
    )
    notice_zh_hans = models.CharField(_("notice (Chinese)"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("appearance")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        if bool(self.notice_en) != bool(self.notice_zh_hans):
            raise ValidationError(
                {"notice_zh_hans" if self.notice_en else "notice_en": _("Write the notice in both languages.")}
            )
        if self.grey_until and (not self.grey_from or self.grey_until < self.grey_from):
            raise ValidationError({"grey_until": _("The last day lies before the first.")})


class HomePage(SectionMixin, PublicPageMixin, Page):
    """The front page of one language, and who publishes the site in that language's words."""

    organisation = models.CharField(
        _("organisation"), max_length=255, help_text=_("The full name of the publishing organisation.")
    )
    introduction = models.TextField(_("introduction"), blank=True)
    logo = models.ForeignKey(
        CustomImage, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField(_("postal address"), max_length=255, blank=True)
    telephone = LatinField(_("telephone"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    copyright_holder = models.CharField(_("copyright holder"), max_length=255, blank=True)
    icp_number = LatinField(
        _("ICP number"), max_length=64, blank=True, help_text=_("As registered, for example 粤ICP备00000000号.")
    )
    public_security_number = LatinField(
        _("public-security number"),
        max_length=64,
        blank=True,
        help_text=_("As registered, for example 粤公网安备 00000000000000号."),
    )

    site_id_code = LatinField(
        _("site identification code"),
        max_length=32,
        blank=True,
        help_text=_("Of registered government sites (网站标识码); others leave it empty."),
    )

    objects = PageManager.from_queryset(SectionQuerySet)()
    base_form_class = HomePageForm
    unreleased_fields = IDENTITY

    content_panels = [
        TitlePanel("title"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                *(FieldPanel(name) for name in IDENTITY),
            ],
            heading=_("Identity"),
        ),
    ]
    # The two homes are siblings: a common slug is impossible.
    override_translatable_fields = of_section(*IDENTITY)
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def pictures(self) -> list[tuple[CustomImage, str]]:
        """Where every page of its language shows which images: [(image, place)], see home.renditions."""
        return [(self.logo, "logo")] if self.logo else []

    def with_content_json(self, content: dict[str, Any]) -> Page:
        """A revision says nothing of who publishes: that is what it is now."""
        page = super().with_content_json(content)
        for name in IDENTITY:
            setattr(page, name, getattr(self, name))
        return page


class TakenDown(models.Model):
    """A picture or a document that nobody gets any more, for its rights or for an error. The file stays, and is 410."""

    image = models.OneToOneField(
        CustomImage, verbose_name=_("image"), null=True, on_delete=models.CASCADE, related_name="taken_down"
    )
    document = models.OneToOneField(
        get_document_model_string(),
        verbose_name=_("document withdrawn"),
        null=True,
        on_delete=models.CASCADE,
        related_name="taken_down",
    )
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken down by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = models.CharField(_("name"), max_length=255, blank=True)
    at = models.DateTimeField(_("taken down"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file taken down")
        verbose_name_plural = _("files taken down")

    def __str__(self) -> str:
        return str(self.image or self.document)


class ReplacedFile(models.Model):
    """That a picture or a document has taken the place of another one. What led to the old leads to the new.

    Rows outlive what they name: an address that was printed years ago is still led on.
    """

    old_image = models.ForeignKey(
        CustomImage,
        verbose_name=_("replaced image"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="replaced_by",
    )
    new_image = models.ForeignKey(
        CustomImage,
        verbose_name=_("image that replaces it"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="replaces",
    )
    old_document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("replaced document"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="replaced_by",
    )
    new_document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document that replaces it"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="replaces",
    )
    at = models.DateTimeField(_("replaced"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("replaced file")
        verbose_name_plural = _("replaced files")

    def __str__(self) -> str:
        return f"{self.old_image_id or self.old_document_id} → {self.new_image_id or self.new_document_id}"


class MovedFile(models.Model):
    """The name that a stored file had once, and the one it has had since: who comes by the old is led on."""

    old_name = models.CharField(_("old name"), max_length=255, unique=True)
    name = models.CharField(_("name since"), max_length=255)
    """The same where the file was not there: it keeps its name, in case the disk comes back."""
    at = models.DateTimeField(_("moved"), default=timezone.now)
    is_cleared = models.BooleanField(_("old file removed"), default=False)

    class Meta:
        verbose_name = _("moved file")
        verbose_name_plural = _("moved files")

    def __str__(self) -> str:
        return self.old_name


class StandardPage(GatedMixin, PublicPageMixin, SharedSlugMixin, Page):
    """A page that is not news: about, contact, privacy."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = ProseField(_("body"), features=PROSE_FEATURES)

    content_panels = [
        TitlePanel("title"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    override_translatable_fields = [
        *WAGTAILS_FIELDS,
        TranslatableField("introduction"),
        TranslatableField("body"),
    ]
    search_group = "pages"
    search_fields = [
        *Page.search_fields,
        index.AutocompleteField("draft_title"),
        index.SearchField("introduction", boost=1),
        index.SearchField("body", boost=1),
    ]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    @classmethod
    def is_gated(cls) -> bool:
        return settings.PLAIN_PAGES_ARE_RELEASED
