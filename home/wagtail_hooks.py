from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, PageQuerySet

from home.search import report  # noqa: F401  (it registers itself)
from home.slugs import SharedSlugMixin, slug_is_taken, with_history
from home.upstream import page_search  # noqa: F401  (it registers itself)


@hooks.register("insert_global_admin_js")
def insert_global_admin_js() -> SafeString:
    return format_html('<script src="{}"></script>', static("home/start.js"))


@hooks.register("construct_explorer_page_queryset")
def read_history(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Moving and deleting depend on it, for each page of the list."""
    return with_history(pages)


@hooks.register("before_copy_page")
def refuse_a_taken_address(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's form looks at one section of one language; beyond that, copying would end in an error page."""
    if request.method != "POST" or not isinstance(page.specific, SharedSlugMixin):
        return None
    slug = request.POST.get("new_slug", "")
    parent = Page.objects.filter(pk=request.POST.get("new_parent_page") or 0).first() or page.get_parent()
    if not slug_is_taken(slug, parent, page_copy()):
        return None
    messages.error(request, _("Another page of this section already uses the address “%(slug)s”.") % {"slug": slug})
    return redirect("wagtailadmin_pages:copy", page.pk)


def page_copy() -> Page:
    """Stands for the copy, which will have a translation key of its own."""
    return Page()
