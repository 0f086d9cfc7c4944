"""Tags of languages (BCP 47, RFC 5646): what has one of two letters is not written with three."""

from __future__ import annotations

import re

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A BCP 47 tag, its first part in small letters."""

_SHORT = {
    "ar": "ara arabic", "az": "aze azeri azerbaijani", "bg": "bul bulgarian", "bn": "ben bengali",
    "cs": "ces cze czech", "da": "dan danish", "de": "deu ger german", "el": "ell gre greek",
    "en": "eng english", "es": "spa spanish", "et": "est estonian", "fa": "fas per persian farsi",
    "fi": "fin finnish", "fr": "fra fre french", "he": "heb hebrew", "hi": "hin hindi",
    "hr": "hrv croatian", "hu": "hun hungarian", "hy": "hye arm armenian", "id": "ind indonesian",
    "it": "ita italian", "ja": "jpn japanese", "ka": "kat geo georgian", "kk": "kaz kazakh",
    "ko": "kor korean", "ku": "kur kurdish", "ky": "kir kyrgyz", "la": "lat latin",
    "lt": "lit lithuanian", "lv": "lav latvian", "mn": "mon mongolian", "nl": "nld dut dutch",
    "no": "nor norwegian", "os": "oss ossetian", "pl": "pol polish", "ps": "pus pashto",
    "pt": "por portuguese", "ro": "ron rum romanian", "ru": "rus russian", "sk": "slk slo slovak",
    "sl": "slv slovenian", "sq": "sqi alb albanian", "sr": "srp serbian", "sv": "swe swedish",
    "tg": "tgk tajik", "tk": "tuk turkmen", "tr": "tur turkish", "uk": "ukr ukrainian", "ur": "urd urdu",
    "uz": "uzb uzbek", "zh": "zho chi chinese",
}  # fmt: skip
"""Tag → tags of three letters and names of the same language."""

_SHORTER = {long: short for short, named in _SHORT.items() for long in named.split()}


def better_tag(tag: str) -> str:
    """The tag that is to be written instead of another one or a name; empty where it is right or unknown.

    >>> better_tag("eng"), better_tag("Persian"), better_tag("fas-IR"), better_tag("en"), better_tag("tly")
    ('en', 'fa', 'fa-IR', '', '')
    """
    first, dash, rest = tag.strip().partition("-")
    short = _SHORTER.get(first.casefold(), "")
    return f"{short}{dash}{rest}" if short else ""
