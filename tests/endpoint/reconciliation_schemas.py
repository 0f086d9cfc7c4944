"""JSON Schemas of the answers of the Reconciliation Service API 0.2, written from its text."""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
NAMED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": TEXT, "name": TEXT, "description": TEXT},
}
SERVICE = {
    "type": "object",
    "properties": {
        "service_url": TEXT,
        "service_path": TEXT,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}
PATTERN = {
    "type": "object",
    "required": ["url"],
    "properties": {"url": {"type": "string", "pattern": r"\{\{id\}\}"}},
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "manifest": {
        "type": "object",
        "required": ["versions", "name", "identifierSpace", "schemaSpace"],
        "properties": {
            "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
            "name": TEXT,
            "identifierSpace": TEXT,
            "schemaSpace": TEXT,
            "documentation": TEXT,
            "serviceVersion": TEXT,
            "view": PATTERN,
            "feature_view": PATTERN,
            "defaultTypes": {"type": "array", "items": NAMED, "uniqueItems": True},
            "suggest": {
                "type": "object",
                "properties": {"entity": SERVICE, "property": SERVICE, "type": SERVICE},
                "additionalProperties": False,
            },
            "preview": {
                "allOf": [PATTERN],
                "required": ["url", "width", "height"],
                "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}},
            },
            "extend": {
                "type": "object",
                "properties": {"propose_properties": SERVICE, "property_settings": {"type": "array"}},
            },
        },
    },
    "reconciliation-result-batch": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["result"],
            "properties": {
                "result": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "name", "score"],
                        "properties": {
                            "id": TEXT,
                            "name": TEXT,
                            "description": TEXT,
                            "score": {"type": "number"},
                            "match": {"type": "boolean"},
                            "type": {"type": "array", "items": NAMED},
                            "features": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "properties": {"id": TEXT, "value": {"type": ["number", "boolean"]}},
                                },
                            },
                        },
                    },
                }
            },
        },
    },
    "suggest-entities-response": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": NAMED}},
    },
    "suggest-types-response": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {"allOf": [NAMED], "properties": {"broader": {"type": "array", "items": NAMED}}},
            }
        },
    },
    "suggest-properties-response": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": NAMED}},
    },
    "data-extension-property-proposal": {
        "type": "object",
        "required": ["properties"],
        "properties": {
            "properties": {"type": "array", "items": NAMED},
            "type": TEXT,
            "limit": {"type": "number"},
        },
    },
    "data-extension-response": {
        "type": "object",
        "required": ["rows", "meta"],
        "properties": {
            "meta": {"type": "array", "items": NAMED},
            "rows": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "array",
                        "items": {
                            "oneOf": [
                                {"allOf": [NAMED], "required": ["id", "name"]},
                                {
                                    "type": "object",
                                    "maxProperties": 1,
                                    "minProperties": 1,
                                    "properties": {
                                        "str": TEXT,
                                        "float": {"type": "number"},
                                        "int": {"type": "integer"},
                                        "date": TEXT,
                                    },
                                    "additionalProperties": False,
                                },
                            ]
                        },
                    },
                },
            },
        },
    },
}
