/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Counts: a button for each dish. What has no room is not drawn, and how many those are is said. */

#include "osc-kitchen-counts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-widget.h"
#include "osy-clock.h"

#define DISH "osc-dish"
#define MAX_DISHES 12 /* of the panel */
#define MAX_STOPPED 4

struct _OscKitchenCounts {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *dishes;
  GtkWidget *more;
  GtkWidget *nothing;
  GtkWidget *stopped;
  GtkWidget *stopped_title;
  gboolean strip;
  char *chosen;      /* nullable */
  GPtrArray *counts; /* (nullable): of OscKitchenCount */
  int width;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscKitchenCounts, osc_kitchen_counts, GTK_TYPE_WIDGET)

static void
mark (OscKitchenCounts *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->dishes); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    osc_widget_set_class (button, "chosen",
                          g_strcmp0 (g_object_get_data (G_OBJECT (button), DISH), self->chosen) ==
                              0);
}

void
osc_kitchen_counts_choose (OscKitchenCounts *self, const char *dish)
{
  g_return_if_fail (OSC_IS_KITCHEN_COUNTS (self));
  char *copy = g_strdup (dish);

  g_free (self->chosen);
  self->chosen = copy;
  mark (self);
}

static void
on_clicked (GtkWidget *button, OscKitchenCounts *self)
{
  const char *dish = g_object_get_data (G_OBJECT (button), DISH);

  osc_kitchen_counts_choose (self, g_strcmp0 (dish, self->chosen) == 0 ? NULL : dish);
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static GtkWidget *
make_line (gboolean as_button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *button;

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "item");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "kitchen-count");
  gtk_widget_add_css_class (box, "kitchen-count-line");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), number);
  if (!as_button)
    return box;
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "kitchen-dish");
  return button;
}

static void
fill_line (GtkWidget *line, const char *name, const char *number)
{
  GtkWidget *box = GTK_IS_BUTTON (line) ? gtk_button_get_child (GTK_BUTTON (line)) : line;
  GtkWidget *label = gtk_widget_get_first_child (box);

  gtk_label_set_label (GTK_LABEL (label), name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (label)), number);
}

static GtkWidget *
need_dish (OscKitchenCounts *self, GtkWidget *after)
{
  GtkWidget *button = after != NULL ? gtk_widget_get_next_sibling (after)
                                    : gtk_widget_get_first_child (self->dishes);

  if (button == NULL) {
    button = make_line (TRUE);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, 0);
    gtk_box_append (GTK_BOX (self->dishes), button);
  }
  gtk_widget_set_visible (button, TRUE);
  return button;
}

static int
natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* How wide the dishes of the strip may be together. */
static int
room (OscKitchenCounts *self)
{
  int taken = natural_width (self->title) * 3 / 2;

  if (gtk_widget_get_visible (self->stopped))
    taken += natural_width (self->stopped);
  return self->width - taken - self->width / 16;
}

static void
fill_dishes (OscKitchenCounts *self)
{
  guint n = self->counts != NULL ? self->counts->len : 0;
  guint shown = 0;
  int left = self->strip ? room (self) : 0;
  GtkWidget *button = NULL;

  for (; shown < n && (self->strip || shown < MAX_DISHES); shown++) {
    const OscKitchenCount *count = g_ptr_array_index (self->counts, shown);
    g_autofree char *number = g_strdup_printf ("%d", (int)count->quantity);
    GtkWidget *next = need_dish (self, button);

    fill_line (next, count->name, number);
    g_object_set_data_full (G_OBJECT (next), DISH, g_strdup (count->name), g_free);
    if (self->strip && (left -= natural_width (next)) < 0)
      break;
    button = next;
  }
  button = button != NULL ? gtk_widget_get_next_sibling (button)
                          : gtk_widget_get_first_child (self->dishes);
  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (button, FALSE);
  g_autofree char *more = g_strdup_printf (_ ("%d more"), (int)(n - shown));
  gtk_label_set_label (GTK_LABEL (self->more), more);
  gtk_widget_set_visible (self->more, n > shown);
  gtk_widget_set_visible (self->nothing, n == 0);
  mark (self);
}

void
osc_kitchen_counts_show (OscKitchenCounts *self, GPtrArray *counts)
{
  g_return_if_fail (OSC_IS_KITCHEN_COUNTS (self) && counts != NULL);

  g_clear_pointer (&self->counts, g_ptr_array_unref);
  self->counts = g_ptr_array_ref (counts);
  fill_dishes (self);
}

/* Returns: of const OsyMenuItem*. */
static GPtrArray *
find_stopped (OsyMenu *menu)
{
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      if (osy_menu_stop_at (&item->stop, osy_clock_now ()))
        g_ptr_array_add (found, (gpointer)item);
    }
  }
  return found;
}

void
osc_kitchen_counts_show_menu (OscKitchenCounts *self, OsyMenu *menu)
{
  g_return_if_fail (OSC_IS_KITCHEN_COUNTS (self) && OSY_IS_MENU (menu));
  g_autoptr (GPtrArray) found = find_stopped (menu);
  guint most = self->strip ? 1 : MAX_STOPPED;
  GtkWidget *line;

  while ((line = gtk_widget_get_next_sibling (self->stopped_title)) != NULL)
    gtk_box_remove (GTK_BOX (self->stopped), line);
  for (guint i = 0; i < MIN (found->len, most); i++) {
    const OsyMenuItem *item = g_ptr_array_index (found, i);

    line = make_line (FALSE);
    fill_line (line, item->name, "");
    gtk_box_append (GTK_BOX (self->stopped), line);
  }
  if (found->len > most) {
    g_autofree char *more = g_strdup_printf (_ ("%d more"), (int)(found->len - most));

    line = make_line (FALSE);
    fill_line (line, more, "");
    gtk_box_append (GTK_BOX (self->stopped), line);
  }
  gtk_widget_set_visible (self->stopped, found->len > 0);
  fill_dishes (self);
}

void
osc_kitchen_counts_set_strip (OscKitchenCounts *self, gboolean strip)
{
  g_return_if_fail (OSC_IS_KITCHEN_COUNTS (self));
  GtkOrientation along = strip ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
  GtkWidget *boxes[] = {self->dishes, self->stopped};

  self->strip = strip;
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), along);
  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (boxes[i]), along);
  osc_widget_set_class (GTK_WIDGET (self), "strip", strip);
}

void
osc_kitchen_counts_set_width (OscKitchenCounts *self, int width)
{
  g_return_if_fail (OSC_IS_KITCHEN_COUNTS (self));

  if (self->width == width)
    return;
  self->width = width;
  fill_dishes (self);
}

/* ---- life ---- */

static void
osc_kitchen_counts_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_KITCHEN_COUNTS);
  G_OBJECT_CLASS (osc_kitchen_counts_parent_class)->dispose (object);
}

static void
osc_kitchen_counts_finalize (GObject *object)
{
  OscKitchenCounts *self = OSC_KITCHEN_COUNTS (object);

  g_free (self->chosen);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  G_OBJECT_CLASS (osc_kitchen_counts_parent_class)->finalize (object);
}

static void
osc_kitchen_counts_class_init (OscKitchenCountsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_counts_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_kitchen_counts_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/kitchen/osc-kitchen-counts.ui");
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCounts, title);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCounts, dishes);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCounts, more);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCounts, nothing);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCounts, stopped);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenCounts, stopped_title);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kitchencounts");
}

static void
osc_kitchen_counts_init (OscKitchenCounts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_kitchen_counts_set_strip (self, FALSE);
}
