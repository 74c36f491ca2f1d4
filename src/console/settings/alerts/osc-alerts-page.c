/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whom the shop tells of alerts. While the page is on screen and something is on its way, it looks
 * again. */

#include "osc-alerts-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-alert-target-sheet.h"
#include "osc-alert-words.h"
#include "osc-people-row.h"
#include "osc-toasts.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-rest.h"

#define AGAIN_SECONDS 3
#define SHOWN_US (7 * G_TIME_SPAN_DAY)
#define MOST_SHOWN 20

struct _OscAlertsPage {
  GtkWidget parent_instance;
  GtkListBox *targets;
  GtkWidget *add;
  GtkWidget *rules;
  GtkListBox *alerts;
  OscDocument *documents[OSC_N_ALERTS];
  JsonObject *shown[OSC_N_ALERTS]; /* (nullable): what stands there, of recipients and the list */
  char *removed;                   /* (nullable): who was removed last */
  guint timer;
};

G_DEFINE_FINAL_TYPE (OscAlertsPage, osc_alerts_page, GTK_TYPE_WIDGET)

/* ---- what is known ---- */

static JsonArray *
array_of (OscAlertsPage *self, OscAlertsPart part, const char *name)
{
  JsonObject *object = osc_document_get (self->documents[part]);
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
find_target (OscAlertsPage *self, const char *id)
{
  JsonArray *array = array_of (self, OSC_ALERTS_TARGETS, "targets");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *target = json_array_get_object_element (array, i);
    if (g_strcmp0 (osy_rest_text (target, "id", ""), id) == 0)
      return target;
  }
  return NULL;
}

static gint64
time_of (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? at : 0;
}

static JsonArray *
messages_of (JsonObject *alert)
{
  JsonNode *node = json_object_get_member (alert, "messages");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* (transfer none) (nullable): of @alert to @id. */
static JsonObject *
find_message (JsonObject *alert, const char *id)
{
  JsonArray *messages = messages_of (alert);

  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++) {
    JsonObject *message = json_array_get_object_element (messages, i);
    if (g_strcmp0 (osy_rest_text (message, "target_id", ""), id) == 0)
      return message;
  }
  return NULL;
}

/* (transfer none) (nullable): what was sent last to @id, and of which alert. */
static JsonObject *
last_message (OscAlertsPage *self, const char *id, JsonObject **alert)
{
  JsonArray *array = array_of (self, OSC_ALERTS_LIST, "alerts");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *message = find_message (json_array_get_object_element (array, i), id);
    if (message != NULL) {
      *alert = json_array_get_object_element (array, i);
      return message;
    }
  }
  return NULL;
}

static gboolean
has_status (JsonObject *message, const char *status)
{
  return g_str_equal (osy_rest_text (message, "status", ""), status);
}

static gboolean
is_under_way (OscAlertsPage *self)
{
  JsonArray *array = array_of (self, OSC_ALERTS_LIST, "alerts");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonArray *messages = messages_of (json_array_get_object_element (array, i));
    for (guint k = 0; messages != NULL && k < json_array_get_length (messages); k++)
      if (has_status (json_array_get_object_element (messages, k), "WAITING"))
        return TRUE;
  }
  return FALSE;
}

/* ---- acts ---- */

static void
look (OscAlertsPage *self)
{
  osc_document_load (self->documents[OSC_ALERTS_LIST]);
}

static void
tested_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscAlertsPage *self = owner;

  osc_toasts_say (GTK_WIDGET (self), error == NULL ? _ ("A test is on its way")
                                     : osy_error_is (error, OSY_ERROR_CONFLICT)
                                         ? _ ("This recipient can't be read any more. Remove it "
                                              "and add it anew")
                                         : osc_trade_failure (error));
  look (self);
}

static void
retried_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscAlertsPage *self = owner;

  osc_toasts_say (GTK_WIDGET (self), error == NULL ? _ ("It is sent again")
                                     : osy_error_is (error, OSY_ERROR_CONFLICT)
                                         ? _ ("It is on its way already")
                                         : osc_trade_failure (error));
}

static void
restored_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  osc_toasts_say (GTK_WIDGET (owner),
                  error == NULL ? _ ("Put it back as it was") : osc_trade_failure (error));
}

/* @path: (transfer full): below the document of @part. */
static void
act (OscAlertsPage *self, OscAlertsPart part, const char *method, char *path, OscDocumentDone done)
{
  g_autofree char *kept = path;

  osc_document_send (
      self->documents[part],
      &(OscDocumentAct){.method = method, .path = kept, .done = done, .owner = G_OBJECT (self)});
}

static void
on_test (OscAlertsPage *self, GtkWidget *button)
{
  act (self, OSC_ALERTS_TARGETS, "POST",
       g_strconcat ("/", osc_people_row_id (button), "/test", NULL), tested_cb);
}

static void
on_retry (OscAlertsPage *self, GtkWidget *button)
{
  act (self, OSC_ALERTS_LIST, "POST",
       g_strconcat ("/messages/", osc_people_row_id (button), "/retry", NULL), retried_cb);
}

static void
on_undo (OscAlertsPage *self)
{
  act (self, OSC_ALERTS_TARGETS, "POST", g_strconcat ("/", self->removed, "/restore", NULL),
       restored_cb);
}

static void
removed_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscAlertsPage *self = owner;

  if (error != NULL)
    osc_toasts_say (GTK_WIDGET (self), osc_trade_failure (error));
  else
    osc_toasts_offer (GTK_WIDGET (self), _ ("Removed the recipient"), _ ("Undo"),
                      G_CALLBACK (on_undo), G_OBJECT (self));
  look (self);
}

static void
on_remove (OscAlertsPage *self, GtkWidget *button)
{
  g_free (self->removed);
  self->removed = g_strdup (osc_people_row_id (button));
  act (self, OSC_ALERTS_TARGETS, "DELETE", g_strconcat ("/", self->removed, NULL), removed_cb);
}

static void
on_add (OscAlertsPage *self)
{
  osc_alert_target_sheet_show (GTK_WIDGET (self), self->documents[OSC_ALERTS_TARGETS], NULL);
}

static void
on_change (OscAlertsPage *self, GtkWidget *button)
{
  JsonObject *target = find_target (self, osc_people_row_id (button));

  if (target != NULL)
    osc_alert_target_sheet_show (GTK_WIDGET (self), self->documents[OSC_ALERTS_TARGETS], target);
}

/* ---- recipients ---- */

/* (transfer full): what became of @last, of @alert; both are nullable. */
static char *
last_words (JsonObject *last, JsonObject *alert)
{
  if (last == NULL)
    return g_strdup (_ ("Told nothing yet"));
  g_autofree char *state = osc_alert_words_state (last);
  gboolean sent = has_status (last, "SENT");
  g_autofree char *when =
      osc_people_row_when (sent ? time_of (last, "sent_at") : time_of (alert, "raised_at"));

  if (sent)
    /* Translators: %s is when */
    return g_strdup_printf (_ ("Last sent: %s"), when);
  /* Translators: %1$s is when something happened, %2$s what became of telling it */
  return g_strdup_printf (_ ("Last: %1$s, %2$s"), when, state);
}

static void
show_target (OscAlertsPage *self, JsonObject *target)
{
  const char *id = osy_rest_text (target, "id", "");
  const char *name = osy_rest_text (target, "name", "");
  const char *channel = osc_alert_words_channel (osy_rest_text (target, "channel", ""));
  gboolean lost = json_object_get_boolean_member_with_default (target, "unreadable", FALSE);
  JsonObject *alert = NULL;
  JsonObject *last = last_message (self, id, &alert);
  g_autofree char *told = last_words (last, alert);
  g_autofree char *about =
      g_strdup_printf ("%s · %s\n%s", channel, osy_rest_text (target, "address", ""), told);
  GtkWidget *row = osc_people_row_add (self->targets, *name != '\0' ? name : channel, about);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (lost)
    osc_people_row_tag (row, _ ("Can't be read"), "amber");
  else if (last != NULL && has_status (last, "DEAD"))
    osc_people_row_tag (row, _ ("Not sent"), "amber");
  else if (last != NULL && has_status (last, "SENT"))
    osc_people_row_tag (row, _ ("Arrived"), "green");
  if (!lost) {
    osc_people_row_button (row, _ ("Test"), G_CALLBACK (on_test), self, id);
    osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change), self, id);
  }
  osc_people_row_button (row, _ ("Remove"), G_CALLBACK (on_remove), self, id);
}

static void
again_targets (OscAlertsPage *self)
{
  osc_document_load (self->documents[OSC_ALERTS_TARGETS]);
}

static void
show_targets (OscAlertsPage *self)
{
  JsonArray *array = array_of (self, OSC_ALERTS_TARGETS, "targets");

  osc_people_row_clear (self->targets);
  if (array == NULL && osc_document_failed (self->documents[OSC_ALERTS_TARGETS]))
    osc_people_row_trouble (self->targets, G_CALLBACK (again_targets), self);
  else if (array != NULL && json_array_get_length (array) == 0)
    osc_people_row_add (self->targets, _ ("Nobody yet"),
                        _ ("Alerts are shown on the screens of the shop alone"));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    show_target (self, json_array_get_object_element (array, i));
  gtk_widget_set_sensitive (self->add, array != NULL);
}

/* ---- what was told ---- */

/* (transfer full): "Kitchen: sent 12:12" */
static char *
message_words (OscAlertsPage *self, JsonObject *message)
{
  JsonObject *target = find_target (self, osy_rest_text (message, "target_id", ""));
  const char *channel = osc_alert_words_channel (osy_rest_text (message, "channel", ""));
  const char *name = target != NULL ? osy_rest_text (target, "name", "") : "";
  g_autofree char *state = osc_alert_words_state (message);

  return g_strdup_printf ("%s: %s", *name != '\0' ? name : channel, state);
}

/* What was given up has a row of its own, with a way on. */
static void
show_dead (OscAlertsPage *self, JsonObject *alert, JsonObject *message)
{
  g_autofree char *title = message_words (self, message);
  GtkWidget *row = osc_people_row_add (self->alerts, title, NULL);
  GtkWidget *button;

  gtk_widget_add_css_class (row, "inner");
  if (find_target (self, osy_rest_text (message, "target_id", "")) == NULL)
    return;
  button = osc_people_row_button (row, _ ("Send again"), G_CALLBACK (on_retry), self,
                                  osy_rest_text (message, "id", ""));
  g_autofree char *name =
      g_strdup_printf ("%s, %s, %s", osy_rest_text (alert, "text", ""), title, _ ("Send again"));
  osc_widget_set_name (button, name);
}

/* (transfer full): when it was, and what became of its messages, a line for each. */
static char *
alert_words (OscAlertsPage *self, JsonObject *alert)
{
  gint64 raised = time_of (alert, "raised_at");
  gint64 ended = time_of (alert, "ended_at");
  JsonArray *messages = messages_of (alert);
  g_autofree char *from = osc_people_row_when (raised);
  g_autofree char *until = ended > raised ? osc_people_row_when (ended) : NULL;
  GString *text = g_string_new (from);

  if (until != NULL)
    g_string_append_printf (text, " – %s", until);
  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++) {
    JsonObject *message = json_array_get_object_element (messages, i);
    g_autofree char *words = message_words (self, message);
    if (!has_status (message, "DEAD"))
      g_string_append_printf (text, "\n%s", words);
  }
  return g_string_free (text, FALSE);
}

static void
show_alert (OscAlertsPage *self, JsonObject *alert)
{
  JsonArray *messages = messages_of (alert);
  g_autofree char *about = alert_words (self, alert);
  GtkWidget *row = osc_people_row_add (self->alerts, osy_rest_text (alert, "text", ""), about);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  osc_people_row_tag (row, osc_alert_words_kind (osy_rest_text (alert, "kind", "")), NULL);
  if (time_of (alert, "ended_at") == 0)
    osc_people_row_tag (row, _ ("Goes on"), "amber");
  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    if (has_status (json_array_get_object_element (messages, i), "DEAD"))
      show_dead (self, alert, json_array_get_object_element (messages, i));
}

static void
show_alerts (OscAlertsPage *self)
{
  JsonArray *array = array_of (self, OSC_ALERTS_LIST, "alerts");
  gint64 since = osy_clock_now () - SHOWN_US;
  guint shown = 0;

  osc_people_row_clear (self->alerts);
  if (array == NULL && osc_document_failed (self->documents[OSC_ALERTS_LIST])) {
    osc_people_row_trouble (self->alerts, G_CALLBACK (look), self);
    return;
  }
  for (guint i = 0; array != NULL && i < json_array_get_length (array) && shown < MOST_SHOWN; i++) {
    JsonObject *alert = json_array_get_object_element (array, i);
    if (time_of (alert, "raised_at") < since && time_of (alert, "ended_at") != 0)
      continue;
    show_alert (self, alert);
    shown++;
  }
  if (array != NULL && shown == 0)
    osc_people_row_add (self->alerts, _ ("Nothing in seven days"),
                        _ ("What is told stands here, with whether it arrived"));
}

/* Whether @part says what it said before; keeps what it says. */
static gboolean
is_shown (OscAlertsPage *self, OscAlertsPart part)
{
  JsonObject *now = osc_document_get (self->documents[part]);
  JsonObject *before = self->shown[part];
  gboolean same = now != NULL && before != NULL && json_object_equal (now, before) &&
                  !osc_document_failed (self->documents[part]);

  self->shown[part] = now != NULL ? json_object_ref (now) : NULL;
  g_clear_pointer (&before, json_object_unref);
  return same;
}

/* A recipient says what was sent to it last; a message, to whom. Looking again must not take a
 * button from under the finger that presses it. */
static void
show (OscAlertsPage *self)
{
  gboolean targets = is_shown (self, OSC_ALERTS_TARGETS);
  gboolean list = is_shown (self, OSC_ALERTS_LIST);

  if (targets && list)
    return;
  show_targets (self);
  show_alerts (self);
}

/* ---- while it is on screen ---- */

static gboolean
tick_cb (gpointer user_data)
{
  OscAlertsPage *self = user_data;

  if (is_under_way (self))
    look (self);
  return G_SOURCE_CONTINUE;
}

static void
osc_alerts_page_map (GtkWidget *widget)
{
  OscAlertsPage *self = OSC_ALERTS_PAGE (widget);

  GTK_WIDGET_CLASS (osc_alerts_page_parent_class)->map (widget);
  for (int i = 0; i < OSC_N_ALERTS; i++)
    osc_document_load (self->documents[i]);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (AGAIN_SECONDS, tick_cb, self);
}

static void
osc_alerts_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_ALERTS_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (osc_alerts_page_parent_class)->unmap (widget);
}

/* ---- life ---- */

OscDocument *
osc_alerts_page_document (OscAlertsPage *self, OscAlertsPart part)
{
  g_return_val_if_fail (OSC_IS_ALERTS_PAGE (self) && part < OSC_N_ALERTS, NULL);
  return self->documents[part];
}

OscAlertRules *
osc_alerts_page_rules (OscAlertsPage *self)
{
  g_return_val_if_fail (OSC_IS_ALERTS_PAGE (self), NULL);
  return OSC_ALERT_RULES (self->rules);
}

static void
osc_alerts_page_dispose (GObject *object)
{
  OscAlertsPage *self = OSC_ALERTS_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ALERTS_PAGE);
  for (int i = 0; i < OSC_N_ALERTS; i++) {
    g_clear_object (&self->documents[i]);
    g_clear_pointer (&self->shown[i], json_object_unref);
  }
  g_clear_pointer (&self->removed, g_free);
  G_OBJECT_CLASS (osc_alerts_page_parent_class)->dispose (object);
}

static void
osc_alerts_page_class_init (OscAlertsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_alerts_page_dispose;
  widget_class->map = osc_alerts_page_map;
  widget_class->unmap = osc_alerts_page_unmap;
  g_type_ensure (OSC_TYPE_ALERT_RULES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/alerts/osc-alerts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAlertsPage, targets);
  gtk_widget_class_bind_template_child (widget_class, OscAlertsPage, add);
  gtk_widget_class_bind_template_child (widget_class, OscAlertsPage, rules);
  gtk_widget_class_bind_template_child (widget_class, OscAlertsPage, alerts);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_alerts_page_init (OscAlertsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_alerts_page_new (const OscContext *context)
{
  static const char *const paths[OSC_N_ALERTS] = {"alert-targets", "alert-setup", "alerts"};
  OscAlertsPage *self = g_object_new (OSC_TYPE_ALERTS_PAGE, NULL);

  for (int i = 0; i < OSC_N_ALERTS; i++)
    self->documents[i] = osc_document_new (context->client, paths[i]);
  g_signal_connect_object (self->documents[OSC_ALERTS_TARGETS], "changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->documents[OSC_ALERTS_LIST], "changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  osc_alert_rules_follow (OSC_ALERT_RULES (self->rules), self->documents[OSC_ALERTS_SETUP]);
  show (self);
  return GTK_WIDGET (self);
}
