"""The demo's document: one page of A4, its text no more than grey bars."""

from random import Random

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dots an inch
INK, GREEN, SOFT, PALE = (44, 54, 60), (24, 92, 74), (186, 194, 194), (222, 226, 224)


def bars(pen: ImageDraw.ImageDraw, left: int, top: int, right: int, count: int, random: Random) -> int:
    """A paragraph of `count` lines, each a row of words; the place below it."""
    for number in range(count):
        end = right if number < count - 1 else left + (right - left) * random.uniform(0.35, 0.7)
        x: float = left
        while x < end - 20:
            wide = min(random.randint(24, 108), end - x)
            pen.rounded_rectangle((x, top, x + wide, top + 9), 4, fill=SOFT)
            x += wide + 11
        top += 27
    return top


def page() -> Image.Image:
    image = Image.new("RGB", SIZE, "white")
    pen, random = ImageDraw.Draw(image), Random(12)
    small, large, number_font = (ImageFont.load_default(size) for size in (22, 54, 30))
    pen.rectangle((0, 0, WIDTH, 214), fill=GREEN)
    pen.text((110, 62), "Ten measures", font=large, fill="white")
    pen.text((112, 136), "A working paper for consultation", font=small, fill=(206, 226, 216))
    for number in range(3):
        pen.rectangle((1040 + number * 32, 132 - number * 22, 1062 + number * 32, 160), fill=(206, 226, 216))
    top = bars(pen, 112, 268, 1128, 3, random) + 26
    pen.line((112, top, 1128, top), fill=PALE, width=2)
    top += 34
    for number in range(1, 11):
        pen.ellipse((112, top - 6, 160, top + 42), fill=GREEN)
        pen.text((136, top + 18), str(number), font=number_font, fill="white", anchor="mm")
        pen.rounded_rectangle((192, top, 192 + random.randint(300, 560), top + 15), 5, fill=INK)
        top = bars(pen, 192, top + 36, 1128, 2 + (number % 4 == 0), random) + 30
    pen.line((112, 1650, 1128, 1650), fill=PALE, width=2)
    pen.text((112, 1670), "Ten measures", font=small, fill=(120, 130, 132))
    pen.text((1128, 1670), "1", font=small, fill=(120, 130, 132), anchor="ra")
    return image
