"""Around the moment of a release: what tests of stopping, amending and bringing back share."""

from django.utils import timezone

from news.release.schedule import release_due, schedule

from .scene import CHINESE, ENGLISH, Scene, moment

CHANGE = {ENGLISH: {2: "The forum opens on 5 June."}, CHINESE: {2: "论坛将于6月5日开幕。"}}


def scheduled(original=ENGLISH, kind="article"):
    scene = Scene(kind, original).both_approved()
    schedule(scene.release, moment(minutes=10), scene.publisher)
    return scene


def texts(scene):
    return {version.language: [html for _path, html in version.texts] for version in scene.pair.versions.values()}


def public(client, scene, language):
    return client.get(scene.pair.versions[language].page.url).content.decode()


def due(scene):
    """An hour later."""
    done, late, failed = release_due(timezone.now() + timezone.timedelta(hours=1))
    assert not failed
    return [release.pk for release in done] == [scene.release.pk], bool(late)
