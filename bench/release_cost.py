"""What the gate costs: submitting a 30-paragraph article and its translation, releasing both; Wagtail's publish.

make bench        or        .venv/bin/python bench/release_cost.py [ROUNDS]
"""

import statistics
import sys
import time

from scratch import bootstrap, scratch_site

PARAGRAPHS = 30
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7


def main():
    with scratch_site():
        bootstrap()
        measure()


def measure():
    from home import gate
    from news.release.publishing import release_both
    from news.tests.scene import Scene

    people, spent = None, {}

    def step(name, function, *arguments):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            result = function(*arguments)
            spent.setdefault(name, []).append((len(captured), (time.perf_counter() - began) * 1000))
        return result

    for number in range(ROUNDS):
        scene = Scene()
        if people is None:
            people = {name: getattr(scene, name) for name in ("author", "translator", "reviewer", "publisher")}
        vars(scene).update(people)
        lengthen(scene)
        step("submit the original, first sync included", scene.submit)
        scene.approve()
        step("submit it again after a change of one paragraph", again, scene)
        scene.approve()
        scene.fill({text: translated(text) for text in source_texts(scene)})
        step("submit the translation", scene.submit, scene.translation)
        scene.approve(scene.translation)
        step("release both", release_both, scene.release, scene.publisher)
        page = scene.original.page
        page.title = f"Published as Wagtail does {number}"
        revision = page.save_revision()
        with gate.opened(page.translation_key):
            step("Wagtail's publish of one page", revision.publish)

    base = statistics.median(milliseconds for _queries, milliseconds in spent["Wagtail's publish of one page"])
    for name, rounds in spent.items():
        queries, median = max(found for found, _ms in rounds), statistics.median(ms for _found, ms in rounds)
        print(f"{name:50} {queries:4} queries  {median:7.1f} ms  {median / base:5.1f} x publish")


def lengthen(scene):
    page = scene.page
    page.body = [("paragraph", f"<p>Paragraph {count} of the article.</p>") for count in range(PARAGRAPHS)]
    page.save()
    page.save_revision(user=scene.author)


def again(scene):
    from news.release.review import take_back

    take_back(scene.original.page, scene.publisher, "A word.")
    page = scene.original.page.get_latest_revision_as_object()
    page.summary = "Another summary."
    page.save_revision(user=scene.author)
    scene.submit()


def source_texts(scene):
    from news.translation.texts import texts_of

    return [text for _path, text in texts_of(scene.translation.localized.source.as_instance())]


def translated(text):
    """Chinese that the checks find nothing in: the figures of `text`, about as long as a translation of it is."""
    figures = "".join(filter(str.isdigit, text))
    return f"这是文章的第{figures}段。" if figures else "这是文章的一句话。"


if __name__ == "__main__":
    main()
