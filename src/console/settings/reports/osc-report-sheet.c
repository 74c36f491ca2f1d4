/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is asked about reports, and the words of their page. */

#include "osc-report-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-choice.h"
#include "osc-field.h"
#include "osc-trade-put.h"
#include "osy-rest.h"

#define FORM "osc-report-form"

const char *
osc_report_sheet_weekday (int weekday)
{
  static const char *const names[] = {N_ ("Monday"),   N_ ("Tuesday"), N_ ("Wednesday"),
                                      N_ ("Thursday"), N_ ("Friday"),  N_ ("Saturday"),
                                      N_ ("Sunday")};

  return _ (names[CLAMP (weekday, 1, 7) - 1]);
}

const char *
osc_report_sheet_problem (const char *problem)
{
  static const struct {
    const char *problem;
    const char *words; /* msgid */
  } words[] = {
      {"FOLDER_GONE", N_ ("the folder is not there")},
      {"FOLDER_DENIED", N_ ("OrderSync may not write into the folder")},
      {"FOLDER_FULL", N_ ("no room is left on the disk")},
      {"NO_FOLDER", N_ ("there is no folder any more")},
      {"NO_ADDRESS", N_ ("there is no address any more")},
      {"NO_SENDER", N_ ("no alert goes out by e-mail any more")},
      {"NO_ANSWER", N_ ("the mail service does not answer")},
      {"UNREACHABLE", N_ ("the mail service can't be reached")},
      {"HTTP_401", N_ ("the mail service refuses the key")},
      {"HTTP_403", N_ ("the mail service refuses the sender")},
  };

  for (gsize i = 0; problem != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].problem, problem))
      return _ (words[i].words);
  return _ ("it failed");
}

char *
osc_report_sheet_join (JsonArray *array, const char *between)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? between : "",
                            json_array_get_string_element (array, i));
  return g_string_free (text, FALSE);
}

/* ---- when ---- */

typedef struct {
  OscDocument *setup;
  char *plan;
  OscField *at;
  OscChoice *weekday; /* (nullable): of a week */
  int day;            /* chosen; 0: of a day */
} Plan;

static void
plan_free (gpointer data)
{
  Plan *form = data;

  g_object_unref (form->setup);
  g_free (form->plan);
  g_free (form);
}

/* (transfer full) (nullable): "HH:MM" of "9", "9:30"; NULL: it is none, which is said. */
static char *
read_clock (OscField *field)
{
  g_autofree char *text = g_strstrip (g_strdup (osc_field_text (field)));
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  gint64 hour = 0;
  gint64 minute = 0;

  if (parts[0] != NULL && g_ascii_string_to_signed (parts[0], 10, 0, 23, &hour, NULL) &&
      (parts[1] == NULL || g_ascii_string_to_signed (parts[1], 10, 0, 59, &minute, NULL)))
    return g_strdup_printf ("%02d:%02d", (int)hour, (int)minute);
  osc_field_set_error (field, _ ("A time such as 09:00"));
  return NULL;
}

/* (transfer full) */
static JsonObject *
plan_body (const char *plan, const char *at, int weekday)
{
  JsonObject *body = json_object_new ();
  JsonObject *when = json_object_new ();

  json_object_set_string_member (when, "at", at);
  if (weekday > 0)
    json_object_set_int_member (when, "weekday", weekday);
  json_object_set_object_member (body, plan, when);
  return body;
}

static JsonObject *
plan_of (OscDocument *setup, const char *plan)
{
  return json_object_get_object_member (osc_document_get (setup), plan);
}

static void
on_plan (OscSheet *sheet, GtkWidget *page)
{
  const Plan *form = g_object_get_data (G_OBJECT (sheet), FORM);
  JsonObject *before = plan_of (form->setup, form->plan);
  g_autofree char *at = read_clock (form->at);

  if (at == NULL)
    return;
  const OscTradePut how = {.document = form->setup,
                           .from = page,
                           .sentence = _ ("Changed when the report is made"),
                           .sheet = sheet};
  osc_trade_put (&how, plan_body (form->plan, at, form->day),
                 plan_body (form->plan, osy_rest_text (before, "at", "09:00"),
                            (int)json_object_get_int_member_with_default (before, "weekday", 0)));
}

static void
on_weekday (OscChoice *choice, const char *value, Plan *form)
{
  form->day = (int)g_ascii_strtoll (value, NULL, 10);
}

static void
add_weekdays (OscSheet *sheet, Plan *form)
{
  GtkWidget *choice = g_object_new (OSC_TYPE_CHOICE, "label", _ ("Day of the week"), NULL);
  g_autofree char *now = g_strdup_printf ("%d", form->day);

  for (int i = 1; i <= 7; i++) {
    g_autofree char *value = g_strdup_printf ("%d", i);
    osc_choice_add (OSC_CHOICE (choice), value, osc_report_sheet_weekday (i));
  }
  osc_choice_set (OSC_CHOICE (choice), now);
  g_signal_connect (choice, "chosen", G_CALLBACK (on_weekday), form);
  form->weekday = OSC_CHOICE (choice);
  osc_sheet_add (sheet, choice);
}

void
osc_report_sheet_plan (GtkWidget *page, OscDocument *setup, const char *plan)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && OSC_IS_DOCUMENT (setup));
  JsonObject *now = plan_of (setup, plan);
  OscSheet *sheet = osc_sheet_new (page);
  Plan *form = g_new0 (Plan, 1);

  form->setup = g_object_ref (setup);
  form->plan = g_strdup (plan);
  form->day = (int)json_object_get_int_member_with_default (now, "weekday", 0);
  osc_sheet_ask (sheet, form->day > 0 ? _ ("Weekly analysis") : _ ("Daily report"),
                 _ ("By the clock of the shop, never before its day has ended"), _ ("Change it"));
  form->at = osc_sheet_add_field (sheet, _ ("At"), _ ("09:00"), FALSE);
  osc_field_set_text (form->at, osy_rest_text (now, "at", ""));
  if (form->day > 0)
    add_weekdays (sheet, form);
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, plan_free);
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_plan), page, 0);
}

/* ---- who ---- */

typedef struct {
  OscDocument *setup;
  OscField *addresses;
} People;

static void
people_free (gpointer data)
{
  People *form = data;

  g_object_unref (form->setup);
  g_free (form);
}

static void
on_people (OscSheet *sheet, GtkWidget *page)
{
  const People *form = g_object_get_data (G_OBJECT (sheet), FORM);
  g_auto (GStrv) words = g_strsplit_set (osc_field_text (form->addresses), ", ;\n\t", -1);
  JsonArray *array = json_array_new ();
  JsonObject *body = json_object_new ();
  JsonObject *inverse = json_object_new ();

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      json_array_add_string_element (array, words[i]);
  json_object_set_array_member (body, "addresses", array);
  json_object_set_member (
      inverse, "addresses",
      json_node_copy (json_object_get_member (osc_document_get (form->setup), "addresses")));
  const OscTradePut how = {.document = form->setup,
                           .from = page,
                           .sentence = _ ("Changed who gets reports"),
                           .sheet = sheet};
  osc_trade_put (&how, body, inverse);
}

void
osc_report_sheet_addresses (GtkWidget *page, OscDocument *setup)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && OSC_IS_DOCUMENT (setup));
  OscSheet *sheet = osc_sheet_new (page);
  People *form = g_new0 (People, 1);
  g_autofree char *now = osc_report_sheet_join (
      json_object_get_array_member (osc_document_get (setup), "addresses"), ", ");

  form->setup = g_object_ref (setup);
  osc_sheet_ask (sheet, _ ("Reports by e-mail"),
                 _ ("Several with commas between them. None sees the others. Empty: nobody"),
                 _ ("Change it"));
  form->addresses =
      osc_sheet_add_field (sheet, _ ("E-mail addresses"), _ ("owner@example.com"), FALSE);
  osc_field_set_text (form->addresses, now);
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, people_free);
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_people), page, 0);
}
