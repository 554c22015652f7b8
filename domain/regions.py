"""The regions that a complaint can name: provinces and their like, by their GB/T 2260 codes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """One region; `code` has six digits, the last four of them zeros."""

    code: str
    name_zh_hans: str
    name_zh_hant: str
    name_en: str


_ROWS = """
110000 北京 北京 Beijing
120000 天津 天津 Tianjin
130000 河北 河北 Hebei
140000 山西 山西 Shanxi
150000 内蒙古 內蒙古 Inner_Mongolia
210000 辽宁 遼寧 Liaoning
220000 吉林 吉林 Jilin
230000 黑龙江 黑龍江 Heilongjiang
310000 上海 上海 Shanghai
320000 江苏 江蘇 Jiangsu
330000 浙江 浙江 Zhejiang
340000 安徽 安徽 Anhui
350000 福建 福建 Fujian
360000 江西 江西 Jiangxi
370000 山东 山東 Shandong
410000 河南 河南 Henan
420000 湖北 湖北 Hubei
430000 湖南 湖南 Hunan
440000 广东 廣東 Guangdong
450000 广西 廣西 Guangxi
460000 海南 海南 Hainan
500000 重庆 重慶 Chongqing
510000 四川 四川 Sichuan
520000 贵州 貴州 Guizhou
530000 云南 雲南 Yunnan
540000 西藏 西藏 Tibet
610000 陕西 陝西 Shaanxi
620000 甘肃 甘肅 Gansu
630000 青海 青海 Qinghai
640000 宁夏 寧夏 Ningxia
650000 新疆 新疆 Xinjiang
710000 台湾 台灣 Taiwan
810000 香港 香港 Hong_Kong
820000 澳门 澳門 Macao
"""

REGIONS = tuple(
    Region(code, simplified, traditional, english.replace("_", " "))
    for code, simplified, traditional, english in (row.split() for row in _ROWS.strip().splitlines())
)
_BY_PROVINCE = {region.code[:2]: region for region in REGIONS}


def region_of(code: str) -> Region | None:
    """Return the region that a code of six digits lies in (440305, Nanshan in Shenzhen: Guangdong), or None."""
    return _BY_PROVINCE.get(code[:2]) if len(code) == 6 and code.isascii() and code.isdigit() else None
