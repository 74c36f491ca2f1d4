/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Fields, a verb, and the act behind it. What was typed stays until it was done. */

#include "osc-people-form.h"

#include <glib/gi18n.h>

#include "osc-choice.h"
#include "osc-toasts.h"

#define STEP "osc-people-step" /* on the sheet */
#define MAX_FIELDS 4

typedef struct {
  grefcount refs;
  OscSheet *sheet; /* borrowed */
  OscPeople *people;
  OscPeopleForm form;
  char *id;
  char *refused;
  char *invalid;
  char *toast;
  GObject *owner;      /* nullable */
  GHashTable *presets; /* member → value */
  OscField *fields[MAX_FIELDS];
} Step;

static void
step_unref (gpointer data)
{
  Step *step = data;

  if (!g_ref_count_dec (&step->refs))
    return;
  g_object_unref (step->people);
  g_clear_object (&step->owner);
  g_free (step->id);
  g_free (step->refused);
  g_free (step->invalid);
  g_free (step->toast);
  g_hash_table_unref (step->presets);
  g_free (step);
}

static Step *
step_of (OscSheet *sheet)
{
  return g_object_get_data (G_OBJECT (sheet), STEP);
}

const char *
osc_people_form_failure (const GError *error, const char *refused, const char *invalid)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_INVALID_CREDENTIALS:
    return refused != NULL ? refused : _ ("The password is not right");
  case OSY_ERROR_RATE_LIMITED: return _ ("Too many tries. Wait 15 minutes, then try again");
  case OSY_ERROR_INSUFFICIENT_PERMISSION: return _ ("Only a manager can do this");
  case OSY_ERROR_CONFLICT:
  case OSY_ERROR_STATE_CONFLICT:
  case OSY_ERROR_VERSION_CONFLICT: return _ ("It has changed meanwhile. Look at it again, please");
  case OSY_ERROR_INVALID_REQUEST:
    return invalid != NULL ? invalid : _ ("The server did not take it. Look it over, please");
  case OSY_ERROR_NOT_FOUND: return _ ("It is not there any more");
  default: return _ ("The server didn't answer. What you typed is kept; try again");
  }
}

typedef struct {
  Step *step;
  OscSheet *sheet;
} Flight;

static void
finish (Flight *flight, JsonNode *answer)
{
  Step *step = flight->step;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (flight->sheet));

  if (step->toast != NULL && window != NULL)
    osc_toasts_say (GTK_WIDGET (window), step->toast);
  if (step->form.done != NULL)
    step->form.done (flight->sheet, json_node_get_object (answer), step->owner);
  else
    gtk_window_destroy (GTK_WINDOW (flight->sheet));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Flight *flight = user_data;
  g_autoptr (OscSheet) sheet = flight->sheet;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osc_people_do_finish (OSC_PEOPLE (source), result, &error);

  if (osc_sheet_is_open (sheet) && answer != NULL)
    finish (flight, answer);
  else if (osc_sheet_is_open (sheet))
    osc_sheet_fail (sheet,
                    osc_people_form_failure (error, flight->step->refused, flight->step->invalid));
  step_unref (flight->step);
}

/* (transfer full) (nullable): NULL when something is not typed yet. */
static JsonObject *
read_body (Step *step)
{
  JsonObject *body = json_object_new ();
  GHashTableIter iter;
  gpointer member;
  gpointer value;

  for (int i = 0; i < MAX_FIELDS && step->fields[i] != NULL; i++) {
    const char *text = osc_field_text (step->fields[i]);

    if (text[0] == '\0') {
      osc_field_set_error (step->fields[i], _ ("Type it here"));
      osc_field_focus (step->fields[i]);
      json_object_unref (body);
      return NULL;
    }
    json_object_set_string_member (body, step->form.fields[i].member, text);
  }
  g_hash_table_iter_init (&iter, step->presets);
  while (g_hash_table_iter_next (&iter, &member, &value))
    json_object_set_string_member (body, member, value);
  return body;
}

static void
on_primary (OscSheet *sheet)
{
  Step *step = step_of (sheet);
  JsonObject *body = step != NULL ? read_body (step) : NULL;
  Flight *flight;

  if (body == NULL)
    return;
  if (json_object_get_size (body) == 0)
    g_clear_pointer (&body, json_object_unref);
  flight = g_new0 (Flight, 1);
  flight->step = step;
  flight->sheet = g_object_ref (sheet);
  g_ref_count_inc (&step->refs);
  osc_sheet_wait (sheet);
  osc_people_do_async (
      step->people,
      &(OscPeopleCall){
          .act = step->form.act, .id = step->id, .if_version = step->form.if_version, .body = body},
      done_cb, flight);
}

void
osc_people_form_start (OscSheet *sheet, const OscPeopleForm *form)
{
  g_return_if_fail (OSC_IS_SHEET (sheet) && form != NULL && form->people != NULL);
  Step *step = g_new0 (Step, 1);

  g_ref_count_init (&step->refs);
  step->people = g_object_ref (form->people);
  step->form = *form;
  step->id = g_strdup (form->id);
  step->refused = g_strdup (form->refused);
  step->invalid = g_strdup (form->invalid);
  step->toast = g_strdup (form->toast);
  step->owner = form->owner != NULL ? g_object_ref (form->owner) : NULL;
  step->presets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  osc_sheet_ask (sheet, form->title, form->lead, form->verb);
  for (int i = 0; form->fields != NULL && form->fields[i].member != NULL && i < MAX_FIELDS; i++)
    step->fields[i] = osc_sheet_add_field (
        sheet, _ (form->fields[i].label),
        form->fields[i].hint != NULL ? _ (form->fields[i].hint) : NULL, form->fields[i].secret);
  g_signal_handlers_disconnect_matched (sheet, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                        (gpointer)on_primary, NULL);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_primary), NULL);
  g_object_set_data_full (G_OBJECT (sheet), STEP, step, step_unref);
}

void
osc_people_form_set (OscSheet *sheet, const char *member, const char *value)
{
  g_return_if_fail (OSC_IS_SHEET (sheet) && member != NULL && value != NULL);
  Step *step = step_of (sheet);

  if (step != NULL)
    g_hash_table_insert (step->presets, g_strdup (member), g_strdup (value));
}

static void
on_chosen (OscChoice *choice, const char *value, OscSheet *sheet)
{
  osc_people_form_set (sheet, g_object_get_data (G_OBJECT (choice), "osc-member"), value);
}

void
osc_people_form_add_choice (OscSheet *sheet,
                            const char *member,
                            const char *label,
                            const char *const *values,
                            const char *const *words)
{
  g_return_if_fail (OSC_IS_SHEET (sheet) && member != NULL && values[0] != NULL);
  OscChoice *choice = g_object_new (OSC_TYPE_CHOICE, "label", label, NULL);

  for (int i = 0; values[i] != NULL; i++)
    osc_choice_add (choice, values[i], words[i]);
  g_object_set_data_full (G_OBJECT (choice), "osc-member", g_strdup (member), g_free);
  osc_choice_set (choice, values[0]);
  osc_people_form_set (sheet, member, values[0]);
  g_signal_connect_object (choice, "chosen", G_CALLBACK (on_chosen), sheet, 0);
  osc_sheet_add (sheet, GTK_WIDGET (choice));
}
