/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A tile of the rail. It lights up when its view is there, which may be after a question, so it is
 * a plain button and not a toggle. */

#include "osc-tile.h"

#include "osc-widget.h"

struct _OscTile {
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *hint;
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (OscTile, osc_tile, GTK_TYPE_WIDGET)

static void
osc_tile_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_TILE);
  G_OBJECT_CLASS (osc_tile_parent_class)->dispose (object);
}

static void
osc_tile_class_init (OscTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_tile_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, OscTile, button);
  gtk_widget_class_bind_template_child (widget_class, OscTile, icon);
  gtk_widget_class_bind_template_child (widget_class, OscTile, title);
  gtk_widget_class_bind_template_child (widget_class, OscTile, hint);
  gtk_widget_class_bind_template_child (widget_class, OscTile, badge);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tile");
}

static void
osc_tile_init (OscTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_tile_new (const char *title, const char *hint, const char *icon)
{
  OscTile *self = g_object_new (OSC_TYPE_TILE, NULL);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->hint), hint);
  osc_widget_set_icon (self->icon, icon);
  osc_tile_set_badge (self, 0, NULL);
  return GTK_WIDGET (self);
}

void
osc_tile_set_target (OscTile *self, const char *view)
{
  g_return_if_fail (OSC_IS_TILE (self) && view != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", view);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "shell.go");
}

void
osc_tile_set_chosen (OscTile *self, gboolean chosen)
{
  g_return_if_fail (OSC_IS_TILE (self));
  osc_widget_set_class (GTK_WIDGET (self), "chosen", chosen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_SELECTED, chosen,
                               -1);
}

void
osc_tile_set_badge (OscTile *self, guint count, const char *name)
{
  g_return_if_fail (OSC_IS_TILE (self));
  g_autofree char *text = g_strdup_printf ("%u", count);

  gtk_label_set_label (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, count > 0);
  osc_widget_set_name (self->button,
                       name != NULL ? name : gtk_label_get_label (GTK_LABEL (self->title)));
}
