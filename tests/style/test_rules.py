#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Proves that every rule can fail: small bad trees, and what must be said of them."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
HEAD = ("/* SPDX-FileCopyrightText: 2026 The OrderSync authors\n"
        " * SPDX-License-Identifier: MIT */\n")
BODY = "int\nosy_x (void)\n{\n%s  return 0;\n}\n"
UI = '<interface><template class="%s"/></interface>\n'


def said_of(rule, tree):
    """Runs a rule over a tree {path: text}; its lines and exit code."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tree.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if (HERE.parent.parent / ".clang-format").exists():
            layout = (HERE.parent.parent / ".clang-format").read_text()
            (pathlib.Path(folder) / ".clang-format").write_text(layout)
        run = subprocess.run([sys.executable, HERE / f"{rule}.py", folder], capture_output=True,
                             text=True, check=False)
        assert run.stderr == "", run.stderr
        return run.stdout, run.returncode


class Rules(unittest.TestCase):
    def bad(self, rule, tree, *sentences):
        said, code = said_of(rule, tree)
        self.assertEqual(code, 1, f"{rule} let it pass: {tree}")
        for sentence in sentences:
            self.assertIn(sentence, said)
        self.assertEqual(len(said.splitlines()), max(1, len(sentences)), said)

    def good(self, rule, tree):
        said, code = said_of(rule, tree)
        self.assertEqual((said, code), ("", 0))


class Security(Rules):
    ROW = "| 1.1.1 L2 | decode once | held | `tests/a.c` |\n"

    def test_good(self):
        self.good("security", {"docs/SECURITY.md": self.ROW, "tests/a.c": ""})

    def test_missing_proof(self):
        self.bad("security", {"docs/SECURITY.md": self.ROW}, "tests/a.c is not there")

    def test_unknown_state(self):
        tree = {"docs/SECURITY.md": self.ROW.replace("held", "done"), "tests/a.c": ""}
        self.bad("security", tree, "a row is: item, words")

    def test_twice(self):
        self.bad("security", {"docs/SECURITY.md": 2 * self.ROW, "tests/a.c": ""}, "stands here twice")


class Sizes(Rules):
    def test_long_file(self):
        self.bad("sizes", {"tests/a.c": "\n" * 901}, "tests/a.c:901: 901 lines")

    def test_long_header(self):
        self.bad("sizes", {"src/a.h": "\n" * 251}, "251 lines")

    def test_median_of_files(self):
        self.bad("sizes", {"src/a.c": "\n" * 301}, "median .c file has 301")

    def test_long_function(self):
        few = "".join(BODY.replace("osy_x", f"osy_{n}") % "" for n in range(3))
        tree = {"src/a.c": few + BODY % ("  f ();\n" * 77)}
        self.bad("sizes", tree, "osy_x has 81 lines")

    def test_long_class_init_is_fine(self):
        few = "".join(BODY.replace("osy_x", f"osy_{n}") % "" for n in range(3))
        body = BODY.replace("osy_x", "osy_x_class_init") % ("  f ();\n" * 77)
        self.good("sizes", {"src/a.c": few + body})

    def test_median_of_functions(self):
        self.bad("sizes", {"src/a.c": BODY % ("  f ();\n" * 12)}, "median function has 16")

    def test_deep_function(self):
        deep = "".join("  " * n + "if (x)\n" for n in range(1, 6)) + "            f ();\n"
        self.bad("sizes", {"src/a.c": BODY % deep}, "osy_x nests 5 deep")

    def test_many_parameters(self):
        text = BODY.replace("void", "int a, int b, int c, int d, int e, int f, int g") % ""
        self.bad("sizes", {"src/a.c": text}, "osy_x takes 7 parameters")

    def test_parameters_with_attribute_and_function_type(self):
        text = "static void G_GNUC_PRINTF (1, 2)\n    f (const char *t, int (*g) (int, int))\n{\n}\n"
        self.good("sizes", {"src/a.c": text})

    def test_crowded_folder(self):
        self.bad("sizes", {f"src/f{n}.c": "\n" for n in range(25)}, "src:1: 25 .c files")


class Complexity(Rules):
    def test_branches(self):
        self.good("complexity", {"src/a.c": BODY % ("  if (x)\n    f ();\n" * 14)})
        self.bad("complexity", {"src/a.c": BODY % ("  if (x)\n    f ();\n" * 15)},
                 "osy_x has complexity 16")

    def test_cases(self):
        cases = "".join(f"  case {n}: f ();\n" for n in range(20))
        self.bad("complexity", {"src/a.c": BODY % ("  switch (x) {\n" + cases + "  }\n")},
                 "osy_x has complexity")


class Words(Rules):
    def test_jump(self):
        self.bad("words", {"src/a.c": "go" "to end;\n"}, "src/a.c:1: goto")
        self.good("words", {"src/a.c": '/* go' 'to */ f ("go' 'to");\n'})

    def test_abort_in_daemon(self):
        for call in ("g_assert_true (x);", "g_error (x);", "abort ();"):
            self.bad("words", {"src/daemon/main.c": "\n" + call}, "src/daemon/main.c:2: ")
        self.good("words", {"tests/a.c": "g_assert_true (x);"})

    def test_unfinished(self):
        for word in ("TO" "DO", "FIX" "ME", "for n" "ow", "Place" "holder"):
            self.bad("words", {"docs/a.md": f"x\n{word} y\n"}, f"docs/a.md:2: '{word}'")

    def test_machine_path(self):
        self.bad("words", {"src/a.c": 'f ("/wo' 'rk/x");\n'}, "path of one machine")

    def test_colour(self):
        self.bad("words", {"src/console/a.c": 'f ("#ff0' '000");\n'}, "colours stand")


class Names(Rules):
    def test_function(self):
        self.bad("names", {"src/base/osy-order.h": "void osy_menu_new (void);\n"},
                 "src/base/osy-order.h:1: osy_menu_new does not begin")

    def test_declared_type(self):
        text = ("/** A */\nG_DECLARE_FINAL_TYPE (OsyPen, osy_pen, OSY, PEN, GObject)\n"
                "void osy_pen_new (void);\ntypedef struct _OsyBigCup OsyBigCup;\n"
                "void osy_big_cup_new (int (*f) (int));\nvoid osy_order_list_get (void);\n")
        self.good("names", {"src/base/osy-order-list.h": text})

    def test_file(self):
        self.bad("names", {"src/base/order.c": ""}, "not called osy-something")
        self.bad("names", {"src/console/board/osy-board.c": ""}, "not called osc-something")

    def test_same_file_twice(self):
        self.bad("names", {"src/base/osy-a.h": "", "src/client/osy-a.h": ""}, "has this name")


class Documented(Rules):
    def test_function(self):
        self.bad("documented", {"src/base/osy-a.h": HEAD + "\nvoid osy_a_b (void);\n"},
                 "src/base/osy-a.h:4: osy_a_b is not documented")

    def test_group(self):
        self.good("documented", {"src/base/osy-a.h": HEAD + "\n/** Both. */\nvoid osy_a_b (void);\n"
                                                            "void osy_a_c (void);\n"})

    def test_licence(self):
        self.bad("documented", {"src/base/osy-a.h": "\n"}, "SPDX")

    def test_purpose(self):
        self.bad("documented", {"src/base/osy-a.c": HEAD + "\nint x;\n"}, "no comment at its head")
        self.good("documented", {"src/base/osy-a.c": HEAD + "\n/* Letters. */\n\nint x;\n"})


class Layout(Rules):
    def test_layout(self):
        self.bad("layout", {"src/a.c": "int x ;\n"}, "src/a.c:1: not laid out")
        self.good("layout", {"src/a.c": "int x;\n"})


class Sql(Rules):
    def test_built(self):
        text = 'x = g_strdup_printf ("SEL' 'ECT a FROM %s", b);\n'
        self.bad("sql", {"src/a.c": "\n" + text}, "src/a.c:2: SQL built as text")

    def test_built_over_lines(self):
        self.bad("sql", {"src/a.c": 'g_string_append (s,\n  "DELETE "\n  "FROM a");\n'}, "SQL built")

    def test_escaped(self):
        self.bad("sql", {"src/a.c": "PQescapeLiteral (c, s, n);\n"}, "PQescape")

    def test_constant(self):
        self.good("sql", {"src/a.c": 'osy_db_exec (tx, "SELECT $1", OSY_PARAMS (x));\n'})


class Routes(Rules):
    ROW = 'const OsyRoute r[] = {\n    {"GET", "/a/{id}", "getA", %s, f},\n    {NULL},\n};\n'
    PAGE = "| `getA` | %s |\n"

    def tree(self, right, reviewed):
        return {"src/a.c": self.ROW % right, "docs/ROLES.md": self.PAGE % reviewed}

    def test_undecided(self):
        self.bad("routes", self.tree("OSY_PERM_NONE, OSY_ROUTE_NO_BODY", "signed-in"),
                 "src/a.c:2: getA: say who may call")

    def test_two_decisions(self):
        self.bad("routes", self.tree("OSY_PERM_SHOP_READ, OSY_ROUTE_PUBLIC", "public"), "more than one")

    def test_wider_than_reviewed(self):
        self.bad("routes", self.tree("OSY_PERM_ORDER_READ, 0", "shop:manage"),
                 "docs/ROLES.md says shop:manage")

    def test_not_reviewed(self):
        self.bad("routes", {"src/a.c": self.ROW % "OSY_PERM_ORDER_READ, 0"}, "says nothing")

    def test_gone(self):
        self.bad("routes", {"docs/ROLES.md": self.PAGE % "public"}, "no such route any more")

    def test_decided(self):
        self.good("routes", self.tree("OSY_PERM_ORDER_READ, 0", "order:read"))
        self.good("routes", self.tree("OSY_PERM_NONE,\n     OSY_ROUTE_SIGNED_IN", "signed-in"))
        self.good("routes", self.tree("OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK", "public"))


class Layers(Rules):
    def includes(self, where, what, owner):
        return {where: f'#include "{what}"\n', f"{owner}/{what}": "\n"}

    def test_upwards(self):
        for where, what, owner in (
                ("src/base/osy-a.c", "osy-db.h", "src/platform/db"),
                ("src/platform/db/osy-b.c", "osy-http.h", "src/platform/http"),
                ("src/platform/db/osy-b.c", "osy-order.h", "src/domain/order"),
                ("src/domain/menu/osy-b.c", "osy-order.h", "src/domain/order"),
                ("src/domain/order/osy-b.c", "osy-daemon.h", "src/daemon"),
                ("src/client/osy-b.c", "osy-db.h", "src/platform/db"),
                ("src/client/osy-b.c", "osc-board.h", "src/console/board"),
                ("src/console/board/osc-b.c", "osy-http.h", "src/platform/http"),
                ("src/console/board/osc-b.c", "osc-arrival.h", "src/console/arrival")):
            self.bad("layers", self.includes(where, what, owner), f"{what} is of {owner}, which")

    def test_sideways(self):
        tree = self.includes("src/domain/menu/osy-b.c", "osy-auth.h", "src/domain/auth")
        self.bad("layers", tree, "which is not below")

    def test_daemon_part_in_console(self):
        tree = self.includes("src/console/board/osc-b.c", "osy-order-store.h", "src/domain/order")
        self.bad("layers", tree, "which is not below")

    def test_model_in_console(self):
        tree = self.includes("src/console/board/osc-b.c", "osy-order.h", "src/domain/order")
        tree["src/domain/order/meson.build"] = "static_library('order-model', 'osy-order.c')\n"
        self.good("layers", tree)

    def test_downwards(self):
        self.good("layers", self.includes("src/domain/order/a.c", "osy-menu.h", "src/domain/menu"))

    def test_library(self):
        self.bad("layers", {"src/domain/order/a.c": "#include <libpq-fe.h>\n"},
                 "<libpq-fe.h> is for src/platform/db only")

    def test_path(self):
        self.bad("layers", {"src/base/a.c": '#include "../x/osy-b.h"\n'}, "by its bare name")

    def test_unknown_room(self):
        self.bad("layers", {"src/domain/pets/a.c": ""}, "the room pets has no floor")


class Mirrors(Rules):
    def test_template_alone(self):
        self.bad("mirrors", {"ui/board/osc-board.ui": UI % "OscBoard"}, "no src/console/board/osc-")

    def test_template_of_other_name(self):
        tree = {"ui/board/osc-board.ui": UI % "OscCard", "src/console/board/osc-board.c": ""}
        self.bad("mirrors", tree, "the template is called OscCard")

    def test_template_of_other_file(self):
        code = 'gtk_widget_class_set_template_from_resource (c, "/com/ordersync/ui/osc-card.ui");\n'
        self.bad("mirrors", {"src/console/board/osc-board.c": code}, "its template is not")

    def test_potfiles(self):
        code = {"src/console/osc-a.c": 'f (_ ("Accept"));\n'}
        self.bad("mirrors", code, "po/POTFILES:1: is missing")
        self.bad("mirrors", code | {"po/POTFILES": "", "po/LINGUAS": ""}, "osc-a.c is missing")
        self.good("mirrors", code | {"po/POTFILES": "src/console/osc-a.c\n", "po/LINGUAS": ""})

    def test_translation(self):
        tree = {"src/console/osc-a.c": 'f (_ ("Accept"));\n', "po/LINGUAS": "ko\n",
                "po/POTFILES": "src/console/osc-a.c\n"}
        catalogue = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                     'msgid "%s"\nmsgstr "수락"\n')
        self.good("mirrors", tree | {"po/ko.po": catalogue % "Accept"})
        self.bad("mirrors", tree | {"po/ko.po": catalogue % "Reject"},
                 "po/ko.po:1: is not complete", "not translated: Accept")

    def test_readme(self):
        self.bad("mirrors", {"src/domain/order/osy-order-service.c": ""}, "no README.md")
        self.bad("mirrors", {"src/domain/order/osy-order-service.c": "",
                             "src/domain/order/README.md": "\n" * 31}, "30 lines at most")


if __name__ == "__main__":
    unittest.main()
