from domain.regions import province_of, provinces, regions


def test_there_are_thirty_four_provinces_and_every_prefecture_of_the_standard():
    prefectures = [city for province in provinces() for city in province.cities if city.code[2:4] != "90"]
    assert len(provinces()) == 34
    assert len(prefectures) == 333


def test_every_region_has_a_name_in_each_language_and_no_code_is_there_twice():
    every = [region for province in provinces() for region in (province, *province.cities)]
    assert len({region.code for region in every}) == len(every) == len(regions())
    assert all(len(region.code) == 6 and region.code.isdigit() for region in every)
    assert all(region.name_zh_hans and region.name_zh_hant and region.name_en for region in every)


def test_a_city_is_told_apart_from_its_namesake_in_english():
    names = [city.name_en for province in provinces() for city in province.cities]
    assert len(set(names)) == len(names)


def test_a_city_lies_in_its_province():
    assert province_of("440300").name_zh_hans == "广东省"
    assert province_of("990000") is None
