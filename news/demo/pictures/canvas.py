"""The drawing tools the scenes share: gradients, haze, ridges, foliage, a simple lens, film grain."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import cos, pi, sin
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, ...]
"""Red, green, blue and maybe how opaque it is, to 255."""
Point = tuple[float, float]
Stop = tuple[float, Colour]
"""A share of the height, and the colour there."""

SIZE = WIDTH, HEIGHT = 1920, 1080
SCALE = 2  # drawn twice as large and scaled down, for smooth edges


def as_file(image: Image.Image, name: str, image_format: str, **options: Any) -> "ContentFile[bytes]":
    target = BytesIO()
    image.save(target, image_format, **options)
    return ContentFile(target.getvalue(), name=name)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour between two others: `one` at 0, `other` at 1."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def between(one: Point, other: Point, share: float) -> Point:
    """The place between two others: `one` at 0, `other` at 1."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def column(stops: Sequence[Stop], height: int) -> Image.Image:
    """A strip one pixel wide, running through the colours of `stops`: (share of the height, colour)."""
    strip = Image.new("RGB", (1, height))
    for y in range(height):
        share = y / max(1, height - 1)
        for (start, first), (end, second) in pairwise(stops):
            if share <= end:
                part = max(0.0, (share - start) / (end - start))
                strip.putpixel((0, y), mix(first, second, part))
                break
        else:
            strip.putpixel((0, y), stops[-1][1])
    return strip


def curve(points: Sequence[Point], closed: bool = False, steps: int = 10) -> list[Point]:
    """Points on a smooth line through the given ones (Catmull-Rom)."""
    count = len(points)
    if closed:
        padded = [points[-1], *points, points[0], points[1]]
    else:
        padded = [points[0], *points, points[-1]]
        count -= 1
    smooth: list[Point] = []
    for index in range(count):
        p0, p1, p2, p3 = padded[index : index + 4]
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
            )
            smooth.append((x, y))
    return smooth if closed else [*smooth, points[-1]]


def outline(
    y: float, height: float, seed: int, length: float = 900, detail: int = 5, left: int = 0, right: int = WIDTH
) -> list[Point]:
    """A natural-looking ridge: sines of ever shorter length, each weaker than the last."""
    random = Random(seed)
    parts = [(2 * pi / (length / 1.9**n), random.uniform(0, 2 * pi), 0.52**n) for n in range(detail)]
    total = sum(weight for _, _, weight in parts)
    points: list[Point] = []
    for x in range(left, right + 7, 6):
        level = sum(sin(x * pace + start) * weight for pace, start, weight in parts) / total
        points.append((x, y - height * (0.5 + 0.5 * level)))
    return points


def cloudy(seed: int, size: tuple[int, int], cells: tuple[int, int]) -> Image.Image:
    """Soft grey noise in three octaves."""
    random, layers = Random(seed), []
    for octave in range(3):
        wide, tall = cells[0] << octave, cells[1] << octave
        layer = Image.frombytes("L", (wide, tall), random.randbytes(wide * tall))
        layers.append(layer.resize(size, Image.Resampling.BICUBIC))
    field = layers[0]
    for octave in (1, 2):
        field = Image.blend(field, layers[octave], 0.36 / octave)
    return field


class Lens:
    """A camera looking straight ahead: metres to the right, up and away become a place on the picture."""

    def __init__(self, x: float, horizon: float, focal: float, eye: float) -> None:
        self.x, self.horizon, self.focal, self.eye = x, horizon, focal, eye

    def __call__(self, right: float, up: float, away: float) -> Point:
        return self.x + self.focal * right / away, self.horizon + self.focal * (self.eye - up) / away


class Canvas:
    """A picture being drawn, in the coordinates of the finished one."""

    def __init__(self, *stops: Stop) -> None:
        size = (WIDTH * SCALE, HEIGHT * SCALE)
        self.image = column(stops, HEIGHT).resize(size, Image.Resampling.BILINEAR)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def rect(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        box = (x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1)
        if box[2] < box[0] or box[3] < box[1]:
            return
        if radius:
            self.pen.rounded_rectangle(box, radius * SCALE, fill=colour)
        else:
            self.pen.rectangle(box, fill=colour)

    def ellipse(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        box = ((x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE)
        self.pen.ellipse(box, fill=colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour, caps: bool = True) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=max(1, round(width * SCALE)), joint="curve")
        if caps and width > 2:
            for x, y in (points[0], points[-1]):
                self.ellipse(x, y, width / 2, width / 2, colour)

    def stroke(self, points: Sequence[Point], start: float, end: float, colour: Colour) -> None:
        """A line whose width runs from `start` to `end`."""
        left, right = [], []
        for index, (x, y) in enumerate(points):
            (x1, y1), (x2, y2) = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
            length = max(0.001, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
            half = (start + (end - start) * index / (len(points) - 1)) / 2
            across = -(y2 - y1) / length * half, (x2 - x1) / length * half
            left.append((x + across[0], y + across[1]))
            right.append((x - across[0], y - across[1]))
        self.polygon([*left, *reversed(right)], colour)

    def shade(self, points: Sequence[Point], *stops: Any) -> None:
        """A shape filled with a gradient from its top to its bottom; two colours, or stops."""
        if isinstance(stops[0][0], int) and not isinstance(stops[0][1], tuple):
            stops = tuple(zip((0, 1), stops, strict=True))
        left = max(0, int(min(x for x, _ in points) * SCALE))
        right = min(self.image.width, int(max(x for x, _ in points) * SCALE) + 1)
        first = int(min(y for _, y in points) * SCALE)
        last = int(max(y for _, y in points) * SCALE) + 1
        top, bottom = max(0, first), min(self.image.height, last)
        if right <= left or bottom <= top:
            return
        mask = Image.new("1", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x * SCALE - left, y * SCALE - top) for x, y in points], fill=1)
        fill = column(stops, max(2, min(256, last - first)))
        box = (0, (top - first) / (last - first) * fill.height, 1, (bottom - first) / (last - first) * fill.height)
        self.image.paste(fill.resize(mask.size, Image.Resampling.BILINEAR, box), (left, top), mask)

    def ridge(
        self, y: float, height: float, top: Colour, base: Colour, seed: int, depth: float = 260, **shape: Any
    ) -> None:
        """A range of hills, paling from `top` to `base` as the haze thickens downhill."""
        line = outline(y, height, seed, **shape)
        self.shade([*line, (line[-1][0], y + depth), (line[0][0], y + depth)], top, base)

    def fog(
        self, top: float, bottom: float, colour: Colour, strength: float, left: float = 0, right: float = WIDTH
    ) -> None:
        """Haze that thickens from `top` to `bottom` (which may be the higher of the two)."""
        ramp = Image.linear_gradient("L").crop((0, 0, 1, 256)).point(lambda value: value * strength)
        if bottom < top:
            top, bottom, ramp = bottom, top, ramp.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        size = (round((right - left) * SCALE), round((bottom - top) * SCALE))
        self.image.paste(colour, (round(left * SCALE), round(top * SCALE)), ramp.resize(size))

    def glow(
        self,
        x: float,
        y: float,
        radius: float,
        colour: Colour,
        strength: float = 1.0,
        power: float = 2.0,
        squash: float = 1.0,
    ) -> None:
        """Light that fades outwards from a point."""
        disc = Image.radial_gradient("L")  # 181 where it touches the edge
        disc = disc.point([round(255 * strength * max(0.0, 1 - v / 179) ** power) for v in range(256)])
        size = (round(radius * 2 * SCALE), round(radius * 2 * squash * SCALE))
        place = (round((x - radius) * SCALE), round((y - radius * squash) * SCALE))
        self.image.paste(colour, place, disc.resize(size, Image.Resampling.BILINEAR))

    def sun(self, x: float, y: float, radius: float, colour: Colour, warmth: Colour) -> None:
        """A low sun: a wide glow, a narrow one, the disc."""
        self.glow(x, y, radius * 13, warmth, 0.7, 2.2, 0.75)
        self.glow(x, y, radius * 4, colour, 0.7)
        self.ellipse(x, y, radius, radius, colour)

    def clouds(
        self,
        top: float,
        bottom: float,
        colour: Colour,
        strength: float,
        seed: int,
        cells: tuple[int, int] = (4, 9),
        cover: float = 0.5,
    ) -> None:
        """Banks of soft cloud, or the sheen on water, between two heights."""
        field = cloudy(seed, (480, 160), cells)
        low = 255 * (1 - cover)
        field = field.point([round(max(0, min(1, (v - low) / 110)) * 255 * strength) for v in range(256)])
        edge = Image.linear_gradient("L").point([round(255 * sin(pi * v / 255)) for v in range(256)])
        mask = ImageChops.multiply(field, edge.resize(field.size))
        size = (self.image.width, round((bottom - top) * SCALE))
        self.image.paste(colour, (0, round(top * SCALE)), mask.resize(size, Image.Resampling.BICUBIC))

    def mirror(
        self,
        line: float,
        bottom: float,
        tint: Colour,
        share: tuple[float, float] = (0.25, 0.7),
        ripple: float = 5.0,
        seed: int = 1,
        squeeze: float = 1.0,
    ) -> None:
        """Water below `line`: what stands above it upside down, ruffled and tinted more and more."""
        depth = round(bottom - line)
        height = round(depth / squeeze)
        still = self.image.crop((0, round((line - height) * SCALE), self.image.width, round(line * SCALE)))
        still = still.resize((WIDTH, max(1, depth // 3))).resize((WIDTH, depth), Image.Resampling.BICUBIC)
        still = still.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        random, water = Random(seed), still.copy()
        phases = [random.uniform(0, 2 * pi) for _ in range(3)]
        for y in range(depth):
            far = 1 + 6 * y / depth
            move = sin(y * 2.6 / far + phases[0]) + 0.7 * sin(y * 5.1 / far + phases[1]) + random.uniform(-0.5, 0.5)
            shift = round(move * ripple * (0.25 + y / depth))
            water.paste(still.crop((0, y, WIDTH, y + 1)), (shift, y))
        ramp = column([(0, (round(share[0] * 255),) * 3), (1, (round(share[1] * 255),) * 3)], depth).convert("L")
        water.paste(tint, (0, 0), ramp.resize(water.size))
        size = (self.image.width, depth * SCALE)
        self.image.paste(water.resize(size, Image.Resampling.BILINEAR), (0, round(line * SCALE)))

    def glints(
        self,
        top: float,
        bottom: float,
        x: float,
        spread: float,
        colour: Colour,
        count: int,
        seed: int,
        strength: float = 90,
    ) -> None:
        """Short strokes of light on water, larger the nearer they are."""
        random = Random(seed)
        for _ in range(count):
            near = random.random() ** 1.6
            y, place = top + (bottom - top) * near, random.gauss(x, spread * (0.35 + near))
            half, alpha = random.uniform(6, 20) * (0.5 + 1.8 * near), round(strength * random.uniform(0.3, 1))
            self.ellipse(place, y, half, 0.7 + 1.1 * near, (*colour, alpha))

    def foliage(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        tones: Sequence[Colour],
        seed: float,
        leaf: float | None = None,
    ) -> None:
        """A crown of leaves: `tones` run from the shade below to the light above left."""
        random, leaf = Random(seed), leaf or max(3.2, min(11.0, across * 0.085))
        self.ellipse(x, y + down * 0.12, across * 0.8, down * 0.76, tones[0])
        dabs = []
        for _ in range(min(560, round(3.8 * across * down / leaf**2))):
            angle, reach = random.uniform(0, 2 * pi), random.random() ** 0.5
            dx, dy = cos(angle) * reach, sin(angle) * reach
            dabs.append((max(0.0, min(0.999, 0.5 - 0.34 * dy - 0.2 * dx + random.gauss(0, 0.13))), dx, dy))
        for light, dx, dy in sorted(dabs):
            size = leaf * random.uniform(0.55, 1.2) * (1.15 - 0.45 * light)
            tone = tones[int(light * len(tones))]
            self.ellipse(x + dx * across, y + dy * down, size * 1.15, size * 0.9, tone)

    def blur(self, radius: float) -> None:
        """Everything so far goes out of focus."""
        small = self.image.reduce(4).filter(ImageFilter.GaussianBlur(radius * SCALE / 4))
        self.image.paste(small.resize(self.image.size, Image.Resampling.BICUBIC))

    def finish(
        self, seed: int = 1, grain: float = 5, vignette: float = 0.2, shadow: Colour = (20, 26, 34)
    ) -> Image.Image:
        """The finished picture: smaller, darker in the corners, with the grain of film."""
        image = self.image.resize(SIZE, Image.Resampling.BICUBIC, reducing_gap=2.0)
        corners = Image.radial_gradient("L").crop((24, 24, 232, 232))
        corners = corners.point([round(255 * vignette * max(0, (v - 90) / 165) ** 1.5) for v in range(256)])
        image.paste(shadow, (0, 0), corners.resize(SIZE, Image.Resampling.BICUBIC))
        random, tile = Random(seed), 640
        one, other = (Image.frombytes("L", (tile, tile), random.randbytes(tile * tile)) for _ in range(2))
        speck = Image.blend(one, other, 0.5).filter(ImageFilter.BoxBlur(0.35))
        speck = speck.point([round(128 + (v - 127.5) * grain / 52) for v in range(256)])
        noise = Image.new("L", SIZE)
        for x in range(0, WIDTH, tile):
            for y in range(0, HEIGHT, tile):
                noise.paste(speck, (x, y))
        return ImageChops.add(image, Image.merge("RGB", (noise,) * 3), 1, -128)
