"""Records that the checks found nothing wrong with: the only ones that anything may be built of.

:func:`araxes.triples.authoring.check_references.check_records` and what it found before, kept by
validation, are the only ways to a :class:`SoundCorpus`; both lead through :func:`divide_corpus`. Code that
takes one may trust what the checks say: keys, types, dates and ids are as schema and AUTHORING.md have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from araxes.triples.authoring.corpus import Corpus, Record, as_list
from araxes.triples.authoring.findings import Finding, corpus_error


@dataclass(frozen=True)
class SoundRecord(Record):
    """A record that the checks found nothing wrong with."""

    def spans(self) -> list[tuple[int, int, str]]:
        """Start, end and recorded SHA-256 of each passage of a claim."""
        return [(span["start"], span["end"], span["sha256"]) for span in as_list(self.data["passage"])]


@dataclass(frozen=True)
class SoundCorpus:
    """The sound records of a corpus or of a part of it, in the order of their files."""

    entities: tuple[SoundRecord, ...] = ()
    sources: tuple[SoundRecord, ...] = ()
    curations: tuple[SoundRecord, ...] = ()
    claims: tuple[SoundRecord, ...] = ()
    refinements: tuple[SoundRecord, ...] = ()

    def part(self, wanted: Callable[[SoundRecord], bool]) -> SoundCorpus:
        """Some of the records."""
        return SoundCorpus(
            tuple(filter(wanted, self.entities)),
            tuple(filter(wanted, self.sources)),
            tuple(filter(wanted, self.curations)),
            tuple(filter(wanted, self.claims)),
            tuple(filter(wanted, self.refinements)),
        )

    def records(self) -> Iterable[SoundRecord]:
        """Every record."""
        yield from self.entities
        yield from self.refinements
        yield from self.sources
        yield from self.curations
        yield from self.claims


@dataclass(frozen=True)
class CheckedRecords:
    """A corpus after the checks.

    Attributes:
        findings: everything that is wrong.
        sound: the records with which nothing is.
        rejected: the others.
    """

    findings: list[Finding] = field(default_factory=list)
    sound: SoundCorpus = field(default_factory=SoundCorpus)
    rejected: list[Record] = field(default_factory=list)

    def whole(self) -> SoundCorpus:
        """All of it.

        Raises:
            CorpusError: something is wrong; every finding is named.
        """
        if self.findings:
            raise corpus_error(self.findings)
        return self.sound


def divide_corpus(corpus: Corpus, findings: Iterable[Finding]) -> CheckedRecords:
    """A corpus divided by what the checks found.

    A record that a finding is about is rejected, with all of its id, since one of them may be meant; the
    claims and readings of a source that is rejected or described nowhere are left out with it.
    """
    listed = list(findings)
    places = {(finding.place.path, finding.subject) for finding in listed}
    rejected = [
        record for record in corpus.records() if record.flawed or (record.document.path, record.id) in places
    ]
    out = {id(record.data) for record in rejected}
    gone = {record.id for record in rejected if record.kind == "source"}
    known = {record.id for record in corpus.sources} - gone

    def left(records: Iterable[Record], of_source: bool = False) -> tuple[SoundRecord, ...]:
        return tuple(
            SoundRecord(record.kind, record.data, record.document, record.key, record.source)
            for record in records
            if id(record.data) not in out and (not of_source or record.source in known)
        )

    sound = SoundCorpus(
        left(corpus.entities),
        left(corpus.sources),
        left(corpus.curations, of_source=True),
        left(corpus.claims, of_source=True),
        left(corpus.refinements),
    )
    return CheckedRecords(listed, sound, rejected)
