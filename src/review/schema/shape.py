"""A description of tables held against the Data Package standard and our `descriptor.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review.faults import quote, short

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

OURS = Path(__file__).with_name("descriptor.json")
KINDS = {
    str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list",
    type(None): "null",
}  # fmt: skip
EXPECTED = {
    "string": "text in quotation marks", "boolean": "true or false", "array": "a list in brackets",
    "object": "an object in braces", "integer": "a whole number", "number": "a number",
}  # fmt: skip
Place = tuple[str | int, ...]
Problems = Iterator[tuple[Place, str]]


def misshapen(spec: Any) -> Problems:
    """Yield the place of each value that one of the two schemas does not allow, and why."""
    from jsonschema import Draft202012Validator

    taken = set[Place]()
    # Ours first: it is stricter and says in plain words what it expects.
    for schema in (json.loads(OURS.read_text(encoding="utf-8")), _standard()):
        found = set[Place]()
        for error in Draft202012Validator(schema).iter_errors(spec):
            place = tuple(error.absolute_path)
            found.add(place)
            if place not in taken:
                yield from ((place, problem) for problem in _problems(error))
        taken |= found


def written(value: Any) -> str:
    """Return a value as it stands in a JSON file."""
    return json.dumps(value, sort_keys=True)


def _standard() -> dict[str, Any]:
    """Return the schema of the Data Package standard, with those of its parts where they apply."""
    from frictionless import Field, Package, Resource, Schema

    schema = _with(Schema, fields={"items": Field.metadata_profile})
    return _with(Package, resources={"items": _with(Resource, schema=schema)})


def _with(kind: Any, **properties: Any) -> dict[str, Any]:
    return {"allOf": [kind.metadata_profile, {"properties": properties}]}


def _problems(error: ValidationError) -> list[str]:
    """Return in plain words what a validator found."""
    found, wanted = error.instance, error.validator_value
    match error.validator:
        case "required":
            return [f"property {name!r} is missing" for name in wanted if name not in found]
        case "additionalProperties":
            known = error.schema["properties"]
            expected = f"is not known; expected {', '.join(known)}"
            return [f"property {quote(name)} {expected}" for name in found if name not in known]
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            expected = " or ".join(EXPECTED[name] for name in names)
            return [f"is {KINDS.get(type(found), 'an object')}, expected {expected}"]
        case "maxLength":
            return [f"has {len(found)} characters, expected at most {wanted}"]
        case "minItems":
            return ["is an empty list, expected at least one entry"]
        case "maxItems":
            return [f"has {len(found)} entries, expected at most {wanted}"]
        case "pattern":
            return [f"{quote(found)} is not {error.schema.get('expected', 'of the standard')}"]
        case "const":
            return [
                f"is {short(written(found))}, expected {written(wanted)}; nothing else is read here"
            ]
        case "enum":
            return [f"is {short(written(found))}, expected {' or '.join(map(written, wanted))}"]
        case "not":
            return ["is not read here; remove it"]
        case _:
            return [f"is {short(written(found))}, which the Data Package standard does not allow"]
