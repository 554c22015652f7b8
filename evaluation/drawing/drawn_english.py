"""Invented English names, works and addresses of many countries, drawn at random from parts (english_parts.txt)."""

import random
from functools import lru_cache

from evaluation import HERE

PARTS = HERE / "drawing" / "english_parts.txt"
PEOPLES = ("us", "uk", "in", "ng", "ph")
# Between a shop's name and the place that tells which one it is: Polished on Fulton, the Beanhouse by Cedar Court.
BY = ("on", "in", "by", "near", "off", "at", "opposite", "next to", "behind")


@lru_cache(maxsize=1)
def _parts() -> dict[str, list[str]]:
    rows = (row.split(": ", 1) for row in PARTS.read_text("utf-8").splitlines() if row and row[0] != "#")
    return {name: values.split(" | ") for name, values in rows}


def drawn(part: str, chance: random.Random) -> str:
    """Return any of a part, as `lender` or `place`."""
    return chance.choice(_parts()[part])


def english_name(chance: random.Random) -> str:
    """Return a full name."""
    people = chance.choice(PEOPLES)
    first, last = drawn(f"first {people}", chance), drawn(f"last {people}", chance)
    form = chance.random()
    if form < 0.06:
        last += "-" + drawn(f"last {people}", chance)
    elif form < 0.12:
        first += f" {chance.choice('ABCDEJKLMRST')}" + chance.choice(("", "."))
    elif form < 0.16:
        first += " " + drawn(f"first {people}", chance)
    elif form < 0.2:
        first = drawn(f"first {chance.choice(PEOPLES)}", chance)
    return f"{first} {last}"


def english_work(chance: random.Random) -> str:
    """Return an employer, a school or a shop that somebody can be found at."""
    forms = (_house, _house, _house, _of_a_person, _of_a_person, _school, _at_a_place, _at_a_place, _public, _alone)
    return chance.choice(forms)(chance)


def _name(chance: random.Random) -> str:
    if chance.random() < 0.12:
        return "".join(chance.choice("ABCDFGHJKLMNPRST") for _ in range(chance.choice((2, 3, 3))))
    return drawn(chance.choice(("own", "own", "own", "place", "last us", "last uk", "last in", "last ng")), chance)


def _house(chance: random.Random) -> str:
    told = f"{_name(chance)} {drawn('kind', chance)}"
    if chance.random() < 0.15:
        told += f" {drawn('tail', chance)}"
    return told + (f", {drawn('place', chance)}" if chance.random() < 0.12 else "")


def _of_a_person(chance: random.Random) -> str:
    person = drawn("person", chance)
    form = chance.random()
    if form < 0.4:
        return f"{person}'s {drawn('kind', chance)}"
    if form < 0.6:
        return f"{person}'s" + (f" {chance.choice(BY)} {_where(chance)}" if chance.random() < 0.7 else "")
    if form < 0.8:
        return f"{person} {chance.choice(('&', 'and'))} {chance.choice(('Sons', drawn('person', chance)))}"
    return f"{person} {drawn('kind', chance)}"


def _school(chance: random.Random) -> str:
    saint = drawn("saint", chance)
    if chance.random() < 0.3:
        return f"{saint}{chance.choice((' in ', ', '))}{drawn('place', chance)}"
    return f"{saint} {drawn('saintly', chance)}"


def _where(chance: random.Random) -> str:
    return chance.choice(
        (
            f"{drawn('street name', chance)} {drawn('street', chance)}", drawn("street name", chance),
            drawn("place", chance), f"Route {chance.randint(1, 99)}", drawn("estate", chance), "the ring road",
            f"{drawn('street name', chance)} and {drawn('street name', chance)}", f"exit {chance.randint(2, 99)}",
            drawn("street name", chance).lower(), "the highway", "the roundabout",
            f"{drawn('street name', chance)} {drawn('street', chance)}".lower(),
            f"{drawn('own', chance)} Mall", f"{drawn('place', chance)} station",
        )
    )  # fmt: skip


def _at_a_place(chance: random.Random) -> str:
    the = chance.choice(("", "", "the "))
    house = chance.choice((drawn("own", chance), _house(chance), f"Red {chance.choice(('Lion', 'Cow', 'Barn'))}"))
    form = chance.random()
    if form < 0.6:
        return f"{the}{house} {chance.choice(BY)} {_where(chance)}"
    if form < 0.75:
        return f"{the}{drawn('place', chance)} branch of {house}"
    if form < 0.85:
        return f"{house} {drawn('place', chance)}"
    return f"{house}, {drawn('place', chance)}{chance.choice((' branch', ' store', ' depot', ' site', ''))}"


def _public(chance: random.Random) -> str:
    place, form = drawn(chance.choice(("place", "own", "last us")), chance), chance.random()
    if form < 0.35:
        return (
            f"{place}{chance.choice(('', ' County', ' City', ' junction', ' Borough'))} {drawn('lower kind', chance)}"
        )
    if form < 0.4:
        return f"{drawn('numbered', chance)} {chance.randint(2, 480)}"
    if form < 0.55:
        return f"{chance.choice(('University', 'Univ.', 'U', 'College', 'City', 'Town', 'Port'))} of {place}"
    if form < 0.7:
        unit = chance.choice(("Ward", "Gate", "Unit", "Warehouse", "Terminal", "Block", "Building", "Plant"))
        return f"{unit} {chance.choice('123456789AB')} {chance.choice(('at', 'of'))} {_house(chance)}"
    return f"{place} {drawn('of a place', chance)}"


def _alone(chance: random.Random) -> str:
    return drawn("own", chance)


def english_address(chance: random.Random) -> str:
    """Return where somebody lives."""
    return chance.choice((_american, _american, _british, _british, _indian, _nigerian, _filipino, _short))(chance)


def _door(chance: random.Random) -> str:
    street = f"{drawn('street name', chance)} {drawn('street', chance)}"
    return f"{chance.randint(1, chance.choice((40, 400, 9999)))}{chance.choice(('', '', '', 'A', 'b'))} {street}"


def _american(chance: random.Random) -> str:
    unit = chance.choice(
        ("", "", f", Apt {chance.randint(1, 30)}", f" #{chance.randint(1, 400)}", f", Unit {chance.choice('ABC')}")
    )
    place = chance.choice(
        (
            "",
            f", {drawn('place', chance)}",
            f", {drawn('place', chance)}, {drawn('state', chance)} {chance.randint(10000, 99999)}",
        )
    )
    return _door(chance) + unit + place


def _british(chance: random.Random) -> str:
    flat = chance.choice(("", "", f"Flat {chance.randint(1, 30)}, ", f"{drawn('estate', chance)}, "))
    code = chance.choice(("", "", f" {drawn('postcode', chance)}"))
    return f"{flat}{_door(chance)}" + chance.choice((code, f", {drawn('place', chance)}{code}"))


def _indian(chance: random.Random) -> str:
    number = f"{chance.randint(1, 20)}-{chance.randint(1, 9)}-{chance.randint(10, 300)}"
    door = chance.choice(
        (
            f"H. No. {number}",
            f"Door {number}",
            f"Flat {chance.randint(100, 900)}",
            f"D.No {number}",
            f"#{chance.randint(1, 300)}",
            f"Plot No. {chance.randint(1, 99)}",
            number,
        )
    )
    mark = chance.choice(("", "", f", {drawn('landmark', chance)}"))
    code = chance.choice(("", f" {chance.randint(110001, 850000)}", f" - {chance.randint(110001, 850000)}"))
    return f"{door}, {drawn('estate', chance)}{mark}, {drawn('place', chance)}{code}"


def _nigerian(chance: random.Random) -> str:
    door = chance.choice(
        (
            f"No {chance.randint(1, 90)}",
            f"{chance.randint(1, 90)}",
            f"Plot {chance.randint(1, 300)}",
            f"Block {chance.randint(1, 30)}, House {chance.randint(1, 9)}",
        )
    )
    street = f"{drawn('street name', chance)} {chance.choice(('Street', 'Close', 'Crescent', 'Road', 'Way', 'Avenue'))}"
    parts = [f"{door} {street}" if chance.random() < 0.6 else f"{door}, {street}", drawn("place", chance)]
    if chance.random() < 0.4:
        parts.insert(1, chance.choice((drawn("landmark", chance), drawn("estate", chance))))
    return ", ".join(parts + ([drawn("district", chance)] if chance.random() < 0.3 else []))


def _filipino(chance: random.Random) -> str:
    door = chance.choice(
        (
            f"Purok {chance.randint(1, 9)}",
            f"Blk {chance.randint(1, 30)} Lot {chance.randint(1, 40)}",
            f"{chance.randint(1, 900)} {drawn('street name', chance)} St",
            f"Sitio {drawn('barangay', chance)}",
            f"Phase {chance.randint(1, 5)} Block {chance.randint(1, 30)}",
        )
    )
    barangay = f"{chance.choice(('Brgy.', 'Brgy', 'Barangay', 'Bgy'))} {drawn('barangay', chance)}"
    return ", ".join(
        [door, barangay, drawn("place", chance)] + ([drawn("district", chance)] if chance.random() < 0.6 else [])
    )


def _short(chance: random.Random) -> str:
    return chance.choice(
        (
            f"{drawn('estate', chance)} {chance.choice(('block', 'Block', 'house', 'no.'))} {chance.randint(1, 40)}",
            f"{chance.randint(1, 99)} {drawn('estate', chance)}",
            f"{drawn('street name', chance)} {drawn('street', chance)}, {drawn('place', chance)}",
            f"Room {chance.randint(1, 900)}, {drawn('estate', chance)}, {drawn('place', chance)}",
            f"Lot {chance.randint(1, 60)}, {drawn('estate', chance)}",
            f"Apartment {chance.randint(1, 30)}{chance.choice('ABCD')}, {drawn('estate', chance)}",
            f"P.O. Box {chance.randint(10, 9999)}, {drawn('place', chance)}",
            f"County Road {chance.randint(2, 400)}, {drawn('place', chance)}",
        )
    )  # fmt: skip
