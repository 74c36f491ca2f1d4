/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The order as every program sees it: plain data behind a final object, frozen once built, so it
 * may be shared between list items, bindings and (by full transfer) threads. */

#include "osy-order.h"

struct _OsyOrder {
  GObject parent;
  OsyOrderData *data;
};

G_DEFINE_FINAL_TYPE (OsyOrder, osy_order, G_TYPE_OBJECT)

static void
osy_order_finalize (GObject *object)
{
  OsyOrder *self = OSY_ORDER (object);

  g_clear_pointer (&self->data, osy_order_data_free);
  G_OBJECT_CLASS (osy_order_parent_class)->finalize (object);
}

static void
osy_order_class_init (OsyOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_order_finalize;
}

static void
osy_order_init (OsyOrder *self)
{
}

OsyOrder *
osy_order_new (OsyOrderData *data)
{
  OsyOrder *self;

  g_return_val_if_fail (data != NULL, NULL);
  self = g_object_new (OSY_TYPE_ORDER, NULL);
  self->data = data;
  return self;
}

const OsyOrderData *
osy_order_data (OsyOrder *self)
{
  g_return_val_if_fail (OSY_IS_ORDER (self), NULL);
  return self->data;
}

OsyOrderData *
osy_order_data_new (void)
{
  OsyOrderData *self = g_new0 (OsyOrderData, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_line_free);
  return self;
}

/* Every text that an order owns. */
static const gsize owned_texts[] = {
    G_STRUCT_OFFSET (OsyOrderData, id),
    G_STRUCT_OFFSET (OsyOrderData, restaurant_id),
    G_STRUCT_OFFSET (OsyOrderData, status),
    G_STRUCT_OFFSET (OsyOrderData, type),
    G_STRUCT_OFFSET (OsyOrderData, channel),
    G_STRUCT_OFFSET (OsyOrderData, table_id),
    G_STRUCT_OFFSET (OsyOrderData, check_id),
    G_STRUCT_OFFSET (OsyOrderData, placed_check_id),
    G_STRUCT_OFFSET (OsyOrderData, placed_table_id),
    G_STRUCT_OFFSET (OsyOrderData, guest_id),
    G_STRUCT_OFFSET (OsyOrderData, source_type),
    G_STRUCT_OFFSET (OsyOrderData, source_id),
    G_STRUCT_OFFSET (OsyOrderData, source_label),
    G_STRUCT_OFFSET (OsyOrderData, flags),
    G_STRUCT_OFFSET (OsyOrderData, payment_method),
    G_STRUCT_OFFSET (OsyOrderData, business_day),
    G_STRUCT_OFFSET (OsyOrderData, customer_name),
    G_STRUCT_OFFSET (OsyOrderData, customer_phone),
    G_STRUCT_OFFSET (OsyOrderData, delivery_address),
    G_STRUCT_OFFSET (OsyOrderData, note),
    G_STRUCT_OFFSET (OsyOrderData, reason),
};

OsyOrderData *
osy_order_data_copy (const OsyOrderData *self)
{
  OsyOrderData *copy = g_new (OsyOrderData, 1);

  *copy = *self;
  for (gsize i = 0; i < G_N_ELEMENTS (owned_texts); i++) {
    char **text = G_STRUCT_MEMBER_P (copy, owned_texts[i]);
    *text = g_strdup (*text);
  }
  copy->lines = g_ptr_array_ref (self->lines);
  return copy;
}

void
osy_order_data_free (OsyOrderData *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (owned_texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, owned_texts[i]));
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

void
osy_order_data_begin (OsyOrderData *self, gint64 now)
{
  gint64 minutes = (gint64)self->begin_minutes * 60 * G_USEC_PER_SEC;
  gint64 begins_at = self->requested_at - minutes;

  self->begins_at = begins_at > now ? begins_at : 0;
  self->promised_at = MAX (now + minutes, self->requested_at);
}

void
osy_order_data_accept (OsyOrderData *self, int minutes, gint64 now)
{
  self->accepted_at = now;
  self->promised_at = now + (gint64)minutes * 60 * G_USEC_PER_SEC;
  if (self->requested_at == 0)
    return;
  self->begin_minutes = minutes;
  osy_order_data_begin (self, now);
}

OsyOrderLine *
osy_order_line_new (void)
{
  OsyOrderLine *self = g_new0 (OsyOrderLine, 1);

  self->course = 1;
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_option_free);
  return self;
}

void
osy_order_line_free (OsyOrderLine *self)
{
  if (self == NULL)
    return;
  g_free (self->line_id);
  g_free (self->menu_item_id);
  g_free (self->name);
  g_free (self->note);
  g_free (self->station);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self);
}

OsyOrderOption *
osy_order_option_new (void)
{
  OsyOrderOption *self = g_new0 (OsyOrderOption, 1);

  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_option_free);
  return self;
}

void
osy_order_option_free (OsyOrderOption *self)
{
  if (self == NULL)
    return;
  g_free (self->option_id);
  g_free (self->item_id);
  g_free (self->name);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self);
}

OsyOrderStep *
osy_order_step_new (void)
{
  return g_new0 (OsyOrderStep, 1);
}

void
osy_order_step_free (OsyOrderStep *self)
{
  if (self == NULL)
    return;
  g_free (self->from_status);
  g_free (self->to_status);
  g_free (self->act);
  g_free (self->actor);
  g_free (self->reason);
  g_free (self);
}
