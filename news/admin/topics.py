"""Topics in the admin, as Wagtail has snippets. What is named somewhere is not deleted, and why is said."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.snippets.views.snippets import DeleteView, EditView, IndexView, SnippetViewSet

from home.upstream.choosers import ChooserViewSet
from news.models import Topic
from news.release.topics import is_named, refuse_to_delete


class TopicIndexView(IndexView):
    def get_delete_url(self, instance: Topic) -> Any:
        return None if is_named(instance) else super().get_delete_url(instance)


class TopicEditView(EditView):
    @cached_property
    def can_delete(self) -> bool:
        return self.user_has_permission_for_instance("delete", self.object) and not is_named(self.object)


class TopicDeleteView(DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user_has_permission("delete"):
            refuse_to_delete([self.object])
        return super().dispatch(request, *args, **kwargs)


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    menu_name = "topics"
    add_to_admin_menu = True
    chooser_viewset_class = ChooserViewSet
    index_view_class = TopicIndexView
    edit_view_class = TopicEditView
    delete_view_class = TopicDeleteView


def before_delete_topics(request: HttpRequest, instances: Any) -> None:
    """One or many, before it is confirmed."""
    refuse_to_delete(found for found in instances if isinstance(found, Topic))
