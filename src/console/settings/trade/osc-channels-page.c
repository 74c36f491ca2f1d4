/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Platforms that send orders. */

#include "osc-channels-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-people-row.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-json.h"

#define FORM "osc-channel-form"

struct _OscChannelsPage {
  GtkWidget parent_instance;
  GtkListBox *channels;
  OscDocument *list;
  OsyClient *client; /* nullable */
};

G_DEFINE_FINAL_TYPE (OscChannelsPage, osc_channels_page, GTK_TYPE_WIDGET)

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static JsonObject *
find_link (OscChannelsPage *self, const char *id)
{
  JsonObject *list = osc_document_get (self->list);
  JsonArray *array = list != NULL ? json_object_get_array_member (list, "channels") : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *link = json_array_get_object_element (array, i);
    if (g_strcmp0 (text_of (link, "id"), id) == 0)
      return link;
  }
  return NULL;
}

/* ---- the secret, once ---- */

static void
add_line (OscSheet *sheet, const char *name, const char *value)
{
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "field-name");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "secret-text");
  osc_sheet_add (sheet, title);
  osc_sheet_add (sheet, label);
}

static void
on_copy (GtkWidget *button)
{
  const char *secret = g_object_get_data (G_OBJECT (button), FORM);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), secret);
  gtk_button_set_label (GTK_BUTTON (button), _ ("Copied"));
}

static void
fill_secret (OscSheet *sheet, JsonObject *link)
{
  const char *secret = text_of (link, "secret");
  g_autofree char *path = g_strdup_printf ("/api/v1/channels/%s/orders", text_of (link, "channel"));
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy the secret"));

  osc_sheet_ask (sheet, _ ("Give this to the platform now"),
                 _ ("The secret is shown this once and kept sealed. If it gets lost, make a new "
                    "one"),
                 NULL);
  add_line (sheet, _ ("Secret"), secret);
  gtk_widget_add_css_class (copy, "outlined");
  g_object_set_data_full (G_OBJECT (copy), FORM, g_strdup (secret), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), NULL);
  osc_sheet_add (sheet, copy);
  add_line (sheet, _ ("Orders are sent to"), path);
  add_line (sheet, _ ("Store"), text_of (link, "store_id"));
}

void
osc_channels_page_show_secret (OscChannelsPage *self, JsonObject *link)
{
  g_return_if_fail (OSC_IS_CHANNELS_PAGE (self) && link != NULL);
  fill_secret (osc_sheet_new (GTK_WIDGET (self)), link);
}

/* ---- dialogs ---- */

typedef struct {
  OscChannelsPage *page;
  char *id; /* (nullable): a new one */
  OscField *channel;
  OscField *store;
  OscField *callback;
  GtkWidget *enabled; /* nullable */
} Form;

static void
form_free (gpointer data)
{
  g_free (((Form *)data)->id);
  g_free (data);
}

static Form *
form_new (OscChannelsPage *self, OscSheet *sheet, const char *id, GCallback done)
{
  Form *form = g_new0 (Form, 1);

  form->page = self;
  form->id = g_strdup (id);
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, form_free);
  g_signal_connect (sheet, "primary", done, NULL);
  return form;
}

static void
made_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscSheet *sheet = owner;

  if (!osc_sheet_is_open (sheet))
    return;
  if (error != NULL)
    osc_sheet_fail (sheet, osc_trade_failure (error));
  else
    fill_secret (sheet, answer);
}

static void
changed_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscSheet *sheet = owner;

  if (!osc_sheet_is_open (sheet))
    return;
  if (error != NULL) {
    osc_sheet_fail (sheet, osc_trade_failure (error));
    return;
  }
  osc_toasts_say (GTK_WIDGET (sheet), _ ("Changed the platform"));
  gtk_window_close (GTK_WINDOW (sheet));
}

/* @path: below "channels", NULL: itself, which answers with one link and not with the list. */
static void
send (const Form *form, OscSheet *sheet, const OscDocumentAct *act)
{
  OscDocumentAct same = *act;

  same.path = act->path != NULL ? act->path : "";
  same.owner = G_OBJECT (sheet);
  osc_sheet_wait (sheet);
  osc_document_send (form->page->list, &same);
}

static void
on_added (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  const char *callback = osc_field_text (form->callback);

  if (form->id != NULL)
    return; /* the secret is shown: it was made */
  if (*osc_field_text (form->channel) == '\0' || *osc_field_text (form->store) == '\0') {
    osc_sheet_fail (sheet, _ ("Which platform, and what does it call your shop?"));
    return;
  }
  json_object_set_string_member (object, "channel", osc_field_text (form->channel));
  json_object_set_string_member (object, "store_id", osc_field_text (form->store));
  if (*callback != '\0')
    json_object_set_string_member (object, "callback_url", callback);
  send (form, sheet, &(OscDocumentAct){.method = "POST", .body = body, .done = made_cb});
}

static void
on_add (OscChannelsPage *self)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Form *form = form_new (self, sheet, NULL, G_CALLBACK (on_added));

  osc_sheet_ask (sheet, _ ("Add a platform"),
                 _ ("The platform, or the program that fetches its orders, signs each message with "
                    "the secret you get here"),
                 _ ("Make the secret"));
  form->channel = osc_sheet_add_field (sheet, _ ("Platform"),
                                       _ ("Small letters: baemin, yogiyo, coupangeats…"), FALSE);
  form->store = osc_sheet_add_field (sheet, _ ("What the platform calls your shop"), NULL, FALSE);
  form->callback = osc_sheet_add_field (sheet, _ ("Where it is told how orders fare"),
                                        _ ("https://…. Empty: nowhere"), FALSE);
}

static void
on_edited (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  g_autofree char *path = g_strconcat ("/", form->id, NULL);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_string_member (object, "callback_url", osc_field_text (form->callback));
  json_object_set_boolean_member (object, "enabled",
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (form->enabled)));
  send (form, sheet,
        &(OscDocumentAct){.method = "PATCH", .path = path, .body = body, .done = changed_cb});
}

static void
on_edit (OscChannelsPage *self, GtkWidget *button)
{
  JsonObject *link = find_link (self, osc_people_row_id (button));
  OscSheet *sheet;
  Form *form;

  if (link == NULL)
    return;
  sheet = osc_sheet_new (GTK_WIDGET (self));
  form = form_new (self, sheet, text_of (link, "id"), G_CALLBACK (on_edited));
  osc_sheet_ask (sheet, osc_words_platform (text_of (link, "channel")), text_of (link, "store_id"),
                 _ ("Change it"));
  form->callback = osc_sheet_add_field (sheet, _ ("Where it is told how orders fare"),
                                        _ ("https://…. Empty: nowhere"), FALSE);
  osc_field_set_text (form->callback, text_of (link, "callback_url"));
  form->enabled = gtk_check_button_new_with_label (_ ("It may send orders"));
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (form->enabled),
      json_object_get_boolean_member_with_default (link, "enabled", FALSE));
  osc_sheet_add (sheet, form->enabled);
}

static void
on_renewed (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  g_autofree char *path = g_strconcat ("/", form->id, "/secret", NULL);

  send (form, sheet, &(OscDocumentAct){.method = "POST", .path = path, .done = made_cb});
}

static void
on_renew (OscChannelsPage *self, GtkWidget *button)
{
  JsonObject *link = find_link (self, osc_people_row_id (button));
  OscSheet *sheet;

  if (link == NULL)
    return;
  sheet = osc_sheet_new (GTK_WIDGET (self));
  form_new (self, sheet, text_of (link, "id"), G_CALLBACK (on_renewed));
  osc_sheet_ask (
      sheet, _ ("Make a new secret?"),
      _ ("The one of before is good for nothing from then on: orders come again once the "
         "platform has the new one"),
      _ ("Make a new secret"));
  osc_sheet_warn (sheet);
}

/* ---- the list ---- */

static void
show_link (OscChannelsPage *self, JsonObject *link)
{
  const char *id = text_of (link, "id");
  const char *callback = text_of (link, "callback_url");
  gint64 waiting = json_object_get_int_member_with_default (link, "waiting", 0);
  gboolean enabled = json_object_get_boolean_member_with_default (link, "enabled", FALSE);
  g_autofree char *about = *callback != '\0'
                               ? g_strdup_printf ("%s · %s", text_of (link, "store_id"), callback)
                               : g_strdup (text_of (link, "store_id"));
  GtkWidget *row =
      osc_people_row_add (self->channels, osc_words_platform (text_of (link, "channel")), about);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (waiting > 0) {
    g_autofree char *text = g_strdup_printf (
        g_dngettext (NULL, "%d step untold", "%d steps untold", (gulong)waiting), (int)waiting);
    osc_people_row_tag (row, text, "amber");
  }
  osc_people_row_tag (row, enabled ? _ ("On") : _ ("Off"), enabled ? "green" : NULL);
  osc_people_row_button (row, _ ("New secret…"), G_CALLBACK (on_renew), self, id);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_edit), self, id);
}

static void
again (OscChannelsPage *self)
{
  osc_document_load (self->list);
}

static void
show (OscChannelsPage *self)
{
  JsonObject *list = osc_document_get (self->list);
  JsonArray *array = list != NULL ? json_object_get_array_member (list, "channels") : NULL;

  osc_people_row_clear (self->channels);
  if (array == NULL && osc_document_failed (self->list))
    osc_people_row_trouble (self->channels, G_CALLBACK (again), self);
  else if (array != NULL && json_array_get_length (array) == 0)
    osc_people_row_add (self->channels, _ ("No platform yet"),
                        _ ("Orders come from the counter, the phone, QR codes and the web"));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    show_link (self, json_array_get_object_element (array, i));
}

/* ---- life ---- */

static void
osc_channels_page_dispose (GObject *object)
{
  OscChannelsPage *self = OSC_CHANNELS_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CHANNELS_PAGE);
  g_clear_object (&self->list);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_channels_page_parent_class)->dispose (object);
}

static void
osc_channels_page_class_init (OscChannelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_channels_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/trade/osc-channels-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscChannelsPage, channels);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_channels_page_init (OscChannelsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_channels_page_new (const OscContext *context)
{
  OscChannelsPage *self = g_object_new (OSC_TYPE_CHANNELS_PAGE, NULL);

  g_set_object (&self->client, context->client);
  self->list = osc_document_new (context->client, "channels");
  g_signal_connect_object (self->list, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  osc_document_load (self->list);
  show (self);
  return GTK_WIDGET (self);
}

void
osc_channels_page_take (OscChannelsPage *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_CHANNELS_PAGE (self));
  osc_document_take (self->list, answer);
}
