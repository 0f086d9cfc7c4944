"""First parts of ids, such as ``state`` in ``state/iran``: what may have such an id, and what gets one."""

from __future__ import annotations

_SEGMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "action": ("ProposedAction", ("ProposedAction",)),
    "agreement": ("Agreement", ("Agreement", "AgreementSet")),
    "art": ("ArtForm", ("ArtForm",)),
    "commodity": ("Commodity", ("Commodity",)),
    "concept": ("Concept", ("Concept",)),
    "curator": ("Curator", ("Curator",)),
    "de-facto-state": ("DeFactoState", ("DeFactoState",)),
    "document": ("Document", ("Document",)),
    "event": ("Occurrence", ("Occurrence", "PolicyMeasure")),
    "goal": ("Goal", ("Goal",)),
    "group": ("Actor", ("ActorGroup", "SocialGroup", "EthnicGroup", "Population", "ReligiousCommunity")),
    "historical-state": ("Actor", ("HistoricalState", "Dynasty")),
    "hypothesis": ("Hypothesis", ("Hypothesis",)),
    "identity": ("Identity", ("Identity",)),
    "ideology": ("Ideology", ("Ideology",)),
    "infrastructure": ("Asset", ("Infrastructure", "TransportService")),
    "instrument": ("SoftPowerInstrument", ("SoftPowerInstrument",)),
    "interview": ("Interview", ("Interview",)),
    "issue": ("Issue", ("Issue",)),
    "language": ("Language", ("Language",)),
    "measure": ("Measure", ("Measure",)),
    "method": ("Method", ("Method",)),
    "narrative": ("Narrative", ("Narrative",)),
    "office": ("Office", ("Office",)),
    "option": ("Option", ("Option",)),
    "organization": ("Organization", ("Organization",)),
    "perception": ("Perception", ("Perception",)),
    "person": ("Person", ("Person",)),
    "place": ("Place", ("Place", "MilitaryFacility")),
    "policy": ("Policy", ("Policy",)),
    "process": ("TracedProcess", ("TracedProcess",)),
    "project": ("Project", ("Project",)),
    "question": ("ResearchQuestion", ("ResearchQuestion",)),
    "relationship": ("Relationship", ("Relationship",)),
    "religion": ("Religion", ("Religion",)),
    "role": ("Role", ("Role",)),
    "situation": ("Situation", ("Situation",)),
    "state": ("State", ("State",)),
    "theory": ("Theory", ("Theory",)),
    "tie": ("CulturalTie", ("CulturalTie",)),
    "tradition": ("Tradition", ("Tradition",)),
    "weapon": ("Weapon", ("Weapon",)),
    "work": ("Work", ("Work",)),
}

WIDEST: dict[str, str] = {segment: widest for segment, (widest, _) in _SEGMENTS.items()}
"""First part of an id → the class that everything with such an id belongs to."""

GIVEN: dict[str, str] = {name: segment for segment, (_, names) in _SEGMENTS.items() for name in names}
"""Class → first part of the ids of its things (AUTHORING.md, "An entity"); what is below a class has its."""
