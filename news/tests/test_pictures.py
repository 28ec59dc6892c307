"""Images as browsers get them."""

import re

import pytest
from PIL import Image as PillowImage

from home.images import CustomImage, Rendition
from home.renditions import SLOTS, photo
from news.demo.build import make_image

from .drawn import mark
from .pairs import article_pair, partner_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return make_image("logo", mark("waves"), (("Waves", "波浪"), ("", "")))


@pytest.mark.full
def test_a_browser_may_choose_and_wechat_finds_a_jpeg(client, image):
    english, chinese = article_pair(lead_image=image)
    html = client.get(english.url).content.decode()
    picture = re.search(r"<figure>\s*(<picture>.*?</picture>)", html, re.S)[1]
    assert re.findall(r'<source type="(.*?)"', picture) == ["image/avif", "image/webp"]
    tag = re.search(r"<img .*?>", picture)[0]
    assert re.search(r'src="[^"]+\.jpg"', tag)
    assert re.search(r'width="\d+" height="\d+"', tag)
    assert "sizes=" in tag
    assert 'alt="Waves"' in tag
    assert 'fetchpriority="high"' in tag
    assert 'alt="波浪"' in client.get(chinese.url).content.decode()


@pytest.mark.full
def test_below_the_fold_images_wait(client, image):
    article_pair(lead_image=image)
    assert 'loading="lazy"' in client.get("/en/news/").content.decode()


def test_renditions_are_made_at_release_and_none_by_reading(client, image):
    article_pair(lead_image=image)
    partner_pair(logo=image)
    made = set(Rendition.objects.values_list("filter_spec", flat=True))
    for place in ("lead", "card", "share", "logo"):
        assert set(SLOTS[place].specs) <= made
    for path in ("/en/", "/en/news/", "/zh-hans/news/", "/en/partners/", "/en/news/a-week-of-clean-air/"):
        assert "<picture>" in client.get(path).content.decode()
    assert set(Rendition.objects.values_list("filter_spec", flat=True)) == made


@pytest.mark.full
def test_a_list_does_without_a_picture_rather_than_draw_one(client, image):
    article_pair(lead_image=image)
    Rendition.objects.all().delete()
    assert "<picture>" not in client.get("/en/news/").content.decode()
    assert not Rendition.objects.exists()


def test_a_crop_keeps_the_focal_point():
    canvas = PillowImage.new("RGB", (1600, 3200), "white")
    canvas.paste("red", (0, 2900, 1600, 3200))
    from io import BytesIO

    from django.core.files.base import ContentFile

    target = BytesIO()
    canvas.save(target, "PNG")
    tall = CustomImage(title="tall", file=ContentFile(target.getvalue(), name="tall.png"))
    tall.focal_point_x, tall.focal_point_y = 800, 3050
    tall.focal_point_width = tall.focal_point_height = 200
    tall.save()
    rendition = photo(tall, "card", make=True).image
    with PillowImage.open(rendition.file) as cropped:
        red, green, _blue = cropped.convert("RGB").getpixel((cropped.width // 2, cropped.height - 5))
    assert red > 200
    assert green < 60
