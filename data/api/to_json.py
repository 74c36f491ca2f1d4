#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""docs/openapi.yaml as JSON, for the daemon to serve: to_json.py IN OUT."""

import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Dates stay text: JSON has none."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        document = yaml.load(source, Loader)
    with open(sys.argv[2], "w", encoding="utf-8") as target:
        json.dump(document, target, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
