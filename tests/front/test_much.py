"""The front page where there is much of everything; the world stays for the whole module."""

from django.test import Client

from taskforce.front import pages
from tests.front.front_pages import check, main_of
from tests.growing import Growth
from tests.world import World


def test_front_with_much_keeps_its_rows_full(client: Client, world: World):
    Growth(world, 60)

    main = main_of(client)

    check(main)
    (wall,) = main.find_class("wall")
    assert len(wall.findall("li")) == pages.WALL
    assert len(main.find_class("ranking")[0].findall("li")) <= 5
    (grid,) = main.find_class("grid")
    assert len(grid.findall("li")) == 6
