"""Turns gitleaks' rule file (https://github.com/gitleaks/gitleaks, MIT) into src/store/gitleaks.json.

Usage: python3 scripts/convert-gitleaks.py path/to/gitleaks.toml COMMIT > src/store/gitleaks.json

Left out: rules that judge paths only, allowlists by path or commit, AWS access key ids, which are
identifiers here, and Google's published example keys, which would trip secret scanners in our own
repository. Needs Python 3.11.
"""

import json
import re
import sys
import tomllib

LEFT_OUT = {"aws-access-token"}
WITHOUT_ALLOWLIST = {"gcp-api-key"}


def compact(**fields):
    return {name: value for name, value in fields.items() if value}


def allowlist(entry):
    return compact(
        regexes=entry.get("regexes"),
        target=entry.get("regexTarget"),
        stopwords=entry.get("stopwords"),
    )


def not_itself(regex):
    """A rule that is one literal would match its own text, and set off scanners of this file."""
    return f"{regex[:-1]}[{regex[-1]}]" if re.fullmatch(r"[\w-]+", regex) else regex


def rule(entry):
    lists = [] if entry["id"] in WITHOUT_ALLOWLIST else entry.get("allowlists", [])
    return compact(
        id=entry["id"],
        regex=not_itself(entry["regex"]),
        keywords=[word.lower() for word in entry.get("keywords", [])],
        entropy=entry.get("entropy"),
        group=entry.get("secretGroup"),
        allow=[a for a in map(allowlist, lists) if a.keys() - {"target"}],
    )


with open(sys.argv[1], "rb") as file:
    source = tomllib.load(file)

rules = [rule(r) for r in source["rules"] if r.get("regex") and r["id"] not in LEFT_OUT]
allow = {name: source["allowlist"][name] for name in ("regexes", "stopwords")}
origin = f"gitleaks/gitleaks@{sys.argv[2]}, MIT licence: gitleaks.LICENSE"
lines = ",\n".join(json.dumps(r, ensure_ascii=False) for r in rules)
print(f'{{"origin": {json.dumps(origin)},\n"allow": {json.dumps(allow)},\n"rules": [\n{lines}\n]}}')
