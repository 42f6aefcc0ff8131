import threading

from taskforce.core.turns import Turns


def test_whoever_fails_lets_the_others_go_on():
    turns, order = Turns(), []
    began = threading.Event()

    def wait() -> None:
        began.wait()
        with turns.alone("a") as is_mine:
            order.append(is_mine)

    other = threading.Thread(target=wait)
    other.start()
    try:
        with turns.alone("a") as is_mine:
            order.append(is_mine)
            began.set()
            raise ValueError
    except ValueError:
        other.join(5)
    assert order[0] is True and len(order) == 2
    with turns.alone("a") as is_mine:
        assert is_mine
