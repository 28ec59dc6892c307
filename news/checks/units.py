"""What a figure counts: per cent, money, measures, and how each is written in either language."""

from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from re import IGNORECASE, Pattern
from re import compile as pattern
from typing import NamedTuple

DOLLARS = frozenset(["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"])
PER_CENT = frozenset(["%"])
YUAN = "元"
"""元 alone: renminbi, unless the text is about another money of that name."""
MINUTE, HOUR, DAY = 60, 3600, 86400
YEAR = Fraction(1461, 4) * DAY


class Unit(NamedTuple):
    family: str
    factor: Fraction = Fraction(0)
    """In the base of its family; 0 where there is no conversion."""
    zero: int = 0
    """Where its scale begins, in itself."""
    slack: float = 0


class Written(NamedTuple):
    """Patterns. An expression can stand for several units: "pounds" are money or weight."""

    units: frozenset[str]
    english: str = ""
    chinese: str = ""
    english_before: str = ""
    chinese_before: str = ""


PERCENT = [
    ("pp", r"(?:percentage[ -]|per cent |percent )points?\b|pp\b", "个?百分点"),
    ("bp", r"basis points?\b|bps?\b", "个?基点"),
    ("‰", "‰|per (?:mille|mil)\\b", "‰"),
    ("%", r"%|percent\b|per cent\b|pct\b", r"%|成(?![立为本功绩员长人交熟就套])"),
]

MONEY = [
    ("CNY", r"yuan\b|renminbi\b|RMB\b|CNY\b", "元人民币|人民币元|人民币", r"RMB|CNY|CN¥|CNH", "人民币|RMB|CNY"),
    ("HKD", r"Hong Kong dollars?\b|HKD\b", "港元|港币|元港币", r"HK\$|HKD", r"港币|HK\$|HKD"),
    ("USD", r"(?:US |U\.S\. |American )dollars?\b|USD\b", "美元|美金", r"USD|US ?\$|U\.S\. ?\$", r"USD|US\$"),
    ("AUD", r"Australian dollars?\b|AUD\b", "澳元|澳大利亚元", r"AUD|AU?\$", r"AUD|AU?\$"),
    ("CAD", r"Canadian dollars?\b|CAD\b", "加元|加拿大元|加币", r"CAD|CA?\$", r"CAD|CA?\$"),
    ("SGD", r"Singapore dollars?\b|SGD\b", "新加坡元|新元|新币", r"SGD|S\$", r"SGD|S\$"),
    ("TWD", r"(?:New )?Taiwan dollars?\b|TWD\b", "元?新台币|新台币元|台币", r"TWD|NT\$", r"新台币|TWD|NT\$"),
    ("NZD", r"New Zealand dollars?\b|NZD\b", "新西兰元|纽元", r"NZD|NZ\$", r"NZD|NZ\$"),
    ("EUR", r"euros?\b|EUR\b", "欧元", "EUR|€", "EUR|€"),
    ("GBP", r"(?:pounds )?sterling\b|GBP\b", "英镑", "GBP|£", "GBP|£"),
    ("JPY", r"(?:Japanese )?yen\b|JPY\b", "日元|日圆", "JPY|JP¥", "JPY"),
    ("KRW", r"(?:South )?(?:Korean )?won\b|KRW\b", "韩元|韩币", "KRW|₩", "KRW|₩"),
    ("CHF", r"(?:Swiss )?francs?\b|CHF\b", "瑞士法郎|瑞郎", "CHF", "CHF"),
    ("INR", r"(?:Indian )?rupees?\b|INR\b", "(?:印度)?卢比", r"INR|Rs\.?|₹", "INR|₹"),
    ("RUB", r"(?:Russian )?rou?bles?\b|RUB\b", "(?:俄罗斯)?卢布", "RUB|₽", "RUB|₽"),
]

MEASURES: list[tuple[str, int | Fraction, str, str, str]] = [
    ("area", 1, "m2", r"square met(?:re|er)s?\b|sq\.? ?m\b|m2\b|sqm\b", "平方米|平米|m2"),
    ("area", 10**6, "km2", r"square kilomet(?:re|er)s?\b|sq\.? ?km\b|km2\b", "平方公里|平方千米|km2"),
    ("area", 10**4, "ha", r"hectares?\b|ha\b", "公顷"),
    ("area", Fraction(2000, 3), "mu", r"mu\b", "亩"),
    ("area", Fraction("4046.856"), "acre", r"acres?\b", "英亩"),
    ("area", Fraction("0.09290304"), "ft2", r"square f(?:ee|oo)t\b|sq\.? ?ft\b", "平方英尺"),
    ("area", Fraction("2589988.11"), "mi2", r"square miles?\b", "平方英里"),
    ("volume", 1, "m3", r"cubic met(?:re|er)s?\b|m3\b", "立方米|m3"),
    ("volume", Fraction(1, 1000), "l", r"lit(?:re|er)s?\b", "升"),
    ("volume", Fraction(1, 10**6), "ml", r"millilit(?:re|er)s?\b|ml\b", "毫升|ml"),
    ("volume", Fraction("0.158987"), "bbl", r"barrels?\b", "桶"),
    ("energy", 1, "kWh", r"kilowatt[ -]hours?\b|kWh\b", "千瓦时|kWh"),
    ("energy", 1000, "MWh", r"megawatt[ -]hours?\b|MWh\b", "兆瓦时|MWh"),
    ("energy", 10**6, "GWh", r"gigawatt[ -]hours?\b|GWh\b", "吉瓦时|GWh"),
    ("energy", 10**9, "TWh", r"terawatt[ -]hours?\b|TWh\b", "太瓦时|TWh"),
    ("power", Fraction(1, 1000), "W", r"watts?\b|W\b", "瓦特?(?!时)|W"),
    ("power", 1, "kW", r"kilowatts?\b|kW\b", "千瓦(?!时)|kW"),
    ("power", 1000, "MW", r"megawatts?\b|MW\b", "兆瓦(?!时)|MW"),
    ("power", 10**6, "GW", r"gigawatts?\b|GW\b", "吉瓦(?!时)|GW"),
    ("length", Fraction(1, 1000), "mm", r"millimet(?:re|er)s?\b|mm\b", "毫米|mm"),
    ("length", Fraction(1, 100), "cm", r"centimet(?:re|er)s?\b|cm\b", "厘米|公分|cm"),
    ("length", 1000, "km", r"kilomet(?:re|er)s?\b|kms?\b|kph\b|kmh\b", "公里|千米|km|kph"),
    ("length", 1852, "nmi", r"nautical miles?\b|knots?\b", "海里|节"),
    ("length", Fraction("1609.344"), "mile", r"miles?\b|mph\b", "英里|mph"),
    ("length", Fraction("0.9144"), "yard", r"yards?\b", "码"),
    ("length", Fraction("0.3048"), "foot", r"feet\b|foot\b|ft\b", "英尺"),
    ("length", Fraction("0.0254"), "inch", r"inch(?:es)?\b", "英寸"),
    ("length", 1, "m", r"met(?:re|er)s?\b|m\b", "米|m(?![a-zA-Z])"),
    ("mass", Fraction(1, 1000), "g", r"grams?\b|g\b", "克"),
    ("mass", Fraction(1, 10**6), "mg", r"milligrams?\b|mg\b", "毫克|mg"),
    ("mass", 1, "kg", r"kilogram(?:me)?s?\b|kilos?\b|kg\b", "公斤|千克|kg"),
    ("mass", Fraction(1, 2), "jin", r"jin\b", "斤"),
    ("mass", Fraction("0.45359237"), "lb", r"lbs?\b", "磅"),
    ("mass", Fraction("0.028349523"), "oz", r"ounces?\b|oz\b", "盎司"),
    ("coal", 1000, "tce", r"(?:metric )?ton(?:ne)?s of (?:standard coal|coal equivalent)\b|tce\b", "吨标准?煤"),
    ("mass", 1000, "t", r"(?:metric )?ton(?:ne)?s?\b", "公?吨"),
    ("temperature", 1, "°C", r"°? ?C\b|(?:degrees? )?(?:Celsius|centigrade)\b", "摄氏度|°C"),
    ("temperature", Fraction(5, 9), "°F", r"°? ?F\b|(?:degrees? )?Fahrenheit\b", "华氏度|°F"),
    ("time", 1, "second", r"seconds?\b", "秒钟?"),
    ("time", MINUTE, "minute", r"minutes?\b|mins?\b", "分钟"),
    ("time", HOUR, "hour", r"hours?\b|hrs?\b", "个?(?:小时|钟头)"),
    ("time", DAY, "day", r"days?\b", "天"),
    ("time", 7 * DAY, "week", r"weeks?\b", "周(?!年)|个星期|星期"),
    ("time", YEAR / 12, "month", r"months?\b", "个月"),
    ("time", YEAR, "year", r"years?\b", "周?年"),
    ("time", 10 * YEAR, "decade", r"decades?\b", ""),
]

UNITS = {name: Unit("percent") for name, *_ in PERCENT}
UNITS |= {code: Unit("money") for code, *_ in MONEY} | {YUAN: Unit("money")}
UNITS |= {name: Unit(family, Fraction(factor)) for family, factor, name, *_ in MEASURES}
UNITS |= {"°C": Unit("temperature", Fraction(1), 0, 1), "°F": Unit("temperature", Fraction(5, 9), 32, 1)}

WRITTEN = [
    *(Written(frozenset([name]), english, chinese) for name, english, chinese in PERCENT),
    *(Written(frozenset([code]), *patterns) for code, *patterns in MONEY),
    Written(DOLLARS, r"dollars?\b", "", r"\$", r"\$"),
    Written(frozenset(["CNY", "JPY"]), "", "", "¥", "¥"),
    Written(frozenset(["GBP", "lb"]), r"pounds?\b"),
    Written(frozenset([YUAN]), "", "元|块钱?"),
    *(Written(frozenset([name]), english, chinese) for _family, _factor, name, english, chinese in MEASURES),
]
"""The first that fits is taken: 元人民币 stands above 元, ton of standard coal above ton."""

NOTHING: frozenset[str] = frozenset()


class Spelling:
    """Finds the unit written at, or just before, a place."""

    def __init__(self, patterns: Iterable[str], flags: int = 0, lead: str = "", tail: str = "") -> None:
        alternatives = [f"(?P<u{number}>{each})" for number, each in enumerate(patterns) if each]
        self.expression: Pattern[str] = pattern(f"{lead}(?:{'|'.join(alternatives)}){tail}", flags)

    def after(self, text: str, at: int) -> tuple[frozenset[str], int]:
        """The units, and where they end."""
        found = self.expression.match(text, at)
        return (WRITTEN[int(str(found.lastgroup)[1:])].units, found.end()) if found else (NOTHING, at)

    def before(self, text: str, at: int) -> tuple[frozenset[str], int]:
        """The units, and where they begin."""
        start = max(at - 10, 0)
        found = self.expression.search(text[start:at])
        return (WRITTEN[int(str(found.lastgroup)[1:])].units, start + found.start()) if found else (NOTHING, at)


ENGLISH_AFTER = Spelling([each.english for each in WRITTEN], IGNORECASE, "[ -]?")
CHINESE_AFTER = Spelling([each.chinese for each in WRITTEN], lead="[ ]?[多余来]?")
ENGLISH_BEFORE = Spelling([each.english_before for each in WRITTEN], lead="(?<![A-Za-z])", tail="[ ]?$")
CHINESE_BEFORE = Spelling([each.chinese_before for each in WRITTEN], IGNORECASE, "(?<![A-Za-z])", "[ ]?$")


@cache
def family(units: frozenset[str]) -> str:
    """Percent, money, length …; empty without units."""
    return next((UNITS[unit].family for unit in sorted(units)), "")


class Quantities:
    """Values with units, to be found again in other units, give or take 2% (of temperatures, a degree)."""

    def __init__(self, quantities: Iterable[tuple[Fraction, frozenset[str]]]) -> None:
        self.bases: dict[str, list[float]] = {}
        for value, units in quantities:
            for unit in units:
                self.bases.setdefault(unit, []).append(base(value, unit))
        for bases in self.bases.values():
            bases.sort()

    def hold(self, value: Fraction, units: frozenset[str]) -> bool:
        for unit in units:
            sought, slack = base(value, unit), UNITS[unit].slack
            slack = max(slack, abs(sought) / 50)
            for other, bases in self.bases.items():
                if other in units or UNITS[other].family != UNITS[unit].family or not UNITS[other].factor:
                    continue
                at = bisect_left(bases, sought - slack)
                if at < len(bases) and bases[at] <= sought + slack:
                    return True
        return False


def base(value: Fraction, unit: str) -> float:
    return float((value - UNITS[unit].zero) * UNITS[unit].factor)
