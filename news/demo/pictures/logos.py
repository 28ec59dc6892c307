"""The marks of the demo's organisations: two colours on a ground of their own."""

from collections.abc import Sequence
from math import cos, pi, sin

from PIL import Image, ImageDraw

from .canvas import Colour, Point, curve

SIDE, SCALE = 512, 4
WHITE = (255, 255, 255)


class LogoMark:
    """A logo being drawn, in units of the whole side: (0, 0) top left, (1, 1) bottom right."""

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (SIDE * SCALE, SIDE * SCALE), (255, 255, 255, 0))
        self.pen = ImageDraw.Draw(self.image)

    def whole(self, *values: float) -> list[float]:
        return [value * SIDE * SCALE for value in values]

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.pen.ellipse(self.whole(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, radius: float = 0.0) -> None:
        self.pen.rounded_rectangle(self.whole(left, top, right, bottom), radius * SIDE * SCALE, fill=colour)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon([tuple(self.whole(x, y)) for x, y in points], fill=colour)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        self.pen.line(
            [tuple(self.whole(x, y)) for x, y in points], fill=colour, width=round(width * SIDE * SCALE), joint="curve"
        )
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def square(self, colour: Colour) -> None:
        self.box(0, 0, 0.998, 0.998, colour, 0.2)

    def round(self, colour: Colour) -> None:
        self.disc(0.499, 0.499, 0.498, colour)

    def finished(self) -> Image.Image:
        return self.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def spin(points: Sequence[Point], turn: float, centre: Point = (0.5, 0.5)) -> list[Point]:
    """Points turned about a centre, by a share of the full circle."""
    a = turn * 2 * pi
    return [
        (
            centre[0] + (x - centre[0]) * cos(a) - (y - centre[1]) * sin(a),
            centre[1] + (x - centre[0]) * sin(a) + (y - centre[1]) * cos(a),
        )
        for x, y in points
    ]


def waves(mark: LogoMark) -> None:
    mark.square((18, 78, 112))
    for level, tone in ((0.33, WHITE), (0.51, (148, 206, 222)), (0.69, WHITE)):
        line = [(0.17 + 0.66 * n / 60, level - 0.055 * sin(n / 60 * 4 * pi)) for n in range(61)]
        mark.stroke(line, 0.075, tone)


def lantern(mark: LogoMark) -> None:
    mark.round((172, 62, 40))
    gold = (255, 214, 128)
    mark.stroke([(0.5, 0.13), (0.5, 0.24)], 0.04, gold)
    mark.box(0.38, 0.22, 0.62, 0.285, gold, 0.02)
    mark.shape(curve([(0.36, 0.31), (0.64, 0.31), (0.77, 0.47), (0.64, 0.64), (0.36, 0.64), (0.23, 0.47)], True), WHITE)
    for side in (-1, 1):
        rib = curve([(0.5 + side * 0.09, 0.29), (0.5 + side * 0.165, 0.475), (0.5 + side * 0.09, 0.66)])
        mark.stroke(rib, 0.026, (172, 62, 40))
    mark.stroke([(0.5, 0.29), (0.5, 0.66)], 0.026, (172, 62, 40))
    mark.box(0.38, 0.665, 0.62, 0.73, gold, 0.02)
    for x in (0.44, 0.5, 0.56):
        mark.stroke([(x, 0.75), (x, 0.85)], 0.028, gold)


def sprout(mark: LogoMark) -> None:
    mark.round((34, 104, 74))
    mark.stroke(curve([(0.5, 0.82), (0.49, 0.64), (0.5, 0.46)]), 0.06, WHITE)
    mark.shape(
        curve([(0.5, 0.55), (0.36, 0.55), (0.24, 0.46), (0.18, 0.28), (0.34, 0.29), (0.46, 0.39)], True),
        (166, 214, 132),
    )
    mark.shape(curve([(0.5, 0.46), (0.52, 0.32), (0.64, 0.21), (0.83, 0.18), (0.8, 0.34), (0.67, 0.44)], True), WHITE)


def bridge(mark: LogoMark) -> None:
    mark.square((36, 54, 96))
    for side in (-1, 1):
        leg = ((0.11, 0.84), (0.045, 0.84), (-0.005, 0.3), (-0.03, 0.16), (0.03, 0.16))
        mark.shape([(0.5 + side * x, y) for x, y in leg], WHITE)
    for reach in (0.14, 0.25, 0.36):
        top = 0.4 - reach * 0.55
        for side in (-1, 1):
            mark.stroke([(0.5, top), (0.5 + side * reach, 0.63)], 0.028, (246, 186, 96))
    mark.box(0.1, 0.62, 0.9, 0.69, WHITE, 0.03)


def sun(mark: LogoMark) -> None:
    mark.square((236, 150, 54))
    mark.disc(0.5, 0.5, 0.185, WHITE)
    for ray in range(12):
        mark.stroke(
            spin([(0.5, 0.245), (0.5, 0.155 if ray % 2 else 0.125)], ray / 12),
            0.055,
            WHITE if ray % 2 else (122, 62, 20),
        )


def ring(mark: LogoMark) -> None:
    mark.round((38, 76, 98))
    box = mark.whole(0.2, 0.2, 0.8, 0.8)
    wide = round(0.11 * SIDE * SCALE)
    mark.pen.arc(box, -60, 150, fill=(88, 196, 184), width=wide)
    mark.pen.arc(box, 175, 275, fill=WHITE, width=wide)
    mark.disc(0.5, 0.5, 0.1, WHITE)


def peak(mark: LogoMark) -> None:
    mark.round((62, 90, 132))
    mark.shape([(0.3, 0.76), (0.62, 0.28), (0.9, 0.7), (0.86, 0.76)], (156, 190, 220))
    mark.shape([(0.1, 0.7), (0.38, 0.34), (0.7, 0.76), (0.14, 0.76)], WHITE)
    mark.disc(0.36, 0.2, 0.065, (156, 190, 220))


def page(mark: LogoMark) -> None:
    mark.square((128, 44, 62))
    mark.shape([(0.26, 0.16), (0.6, 0.16), (0.75, 0.31), (0.75, 0.84), (0.26, 0.84)], WHITE)
    mark.shape([(0.6, 0.16), (0.75, 0.31), (0.6, 0.31)], (232, 170, 150))
    for level, right in ((0.44, 0.66), (0.56, 0.66), (0.68, 0.54)):
        mark.stroke([(0.36, level), (right, level)], 0.05, (128, 44, 62))


def gear(mark: LogoMark) -> None:
    mark.square((72, 88, 100))
    for tooth in range(8):
        mark.shape(spin([(0.43, 0.13), (0.57, 0.13), (0.6, 0.3), (0.4, 0.3)], tooth / 8), (244, 178, 72))
    mark.disc(0.5, 0.5, 0.285, (244, 178, 72))
    mark.disc(0.5, 0.5, 0.165, (72, 88, 100))
    mark.shape([(0.535, 0.36), (0.42, 0.52), (0.49, 0.52), (0.465, 0.64), (0.58, 0.48), (0.51, 0.48)], WHITE)


MARKS = {
    "waves": waves,
    "lantern": lantern,
    "sprout": sprout,
    "bridge": bridge,
    "sun": sun,
    "ring": ring,
    "peak": peak,
    "page": page,
    "gear": gear,
}


def drawn(name: str) -> Image.Image:
    mark = LogoMark()
    MARKS[name](mark)
    return mark.finished()
