/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A ticket on screen: what the daemon said last, and what was tapped since. */

#include "osc-kitchen-item.h"

#define MINUTE (60 * G_TIME_SPAN_SECOND)
/* What is promised for food that says nothing itself. */
#define DEFAULT_PROMISE (OSC_DEFAULT_MINUTES * MINUTE)

struct _OscKitchenItem {
  GObject parent;
  OsyKitchenTicket *ticket;
  GHashTable *expected; /* line id → GINT_TO_POINTER (made + 1) */
  GHashTable *asked;    /* static texts */
  gboolean leaving;
};

enum { PROP_TICKET = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscKitchenItem, osc_kitchen_item, G_TYPE_OBJECT)

static void
osc_kitchen_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, OSC_KITCHEN_ITEM (object)->ticket);
}

static void
osc_kitchen_item_finalize (GObject *object)
{
  OscKitchenItem *self = OSC_KITCHEN_ITEM (object);

  g_object_unref (self->ticket);
  g_hash_table_unref (self->expected);
  g_hash_table_unref (self->asked);
  G_OBJECT_CLASS (osc_kitchen_item_parent_class)->finalize (object);
}

static void
osc_kitchen_item_class_init (OscKitchenItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_kitchen_item_get_property;
  object_class->finalize = osc_kitchen_item_finalize;
  properties[PROP_TICKET] =
      g_param_spec_object ("ticket", NULL, NULL, OSY_TYPE_KITCHEN_TICKET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osc_kitchen_item_init (OscKitchenItem *self)
{
  self->expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->asked = g_hash_table_new (g_str_hash, g_str_equal);
}

OscKitchenItem *
osc_kitchen_item_new (OsyKitchenTicket *ticket)
{
  g_return_val_if_fail (OSY_IS_KITCHEN_TICKET (ticket), NULL);
  OscKitchenItem *self = g_object_new (OSC_TYPE_KITCHEN_ITEM, NULL);

  self->ticket = g_object_ref (ticket);
  return self;
}

const OsyKitchenTicketData *
osc_kitchen_item_data (OscKitchenItem *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self), NULL);
  return osy_kitchen_ticket_data (self->ticket);
}

static void
changed (OscKitchenItem *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKET]);
}

gboolean
osc_kitchen_item_take (OscKitchenItem *self, OsyKitchenTicket *ticket)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self) && OSY_IS_KITCHEN_TICKET (ticket), FALSE);

  if (osy_kitchen_ticket_data (ticket)->version <= osc_kitchen_item_data (self)->version)
    return FALSE;
  g_set_object (&self->ticket, ticket);
  changed (self);
  return TRUE;
}

/* ---- what was tapped ---- */

void
osc_kitchen_item_set_leaving (OscKitchenItem *self, gboolean leaving)
{
  g_return_if_fail (OSC_IS_KITCHEN_ITEM (self));
  if (self->leaving == leaving)
    return;
  self->leaving = leaving;
  changed (self);
}

gboolean
osc_kitchen_item_get_leaving (OscKitchenItem *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self), FALSE);
  return self->leaving;
}

void
osc_kitchen_item_expect (OscKitchenItem *self, const char *line_id, int made)
{
  g_return_if_fail (OSC_IS_KITCHEN_ITEM (self) && line_id != NULL);
  if (made < 0)
    g_hash_table_remove (self->expected, line_id);
  else
    g_hash_table_insert (self->expected, g_strdup (line_id), GINT_TO_POINTER (made + 1));
  changed (self);
}

gboolean
osc_kitchen_item_is_made (OscKitchenItem *self, const OsyKitchenLine *line)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self) && line != NULL, FALSE);
  int expected = GPOINTER_TO_INT (g_hash_table_lookup (self->expected, line->line_id));

  return expected != 0 ? expected == 2 : line->quantity_waiting == 0 && line->quantity_made > 0;
}

gboolean
osc_kitchen_item_once (OscKitchenItem *self, const char *what)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self) && what != NULL, FALSE);
  return g_hash_table_add (self->asked, (gpointer)what);
}

/* ---- reading ---- */

const OsyKitchenChange *
osc_kitchen_item_unseen (const OsyKitchenLine *line, const char *kind)
{
  g_return_val_if_fail (line != NULL, NULL);
  for (guint i = 0; i < line->changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (line->changes, i);

    if (change->seen_at == 0 && (kind == NULL || g_str_equal (change->kind, kind)))
      return change;
  }
  return NULL;
}

static gint64
promise (const OsyKitchenTicketData *ticket)
{
  gint64 minutes = 0;

  if (ticket->promised_at > ticket->timer_from)
    return ticket->promised_at - ticket->timer_from;
  for (guint i = 0; i < ticket->lines->len; i++)
    minutes = MAX (minutes, ((OsyKitchenLine *)g_ptr_array_index (ticket->lines, i))->prep_minutes);
  return minutes > 0 ? minutes * MINUTE : DEFAULT_PROMISE;
}

static gint64
passed (const OsyKitchenTicketData *ticket, gint64 now)
{
  return MAX (0, now - ticket->timer_from);
}

OscAgeLevel
osc_kitchen_item_age_level (OscKitchenItem *self, gint64 now)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self), OSC_AGE_NEUTRAL);
  gint64 late = promise (osc_kitchen_item_data (self));
  gint64 age = passed (osc_kitchen_item_data (self), now);

  if (age < late * 7 / 10)
    return OSC_AGE_NEUTRAL;
  return age < late ? OSC_AGE_SOON : OSC_AGE_LATE;
}

char *
osc_kitchen_item_age_text (OscKitchenItem *self, gint64 now)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_ITEM (self), NULL);
  gint64 age = passed (osc_kitchen_item_data (self), now);

  return osc_order_item_time_text (age, age - promise (osc_kitchen_item_data (self)));
}
