"""The picture of the invented case."""

from PIL import Image

from taskforce.core import pictures
from taskforce.example.drawing import SHELF, SIZE, WALL, three_loaves


def test_drawing_is_a_png_that_a_case_accepts():
    drawn = three_loaves()

    with Image.open(drawn) as picture:
        assert (picture.format, picture.size) == ("PNG", SIZE)
        corner, shelf = picture.getpixel((5, 5)), picture.getpixel((750, 800))
    assert f"#{bytes(corner).hex()}" == WALL
    assert f"#{bytes(shelf).hex()}" == SHELF
    drawn.seek(0)
    assert pictures.read(drawn)
