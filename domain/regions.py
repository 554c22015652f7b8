"""Regions of China by GB/T 2260 code: provinces and the cities and prefectures under them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

REGIONS_FILE = Path(__file__).with_name("regions.yaml")


@dataclass(frozen=True)
class Region:
    """A province, city or prefecture; `cities` is empty for what has none under it."""

    code: str
    name_zh_hans: str
    name_zh_hant: str
    name_en: str
    cities: tuple["Region", ...] = ()


@lru_cache(maxsize=1)
def provinces() -> tuple[Region, ...]:
    """Return the provinces in the order of the standard."""
    with REGIONS_FILE.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    return tuple(_province(row) for row in document["provinces"])


def _province(row: dict[str, Any]) -> Region:
    simplified, traditional, english = row["names"]
    return Region(row["code"], simplified, traditional, english, tuple(Region(*city) for city in row["cities"]))


@lru_cache(maxsize=1)
def regions() -> dict[str, Region]:
    """Return every region by its code of six digits."""
    return {region.code: region for province in provinces() for region in (province, *province.cities)}


def province_of(code: str) -> Region | None:
    """Return the province that a code lies in, or None for a code that no province has."""
    return regions().get(code[:2] + "0000")
