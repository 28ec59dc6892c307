"""Topics in the admin, as Wagtail has snippets."""

from wagtail.snippets.views.snippets import SnippetViewSet

from home.upstream.choosers import ChooserViewSet
from news.models import Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    chooser_viewset_class = ChooserViewSet
