#!/usr/bin/python3
"""Writes lunar_table.def, the Vietnamese lunar years 1989 to 2050: python3 runtime/time/lunar_table.py > runtime/time/lunar_table.def

Needs python3-ephem (new moons and the sun's apparent longitude). Run by hand when the range is to grow, never by the build.
The rules are those of the calendar on UTC+7 (Decision 121-CP of 1967):
  R1 the civil day that holds the astronomical new moon is day 1 of a month;
  R2 the month that holds the winter solstice is month 11;
  R3 if 13 months begin from one month 11 up to the next, one of them is a leap month;
  R4 it is the first after month 11 that holds no major term (the sun's apparent longitude a multiple of 30 degrees);
  R5 it takes the number of the month before;
  R6 all days are civil days of UTC+7.
A row: the year, the civil day of its 1/1, its leap month (0: none), and the days of its months in order, the leap month behind
the month whose number it takes: L for 30 days, s for 29.
"""
import datetime
import math

import ephem

FIRST, LAST = 1989, 2050
ZONE = 7 / 24  # R6


def civil(moment):
    """The civil day at UTC+7 of a moment of ephem."""
    return (ephem.Date(moment + ZONE)).datetime().date()


def day_begin(day):
    """The moment at which a civil day of UTC+7 begins."""
    return ephem.Date(datetime.datetime(day.year, day.month, day.day)) - ZONE


def sector(moment):
    """Which twelfth of the ecliptic of date the sun stands in: 0 from the March equinox, 9 from the winter solstice."""
    sun = ephem.Sun(moment)
    longitude = ephem.Ecliptic(ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=moment), epoch=moment).lon
    return int(math.degrees(longitude) // 30) % 12


def main():
    moons = []  # R1
    moment = ephem.Date(datetime.datetime(FIRST - 2, 10, 1))
    while not moons or moons[-1].year < LAST + 2:
        moment = ephem.next_new_moon(moment + 1)
        moons.append(civil(moment))
    months = []  # first day, next first day, does it hold a major term, does it hold the solstice
    for first, behind in zip(moons, moons[1:]):
        before, after = sector(day_begin(first)), sector(day_begin(behind))
        passed = (after - before) % 12
        terms = {(before + i) % 12 for i in range(1, passed + 1)}
        months.append((first, behind, passed > 0, 9 in terms))
    elevens = [i for i, month in enumerate(months) if month[3]]  # R2
    numbered = []  # number, leap, first day, length
    for begin, end in zip(elevens, elevens[1:]):
        leap_at = None
        if end - begin == 13:  # R3
            leap_at = next(i for i in range(begin + 1, end) if not months[i][2])  # R4
        number = 11
        for i in range(begin, end):
            if i == leap_at:
                previous = numbered[-1][0]  # R5
                numbered.append((previous, True, months[i][0], (months[i][1] - months[i][0]).days))
                continue
            numbered.append((number, False, months[i][0], (months[i][1] - months[i][0]).days))
            number = number % 12 + 1
    years, rows = {}, None
    for number, leap, first, length in numbered:
        if number == 1 and not leap:
            rows = years.setdefault(first.year, [])
        if rows is not None:
            rows.append((number, leap, first, length))
    print("// Lunar years of Vietnam. Written by lunar_table.py, which says what a row means and by which rules; do not edit.")
    for year in range(FIRST, LAST + 1):
        rows = years[year]
        leap = next((number for number, is_leap, _, _ in rows if is_leap), 0)
        lengths = "".join({29: "s", 30: "L"}[length] for _, _, _, length in rows)
        day = rows[0][2]
        print(f'ORDO_LUNAR_YEAR({year}, {day.month}, {day.day}, {leap}, "{lengths}")')


if __name__ == "__main__":
    main()
