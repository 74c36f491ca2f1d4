# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""What a check comes to by the rules alone: rounds, adjustments and service, in whole won."""


def line_net(line, adjustments):
    """What is left of a line; @adjustments: those of the whole check that hold."""
    mine = [a for a in adjustments if a.get("line_id") == line["line_id"]]
    left = line["unit_price"] * (line["quantity"] - sum(a.get("quantity", 0) for a in mine))
    percent = sum(a.get("percent", 0) for a in mine)
    return max(0, left - left * percent // 100 - sum(a.get("won", 0) for a in mine))


def total(lines, adjustments, service=0):
    """Of one check that nothing is merged into."""
    base = sum(line_net(line, adjustments) for line in lines)
    whole = [a for a in adjustments if "line_id" not in a]
    percent = sum(a.get("percent", 0) for a in whole)
    net = max(0, base - base * percent // 100 - sum(a.get("won", 0) for a in whole))
    return net + net * service // 100


def still(check):
    """A check as it stands, without what every change moves: versions, times and what was taken back."""
    def plain(value):
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items() if k not in ("version", "at", "withdrawn_at", "bill_printed_at")}
        return [plain(v) for v in value] if isinstance(value, list) else value

    kept = dict(check, adjustments=[a for a in check["adjustments"] if "withdrawn_at" not in a])
    return plain(kept)
