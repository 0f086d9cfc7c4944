"""Dates and numbers as people say them, in English and Persian: no EDTF code in a sentence."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from araxes.triples.labels import in_digits

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fa": (
        *("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن"),
        *("ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
    ),
}
_SOLAR_HIJRI_MONTHS = {
    "en": (
        *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
        *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
    ),
    "fa": (
        *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
        *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    ),
}
_SOLAR_HIJRI = re.compile(r"(\d{3,4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_BOTH = {"en": "{} Solar Hijri ({})", "fa": "{} ({} میلادی)"}
"""How a date of the Persian calendar is told: as it is written, then as it is reckoned here."""
_ABOUT = {"en": "about {}", "fa": "حدود {}"}
_DECADE = {"en": "the {}s", "fa": "دههٔ {}"}
_CENTURY = {"en": "the {} century", "fa": "سدهٔ {}"}
_SPAN = {"en": "{} to {}", "fa": "{} تا {}"}
_SINCE = {"en": "from {} on", "fa": "از {} به بعد"}
_UNTIL = {"en": "until {}", "fa": "تا {}"}
_SOME_DAY = {
    "en": {"since": "some time from {} on", "until": "some time until {}", "span": "some time from {} to {}"},
    "fa": {"since": "{} یا پس از آن", "until": "{} یا پیش از آن", "span": "زمانی میان {} و {}"},
}
"""How a day is told of which no more is known than that it lies in a span."""
_OR = {"en": " or ", "fa": " یا "}
_SEASONS = {
    "en": {"21": "spring {}", "22": "summer {}", "23": "autumn {}", "24": "winter {}"},
    "fa": {"21": "بهار {}", "22": "تابستان {}", "23": "پاییز {}", "24": "زمستان {}"},
}
_SIGNS = {
    "en": {
        "≈": "about {}",
        "≥": "at least {}",
        "≤": "at most {}",
        "<": "less than {}",
        ">": "more than {}",
        "≲": "nearly {}",
    },
    "fa": {
        "≈": "حدود {}",
        "≥": "دست‌کم {}",
        "≤": "حداکثر {}",
        "<": "کمتر از {}",
        ">": "بیش از {}",
        "≲": "نزدیک به {}",
    },
}


def date_in_words(text: str, language: str) -> str:
    """A date in EDTF as people say it.

    >>> date_in_words("187X", "en"), date_in_words("1992-03-12", "en")
    ('the 1870s', '12 March 1992')
    >>> date_in_words("1991-10/1991-12", "en"), date_in_words("2003~/..", "en")
    ('October to December 1991', 'from about 2003 on')
    >>> date_in_words("[1991..]", "en"), date_in_words("[1991,1993]", "en")
    ('some time from 1991 on', '1991 or 1993')
    >>> date_in_words("[1991..1993]", "en"), date_in_words("[..2012-07]", "fa")
    ('some time from 1991 to 1993', 'ژوئیه ۲۰۱۲ یا پیش از آن')
    """
    if text[:1] in {"[", "{"}:
        return _of_set(text[1:-1], language)
    start, slash, end = text.partition("/")
    if not slash:
        return in_digits(_one(start, language), language)
    if start in {"", ".."}:
        said = _UNTIL[language].format(_one(end, language))
    elif end in {"", ".."}:
        said = _SINCE[language].format(_one(start, language))
    elif start[:4] == end[:4] and re.fullmatch(r"\d{4}-\d\d", start) and re.fullmatch(r"\d{4}-\d\d", end):
        months = _MONTHS[language]
        said = _SPAN[language].format(months[int(start[5:]) - 1], _one(end, language))
    else:
        said = _SPAN[language].format(_one(start, language), _one(end, language))
    return in_digits(said, language)


def written_date_in_words(text: str, written: str, language: str) -> str:
    """A date as people say it, and before it as it is written in the Persian calendar, if it is.

    Args:
        text: the date in EDTF.
        written: the same in the Solar Hijri calendar, in the forms of EDTF; empty if it is not written so.
        language: of the reader.

    >>> written_date_in_words("1991-12-25", "1370-10-04", "en")
    '4 Dey 1370 Solar Hijri (25 December 1991)'
    >>> written_date_in_words("2017-10-23/2017-11-21", "1396-08", "fa")
    'آبان ۱۳۹۶ (۲۳ اکتبر ۲۰۱۷ تا ۲۱ نوامبر ۲۰۱۷ میلادی)'
    >>> written_date_in_words("1992", "", "en")
    '1992'
    """
    said = date_in_words(text, language)
    return _BOTH[language].format(_solar_hijri_in_words(written, language), said) if written else said


def _solar_hijri_in_words(written: str, language: str) -> str:
    """A day, month or year, or a span of two, of the Persian calendar."""

    def one(text: str) -> str:
        if not (match := _SOLAR_HIJRI.fullmatch(text)):
            return text  # of a dataset that nobody validated
        year, month, day = match.groups()
        name = [_SOLAR_HIJRI_MONTHS[language][int(month) - 1]] if month else []
        return " ".join([*([str(int(day))] if day else []), *name, year])

    start, slash, end = written.partition("/")
    said = _SPAN[language].format(one(start), one(end)) if slash else one(start)
    return in_digits(said, language)


def _of_set(members: str, language: str) -> str:
    """One day of a set, as EDTF level 1 and 2 write it in brackets."""
    if ".." in members:
        ends = dict(zip(("since", "until"), members.split(".."), strict=True))
        said = [date_in_words(each, language) for each in ends.values() if each]
        (name,) = [each for each in ends if ends[each]] if len(said) == 1 else ("span",)
        return _SOME_DAY[language][name].format(*said)
    return _OR[language].join(date_in_words(each.strip(), language) for each in members.split(","))


def _one(text: str, language: str) -> str:
    plain = text.rstrip("~?%")
    said = _certain(plain, language)
    return said if plain == text else _ABOUT[language].format(said)


def _ordinal(number: int) -> str:
    """An English ordinal.

    >>> _ordinal(20), _ordinal(21), _ordinal(12)
    ('20th', '21st', '12th')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    return f"{number}{ending}"


def _certain(text: str, language: str) -> str:
    if re.fullmatch(r"\d{3}X", text):
        return _DECADE[language].format(f"{text[:3]}0")
    if re.fullmatch(r"\d{2}XX", text):
        number = int(text[:2]) + 1
        return _CENTURY[language].format(_ordinal(number) if language == "en" else number)
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text)
    if not match:
        return text
    year, month, day = match.groups()
    if month in _SEASONS[language]:
        return _SEASONS[language][month].format(year)
    if not 1 <= int(month) <= 12:
        return text
    name = _MONTHS[language][int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def number_in_words(text: str, language: str) -> str:
    """A number, perhaps with the sign of its comparator before it, as people say it.

    >>> number_in_words("> 1000000", "en"), number_in_words("80", "en")
    ('more than 1,000,000', '80')
    """
    sign, _, number = text.rpartition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return text
    said = f"{value.normalize():,f}"
    if language == "fa":
        said = in_digits(said.replace(",", "٬").replace(".", "٫"), language)
    return _SIGNS[language].get(sign, "{}").format(said)
