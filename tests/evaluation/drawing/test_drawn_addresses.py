"""Addresses drawn at random from parts are masked nearly whole, wherever they stand."""

import random

from domain.reading import Reader
from evaluation.drawing.drawn_addresses import random_address

FRAMES = (
    "我住{}，催收上周来过。",
    "他们到{}堵门。",
    "律师函寄到了{}。",
    "联系地址：{}，请核实。",
    "老家在{}，父母还在那边。",
)
DRAWN, LEAST = 150, 0.97


def test_nearly_all_of_addresses_drawn_at_random_is_masked(reader: Reader):
    chance = random.Random(20261127)
    hit = there = 0
    for number in range(DRAWN):
        address = random_address(chance)
        before, after = FRAMES[number % len(FRAMES)].split("{}")
        text = before + address + after
        masks = reader.mask(text).masks
        masked = {place for mask in masks for place in range(mask.original_start, mask.original_end)}
        there += len(address)
        hit += len(masked & set(range(len(before), len(before) + len(address))))
    assert hit >= LEAST * there
