/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The picked order. */

#include "osc-pick.h"

struct _OscPick {
  GObject parent_instance;
  OscOrderItem *item;
};

enum { PROP_0, PROP_ITEM, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscPick, osc_pick, G_TYPE_OBJECT)

static void
osc_pick_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, OSC_PICK (object)->item);
}

static void
osc_pick_dispose (GObject *object)
{
  g_clear_object (&OSC_PICK (object)->item);
  G_OBJECT_CLASS (osc_pick_parent_class)->dispose (object);
}

static void
osc_pick_class_init (OscPickClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = osc_pick_get_property;
  object_class->dispose = osc_pick_dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, OSC_TYPE_ORDER_ITEM,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osc_pick_init (OscPick *self)
{
}

OscPick *
osc_pick_new (void)
{
  return g_object_new (OSC_TYPE_PICK, NULL);
}

OscOrderItem *
osc_pick_get (OscPick *self)
{
  return self->item;
}

void
osc_pick_set (OscPick *self, OscOrderItem *item)
{
  if (g_set_object (&self->item, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}
