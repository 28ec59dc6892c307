"""The code of an article's address, which is drawn with a mask of our choice: no more than the mask differs."""

import re

import pytest
import segno

from news.share import MASK, share_of

from .pairs import article_pair

MASKS = [
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: (row * column) % 2 + (row * column) % 3 == 0,
    lambda row, column: ((row * column) % 2 + (row * column) % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + (row * column) % 3) % 2 == 0,
]
"""Where each turns a module over, as ISO/IEC 18004 has it."""


def holds_data(row, column, size):
    """Not: the three corners with the format beside them, both lines of timing, the one mark of alignment."""
    in_corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    in_mark = abs(row - (size - 7)) <= 2 and abs(column - (size - 7)) <= 2
    return not (in_corner or in_mark or 6 in (row, column))


def unmasked(code):
    size = len(code.matrix)
    return [
        bool(code.matrix[row][column]) ^ MASKS[code.mask](row, column)
        for row in range(size)
        for column in range(size)
        if holds_data(row, column, size)
    ]


@pytest.mark.parametrize("length", [20, 60, 95])
def test_what_is_coded_is_the_same_under_each_mask(length):
    url = "https://news.example.org/en/news/".ljust(length, "a")[:length]
    ours = segno.make_qr(url, error="m", mask=MASK)
    assert ours.mask == MASK
    assert 2 <= ours.version <= 6  # which have one mark of alignment
    for mask in range(8):
        other = segno.make_qr(url, error="m", mask=mask)
        assert other.mask == mask
        assert unmasked(other) == unmasked(ours)
    chosen = segno.make_qr(url, error="m")
    assert unmasked(chosen) == unmasked(ours)


@pytest.mark.django_db
def test_the_code_on_the_page_is_that_of_its_address():
    english, _chinese = article_pair()
    drawn = segno.make_qr(english.full_url, error="m", mask=MASK)
    paths = re.findall(r' d="([^"]+)"', share_of(english).qr)
    assert paths == re.findall(r' d="([^"]+)"', drawn.svg_inline(scale=4, border=2, dark="#000", light="#fff"))
