/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The practice order. It is found by its mark, so a restart in its middle goes on with it. */

#include "osc-practice.h"

#include "osy-clock.h"
#include "osy-json.h"

struct _OscPractice {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  OscOrderStore *orders;
  OscOrderItem *item; /* nullable */
  gulong order_id;
};

enum { PROP_ITEM = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPractice, osc_practice, G_TYPE_OBJECT)

/* ---- what is ordered ---- */

static gboolean
can_choose (const OsyMenuOption *option)
{
  return !osy_menu_option_stop_at (option, osy_clock_now ());
}

/* The first options of each group that wants any. Returns: FALSE when one can't be satisfied. */
static gboolean
add_options (JsonObject *target, GPtrArray *groups)
{
  JsonArray *chosen = json_array_new ();
  gboolean ok = TRUE;

  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    gint64 wanted = group->min;

    for (guint j = 0; j < group->options->len && wanted > 0; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);
      gint64 quantity = option->max > 0 ? MIN (option->max, wanted) : wanted;
      JsonObject *row;

      if (!can_choose (option))
        continue;
      row = json_object_new ();
      json_object_set_string_member (row, "option_id", option->id);
      json_object_set_int_member (row, "quantity", quantity);
      ok = add_options (row, option->groups) && ok;
      json_array_add_object_element (chosen, row);
      wanted -= quantity;
    }
    ok = ok && wanted <= 0;
  }
  if (json_array_get_length (chosen) > 0)
    json_object_set_array_member (target, "options", chosen);
  else
    json_array_unref (chosen);
  return ok;
}

static JsonObject *
line_for (OsyMenu *menu, const OsyMenuItem *item)
{
  gint64 now = osy_clock_now ();
  g_autoptr (JsonObject) line = json_object_new ();

  if (!osy_menu_is_offered (menu, item, "COUNTER", now) || osy_menu_stop_at (&item->stop, now))
    return NULL;
  json_object_set_string_member (line, "menu_item_id", item->id);
  json_object_set_int_member (line, "quantity", 1);
  return add_options (line, item->groups) ? g_steal_pointer (&line) : NULL;
}

static JsonObject *
first_line (OsyMenu *menu)
{
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      JsonObject *line = line_for (menu, g_ptr_array_index (category->items, j));

      if (line != NULL)
        return line;
    }
  }
  return NULL;
}

JsonNode *
osc_practice_body (OsyMenu *menu, const char *restaurant_id)
{
  g_return_val_if_fail (OSY_IS_MENU (menu) && restaurant_id != NULL, NULL);
  JsonObject *line = first_line (menu);
  JsonObject *body;
  JsonObject *payment;
  JsonArray *items;

  if (line == NULL)
    return NULL;
  body = json_object_new ();
  payment = json_object_new ();
  items = json_array_new ();
  json_array_add_object_element (items, line);
  json_object_set_string_member (payment, "method", "LATER");
  json_object_set_string_member (body, "restaurant_id", restaurant_id);
  json_object_set_string_member (body, "type", "TAKEOUT");
  json_object_set_string_member (body, "channel", "COUNTER");
  json_object_set_array_member (body, "items", items);
  json_object_set_object_member (body, "payment", payment);
  json_object_set_boolean_member (body, "practice", TRUE);
  return osy_json_take_object (body);
}

/* ---- following it ---- */

static void
on_order (OscPractice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_item (OscPractice *self)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->order_id, self->item);
  g_clear_object (&self->item);
}

static void
follow (OscPractice *self, OscOrderItem *item)
{
  if (!osc_order_item_data (item)->practice)
    return;
  if (self->item != item) {
    drop_item (self);
    self->item = g_object_ref (item);
    /* An act of this console moves the item before the feed speaks of it. */
    self->order_id = g_signal_connect_swapped (item, "notify::order", G_CALLBACK (on_order), self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_arrived (OscPractice *self, OscOrderItem *item)
{
  follow (self, item);
}

static void
on_changed (OscPractice *self, OscOrderItem *item)
{
  if (self->item == NULL)
    follow (self, item);
}

/* Those of the first load are not told one by one. */
static void
on_items_changed (OscPractice *self, guint position, guint removed, guint added)
{
  for (guint i = 0; self->item == NULL && i < added; i++) {
    g_autoptr (OscOrderItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->orders), position + i);

    if (item != NULL)
      follow (self, item);
  }
}

OscOrderItem *
osc_practice_item (OscPractice *self)
{
  g_return_val_if_fail (OSC_IS_PRACTICE (self), NULL);
  return self->item;
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (OsyOrder) order = osy_client_place_finish (OSY_CLIENT (source), result, &error);

  if (order != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
osc_practice_place_async (OscPractice *self, JsonNode *body, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (OSC_IS_PRACTICE (self) && body != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);

  drop_item (self);
  g_signal_emit (self, signals[REQUESTED], 0, body);
  if (self->client != NULL) {
    osy_client_place_async (self->client, body, NULL, NULL, placed_cb, task);
    return;
  }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
osc_practice_place_finish (OscPractice *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- life ---- */

static void
osc_practice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_value_set_object (value, OSC_PRACTICE (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_practice_dispose (GObject *object)
{
  OscPractice *self = OSC_PRACTICE (object);

  drop_item (self);
  g_clear_object (&self->orders);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_practice_parent_class)->dispose (object);
}

static void
osc_practice_class_init (OscPracticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_practice_get_property;
  object_class->dispose = osc_practice_dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, OSC_TYPE_ORDER_ITEM, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_PRACTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_PRACTICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static void
osc_practice_init (OscPractice *self)
{
}

OscPractice *
osc_practice_new (OsyClient *client, OscOrderStore *orders)
{
  g_return_val_if_fail (OSC_IS_ORDER_STORE (orders), NULL);
  OscPractice *self = g_object_new (OSC_TYPE_PRACTICE, NULL);

  g_set_object (&self->client, client);
  self->orders = g_object_ref (orders);
  g_signal_connect_object (orders, "arrived", G_CALLBACK (on_arrived), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (orders, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (orders, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (orders)));
  return self;
}
