"""Which backups are kept, by their days."""

import os
from datetime import datetime, timedelta

from taskforce.ops.rotation import rotate, to_keep

NOW = datetime(2026, 6, 17, 9, 0)  # a Wednesday


def nights(number: int) -> list[datetime]:
    """Return half past two of so many nights, the last one tonight."""
    tonight = datetime(2026, 6, 17, 2, 30)
    return [tonight - timedelta(days=days) for days in range(number)]


def days_kept(moments: list[datetime]) -> list[str]:
    return [f"{moment:%m-%d}" for moment in sorted(to_keep(moments, NOW), reverse=True)]


def test_a_year_of_nights_is_seven_days_four_weeks_and_six_months():
    assert days_kept(nights(365)) == [
        *("06-17", "06-16", "06-15", "06-14", "06-13", "06-12", "06-11"),
        *("06-07", "05-31"),  # Sundays; this week's and the last one's newest are among the days
        *("04-30", "03-31", "02-28", "01-31"),
    ]


def test_fewer_than_a_week_are_all_kept():
    assert len(to_keep(nights(7), NOW)) == 7


def test_every_night_kept_in_turn_ends_at_the_same():
    kept: set[datetime] = set()
    for night in reversed(nights(365)):
        kept = to_keep(kept | {night}, night)

    assert kept == to_keep(nights(365), NOW)


def test_the_newest_of_a_day_stands_for_it():
    early, late = datetime(2026, 6, 10, 2, 30), datetime(2026, 6, 10, 15, 0)

    assert to_keep([early, late], NOW) == {late}


def test_all_of_the_last_day_are_kept():
    made = [NOW - timedelta(hours=hours) for hours in range(30)]

    assert to_keep(made, NOW) == set(made[:24])


def test_what_stood_still_for_years_loses_nothing():
    old = [datetime(2020, 3, day, 2, 30) for day in range(1, 8)]

    assert to_keep(old, NOW) == set(old)


def test_weeks_are_told_apart_across_a_new_year():
    # Thursday 31 December and Friday 1 January are of one week, and of two months and years.
    moments = [datetime(2026, 12, 31, 2, 30), datetime(2027, 1, 1, 2, 30)]

    assert to_keep(moments, datetime(2027, 3, 1)) == set(moments)


def test_a_clock_that_was_wrong_deletes_nothing_of_today():
    ahead = datetime(2030, 1, 1)

    assert to_keep([ahead, *nights(3)], NOW) == {ahead, *nights(3)}


def test_what_a_killed_backup_left_is_deleted_after_a_day(tmp_path):
    old, new = tmp_path / ".unfinished-old", tmp_path / ".unfinished-new"
    for folder, age in ((old, timedelta(hours=25)), (new, timedelta(hours=1))):
        folder.mkdir()
        (folder / "database.dump").touch()
        moment = (NOW - age).timestamp()
        os.utime(folder, (moment, moment))

    assert rotate(tmp_path, NOW) == []

    assert [*tmp_path.iterdir()] == [new]


def test_nothing_is_kept_of_nothing():
    assert to_keep([], NOW) == set()
