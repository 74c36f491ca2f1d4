/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A list that holds still. While holding, the unchanged parts at both ends are remembered, and the
 * middle is told as one change at the end. */

#include "osc-still-list.h"

struct _OscStillList {
  GObject parent_instance;
  GListModel *source;
  GPtrArray *items;
  guint hold_source;
  gboolean dirty;
  guint prefix; /* items at the start that did not change while holding */
  guint suffix; /* and at the end */
};

static void osc_still_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscStillList,
                               osc_still_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, osc_still_list_model_init))

static GType
osc_still_list_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (OSC_STILL_LIST (model)->source);
}

static guint
osc_still_list_get_n_items (GListModel *model)
{
  return OSC_STILL_LIST (model)->items->len;
}

static gpointer
osc_still_list_get_item (GListModel *model, guint position)
{
  OscStillList *self = OSC_STILL_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
osc_still_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = osc_still_list_get_item_type;
  iface->get_n_items = osc_still_list_get_n_items;
  iface->get_item = osc_still_list_get_item;
}

/* Takes @added items of the source in place of @removed own ones and tells it. */
static void
splice (OscStillList *self, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->items, (int)(position + i),
                        g_list_model_get_item (self->source, position + i));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
on_items_changed (GListModel *source,
                  guint position,
                  guint removed,
                  guint added,
                  OscStillList *self)
{
  guint after = g_list_model_get_n_items (source) - position - added;

  if (self->hold_source == 0) {
    splice (self, position, removed, added);
    return;
  }
  self->prefix = self->dirty ? MIN (self->prefix, position) : position;
  self->suffix = self->dirty ? MIN (self->suffix, after) : after;
  self->dirty = TRUE;
}

static gboolean
let_go_cb (gpointer user_data)
{
  OscStillList *self = user_data;
  guint now = g_list_model_get_n_items (self->source);

  self->hold_source = 0;
  if (self->dirty) {
    guint shorter = MIN (now, self->items->len);
    guint prefix = MIN (self->prefix, shorter);
    guint suffix = MIN (self->suffix, shorter - prefix);

    self->dirty = FALSE;
    splice (self, prefix, self->items->len - prefix - suffix, now - prefix - suffix);
  }
  return G_SOURCE_REMOVE;
}

static void
osc_still_list_dispose (GObject *object)
{
  OscStillList *self = OSC_STILL_LIST (object);

  g_clear_handle_id (&self->hold_source, g_source_remove);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (osc_still_list_parent_class)->dispose (object);
}

static void
osc_still_list_finalize (GObject *object)
{
  g_ptr_array_unref (OSC_STILL_LIST (object)->items);
  G_OBJECT_CLASS (osc_still_list_parent_class)->finalize (object);
}

static void
osc_still_list_class_init (OscStillListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_still_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_still_list_finalize;
}

static void
osc_still_list_init (OscStillList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

OscStillList *
osc_still_list_new (GListModel *source)
{
  OscStillList *self = g_object_new (OSC_TYPE_STILL_LIST, NULL);

  self->source = g_object_ref (source);
  g_signal_connect_object (source, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_DEFAULT);
  splice (self, 0, 0, g_list_model_get_n_items (source));
  return self;
}

void
osc_still_list_hold (OscStillList *self, guint ms)
{
  g_return_if_fail (OSC_IS_STILL_LIST (self));

  g_clear_handle_id (&self->hold_source, g_source_remove);
  self->hold_source = g_timeout_add (ms, let_go_cb, self);
}
