/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rail. A view that is not built, or not open to the role, is absent, not grey. */

#include "osc-rail.h"

#include <glib/gi18n.h>

#include "osc-tile.h"
#include "osc-views.h"
#include "osc-widget.h"

struct _OscRail {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscRail, osc_rail, GTK_TYPE_WIDGET)

static OscTile *
find_tile (OscRail *self, const char *name)
{
  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    if (g_strcmp0 (gtk_widget_get_name (tile), name) == 0)
      return OSC_TILE (tile);
  return NULL;
}

static void
osc_rail_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_rail_parent_class)->dispose (object);
}

static void
osc_rail_class_init (OscRailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_rail_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rail");
}

static void
osc_rail_init (OscRail *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (const OscViewKind *view = osc_views (); view->name != NULL; view++)
    if (view->title != NULL) {
      GtkWidget *tile = osc_tile_new (_ (view->title), view->hint, view->icon);

      gtk_widget_set_name (tile, view->name);
      osc_tile_set_target (OSC_TILE (tile), view->name);
      gtk_widget_set_parent (tile, GTK_WIDGET (self));
    }
}

void
osc_rail_choose (OscRail *self, const char *name)
{
  g_return_if_fail (OSC_IS_RAIL (self));

  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    osc_tile_set_chosen (OSC_TILE (tile), g_strcmp0 (gtk_widget_get_name (tile), name) == 0);
}

void
osc_rail_show_open (OscRail *self, OscPeople *people)
{
  g_return_if_fail (OSC_IS_RAIL (self));

  for (const OscViewKind *view = osc_views (); view->name != NULL; view++)
    if (view->title != NULL)
      gtk_widget_set_visible (GTK_WIDGET (find_tile (self, view->name)),
                              osc_views_open_to (view, people));
}

void
osc_rail_set_waiting (OscRail *self, guint waiting)
{
  g_return_if_fail (OSC_IS_RAIL (self));
  g_autofree char *name = g_strdup_printf (_ ("Orders, %u waiting"), waiting);

  osc_tile_set_badge (find_tile (self, "orders"), waiting, waiting > 0 ? name : NULL);
}

void
osc_rail_set_short (OscRail *self, guint n)
{
  g_return_if_fail (OSC_IS_RAIL (self));
  g_autofree char *name = g_strdup_printf (_ ("Stock, %u running short"), n);

  osc_tile_set_badge (find_tile (self, "stock"), n, n > 0 ? name : NULL);
}
