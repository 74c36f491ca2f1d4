/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Changes of what a shop takes money, riders and platforms by: at once, and with a way back. */

#include "osc-trade-put.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osy-error.h"
#include "osy-json.h"
#include "osy-money.h"

#define KEPT "osc-trade-put" /* on the page: the last change made there */

#define OSC_TYPE_TRADE_CHANGE (osc_trade_change_get_type ())
G_DECLARE_FINAL_TYPE (OscTradeChange, osc_trade_change, OSC, TRADE_CHANGE, GObject)

struct _OscTradeChange {
  GObject parent_instance;
  OscDocument *document;
  GtkWidget *from; /* weak */
  OscField *field; /* weak, nullable */
  OscSheet *sheet; /* weak, nullable */
  char *sentence;
  JsonNode *inverse; /* (nullable): it cannot be taken back, or takes one back itself */
};

G_DEFINE_FINAL_TYPE (OscTradeChange, osc_trade_change, G_TYPE_OBJECT)

const char *
osc_trade_failure (const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION))
    return _ ("Only a manager can do this");
  if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    return _ ("Another screen changed this first. Look at it again");
  if (osy_error_is (error, OSY_ERROR_CONFLICT))
    return _ ("That store is set up already");
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    return _ ("The server did not take it. Look it over, please");
  return _ ("Couldn't save. What you typed is kept");
}

gint64
osc_trade_number (OscField *field, gint64 max)
{
  g_autofree char *text = g_strstrip (g_strdup (osc_field_text (field)));
  g_auto (GStrv) groups = g_strsplit (text, ",", -1);
  g_autofree char *plain = g_strjoinv ("", groups);
  gint64 number = 0;

  if (*plain == '\0' || g_ascii_string_to_signed (plain, 10, 0, max, &number, NULL))
    return number;
  g_autofree char *most = osy_money_format (max);
  /* Translators: the largest number that may be typed, already grouped */
  g_autofree char *wrong = g_strdup_printf (_ ("A number up to %s"), most);
  osc_field_set_error (field, wrong);
  return -1;
}

static void on_undo (OscTradeChange *self);

static void
put_done (gpointer owner, JsonObject *answer, const GError *error)
{
  OscTradeChange *self = owner;

  if (error != NULL)
    g_info ("The settings could not be changed: %s", error->message);
  if (self->from == NULL)
    return;
  if (self->sheet != NULL && osc_sheet_is_open (self->sheet)) {
    if (error != NULL) {
      osc_sheet_fail (self->sheet, osc_trade_failure (error));
      return;
    }
    gtk_window_close (GTK_WINDOW (self->sheet));
  }
  if (error != NULL && self->field != NULL) {
    osc_field_set_error (self->field, osc_trade_failure (error));
  } else if (error != NULL) {
    osc_toasts_say (self->from, osc_trade_failure (error));
  } else if (self->inverse == NULL) {
    osc_toasts_say (self->from, self->sentence);
  } else {
    osc_toasts_offer (self->from, self->sentence, _ ("Undo"), G_CALLBACK (on_undo),
                      G_OBJECT (self));
    g_object_set_data_full (G_OBJECT (self->from), KEPT, g_object_ref (self), g_object_unref);
  }
}

static void
send (OscTradeChange *self, JsonNode *body)
{
  osc_document_send (
      self->document,
      &(OscDocumentAct){.method = "PUT", .body = body, .done = put_done, .owner = G_OBJECT (self)});
}

static OscTradeChange *
change_new (const OscTradePut *put)
{
  OscTradeChange *self = g_object_new (OSC_TYPE_TRADE_CHANGE, NULL);

  self->document = g_object_ref (put->document);
  g_set_weak_pointer (&self->from, put->from);
  g_set_weak_pointer (&self->field, put->field);
  g_set_weak_pointer (&self->sheet, put->sheet);
  self->sentence = g_strdup (put->sentence);
  return self;
}

static void
on_undo (OscTradeChange *self)
{
  const OscTradePut put = {self->document, self->from, NULL, _ ("Put it back as it was"), NULL};

  if (self->from == NULL)
    return;
  g_autoptr (OscTradeChange) back = change_new (&put);
  send (back, self->inverse);
}

void
osc_trade_put (const OscTradePut *put, JsonObject *body, JsonObject *inverse)
{
  g_return_if_fail (put != NULL && body != NULL);
  g_autoptr (OscTradeChange) self = change_new (put);
  g_autoptr (JsonNode) node = osy_json_take_object (body);

  self->inverse = inverse != NULL ? osy_json_take_object (inverse) : NULL;
  if (put->sheet != NULL)
    osc_sheet_wait (put->sheet);
  send (self, node);
}

static void
osc_trade_change_finalize (GObject *object)
{
  OscTradeChange *self = OSC_TRADE_CHANGE (object);

  g_clear_weak_pointer (&self->from);
  g_clear_weak_pointer (&self->field);
  g_clear_weak_pointer (&self->sheet);
  g_object_unref (self->document);
  g_free (self->sentence);
  g_clear_pointer (&self->inverse, json_node_unref);
  G_OBJECT_CLASS (osc_trade_change_parent_class)->finalize (object);
}

static void
osc_trade_change_class_init (OscTradeChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_trade_change_finalize;
}

static void
osc_trade_change_init (OscTradeChange *self)
{
}
