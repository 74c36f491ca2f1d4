/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The type filter of the board. */

#include "osc-filter-bar.h"

#include <string.h>

#include "osc-order-item.h"
#include "osc-widget.h"

#define RESET_SECONDS 120
#define CHOICES 4

struct _OscFilterBar {
  GtkWidget parent_instance;
  GtkWidget *all;
  GtkWidget *dine_in;
  GtkWidget *takeout;
  GtkWidget *delivery;
  GtkWidget *all_count;
  GtkWidget *dine_in_count;
  GtkWidget *takeout_count;
  GtkWidget *delivery_count;
  GListModel *orders;
  guint reset_source;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscFilterBar, osc_filter_bar, GTK_TYPE_WIDGET)

static const char *const types[CHOICES] = {NULL, "DINE_IN", "TAKEOUT", "DELIVERY"};

static void
update_counts (OscFilterBar *self)
{
  GtkWidget *labels[CHOICES] = {self->all_count, self->dine_in_count, self->takeout_count,
                                self->delivery_count};
  guint counts[CHOICES] = {0};

  for (guint i = 0; i < g_list_model_get_n_items (self->orders); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (self->orders, i);

    if (osc_order_item_column (item) == OSC_COLUMN_LATER)
      continue;
    counts[0]++;
    for (int type = 1; type < CHOICES; type++)
      counts[type] += g_strcmp0 (osc_order_item_data (item)->type, types[type]) == 0;
  }
  for (int i = 0; i < CHOICES; i++) {
    g_autofree char *text = g_strdup_printf ("%u", counts[i]);

    gtk_label_set_label (GTK_LABEL (labels[i]), text);
  }
}

static gboolean
reset_cb (gpointer user_data)
{
  OscFilterBar *self = user_data;

  self->reset_source = 0;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all), TRUE);
  return G_SOURCE_REMOVE;
}

void
osc_filter_bar_touch (OscFilterBar *self)
{
  g_clear_handle_id (&self->reset_source, g_source_remove);
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->all)))
    self->reset_source = g_timeout_add_seconds (RESET_SECONDS, reset_cb, self);
}

static void
on_toggled (GtkToggleButton *button, OscFilterBar *self)
{
  GtkWidget *buttons[CHOICES] = {self->all, self->dine_in, self->takeout, self->delivery};

  if (!gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < CHOICES; i++)
    if (buttons[i] == GTK_WIDGET (button))
      g_signal_emit (self, signals[CHOSEN], 0, types[i]);
  osc_filter_bar_touch (self);
}

static void
osc_filter_bar_dispose (GObject *object)
{
  OscFilterBar *self = OSC_FILTER_BAR (object);

  g_clear_handle_id (&self->reset_source, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_FILTER_BAR);
  g_clear_object (&self->orders);
  G_OBJECT_CLASS (osc_filter_bar_parent_class)->dispose (object);
}

static void
osc_filter_bar_class_init (OscFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_filter_bar_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/board/osc-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, all);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, dine_in);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, takeout);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, delivery);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, all_count);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, dine_in_count);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, takeout_count);
  gtk_widget_class_bind_template_child (widget_class, OscFilterBar, delivery_count);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static void
osc_filter_bar_init (OscFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
osc_filter_bar_set_orders (OscFilterBar *self, GListModel *orders)
{
  g_return_if_fail (OSC_IS_FILTER_BAR (self) && self->orders == NULL);

  self->orders = g_object_ref (orders);
  g_signal_connect_object (orders, "items-changed", G_CALLBACK (update_counts), self,
                           G_CONNECT_SWAPPED);
  update_counts (self);
}
