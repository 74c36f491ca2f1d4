/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "Only a manager can do this": who stands there picks their name and types their PIN. */

#include "osc-pin-ask.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-pin.h"
#include "osc-sheet.h"
#include "osc-widget.h"
#include "osc-words.h"

#define STAFF "osc-staff" /* on a chip: const OscStaff* */

/* One question, alive as long as the task of it. */
typedef struct {
  OscPeople *people;
  OscSheet *sheet;
  OscPin *pin;
  char *permission;
  char *what;
  GPtrArray *helpers; /* nullable */
  GtkWidget *chips;
  const OscStaff *chosen; /* of helpers */
  gboolean done;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->people);
  g_object_unref (ask->sheet);
  g_free (ask->permission);
  g_free (ask->what);
  g_clear_pointer (&ask->helpers, g_ptr_array_unref);
  g_free (ask);
}

void
osc_pin_ask_answer_free (OscPinAnswer *answer)
{
  if (answer->act_token != NULL)
    explicit_bzero (answer->act_token, strlen (answer->act_token));
  g_free (answer->act_token);
  g_free (answer->name);
  g_free (answer);
}

static Ask *
ask_of (GTask *task)
{
  return g_task_get_task_data (task);
}

/* ---- the PIN ---- */

static char *
failure_text (const GError *error)
{
  JsonNode *left = osy_error_get_extra (error, "tries_left");

  if (osy_error_is (error, OSY_ERROR_RATE_LIMITED))
    return g_strdup (_ ("Too many wrong PINs. Try again in 15 minutes, or ask somebody else"));
  if (osy_error_is (error, OSY_ERROR_INVALID_CREDENTIALS)) {
    int n = left != NULL ? (int)json_node_get_int (left) : 0;

    if (n <= 0)
      return g_strdup (_ ("That is not the PIN. Try again"));
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "That is not the PIN. %d try left",
                                         "That is not the PIN. %d tries left", (gulong)n),
                            n);
  }
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION))
    return g_strdup (_ ("That person may not do this either. Choose somebody else"));
  return g_strdup (_ ("The server didn't answer. Try again"));
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = ask_of (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osc_people_do_finish (OSC_PEOPLE (source), result, &error);
  OscPinAnswer *proof;

  if (ask->done)
    return;
  if (answer == NULL) {
    g_autofree char *sentence = failure_text (error);

    osc_pin_clear (ask->pin, TRUE);
    osc_sheet_fail (ask->sheet, sentence);
    return;
  }
  ask->done = TRUE;
  proof = g_new0 (OscPinAnswer, 1);
  proof->act_token = g_strdup (
      json_object_get_string_member_with_default (json_node_get_object (answer), "act_token", ""));
  proof->name = g_strdup (ask->chosen->name);
  g_task_return_pointer (task, proof, (GDestroyNotify)osc_pin_ask_answer_free);
  gtk_window_destroy (GTK_WINDOW (ask->sheet));
}

static void
on_primary (GTask *task)
{
  Ask *ask = ask_of (task);
  JsonObject *body;

  if (ask->chosen == NULL || !osc_pin_is_long_enough (ask->pin)) {
    osc_sheet_fail (ask->sheet, ask->chosen == NULL ? _ ("Choose who allows it")
                                                    : _ ("A PIN has 4 to 6 digits"));
    return;
  }
  body = json_object_new ();
  json_object_set_string_member (body, "user_id", ask->chosen->id);
  json_object_set_string_member (body, "pin", osc_pin_text (ask->pin));
  json_object_set_string_member (body, "permission", ask->permission);
  osc_sheet_wait (ask->sheet);
  osc_people_do_async (ask->people, &(OscPeopleCall){.act = OSC_PEOPLE_ALLOW, .body = body},
                       allowed_cb, g_object_ref (task));
}

/* ---- who ---- */

static void
on_chip (GtkToggleButton *chip, GTask *task)
{
  Ask *ask = ask_of (task);

  if (!gtk_toggle_button_get_active (chip))
    return;
  if (ask->chosen != NULL)
    osc_pin_clear (ask->pin, FALSE);
  ask->chosen = g_object_get_data (G_OBJECT (chip), STAFF);
  osc_sheet_fail (ask->sheet, NULL);
}

static GtkWidget *
new_chip (GTask *task, const OscStaff *staff, GtkWidget *group)
{
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *role = gtk_label_new (osc_words_role (staff->role));
  const char *name = staff->name != NULL ? staff->name : "?";
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_add_css_class (role, "secondary");
  gtk_widget_add_css_class (chip, "person-chip");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), role);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_focus_on_click (chip, FALSE);
  g_object_set_data (G_OBJECT (chip), STAFF, (gpointer)staff);
  osc_widget_set_name (chip, name);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), (GtkToggleButton *)group);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip), task, 0);
  return chip;
}

/* Left and right choose, whatever has the focus. */
static gboolean
on_key (GTask *task, guint keyval)
{
  Ask *ask = ask_of (task);
  GtkWidget *wanted = NULL;

  if ((keyval != GDK_KEY_Left && keyval != GDK_KEY_Right) || ask->chips == NULL)
    return GDK_EVENT_PROPAGATE;
  for (GtkWidget *child = gtk_widget_get_first_child (ask->chips); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_toggle_button_get_active (
            GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)))))
      wanted = keyval == GDK_KEY_Left ? gtk_widget_get_prev_sibling (child)
                                      : gtk_widget_get_next_sibling (child);
  if (wanted != NULL)
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (wanted))), TRUE);
  return GDK_EVENT_STOP;
}

static void
show_helpers (GTask *task)
{
  Ask *ask = ask_of (task);
  GtkWidget *first = NULL;

  osc_sheet_ask (ask->sheet, ask->what, _ ("Who allows it? Choose a name and type the PIN"),
                 _ ("Allow"));
  ask->chips = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE,
                             "max-children-per-line", 3, "homogeneous", TRUE, NULL);
  for (guint i = 0; i < ask->helpers->len; i++) {
    GtkWidget *chip = new_chip (task, g_ptr_array_index (ask->helpers, i), first);

    gtk_flow_box_append (GTK_FLOW_BOX (ask->chips), chip);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
    first = first != NULL ? first : chip;
  }
  ask->pin = OSC_PIN (osc_pin_new ());
  osc_sheet_add (ask->sheet, ask->chips);
  osc_sheet_add (ask->sheet, GTK_WIDGET (ask->pin));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  gtk_window_set_focus (GTK_WINDOW (ask->sheet), NULL);
}

static void
helpers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = ask_of (task);
  g_autoptr (GError) error = NULL;

  ask->helpers = osc_people_helpers_finish (OSC_PEOPLE (source), result, &error);
  if (ask->done)
    return;
  if (ask->helpers == NULL)
    osc_sheet_ask (ask->sheet, ask->what, _ ("The server didn't answer. Try again"), NULL);
  else if (ask->helpers->len == 0)
    osc_sheet_ask (ask->sheet, ask->what,
                   _ ("Nobody who may do this has a PIN yet. It is set under Settings, My account"),
                   NULL);
  else
    show_helpers (task);
}

/* Lets go of the task, which holds the sheet. */
static void
on_closed (GTask *held)
{
  g_autoptr (GTask) task = g_object_ref (held);
  Ask *ask = ask_of (task);

  g_signal_handlers_disconnect_by_func (ask->sheet, on_closed, task);
  if (ask->done)
    return;
  ask->done = TRUE;
  g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_CANCELLED, "The PIN was not given.");
}

void
osc_pin_ask_async (GtkWidget *from,
                   OscPeople *people,
                   const char *permission,
                   const char *what,
                   GAsyncReadyCallback cb,
                   gpointer data)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_PEOPLE (people) && permission != NULL);
  GTask *task = g_task_new (NULL, NULL, cb, data);
  GtkEventController *keys = gtk_event_controller_key_new ();
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, osc_pin_ask_async);
  g_task_set_task_data (task, ask, ask_free);
  ask->people = g_object_ref (people);
  ask->sheet = g_object_ref (osc_sheet_new (from));
  ask->permission = g_strdup (permission);
  ask->what = g_strdup (what);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), task, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (ask->sheet), keys);
  g_signal_connect_object (ask->sheet, "primary", G_CALLBACK (on_primary), task, G_CONNECT_SWAPPED);
  /* Holds the task until the sheet is gone. */
  g_signal_connect_data (ask->sheet, "closed", G_CALLBACK (on_closed), task,
                         (GClosureNotify)(GCallback)g_object_unref, G_CONNECT_SWAPPED);
  osc_people_helpers_async (people, permission, helpers_cb, g_object_ref (task));
}

OscPinAnswer *
osc_pin_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
