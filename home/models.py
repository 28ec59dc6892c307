from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from home.fields import WAGTAILS_FIELDS, kept_by_each
from home.gate import GatedMixin, SectionMixin
from home.images import CustomImage, Rendition  # noqa: F401  (Django looks for models here)
from home.search.models import IndexState, Search  # noqa: F401
from home.slugs import SharedSlugMixin
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
    telephone = models.CharField(_("telephone"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    copyright_holder = models.CharField(_("copyright holder"), max_length=255, blank=True)
    icp_number = models.CharField(
        _("ICP number"), max_length=64, blank=True, help_text=_("As registered, for example 粤ICP备00000000号.")
    )
    public_security_number = models.CharField(
        _("public-security number"),
        max_length=64,
        blank=True,
        help_text=_("As registered, for example 粤公网安备 00000000000000号."),
    )

    site_id_code = models.CharField(
        _("site identification code"),
        max_length=32,
        blank=True,
        help_text=_("Of registered government sites (网站标识码); others leave it empty."),
    )

    content_panels = [
        TitlePanel("title"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("logo"),
                FieldPanel("address"),
                FieldPanel("telephone"),
                FieldPanel("email"),
                FieldPanel("copyright_holder"),
                FieldPanel("icp_number"),
                FieldPanel("public_security_number"),
                FieldPanel("site_id_code"),
            ],
            heading=_("Identity"),
        ),
    ]
    # The two homes are siblings: a common slug is impossible. Each keeps its own words, too.
    override_translatable_fields = kept_by_each(
        "title",
        "slug",
        "seo_title",
        "search_description",
        "show_in_menus",
        "organisation",
        "introduction",
        "logo",
        "address",
        "telephone",
        "email",
        "copyright_holder",
        "icp_number",
        "public_security_number",
        "site_id_code",
    )
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(GatedMixin, PublicPageMixin, SharedSlugMixin, Page):
    """A page that is not news: about, contact, privacy."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = RichTextField(_("body"), features=PROSE_FEATURES)

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
