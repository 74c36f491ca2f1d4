/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The categories as one row of segments. */

#include "osc-category-strip.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

#define ID_KEY "osc-category"

struct _OscCategoryStrip {
  GtkWidget parent_instance;
  GtkWidget *back;
  GtkWidget *scroller;
  GtkWidget *row;
  GtkWidget *ahead;
  char *chosen; /* category id, "" for the first */
  gboolean filling;
  guint ends_source; /* the room changed: the ends are looked at after the layout */
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscCategoryStrip, osc_category_strip, GTK_TYPE_WIDGET)

static GtkAdjustment *
adjustment (OscCategoryStrip *self)
{
  return gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/* ---- more than fit ---- */

static gboolean
update_ends_cb (gpointer user_data)
{
  OscCategoryStrip *self = user_data;
  GtkAdjustment *at = adjustment (self);
  double top = gtk_adjustment_get_upper (at) - gtk_adjustment_get_page_size (at);
  gboolean more = top > 1;

  self->ends_source = 0;
  gtk_widget_set_visible (self->back, more);
  gtk_widget_set_visible (self->ahead, more);
  gtk_widget_set_sensitive (self->back, gtk_adjustment_get_value (at) > 1);
  gtk_widget_set_sensitive (self->ahead, gtk_adjustment_get_value (at) < top - 1);
  return G_SOURCE_REMOVE;
}

static void
update_ends (OscCategoryStrip *self)
{
  if (self->ends_source == 0)
    self->ends_source = g_idle_add (update_ends_cb, self);
}

static void
scroll (OscCategoryStrip *self, int direction)
{
  GtkAdjustment *at = adjustment (self);

  gtk_adjustment_set_value (at, gtk_adjustment_get_value (at) +
                                    direction * 0.8 * gtk_adjustment_get_page_size (at));
}

static void
on_back (OscCategoryStrip *self)
{
  scroll (self, -1);
}

static void
on_ahead (OscCategoryStrip *self)
{
  scroll (self, 1);
}

static void
show_segment (OscCategoryStrip *self, GtkWidget *segment)
{
  graphene_rect_t area;

  if (gtk_widget_compute_bounds (segment, self->row, &area))
    gtk_adjustment_clamp_page (adjustment (self), area.origin.x, area.origin.x + area.size.width);
}

/* ---- segments ---- */

static void
on_toggled (GtkToggleButton *segment, OscCategoryStrip *self)
{
  if (!gtk_toggle_button_get_active (segment) || self->filling)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (segment), ID_KEY));
  show_segment (self, GTK_WIDGET (segment));
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

/* A touch of the segment that is on says so too: it ends a search. */
static void
on_clicked (GtkToggleButton *segment, OscCategoryStrip *self)
{
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "dim"))
    g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static void
add_segment (OscCategoryStrip *self, const char *id, const char *name)
{
  GtkWidget *segment = gtk_toggle_button_new_with_label (name);
  GtkWidget *first = gtk_widget_get_first_child (self->row);

  gtk_widget_set_focus_on_click (segment, FALSE);
  gtk_widget_set_hexpand (segment, TRUE);
  g_object_set_data_full (G_OBJECT (segment), ID_KEY, g_strdup (id), g_free);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (segment), (GtkToggleButton *)first);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (segment),
                                first == NULL || g_strcmp0 (id, self->chosen) == 0);
  g_signal_connect_object (segment, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (segment, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (self->row), segment);
}

static GtkWidget *
segment_of (OscCategoryStrip *self, const char *id)
{
  for (GtkWidget *segment = gtk_widget_get_first_child (self->row); segment != NULL;
       segment = gtk_widget_get_next_sibling (segment))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (segment), ID_KEY), id) == 0)
      return segment;
  return NULL;
}

void
osc_category_strip_set_menu (OscCategoryStrip *self, OsyMenu *menu, const char *first)
{
  g_return_if_fail (OSC_IS_CATEGORY_STRIP (self) && OSY_IS_MENU (menu) && first != NULL);
  GPtrArray *categories = osy_menu_categories (menu);
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->row)) != NULL)
    gtk_box_remove (GTK_BOX (self->row), child);
  add_segment (self, "", first);
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    if (category->visible)
      add_segment (self, category->id, category->name);
  }
  if (segment_of (self, self->chosen) == NULL) {
    g_free (self->chosen);
    self->chosen = g_strdup ("");
  }
  self->filling = FALSE;
}

const char *
osc_category_strip_chosen (OscCategoryStrip *self)
{
  g_return_val_if_fail (OSC_IS_CATEGORY_STRIP (self), NULL);
  return self->chosen;
}

gboolean
osc_category_strip_step (OscCategoryStrip *self, int step)
{
  g_return_val_if_fail (OSC_IS_CATEGORY_STRIP (self), FALSE);
  GtkWidget *on = segment_of (self, self->chosen);
  GtkWidget *beside = NULL;

  if (on != NULL)
    beside = step > 0 ? gtk_widget_get_next_sibling (on) : gtk_widget_get_prev_sibling (on);
  if (beside == NULL)
    return FALSE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (beside), TRUE);
  return TRUE;
}

void
osc_category_strip_set_dim (OscCategoryStrip *self, gboolean dim)
{
  g_return_if_fail (OSC_IS_CATEGORY_STRIP (self));
  osc_widget_set_class (GTK_WIDGET (self), "dim", dim);
}

/* ---- life ---- */

static void
osc_category_strip_dispose (GObject *object)
{
  g_clear_handle_id (&OSC_CATEGORY_STRIP (object)->ends_source, g_source_remove);
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_category_strip_parent_class)->dispose (object);
}

static void
osc_category_strip_finalize (GObject *object)
{
  g_free (OSC_CATEGORY_STRIP (object)->chosen);
  G_OBJECT_CLASS (osc_category_strip_parent_class)->finalize (object);
}

static void
osc_category_strip_class_init (OscCategoryStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_category_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_category_strip_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "categorystrip");
}

static GtkWidget *
add_end (OscCategoryStrip *self, const char *icon, const char *name, GCallback pressed)
{
  GtkWidget *end = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_focus_on_click (end, FALSE);
  gtk_widget_set_visible (end, FALSE);
  gtk_widget_add_css_class (end, "plain");
  osc_widget_set_name (end, name);
  g_signal_connect_object (end, "clicked", pressed, self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (end, GTK_WIDGET (self));
  return end;
}

static void
osc_category_strip_init (OscCategoryStrip *self)
{
  self->chosen = g_strdup ("");
  self->back = add_end (self, "osy-back-symbolic", _ ("Categories before"), G_CALLBACK (on_back));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->row);
  self->ahead = add_end (self, "osy-next-symbolic", _ ("More categories"), G_CALLBACK (on_ahead));
  g_signal_connect_object (adjustment (self), "changed", G_CALLBACK (update_ends), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment (self), "value-changed", G_CALLBACK (update_ends), self,
                           G_CONNECT_SWAPPED);
}
