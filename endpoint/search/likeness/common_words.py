"""Words of which names in several languages are made, each known by its English one.

"Treaty of Kars" is «Kars Antlaşması» in Turkish and «Карсский договор» in Russian: what tells such a name
from others is one word, and the rest says what kind of thing it is. A name's words are compared with the
common ones translated, so that a label in one language is enough. The words are a dictionary's; no entity is
named here. A form that ends in "*" stands for all that begin so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from araxes.endpoint.search.likeness.folding import fold

_FORMS = """
republic: republic respublika* cumhuriyet* cumhuriyyet* республик* جمهوری
islamic: islamic islam islami исламск* اسلامی
union: union ittifaq* birlik birliği birliyi союз* اتحاد اتحادیه
empire: empire imperial imperiya* imparatorlu* импер* امپراتوری شاهنشاهی
dynasty: dynasty sülale* hanedan* династи* سلسله دودمان
treaty: treaty agreement pact accord contract deal müqavilə* saziş* antlaşma* anlaşma* sözleşme* договор*
  соглашени* пакт* контракт* معاهده عهدنامه پیمان قرارداد توافقنامه موافقتنامه توافق موافقت
declaration: declaration statement bəyannamə* beyanname* bildiri* деклараци* заявлени* بیانیه اعلامیه
memorandum: memorandum меморандум* تفاهمنامه تفاهم یادداشت
peace: peace sülh* barış* мирн* صلح
war: war müharibə* savaş* harbi войн* جنگ جنگهای
conflict: conflict dispute münaqişə* konflikt* çatışma* sorunu конфликт* مناقشه
crisis: crisis böhran* kriz* кризис* بحران
revolution: revolution revolutionary inqilab* devrim* inkılab* революци* انقلاب
dissolution: dissolution collapse breakup disintegration dağılma* çöküş* распад* فروپاشی
occupation: occupation işğal* işgal* оккупаци* اشغال
independence: independence independent müstəqil* bağımsız* независимо* استقلال مستقل
army: army armed forces military ordu* silahlı qüvvə* kuvvet* вооруженн* сил силы арми* ارتش نیروهای مسلح
defence: defence defense müdafiə* savunma* оборон* دفاع دفاعی
parliament: parliament assembly majlis mejlis məclis* meclis* parlament* парламент* меджлис* собрани*
  مجلس پارلمان
government: government hökumət* hükümet* правительств*
state: state states dövlət* devlet* государств* دولت دولتهای کشورهای
national: national milli ulusal национальн* ملی
party: party partiya* parti partisi парти* حزب
movement: movement hərəkat* hareket* движени* جنبش
organization: organization organisation təşkilat* teşkilat* örgüt* организаци* سازمان
committee: committee komitə* komite* комитет* کمیته
council: council şura* konsey* совет شورا شورای
academy: academy akademi* академи* آکادمی فرهنگستان
university: university universitet* üniversite* университет* دانشگاه
school: school schools məktəb* okul* школ* مدارس مدرسه
institute: institute institut* enstitü* институт* موسسه
foundation: foundation fond* vakf* vakıf фонд* بنیاد
company: company şirkət* şirket* компани* شرکت
bank: bank banka* bankı банк* بانک
agency: agency agentlik agentliyi ajansı агентств* خبرگزاری
channel: channel television televiziya* televizyon* телевидени* канал* تلویزیون شبکه
ministry: ministry nazirli* bakanlı* министерств* وزارت
relief: relief aid yardım* помощ* امداد
science: science sciences elm* elmi bilim* наук* علوم
culture: culture cultural mədəni* kültür* культур* فرهنگی فرهنگ
affairs: affairs işləri işleri делам дел امور
religious: religious dini dinî религи* دینی مذهبی
cooperation: cooperation əməkdaşlı* işbirliği сотрудничеств* همکاری همکاریهای
economic: economic iqtisadi ekonomik экономическ* اقتصادی
security: security təhlükəsizli* güvenli* безопасност* امنیت امنیتی
development: development inkişaf* kalkınma* развити* توسعه
justice: justice ədalət* adalet* справедливост* عدالت
people: people peoples popular xalq* halk* народн* خلق مردم
front: front cəbhə* cephe* фронт* جبهه
democratic: democratic demokratik демократическ* دموکراتیک
soviet: soviet sovet* sovyet* советск* شوروی
socialist: socialist sosialist sosyalist социалистическ* سوسیالیستی
united: united birləşmiş birleşmiş birleşik соединенн* объединенн* متحد متحده
nations: nations millətlər milletler наций ملل
world: world dünya* мировая мировой мира جهان جهانی
international: international beynəlxalq uluslararası международн* بینالمللی المللی
autonomous: autonomous muxtar özerk автономн* خودمختار
mountainous: mountainous nagorno nagorny nagorniy нагорн* dağlıq dağlık کوهستانی
great: great greater böyük büyük велик* больш* بزرگ کبیر
north: north northern şimal* kuzey* север* شمال شمالی
south: south southern cənub* güney* юг южн* جنوب جنوبی
east: east eastern şərq* doğu* восток* восточн* شرق شرقی
west: west western qərb* batı* запад* غرب غربی
middle: middle central mərkəzi orta центральн* средн* مرکزی میانه
sea: sea dənizi denizi море моря دریای دریا
gulf: gulf körfəz* körfez* залив* خلیج
river: river çay çayı nehir nehri река реки рек رود رودخانه
province: province ostan* eyalet* vilayət* vilayeti остан* провинци* استان
district: district county rayon* район* شهرستان
city: city town şəhər* şehir şehri город* شهر
shrine: shrine ziyarətgah* türbe* məqbərə* мавзоле* حرم آستان
mosque: mosque məscid* camii мечет* مسجد
corridor: corridor dəhliz* koridor* коридор* کریدور دالان
pipeline: pipeline kəmər* boru hattı нефтепровод* газопровод* трубопровод* لوله خط
oil: oil neft* petrol* нефтян* نفت نفتی
gas: gas qaz gaz газ* گاز گازی
field: field fields yatağı yataq* yatakları месторожден* میدان میدانهای
railway: railway railroad rail dəmir demir demiryolu железн* дорог* yolu آهن راهآهن
airport: airport liman* havalimanı havaalanı аэропорт* فرودگاه
transport: transport transportation nəqliyyat* ulaşım* ulaştırma* транспорт* حمل حملونقل ونقل
train: train qatar* tren* поезд* قطار
visit: visit səfər* ziyareti визит* سفر دیدار
summit: summit sammit* zirvesi саммит* اجلاس
president: president prezident* cumhurbaşkanı президент* رئیسجمهور
ayatollah: ayatollah ayətullah ayetullah аятолла آیتالله
imam: imam имам* امام
sheikh: sheikh shaikh şeyx şeyh шейх شیخ
seyyed: seyyed sayyid seyid seyyid сейид سید
1: first 1st one birinci перв* i اول نخست یکم
2: second 2nd two ikinci втор* ii دوم
3: third 3rd three üçüncü треть* iii سوم
4: fourth 4th dördüncü четверт* iv چهارم
"""
_LITTLE = frozenset(
    fold(
        "the of and for a an in on to from with by ve və ile ilə da de и в во на о об по за из с со у к "
        "و در به از با ها های ای بین نامه"
    ).split()
)
_TITLES = frozenset(("ayatollah", "imam", "sheikh", "seyyed"))
_ADJECTIVE = re.compile(r"(?<=\w{3})(?:ск|цк)(?:ии|ая|ое|ие|ого|ои|их|ому|им|ом|ую)$")


def _read() -> tuple[dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    stems: dict[str, str] = {}
    for line in _FORMS.replace("\n ", "").strip().splitlines():
        word, _, forms = line.partition(":")
        for form in forms.split():
            folded = fold(form.rstrip("*")).replace(" ", "")
            (stems if form.endswith("*") else whole)[folded] = word
    return whole, stems


_WHOLE, _STEMS = _read()
_SHORTEST_STEM, _LONGEST_STEM = min(map(len, _STEMS)), max(map(len, _STEMS))
_LONGEST_WORD = 40
"""Letters of a word that are compared: what is kept of words must not grow with what strangers send."""


def is_little(folded: str) -> bool:
    """Whether a folded word is an article, a preposition or a conjunction."""
    return folded in _LITTLE


DISPENSABLE = frozenset((
    "republic", "islamic", "empire", "dynasty", "state", "national", "union", "city", "district", "province",
    "river", "sea", "great", "government",
))  # fmt: skip
"""Common words without which a thing may be named as well."""


COMMON = frozenset(_WHOLE.values()) | frozenset(_STEMS.values())
"""The English words by which the common ones are known, and the numbers."""

ORDINALS = frozenset("1234")


def is_titled(folded: str) -> bool:
    """Whether a folded name has the title of a person before others.

    >>> is_titled(fold("Ayatollah Khamenei")), is_titled(fold("Imam"))
    (True, False)
    """
    first, *others = map(translated, folded.split() or [""])
    titles = _TITLES | {"president"}
    return first in titles and any(others) and not any(word in COMMON - titles for word in others)


@lru_cache(1 << 14)
def translated(word: str) -> str:
    """A folded word as it is compared: a common one in English, else without a Russian adjective's ending.

    >>> translated(fold("müqaviləsi")), translated(fold("договора")), translated("kars")
    ('treaty', 'treaty', 'kars')
    >>> translated(fold("Карсский")), translated("of")
    ('карс', '')
    """
    if word in _LITTLE:
        return ""
    if word in _WHOLE:
        return _WHOLE[word]
    for length in range(min(len(word), _LONGEST_STEM), _SHORTEST_STEM - 1, -1):
        if word[:length] in _STEMS:
            return _STEMS[word[:length]]
    return _ADJECTIVE.sub("", word)


def telling_words(folded: str) -> tuple[str, ...]:
    """The words of a folded name as they are compared, each once, titles and little words left out.

    >>> telling_words(fold("Treaty of Kars")), telling_words(fold("Kars Antlaşması"))
    (('treaty', 'kars'), ('kars', 'treaty'))
    >>> telling_words(fold("İmam Xomeyni")), telling_words(fold("Imam"))
    (('xomeyni',), ('imam',))
    >>> [len(word) for word in telling_words("x" * 500)]
    [40]
    """
    cut = (each[:_LONGEST_WORD] for each in folded.split())
    words = tuple(dict.fromkeys(word for each in cut if (word := translated(each))))
    return tuple(word for word in words if word not in _TITLES) or words
