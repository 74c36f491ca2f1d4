#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Sizes: files, functions, nesting, parameters, folders, and the medians of all."""

import re

from source import files, functions, lines_of, median, report

FILE_LINES, HEADER_LINES, UI_LINES = 900, 250, 600
FUNCTION_LINES, NESTING, PARAMETERS, FOLDER_FILES = 80, 4, 6, 24
FILE_MEDIAN, FUNCTION_MEDIAN = 300, 15

# A class_init only lists what a class has.
LONG_BY_NATURE = re.compile(r".*_class_init$")
# Functions whose parameters a library fixes: name of the callback type it calls them by.
FIXED_BY_LIBRARY = {
    "osy_http_on_request": "MHD_AccessHandlerCallback",
    "on_upgrade": "MHD_UpgradeHandler",
    "osc_board_row_measure": "GtkWidgetClass.measure",
    "osc_fit_box_measure": "GtkWidgetClass.measure",
    "osc_stage_measure": "GtkWidgetClass.measure",
    "osc_toolbar_measure": "GtkWidgetClass.measure",
    "osc_kitchen_grid_measure": "GtkWidgetClass.measure",
    "osc_sale_measure": "GtkWidgetClass.measure",
    "osc_tile_pages_measure": "GtkWidgetClass.measure",
    "osc_table_plan_measure": "GtkWidgetClass.measure",
    "osc_floor_canvas_measure": "GtkWidgetClass.measure",
    "osc_photo_measure": "GtkWidgetClass.measure",
    "measure_none": "GtkCustomMeasureFunc",
}
CONTROL = re.compile(r"( *)(?:} )?(?:else )?(?:if|for|while|do|switch)\b")


def nesting_of(function):
    """Depth of control statements, which the layout of clang-format shows."""
    depths = [len(m.group(1)) // 2 for m in map(CONTROL.match, function.body) if m]
    return max(depths, default=0)


def parameters_of(function):
    """How many; the three that every _async function ends with count as one."""
    if function.name in FIXED_BY_LIBRARY:
        return 0
    count = len(function.parameters)
    return count - 2 if function.name.endswith("_async") else count


def faults_of(function):
    if function.length > FUNCTION_LINES and not LONG_BY_NATURE.match(function.name):
        yield f"{function.name} has {function.length} lines, at most {FUNCTION_LINES}"
    if nesting_of(function) > NESTING:
        yield f"{function.name} nests {nesting_of(function)} deep, at most {NESTING}"
    if parameters_of(function) > PARAMETERS:
        yield f"{function.name} takes {parameters_of(function)} parameters, at most {PARAMETERS}"


def too_long(root):
    for suffix, limit in ((".c", FILE_LINES), (".h", HEADER_LINES), (".ui", UI_LINES)):
        for path in files(root, suffix):
            length = len(lines_of(path))
            if length > limit:
                yield path, length, f"{length} lines, at most {limit}"


def crowded(root):
    counts = {}
    for path in files(root, ".c"):
        counts[path.parent] = counts.get(path.parent, 0) + 1
    for folder, count in counts.items():
        if count > FOLDER_FILES:
            yield folder, 1, f"{count} .c files in one folder, at most {FOLDER_FILES}"


def rule(root):
    yield from too_long(root)
    yield from crowded(root)
    lengths = []
    for path in files(root, ".c"):
        for function in functions(path):
            lengths.append(function.length)
            for fault in faults_of(function):
                yield path, function.first, fault
    file_median = median([len(lines_of(path)) for path in files(root, ".c", under="src")])
    if file_median > FILE_MEDIAN:
        yield root / "src", 1, f"the median .c file has {file_median} lines, at most {FILE_MEDIAN}"
    if median(lengths) > FUNCTION_MEDIAN:
        yield root / "src", 1, (
            f"the median function has {median(lengths)} lines, at most {FUNCTION_MEDIAN}")


if __name__ == "__main__":
    report(rule)
