/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Slips as data: there and back as JSON, and in the form a shop gave them. */

#include "osy-slip.h"

#include <string.h>

#include "osy-error.h"
#include "osy-json.h"
#include "osy-slip-fixture.h"
#include "osy-slip-form.h"
#include "osy-slip-paper.h"

static char *
text_of (const OsySlip *slip)
{
  g_autoptr (JsonNode) node = osy_slip_to_json (slip);

  return osy_json_print (node);
}

static OsySlip *
parse (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);

  return node != NULL ? osy_slip_from_json (node, error) : NULL;
}

static void
test_there_and_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (guint i = 0; i < 100; i++) {
    g_autoptr (OsySlip) slip = osy_slip_fixture_random (rand);
    g_autofree char *text = text_of (slip);
    g_autoptr (GError) error = NULL;
    g_autoptr (OsySlip) again = parse (text, &error);
    g_assert_no_error (error);
    g_autofree char *same = text_of (again);
    g_assert_cmpstr (same, ==, text);
  }
}

static void
test_refused (void)
{
  static const char *const bad[] = {
      "{}",
      "{\"blocks\":[{\"kind\":\"PICTURE\"}]}",
      "{\"blocks\":[{\"kind\":\"TEXT\",\"text\":\"a\",\"size\":5}]}",
      "{\"blocks\":[{\"kind\":\"TEXT\",\"size\":1}]}",
      "{\"blocks\":[{\"kind\":\"QR\",\"text\":\"\"}]}",
      "{\"blocks\":[{\"kind\":\"CUT\",\"how\":1}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse (bad[i], &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

/* Words of any origin make a slip; none fails for them. */
static void
test_mended (void)
{
  g_autoptr (OsySlip) slip = osy_slip_new ();
  g_autofree char *endless = g_strnfill (5000, 'x');

  osy_slip_text (slip, 9, 0, "\xff\x1b@kein\x07");
  osy_slip_text (slip, 1, 0, endless);
  osy_slip_qr (slip, endless);
  g_autofree char *text = text_of (slip);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsySlip) again = parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->blocks->len, ==, 2);
  g_assert_cmpint (((OsySlipBlock *)again->blocks->pdata[0])->size, ==, 4);
}

static OsySlip *
three_parts (void)
{
  OsySlip *slip = osy_slip_new ();

  osy_slip_section (slip, "head");
  osy_slip_text (slip, 1, 0, "머리");
  osy_slip_section (slip, "lines");
  osy_slip_text (slip, 4, 0, "줄");
  osy_slip_section (slip, "new");
  osy_slip_text (slip, 1, 0, "새것");
  osy_slip_cut (slip);
  return slip;
}

static char *
words_of (const OsySlip *slip)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    g_string_append_printf (words, "%s%d ", block->text != NULL ? block->text : "|", block->size);
  }
  return g_strdup (words->str);
}

/* Moved, hidden, made larger as far as it goes; what the form does not know follows; the cut stays
 * last. */
static void
test_form (void)
{
  g_autoptr (OsySlip) slip = three_parts ();
  g_autoptr (OsySlipForm) form = osy_slip_form_new ();
  g_autoptr (OsySlip) same = osy_slip_form_apply (form, slip);
  g_autofree char *before = words_of (same);

  g_assert_cmpstr (before, ==, "머리1 줄4 새것1 |1 ");
  osy_slip_form_add (form, "lines", TRUE, 2);
  osy_slip_form_add (form, "head", FALSE, 0);
  g_free (form->footer);
  form->footer = g_strdup ("안녕");
  g_autoptr (OsySlip) other = osy_slip_form_apply (form, slip);
  g_autofree char *after = words_of (other);
  g_assert_cmpstr (after, ==, "줄4 새것1 안녕1 |1 ");
  g_autoptr (JsonNode) node = osy_slip_form_to_json (form);
  g_autoptr (OsySlipForm) again = osy_slip_form_from_json (node, NULL);
  g_assert_cmpuint (again->parts->len, ==, 2);
  osy_slip_form_complete (again, slip);
  g_assert_cmpuint (again->parts->len, ==, 3);
}

static void
test_mark (void)
{
  g_autoptr (OsySlip) slip = three_parts ();
  g_autoptr (OsySlip) marked = osy_slip_mark (slip, "재출력 2");
  const OsySlipBlock *first = marked->blocks->pdata[0];

  g_assert_cmpstr (first->text, ==, "재출력 2");
  g_assert_true (first->style & OSY_SLIP_INVERT);
  g_assert_cmpuint (marked->blocks->len, ==, slip->blocks->len + 1);
}

/* Nothing is drawn beyond the paper, whatever it is. */
static void
test_paper (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (guint i = 0; i < 20; i++) {
    g_autoptr (OsySlip) slip = osy_slip_fixture_random (rand);
    cairo_surface_t *paper = osy_slip_paper_draw (slip, OSY_PAPER_DOTS_58);
    g_assert_cmpint (cairo_surface_status (paper), ==, CAIRO_STATUS_SUCCESS);
    g_assert_cmpint (cairo_image_surface_get_width (paper), ==, OSY_PAPER_DOTS_58);
    cairo_surface_destroy (paper);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slip/there-and-back", test_there_and_back);
  g_test_add_func ("/slip/refused", test_refused);
  g_test_add_func ("/slip/mended", test_mended);
  g_test_add_func ("/slip/form", test_form);
  g_test_add_func ("/slip/mark", test_mark);
  g_test_add_func ("/slip/paper", test_paper);
  return g_test_run ();
}
