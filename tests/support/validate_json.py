# Validates JSON files against a JSON schema: SCHEMA FILE... Prints every fault, one a line; exit status 1 if there is one.
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    validator = jsonschema.Draft4Validator(json.load(file), format_checker=jsonschema.FormatChecker())
faults = 0
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        document = json.load(file)
    for fault in validator.iter_errors(document):
        faults += 1
        print(f"{name}: /{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}")
sys.exit(1 if faults else 0)
