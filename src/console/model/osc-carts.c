/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The open sales of a shop and the file they live in. */

#include "osc-carts.h"

#include <string.h>

#include "osc-cart-private.h"
#include "osy-clock.h"
#include "osy-id.h"

#define MAX_CARTS 200

struct _OscCarts {
  GObject parent;
  OscMenuStore *menu;
  GPtrArray *held; /* of OscCart */
  OscCart *current;
  OscCart *dropped;  /* nullable: the last one */
  char *folder;      /* nullable: nothing is kept */
  OscCartFile *file; /* nullable: before the shop is known */
};

enum { PROP_CURRENT = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscCarts,
                               osc_carts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- the model ---- */

static GType
get_item_type (GListModel *model)
{
  return OSC_TYPE_CART;
}

static guint
get_n_items (GListModel *model)
{
  return OSC_CARTS (model)->held->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *held = OSC_CARTS (model)->held;

  return position < held->len ? g_object_ref (g_ptr_array_index (held, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- keeping ---- */

static char *
print_carts (OscCarts *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *held = json_array_new ();

  for (guint i = 0; i < self->held->len; i++)
    json_array_add_element (held, osc_cart_save (g_ptr_array_index (self->held, i)));
  json_object_set_member (object, "current", osc_cart_save (self->current));
  json_object_set_array_member (object, "held", held);
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  return osy_json_print (node);
}

static void
changed (OscCarts *self)
{
  if (self->file != NULL)
    osc_cart_file_write (self->file, print_carts (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
drop_spent_cb (gpointer user_data)
{
  g_autoptr (OscCarts) self = user_data;

  for (guint i = self->held->len; i-- > 0;) {
    if (!osc_cart_is_empty (g_ptr_array_index (self->held, i)))
      continue;
    g_ptr_array_remove_index (self->held, i);
    g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
  }
  changed (self);
  return G_SOURCE_REMOVE;
}

/* A held cart that was sent after all is empty, and goes once its own work is done. */
static void
on_cart_changed (OscCarts *self, OscCart *cart)
{
  if (cart != self->current && cart != self->dropped && osc_cart_is_empty (cart))
    g_idle_add (drop_spent_cb, g_object_ref (self));
  changed (self);
}

static void
adopt (OscCarts *self, OscCart *cart)
{
  g_set_object (&cart->file, self->file);
  g_signal_handlers_disconnect_by_func (cart, on_cart_changed, self);
  g_signal_connect_object (cart, "changed", G_CALLBACK (on_cart_changed), self, G_CONNECT_SWAPPED);
}

static void
let_go (OscCarts *self, OscCart *cart)
{
  g_signal_handlers_disconnect_by_func (cart, on_cart_changed, self);
  g_clear_object (&cart->file);
}

/* ---- which cart ---- */

static void
set_current (OscCarts *self, OscCart *cart)
{
  if (!g_set_object (&self->current, cart))
    return;
  cart->held_at = 0;
  adopt (self, cart);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
add_held (OscCarts *self, OscCart *cart)
{
  cart->held_at = osy_clock_now ();
  adopt (self, cart);
  g_ptr_array_add (self->held, g_object_ref (cart));
  g_list_model_items_changed (G_LIST_MODEL (self), self->held->len - 1, 0, 1);
}

static gboolean
take_held (OscCarts *self, OscCart *cart)
{
  guint position;

  if (!g_ptr_array_find (self->held, cart, &position))
    return FALSE;
  g_ptr_array_remove_index (self->held, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return TRUE;
}

/* Makes @next the current cart; the other is held, or forgotten when there is nothing in it. */
static void
change_to (OscCarts *self, OscCart *next)
{
  g_autoptr (OscCart) before = g_object_ref (self->current);

  set_current (self, next);
  if (osc_cart_is_empty (before))
    let_go (self, before);
  else
    add_held (self, before);
  changed (self);
}

OscCart *
osc_carts_current (OscCarts *self)
{
  g_return_val_if_fail (OSC_IS_CARTS (self), NULL);
  return self->current;
}

gboolean
osc_carts_hold (OscCarts *self)
{
  g_return_val_if_fail (OSC_IS_CARTS (self), FALSE);

  if (osc_cart_is_empty (self->current) || self->held->len >= MAX_CARTS)
    return FALSE;
  g_autoptr (OscCart) next = osc_cart_new (self->menu);
  change_to (self, next);
  return TRUE;
}

void
osc_carts_take_up (OscCarts *self, OscCart *cart)
{
  g_return_if_fail (OSC_IS_CARTS (self) && OSC_IS_CART (cart));
  g_autoptr (OscCart) next = g_object_ref (cart);

  if (take_held (self, cart))
    change_to (self, next);
}

void
osc_carts_drop (OscCarts *self, OscCart *cart)
{
  g_return_if_fail (OSC_IS_CARTS (self) && OSC_IS_CART (cart));
  g_autoptr (OscCart) gone = g_object_ref (cart);

  if (cart->busy)
    return;
  if (cart == self->current) {
    g_autoptr (OscCart) next = osc_cart_new (self->menu);
    set_current (self, next);
  } else if (!take_held (self, cart)) {
    return;
  }
  let_go (self, gone);
  g_set_object (&self->dropped, gone);
  changed (self);
}

gboolean
osc_carts_undo_drop (OscCarts *self)
{
  g_return_val_if_fail (OSC_IS_CARTS (self), FALSE);
  g_autoptr (OscCart) cart = g_steal_pointer (&self->dropped);

  if (cart == NULL)
    return FALSE;
  add_held (self, cart);
  changed (self);
  return TRUE;
}

void
osc_carts_copy_order (OscCarts *self, OsyOrder *order)
{
  g_return_if_fail (OSC_IS_CARTS (self) && OSY_IS_ORDER (order));
  g_autoptr (OscCart) cart = osc_cart_new (self->menu);

  osc_cart_copy_order (cart, order);
  change_to (self, cart);
}

gint64
osc_carts_held_at (OscCarts *self, OscCart *cart)
{
  g_return_val_if_fail (OSC_IS_CARTS (self) && OSC_IS_CART (cart), 0);
  return cart->held_at;
}

/* ---- what was kept ---- */

static gboolean
load_carts (OscCarts *self, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);
  if (node == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OscCart) current =
      osc_cart_load (self->menu, osy_json_reader_object (reader, "current"));
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = osy_json_reader_array (reader, "held", 0, MAX_CARTS);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (held, osc_cart_load (self->menu, osy_json_reader_element (reader, "held", i)));
  if (!osy_json_reader_finish (reader, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++) {
    OscCart *cart = g_ptr_array_index (held, i);
    gint64 at = cart->held_at;

    add_held (self, cart);
    cart->held_at = at;
  }
  change_to (self, current);
  return TRUE;
}

/* The shop is known: its carts join what may have been begun before. */
static void
open_file (OscCarts *self)
{
  const char *shop = osy_menu_restaurant_id (osc_menu_store_get (self->menu));
  g_autoptr (GError) error = NULL;

  if (self->file != NULL || self->folder == NULL || !osy_id_is_valid (shop))
    return;
  g_autofree char *path = g_build_filename (self->folder, shop, "carts.json", NULL);
  self->file = osc_cart_file_new (path);
  g_autofree char *text = osc_cart_file_read (self->file);
  adopt (self, self->current);
  for (guint i = 0; i < self->held->len; i++)
    adopt (self, g_ptr_array_index (self->held, i));
  if (text != NULL && !load_carts (self, text, &error)) {
    g_warning ("The open sales could not be understood: %s", error->message);
    osc_cart_file_put_aside (self->file);
  }
}

static void
osc_carts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, OSC_CARTS (object)->current);
}

static void
osc_carts_dispose (GObject *object)
{
  OscCarts *self = OSC_CARTS (object);

  if (self->file != NULL)
    osc_cart_file_flush (self->file);
  g_clear_object (&self->current);
  g_clear_object (&self->dropped);
  g_clear_object (&self->file);
  g_clear_object (&self->menu);
  if (self->held != NULL)
    g_ptr_array_set_size (self->held, 0);
  G_OBJECT_CLASS (osc_carts_parent_class)->dispose (object);
}

static void
osc_carts_finalize (GObject *object)
{
  OscCarts *self = OSC_CARTS (object);

  g_ptr_array_unref (self->held);
  g_free (self->folder);
  G_OBJECT_CLASS (osc_carts_parent_class)->finalize (object);
}

static void
osc_carts_class_init (OscCartsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_carts_get_property;
  object_class->dispose = osc_carts_dispose;
  object_class->finalize = osc_carts_finalize;
  properties[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, OSC_TYPE_CART, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_CARTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
osc_carts_init (OscCarts *self)
{
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
}

OscCarts *
osc_carts_new (OsyClient *client, OscMenuStore *menu, const char *folder)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (menu), NULL);
  OscCarts *self = g_object_new (OSC_TYPE_CARTS, NULL);
  g_autoptr (OscCart) first = osc_cart_new (menu);

  self->menu = g_object_ref (menu);
  if (folder != NULL)
    self->folder = g_strdup (folder);
  else if (client != NULL)
    self->folder = g_build_filename (g_get_user_state_dir (), "ordersync", "shops", NULL);
  set_current (self, first);
  open_file (self);
  g_signal_connect_object (menu, "changed", G_CALLBACK (open_file), self, G_CONNECT_SWAPPED);
  return self;
}
