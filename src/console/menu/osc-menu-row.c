/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A recycled row: handle, photo, name, state, options, price, sold out. */

#include "osc-menu-row.h"

#include <glib/gi18n.h>

#include "osc-menu-stop.h"
#include "osc-photo.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define CONTENT "osc-drag-content"

struct _OscMenuRow {
  GtkWidget parent_instance;
  GtkWidget *handle;
  GtkWidget *photo;
  GtkWidget *name;
  GtkWidget *unsaved;
  GtkWidget *tag;
  GtkWidget *left;
  GtkWidget *hidden;
  GtkWidget *options;
  GtkWidget *price;
  GtkWidget *stop;
};

enum { STOP, DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuRow, osc_menu_row, GTK_TYPE_WIDGET)

/* ---- dragging ---- */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, GtkWidget *handle)
{
  const char *content = g_object_get_data (G_OBJECT (handle), CONTENT);

  return content != NULL ? gdk_content_provider_new_typed (G_TYPE_STRING, content) : NULL;
}

void
osc_menu_row_make_handle (GtkWidget *handle, const char *kind, const char *id)
{
  gboolean again = g_object_get_data (G_OBJECT (handle), CONTENT) != NULL;

  g_object_set_data_full (G_OBJECT (handle), CONTENT, g_strdup_printf ("%s:%s", kind, id), g_free);
  if (again)
    return;
  GtkDragSource *source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), handle);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, OscMenuRow *self)
{
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_string (value));
  return TRUE;
}

/* ---- the item ---- */

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static char *
options_of (const OsyMenuItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < item->groups->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "",
                            ((OsyMenuGroup *)g_ptr_array_index (item->groups, i))->name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
osc_menu_row_show (OscMenuRow *self, const OsyMenuItem *item, gboolean unsaved)
{
  g_return_if_fail (OSC_IS_MENU_ROW (self) && item != NULL);
  gint64 won = 0;
  gboolean priced = osy_menu_price_general (item->prices, osy_clock_now (), &won);
  g_autofree char *price = priced ? osc_words_money (won) : g_strdup (_ ("No price"));
  g_autofree char *options = options_of (item);

  osc_menu_row_make_handle (self->handle, "item", item->id);
  show_text (self->name, item->name);
  const char *stopped = osc_menu_stop_words (&item->stop);
  g_autofree char *left = stopped == NULL ? osc_words_left (item->left) : NULL;
  show_text (self->tag, stopped);
  show_text (self->left, left);
  gtk_widget_set_visible (self->hidden, !item->visible);
  gtk_widget_set_visible (self->unsaved, unsaved);
  show_text (self->options, options);
  show_text (self->price, price);
  osc_widget_set_class (GTK_WIDGET (self), "stopped",
                        osy_menu_stop_at (&item->stop, osy_clock_now ()));
  osc_menu_stop_show (OSC_MENU_STOP (self->stop), item->name, &item->stop);
}

void
osc_menu_row_show_photo (OscMenuRow *self, OscMenuStore *store, const OsyMenuItem *item)
{
  g_return_if_fail (OSC_IS_MENU_ROW (self) && OSC_IS_MENU_STORE (store) && item != NULL);

  gtk_widget_set_visible (self->photo, osy_menu_has_photos (osc_menu_store_get (store)));
  osc_photo_show (OSC_PHOTO (self->photo), store, item->photo);
}

void
osc_menu_row_ask_stop (OscMenuRow *self)
{
  g_return_if_fail (OSC_IS_MENU_ROW (self));
  osc_menu_stop_ask (OSC_MENU_STOP (self->stop));
}

static void
on_stop (OscMenuRow *self, int mode)
{
  g_signal_emit (self, signals[STOP], 0, mode);
}

/* ---- life ---- */

static void
osc_menu_row_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_ROW);
  G_OBJECT_CLASS (osc_menu_row_parent_class)->dispose (object);
}

static void
osc_menu_row_class_init (OscMenuRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_row_dispose;
  signals[STOP] = g_signal_new ("stop", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (OSC_TYPE_MENU_STOP);
  g_type_ensure (OSC_TYPE_PHOTO);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, handle);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, photo);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, unsaved);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, tag);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, left);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, hidden);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, options);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, price);
  gtk_widget_class_bind_template_child (widget_class, OscMenuRow, stop);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menurow");
}

static void
osc_menu_row_init (OscMenuRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
osc_menu_row_new (void)
{
  return g_object_new (OSC_TYPE_MENU_ROW, NULL);
}
