"""In a site's own environment: a release approved in both languages, and its publisher signed in. Prints their keys.

python -m tests.faults.scene
"""

import json

from tests.signed_in import session_of


def main():
    import django

    django.setup()

    from news.models import NewsIndexPage
    from news.tests.posted.files import stored_image
    from news.tests.scene import Scene

    scene = Scene().both_approved()
    stored_image()
    section = NewsIndexPage.objects.get(locale__language_code="en")
    keys = {"release": scene.release.pk, "page": scene.page.pk, "slug": scene.page.slug, "section": section.pk}
    print(json.dumps({**keys, "session": session_of(scene.publisher)}))


if __name__ == "__main__":
    main()
