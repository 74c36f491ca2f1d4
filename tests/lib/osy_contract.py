# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""docs/openapi.yaml as a judge: every answer a test gets is held against it."""

import json
import os
import re

import jsonschema
import yaml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


class Contract:
    def __init__(self, path=os.path.join(ROOT, "docs", "openapi.yaml")):
        with open(path, encoding="utf-8") as source:
            self.api = yaml.safe_load(source)
        self.routes = []
        self.used = set()
        for template, item in self.api["paths"].items():
            pattern = re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", template) + "$")
            for method, operation in item.items():
                literal = template.count("/") * 10 - template.count("{")
                self.routes.append((literal, method.upper(), pattern, operation))
        self.routes.sort(key=lambda row: -row[0])

    def find(self, method, path):
        path = path.split("?")[0]
        for _, verb, pattern, operation in self.routes:
            if verb == method and pattern.match(path):
                return operation
        return None

    def resolve(self, node):
        while "$ref" in node:
            target = self.api
            for part in node["$ref"][2:].split("/"):
                target = target[part]
            node = target
        return node

    def check(self, method, path, status, headers, content):
        """Raises AssertionError when the answer is not one the contract describes."""
        operation = self.find(method, path)
        if operation is None:
            assert status in (400, 404, 405, 411, 413), f"{method} {path} is not in the contract: {status}"
            return
        self.used.add(operation["operationId"])
        answers = operation["responses"]
        answer = answers.get(str(status))
        if answer is None:
            assert status >= 400, f"{operation['operationId']} answered {status}, not in the contract"
            answer = answers["default"]
        answer = self.resolve(answer)
        described = answer.get("content")
        if not described:
            assert not content, f"{operation['operationId']} {status} has a body"
            return
        kind = next((v for k, v in headers.items() if k.lower() == "content-type"), "").split(";")[0]
        assert kind in described, f"{operation['operationId']} {status} sent {kind}"
        if kind.endswith("json"):
            schema = dict(described[kind]["schema"])
            schema["components"] = self.api["components"]
            jsonschema.Draft202012Validator(schema).validate(json.loads(content))
