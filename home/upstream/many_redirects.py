"""What leads on from the addresses that a page and those below it had. It goes once Wagtail looks for clashes in parts,
and writes redirects in the transaction that renames the page.

Wagtail writes them after it, where a crash or an error loses them; and it asks for all addresses of a batch in one
condition joined by OR, of which SQLite takes a thousand: a section with more below it was renamed, and led nowhere.
"""

from collections import defaultdict

from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import (
    BatchRedirectCreator,
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)
from wagtail.models import Page
from wagtail.signals import page_slug_changed

AT_ONCE = 500

stock = Page._update_descendant_url_paths


def clear_the_way(self: BatchRedirectCreator) -> None:
    """Redirects that were written by themselves go where these come."""
    paths = defaultdict(list)
    for item in self.items:
        paths[item.site_id].append(item.old_path)
    ours = Redirect.objects.filter(automatically_created=True)
    for site_id, old_paths in paths.items():
        for first in range(0, len(old_paths), AT_ONCE):
            ours.filter(site_id=site_id, old_path__in=old_paths[first : first + AT_ONCE]).delete()


def update_and_lead_on(self: Page, old_url_path: str, new_url_path: str) -> None:
    """Of a page that is moved Wagtail's own signal writes them, in the transaction of `home.both`."""
    stock(self, old_url_path, new_url_path)
    if parent(old_url_path) == parent(new_url_path):
        autocreate_redirects_on_page_move(self, url_path_after=new_url_path, url_path_before=old_url_path)


def parent(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[0]


def install() -> None:
    BatchRedirectCreator.pre_process = clear_the_way
    Page._update_descendant_url_paths = update_and_lead_on
    page_slug_changed.disconnect(autocreate_redirects_on_slug_change)
