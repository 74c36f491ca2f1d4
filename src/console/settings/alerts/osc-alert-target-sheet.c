/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The dialog of somebody who is told. Its fields are those of the way that was chosen. */

#include "osc-alert-target-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-alert-words.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osy-json.h"
#include "osy-rest.h"

#define FORM "osc-alert-target"
#define FIELDS G_N_ELEMENTS (((OscAlertChannelWords *)NULL)->fields)

typedef struct {
  OscDocument *targets;
  char *id;                        /* (nullable): a new one */
  const OscAlertChannelWords *way; /* (nullable): not chosen yet */
  OscField *name;                  /* (nullable): of the first step */
  OscField *fields[FIELDS];        /* as those of @way; NULL where they are of the other step */
  JsonObject *told;                /* what the steps before said */
  gboolean second;
  gboolean sent;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->targets);
  g_clear_pointer (&form->told, json_object_unref);
  g_free (form->id);
  g_free (form);
}

static Form *
form_of (OscSheet *sheet)
{
  return g_object_get_data (G_OBJECT (sheet), FORM);
}

/* ---- the secret, once ---- */

static void
on_copy (GtkWidget *button, const char *secret)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), secret);
  gtk_button_set_label (GTK_BUTTON (button), _ ("Copied"));
}

static void
free_text (gpointer text, GClosure *closure)
{
  g_free (text);
}

void
osc_alert_target_sheet_taken (GtkWindow *window, JsonObject *answer)
{
  OscSheet *sheet = OSC_SHEET (window);
  const char *secret = osy_rest_text (answer, "secret", NULL);

  if (secret == NULL) {
    osc_toasts_say (GTK_WIDGET (sheet), _ ("Added. Send a test to see it arrive"));
    gtk_window_close (window);
    return;
  }
  GtkWidget *label = osc_widget_new_text (secret, "secret-text");
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy the secret"));
  osc_sheet_ask (sheet, _ ("Added. Send a test to see it arrive"),
                 _ ("Messages are signed with this secret, for programs that look at it. It is "
                    "shown this once; Slack and PagerDuty don't need it"),
                 NULL);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (copy, "outlined");
  g_signal_connect_data (copy, "clicked", G_CALLBACK (on_copy), g_strdup (secret), free_text, 0);
  osc_sheet_add (sheet, label);
  osc_sheet_add (sheet, copy);
}

/* ---- sending ---- */

static void
done_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscSheet *sheet = owner;

  if (!osc_sheet_is_open (sheet))
    return;
  if (error != NULL) {
    form_of (sheet)->sent = FALSE;
    osc_sheet_fail (sheet, osy_error_is (error, OSY_ERROR_CONFLICT)
                               ? _ ("There are as many recipients as there may be")
                               : osc_trade_failure (error));
  } else if (form_of (sheet)->id == NULL) {
    osc_alert_target_sheet_taken (GTK_WINDOW (sheet), answer);
  } else {
    osc_toasts_say (GTK_WIDGET (sheet), _ ("Changed the recipient"));
    gtk_window_close (GTK_WINDOW (sheet));
  }
}

/* (transfer full) */
static char *
typed (OscField *field)
{
  return g_strstrip (g_strdup (osc_field_text (field)));
}

static gboolean
is_empty (OscField *field)
{
  return *osc_field_text (field) == '\0';
}

/* (nullable): the field of @name. */
static OscField *
field_of (const Form *form, const char *name)
{
  for (gsize i = 0; i < FIELDS; i++)
    if (form->fields[i] != NULL && g_strcmp0 (form->way->fields[i].name, name) == 0)
      return form->fields[i];
  return NULL;
}

/* Whether what is bound to the address is there when that is another. */
static gboolean
is_bound (const Form *form)
{
  OscField *address = field_of (form, "address");
  OscField *bound = field_of (form, form->way->bound);

  if (address == NULL || bound == NULL || is_empty (address) || !is_empty (bound))
    return TRUE;
  osc_field_set_error (bound, _ ("Another address needs it anew"));
  return FALSE;
}

/* Whether nothing is missing; the first that is says so. */
static gboolean
is_written (const Form *form)
{
  if (!form->second && is_empty (form->name)) {
    osc_field_set_error (form->name, _ ("What are they called here?"));
    return FALSE;
  }
  for (gsize i = 0; form->id == NULL && i < FIELDS; i++)
    if (form->fields[i] != NULL && is_empty (form->fields[i]) && !form->way->fields[i].optional) {
      osc_field_set_error (form->fields[i], _ ("This is needed"));
      return FALSE;
    }
  return form->id == NULL || is_bound (form);
}

/* Adds what this step says to what is told. */
static void
tell (Form *form, const char *name, OscField *field)
{
  g_autofree char *text = typed (field);

  if (*text != '\0')
    json_object_set_string_member (form->told, name, text);
}

static void ask_fields (OscSheet *sheet, JsonObject *target);

static void
on_done (OscSheet *sheet)
{
  Form *form = form_of (sheet);

  if (form->way == NULL || form->sent || !is_written (form))
    return;
  if (!form->second)
    tell (form, "name", form->name);
  for (gsize i = 0; i < FIELDS; i++)
    if (form->fields[i] != NULL)
      tell (form, form->way->fields[i].name, form->fields[i]);
  if (form->way->first > 0 && !form->second) {
    form->second = TRUE;
    ask_fields (sheet, NULL);
    return;
  }
  g_autofree char *path = form->id != NULL ? g_strconcat ("/", form->id, NULL) : g_strdup ("");
  if (form->id == NULL)
    json_object_set_string_member (form->told, "channel", form->way->channel);
  g_autoptr (JsonNode) body = osy_json_take_object (json_object_ref (form->told));
  form->sent = TRUE;
  osc_sheet_wait (sheet);
  osc_document_send (form->targets, &(OscDocumentAct){.method = form->id != NULL ? "PATCH" : "POST",
                                                      .path = path,
                                                      .body = body,
                                                      .done = done_cb,
                                                      .owner = G_OBJECT (sheet)});
}

/* ---- what is asked ---- */

static void
ask_field (OscSheet *sheet, gsize i, const char *address)
{
  Form *form = form_of (sheet);
  const OscAlertField *field = &form->way->fields[i];
  g_autoptr (GString) hint = g_string_new (NULL);

  if (g_str_equal (field->name, "address") && *address != '\0')
    /* Translators: %s is an address of which most is hidden */
    g_string_printf (hint, _ ("Now %s. Empty: as it is"), address);
  else if (form->id == NULL && field->hint != NULL)
    g_string_assign (hint, _ (field->hint));
  g_string_replace (hint, "{example}", OSC_ALERT_TEMPLATE, 0);
  form->fields[i] = osc_sheet_add_field (sheet, _ (field->label), hint->len > 0 ? hint->str : NULL,
                                         field->secret);
}

/* Those of this step. @target: (nullable): in the first one, whom it is about. */
static void
ask_fields (OscSheet *sheet, JsonObject *target)
{
  Form *form = form_of (sheet);
  const char *address = target != NULL ? osy_rest_text (target, "address", "") : "";
  gboolean goes_on = form->way->first > 0 && !form->second;
  const char *verb = form->id != NULL ? _ ("Change it") : _ ("Add");

  /* Said once, so that the longest form fits a low screen. */
  osc_sheet_ask (sheet, _ (form->way->title),
                 form->id != NULL ? _ ("Empty: as it is") : _ (form->way->about),
                 goes_on ? _ ("Next") : verb);
  memset (form->fields, 0, sizeof form->fields);
  form->name = NULL;
  if (!form->second)
    form->name = osc_sheet_add_field (
        sheet, _ ("Name"), form->id == NULL ? _ ("As you call them: Kitchen, Owner") : NULL, FALSE);
  if (target != NULL)
    osc_field_set_text (form->name, osy_rest_text (target, "name", ""));
  for (gsize i = 0; i < FIELDS && form->way->fields[i].name != NULL; i++)
    if (form->way->first == 0 || (i >= form->way->first) == form->second)
      ask_field (sheet, i, address);
}

static void
on_way (GtkWidget *button, OscSheet *sheet)
{
  form_of (sheet)->way = g_object_get_data (G_OBJECT (button), FORM);
  ask_fields (sheet, NULL);
}

static void
ask_way (OscSheet *sheet)
{
  gsize n = 0;
  const OscAlertChannelWords *ways = osc_alert_words_channels (&n);

  osc_sheet_ask (sheet, _ ("Tell somebody"), _ ("How are they told?"), NULL);
  for (gsize i = 0; i < n; i++) {
    GtkWidget *button = gtk_button_new ();
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    g_autofree char *name = g_strdup_printf ("%s. %s", _ (ways[i].title), _ (ways[i].about));

    gtk_box_append (GTK_BOX (box), osc_widget_new_text (_ (ways[i].title), "field-name"));
    gtk_box_append (GTK_BOX (box), osc_widget_new_text (_ (ways[i].about), "secondary"));
    gtk_button_set_child (GTK_BUTTON (button), box);
    gtk_widget_add_css_class (button, "outlined");
    gtk_widget_add_css_class (button, "way");
    osc_widget_set_name (button, name);
    g_object_set_data (G_OBJECT (button), FORM, (gpointer)&ways[i]);
    g_signal_connect (button, "clicked", G_CALLBACK (on_way), sheet);
    osc_sheet_add (sheet, button);
  }
}

void
osc_alert_target_sheet_show (GtkWidget *page, OscDocument *targets, JsonObject *target)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && OSC_IS_DOCUMENT (targets));
  OscSheet *sheet = osc_sheet_new (page);
  Form *form = g_new0 (Form, 1);
  gsize n = 0;
  const OscAlertChannelWords *ways = osc_alert_words_channels (&n);

  form->targets = g_object_ref (targets);
  form->told = json_object_new ();
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, form_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_done), NULL);
  if (target == NULL) {
    ask_way (sheet);
    return;
  }
  form->id = g_strdup (osy_rest_text (target, "id", ""));
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (ways[i].channel, osy_rest_text (target, "channel", "")))
      form->way = &ways[i];
  if (form->way != NULL)
    ask_fields (sheet, target);
}
