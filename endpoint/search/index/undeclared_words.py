"""What reconciliation calls what the ontology has no words for, in English and Persian."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]
"""Language (BCP 47) → text."""

LANGUAGE_NAMES: Mapping[str, Words] = {
    "en": {"en": "English", "fa": "انگلیسی"},
    "fa": {"en": "Persian", "fa": "فارسی"},
    "az": {"en": "Azerbaijani", "fa": "ترکی آذربایجانی"},
    "tr": {"en": "Turkish", "fa": "ترکی استانبولی"},
    "hy": {"en": "Armenian", "fa": "ارمنی"},
    "ka": {"en": "Georgian", "fa": "گرجی"},
    "ru": {"en": "Russian", "fa": "روسی"},
    "ar": {"en": "Arabic", "fa": "عربی"},
    "he": {"en": "Hebrew", "fa": "عبری"},
    "azb": {"en": "South Azerbaijani", "fa": "ترکی آذربایجانی جنوبی"},
}
"""Languages of labels, in the order in which they are offered."""

IDENTIFIER_NAMES: Mapping[str, Words] = {
    "wikidata": {"en": "Wikidata item", "fa": "شناسهٔ ویکی‌داده"},
    "geonames": {"en": "GeoNames id", "fa": "شناسهٔ GeoNames"},
    "iso3166Alpha3": {"en": "ISO 3166-1 alpha-3 code", "fa": "کد سه‌حرفی ISO 3166-1"},
    "cowCode": {"en": "Correlates of War code", "fa": "کد Correlates of War"},
    "gwCode": {"en": "Gleditsch–Ward code", "fa": "کد Gleditsch–Ward"},
}
"""Properties that identify."""

OWN_PROPERTIES: Mapping[str, Words] = {
    "alias": {"en": "other names", "fa": "نام‌های دیگر"},
    "type": {"en": "kind", "fa": "گونه"},
}
"""Other properties that the ontology does not declare."""

FEATURES: Mapping[str, Words] = {
    "name": {
        "en": "how alike the name is, from 0 to 100, before types and properties count",
        "fa": "شباهت نام، از ۰ تا ۱۰۰، پیش از به حساب آمدن گونه‌ها و ویژگی‌ها",
    },
    "language": {
        "en": "whether the label in the language of the query is written so",
        "fa": "آیا برچسب به زبان پرسش همین گونه نوشته شده است",
    },
    "id": {"en": "whether the id is the one asked for", "fa": "آیا شناسه همان است که خواسته شده"},
    "type": {"en": "whether the kind is the one asked for", "fa": "آیا گونه همان است که خواسته شده"},
}
"""Matching features besides those of properties, which are called as the property is."""

QUALIFIERS: Mapping[str, Words] = {
    "ExactMatch": {"en": "the value letter for letter", "fa": "خود مقدار، حرف به حرف"},
    "WildcardMatch": {
        "en": "texts that begin with what stands before the * at the end",
        "fa": "متن‌هایی که با آنچه پیش از * پایانی آمده آغاز می‌شوند",
    },
}
"""Ways to match the values of a property."""

SETTINGS: Mapping[str, Words] = {
    "limit": {"en": "Most values", "fa": "حداکثر مقدار"},
    "content": {"en": "Entities as", "fa": "موجودیت‌ها به صورت"},
    "language": {"en": "Language of texts", "fa": "زبان متن‌ها"},
}
"""Settings of a property that a table is extended by."""

SETTING_HELP: Mapping[str, Words] = {
    "limit": {
        "en": "How many values a row gets at most; 0 for all",
        "fa": "هر سطر حداکثر چند مقدار بگیرد؛ ۰ یعنی همه",
    },
    "content": {
        "en": "Whether values that are entities keep their ids, or become texts",
        "fa": "مقدارهایی که موجودیت‌اند شناسهٔ خود را نگه دارند یا متن شوند",
    },
    "language": {
        "en": "Texts in other languages are left out",
        "fa": "متن‌های زبان‌های دیگر کنار گذاشته می‌شوند",
    },
}
"""What such a setting does."""

CHOICES: Mapping[str, Mapping[str, Words]] = {
    "content": {
        "id": {"en": "ids with names", "fa": "شناسه با نام"},
        "literal": {"en": "names", "fa": "نام"},
    },
    "language": {"any": {"en": "any", "fa": "هر زبان"}, **LANGUAGE_NAMES},
}
"""Setting → what can be chosen; the first is taken where nothing is."""

SERVICE: Words = {
    "en": "Araxes: international relations of the South Caucasus",
    "fa": "ارس: روابط بین‌الملل قفقاز جنوبی",
}
"""Name of the service."""


def said(words: Words, languages: tuple[str, ...]) -> tuple[str, str]:
    """The language in which a text is said to somebody, and the text.

    >>> said(SERVICE, ("az", "fa", "en"))[0], said(SERVICE, ())[0]
    ('fa', 'en')
    """
    language = next((tag for tag in languages if tag in words), "en")
    return language, words[language]
