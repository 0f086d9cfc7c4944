"""Words of questions and of properties' labels, brought to one form in which the two are compared.

"Who are Iran's allies?" and the label "allied with" share no word as it is written. Words are folded as
everywhere, taken to their stem (English ones by the Porter stemmer that the full-text index has), and those
that a dictionary gives as one come together. The words are a dictionary's; no property is named here.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from araxes.endpoint.search.likeness.folding import fold, is_arabic, text_words

_FORMS = """
ally: ally allies allied alliance / متحد متحدان متحدین هم‌پیمان هم‌پیمانان همپیمان
arms: arms weapon weapons weaponry armament armaments / سلاح اسلحه جنگ‌افزار تسلیحات
supply: supply supplies supplied sell sells sold provide provides deliver delivers
trade: trade trades traded trading commerce / تجارت بازرگانی دادوستد داد_و_ستد داد_وستد مبادله
support: support supports supporter supporters / حمایت حامی حامیان پشتیبانی پشتیبان پشتیبانان
oppose: oppose opposes opposed opponent opponents opposition / مخالف مخالفت مخالفان
rival: rival rivals rivalry compete competes competitor competitors / رقیب رقیبان رقبا رقابت
enemy: enemy enemies / دشمن دشمنان
friend: friendly friend friends / دوستدار دوست دوستان
border: borders border bordering share_border shares_border shared_border neighbour neighbours neighbouring
  neighbor neighbors neighboring / هم‌مرز هممرز مرز_مشترک همسایه همسایگان
share: share shares shared sharing / اشتراک مشترک
cooperate: cooperate cooperates cooperation cooperating collaborate collaborates collaboration
export: export exports exporter / صادر صادرات صادرکننده
active: فعال فعالیت
recognize: recognize recognizes recognise recognises recognition
criticize: criticize criticizes criticise criticises criticism critic / انتقاد منتقد
emphasize: emphasize emphasizes emphasise emphasises stress stresses
member: member members membership / عضو اعضا عضویت
resource: resource resources / منبع منابع
relation: relation relations relationship relationships tie ties / رابطه روابط مناسبات
seek: پی خواهان خواستار درصدد
mediate: mediate mediates mediator mediators mediation / میانجی میانجیگری میانجی‌گری
visit: visit visits visited / سفر
lead: lead leads led leader leaders leadership / رهبر رهبری رهبران
found: founded founder founders / بنیانگذار بنیان‌گذار
invest: invest invests investment investments investor / سرمایهگذاری سرمایه‌گذاری سرمایه‌گذار
accuse: accuse accuses accusation / متهم اتهام
occupy: occupy occupies occupied occupation occupier / اشغال اشغالگر
need: need needs needed / نیاز نیازمند
depend: depend depends dependent dependence dependency / وابسته وابستگی
rely: rely relies reliance reliant / تکیه متکی
concern: concerned concern worried / نگران نگرانی
follow: follows follow follower followers / پیرو پیروان پیروی پایبند
aid: aid aids help helps assist assists assistance / یاری کمک
ideology: ideology ideologies / ایدئولوژی
praise: praise praises / ستاید ستایش
threat: threat threats threaten threatens threatened threatening / تهدید
"""
_LIGHT = """
a an the of to in on at for from by with as into about and or but is are was were be been being am do does
did has have had having can could will would may might who whom whose what which where when why how that this
these those there it its they them their he she his her so any anybody anyone anything some somebody someone
something else other others another one ones say says said saying according source sources claim claims give
gives given get gets country countries
از به با بر در برای تا را که و یا هم نیز این آن چه چیست کیست کیستند چیستند کجا کجاست کدام کی کسی کس کسانی کسان
چیز چیزی چیزهایی آیا است هست هستند بود بودند بوده شود شوند شد شده می کند کنند کرد کردند کرده دارد دارند داشت
داشته دهد دهند داد داده گیرد گیرند گرفت گرفته گوید گویند گفت گفته چنین ها های هایی ای اش اند ی یک دارای سازی
کشور کشورها کشورهای کشورهایی دیگر منبعی توسط از_جانب از_سوی
"""
_ENDINGS = ("هایی", "های", "ها", "شان", "اش", "ات", "ان", "ی", "ش", "ه")
_SHORTEST_STEM = 3
_LONGEST_PHRASE = 3
_OWN = re.compile("['’ʼ]s?$")
_SHARED = "هم"
_NON_JOINER = "\u200c"
_MARKS = '?!.,;:؟،؛«»"“”()'


@dataclass(frozen=True, slots=True)
class Written:
    """One word as it stands.

    Attributes:
        word: folded, without the ending of a possessor.
        whole: folded with that ending.
        owns: whether it has that ending.
    """

    word: str
    whole: str
    owns: bool = False


def written_words(text: str) -> list[Written]:
    """The words of a text in their order; «هم‌زبان» is one, with its non-joiner.

    >>> [each.word for each in written_words("Who is Iran’s rival?")]
    ['who', 'is', 'iran', 'rival']
    """
    return [each for raw in text.split() for each in _written(raw.strip(_MARKS))]


def _written(raw: str) -> list[Written]:
    words = _pieces(raw)
    owner = _pieces(_OWN.sub("", raw)) if _OWN.search(raw) else words
    if len(owner) != len(words) or not words or owner == words:
        return [Written(word, word) for word in words]
    return [*(Written(word, word) for word in words[:-1]), Written(owner[-1], words[-1], owns=True)]


def _pieces(raw: str) -> list[str]:
    words = text_words(raw.replace(_NON_JOINER, " "))
    if _SHARED + _NON_JOINER in raw and words[:1] == [_SHARED] and len(words) > 1:
        return [f"{_SHARED}{_NON_JOINER}{words[1]}", *words[2:]]
    return words


def content(words: Sequence[str]) -> list[str]:
    """The words that tell something, those of the dictionary by what they are brought to.

    Args:
        words: folded.

    >>> content("whom does share a border".split()), content(["trades", "with"])
    (['border'], ['trade'])
    """
    apart = [part for word in words for part in _apart(word)]
    telling = [word for word in _joined(apart) if word not in _LIGHT_WORDS]
    return [_KNOWN.get(word) or _KNOWN.get(_without_ending(word)) or word for word in _joined(telling)]


def _apart(word: str) -> list[str]:
    """«هم‌زبان» as "shared language", as far as the dictionary does not know it as a whole."""
    if _NON_JOINER not in word:
        return [word]
    whole = word.replace(_NON_JOINER, "")
    return [whole] if whole in _KNOWN else ["مشترک", word.partition(_NON_JOINER)[2]]


def _joined(words: Sequence[str]) -> list[str]:
    """Words in which the dictionary's phrases have become one."""
    found: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
            phrase = "_".join(words[place : place + length])
            if length == 1 or phrase in _KNOWN or phrase in _LIGHT_WORDS:
                found.append(phrase)
                place += length
                break
    return found


def forms_of(word: str) -> list[str]:
    """The words that the dictionary brings to the same as a folded one; itself where it has none.

    >>> "commerce" in forms_of("trade"), forms_of("iran")
    (True, ['iran'])
    """
    known = _KNOWN.get(word)
    return [form for form, other in _KNOWN.items() if other == known and "_" not in form] if known else [word]


def stems(words: Iterable[str]) -> dict[str, str]:
    """Folded word → its stem, by the rules of the full-text index; Persian ones without usual endings.

    >>> found = stems(["economically", "economic", "policies", "policy"])
    >>> found["economically"] == found["economic"], found["policies"] == found["policy"]
    (True, True)
    """
    return dict(_stems(frozenset(words)))


@lru_cache(8)
def _stems(words: frozenset[str]) -> dict[str, str]:
    listed = sorted(words)
    found = {word: _without_ending(word) for word in listed if is_arabic(word)}
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(
            "CREATE VIRTUAL TABLE one USING fts5 (word, tokenize = 'porter unicode61 remove_diacritics 0');"
            "CREATE VIRTUAL TABLE term USING fts5vocab (one, instance);"
        )
        others = [word for word in listed if word not in found]
        connection.executemany("INSERT INTO one (rowid, word) VALUES (?, ?)", enumerate(others))
        found |= dict(zip(others, others, strict=True))
        for place, stem in connection.execute("SELECT doc, term FROM term"):
            found[others[place]] = str(stem)
    finally:
        connection.close()
    return found


def _without_ending(word: str) -> str:
    if not is_arabic(word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _folded(form: str) -> str:
    return "_".join(part for piece in form.split("_") for part in [fold(piece).replace(" ", "")])


def _read() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in _FORMS.replace("\n ", "").strip().splitlines():
        name, _, forms = line.partition(":")
        for form in forms.replace("/", " ").split():
            known[_folded(form)] = name
            if _NON_JOINER in form:
                known["_".join(text_words(form))] = name
    return known


_KNOWN = _read()
_LIGHT_WORDS = frozenset(map(_folded, _LIGHT.split()))
