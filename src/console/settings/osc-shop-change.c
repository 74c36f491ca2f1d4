/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A change of the shop. The way back is what the members of the patch were before. */

#include "osc-shop-change.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osy-error.h"
#include "osy-json.h"

#define KEPT "osc-shop-change" /* on the widget: the last change made there */

struct _OscShopChange {
  GObject parent;
  OscShopStore *store;
  GtkWidget *from;
  OscField *field; /* nullable */
  char *sentence;
  JsonNode *inverse; /* NULL: it takes one back itself */
};

G_DEFINE_FINAL_TYPE (OscShopChange, osc_shop_change, G_TYPE_OBJECT)

/* What was empty is cleared by empty text. */
static JsonNode *
inverse_of (OsyShop *shop, JsonObject *patch)
{
  g_autoptr (JsonNode) now = osy_shop_to_json (shop);
  g_autoptr (GList) names = json_object_get_members (patch);
  JsonObject *inverse = json_object_new ();

  for (GList *name = names; name != NULL; name = name->next) {
    JsonNode *was = json_object_get_member (json_node_get_object (now), name->data);

    if ((was == NULL || JSON_NODE_HOLDS_NULL (was)) && g_str_has_suffix (name->data, "_until"))
      continue; /* goes with open_state or busy_minutes */
    if (was == NULL || JSON_NODE_HOLDS_NULL (was))
      json_object_set_string_member (inverse, name->data, "");
    else
      json_object_set_member (inverse, name->data, json_node_copy (was));
  }
  return osy_json_take_object (inverse);
}

static const char *
failure_text (const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION))
    return _ ("Only a manager can do this");
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    return _ ("The server did not take it. Look it over, please");
  return _ ("Couldn't save. What you typed is kept");
}

static void on_undo (OscShopChange *self);

static void
tell (OscShopChange *self)
{
  if (self->inverse == NULL) {
    osc_toasts_say (self->from, self->sentence);
    return;
  }
  osc_toasts_offer (self->from, self->sentence, _ ("Undo"), G_CALLBACK (on_undo), G_OBJECT (self));
  g_object_set_data_full (G_OBJECT (self->from), KEPT, g_object_ref (self), g_object_unref);
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscShopChange) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_shop_store_patch_finish (OSC_SHOP_STORE (source), result, &error))
    g_info ("The settings could not be changed: %s", error->message);
  if (self->from == NULL)
    return;
  if (error == NULL)
    tell (self);
  else if (self->field != NULL)
    osc_field_set_error (self->field, failure_text (error));
  else
    osc_toasts_say (self->from, failure_text (error));
}

static void
send (OscShopChange *self, JsonNode *patch)
{
  osc_shop_store_patch_async (self->store, patch, patched_cb, g_object_ref (self));
}

static OscShopChange *
change_new (const OscShopChangeWords *words)
{
  OscShopChange *self = g_object_new (OSC_TYPE_SHOP_CHANGE, NULL);

  self->store = g_object_ref (words->store);
  g_set_weak_pointer (&self->from, words->from);
  g_set_weak_pointer (&self->field, words->field);
  self->sentence = g_strdup (words->sentence);
  return self;
}

static void
on_undo (OscShopChange *self)
{
  OscShopChangeWords words = {self->store, self->from, NULL, _ ("Put it back as it was")};

  if (self->from == NULL)
    return;
  g_autoptr (OscShopChange) back = change_new (&words);

  send (back, self->inverse);
}

void
osc_shop_change_make (const OscShopChangeWords *words, JsonObject *patch)
{
  g_return_if_fail (words != NULL && patch != NULL);
  OsyShop *shop = osc_shop_store_get (words->store);
  g_autoptr (JsonNode) node = osy_json_take_object (patch);
  g_autoptr (OscShopChange) self = NULL;

  if (shop == NULL)
    return;
  self = change_new (words);
  self->inverse = inverse_of (shop, patch);
  send (self, node);
}

static void
osc_shop_change_finalize (GObject *object)
{
  OscShopChange *self = OSC_SHOP_CHANGE (object);

  g_clear_weak_pointer (&self->from);
  g_clear_weak_pointer (&self->field);
  g_object_unref (self->store);
  g_free (self->sentence);
  g_clear_pointer (&self->inverse, json_node_unref);
  G_OBJECT_CLASS (osc_shop_change_parent_class)->finalize (object);
}

static void
osc_shop_change_class_init (OscShopChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_shop_change_finalize;
}

static void
osc_shop_change_init (OscShopChange *self)
{
}
