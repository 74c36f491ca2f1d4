/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A tile. Taps do not take the focus, so that Enter goes on meaning what it meant. */

#include "osc-sale-tile.h"

#include <glib/gi18n.h>

#include "osc-words-week.h"
#include "osc-widget.h"
#include "osc-words.h"

struct _OscSaleTile {
  GtkButton parent_instance;
  GtkWidget *name;
  GtkWidget *badge;
  GtkWidget *price;
  GtkWidget *tag;
  GtkWidget *left;
  GtkWidget *hours;
  char *item_id;
  int count;
};

G_DEFINE_FINAL_TYPE (OscSaleTile, osc_sale_tile, GTK_TYPE_BUTTON)

static void
speak (OscSaleTile *self)
{
  const char *name = gtk_label_get_label (GTK_LABEL (self->name));
  const char *price = gtk_label_get_label (GTK_LABEL (self->price));
  g_autoptr (GString) text = g_string_new (name);

  g_string_append_printf (text, " %s", price);
  if (gtk_widget_get_visible (self->tag))
    g_string_append_printf (text, " %s", _ ("Sold out"));
  if (gtk_widget_get_visible (self->left))
    g_string_append_printf (text, " %s", gtk_label_get_label (GTK_LABEL (self->left)));
  if (gtk_widget_get_visible (self->hours))
    g_string_append_printf (text, " %s", gtk_label_get_label (GTK_LABEL (self->hours)));
  if (self->count > 0) {
    g_string_append_c (text, ' ');
    /* Translators: the spoken name of a tile: how many are in the cart */
    g_string_append_printf (text, _ ("%d in the cart"), self->count);
  }
  osc_widget_set_name (GTK_WIDGET (self), text->str);
}

void
osc_sale_tile_set_count (OscSaleTile *self, int count)
{
  g_return_if_fail (OSC_IS_SALE_TILE (self));
  g_autofree char *text = g_strdup_printf ("%d", count);

  if (count == self->count)
    return;
  self->count = count;
  gtk_label_set_label (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, count > 0);
  osc_widget_set_class (GTK_WIDGET (self), "in-cart", count > 0);
  speak (self);
}

/* Outside them people at the counter may still take it: it is dimmed, not gone. */
static void
show_hours (OscSaleTile *self, const OscSaleTileLook *look)
{
  const GArray *hours = osy_menu_shut_hours (look->menu, look->item, look->now);
  g_autofree char *words = hours != NULL ? osc_words_week (hours) : NULL;

  gtk_label_set_label (GTK_LABEL (self->hours), words != NULL ? words : "");
  gtk_widget_set_visible (self->hours, words != NULL);
  osc_widget_set_class (GTK_WIDGET (self), "off-hours", words != NULL);
}

void
osc_sale_tile_show (OscSaleTile *self, const OscSaleTileLook *look)
{
  g_return_if_fail (OSC_IS_SALE_TILE (self) && look->item != NULL);
  gboolean sold_out = osy_menu_stop_at (&look->item->stop, look->now);
  g_autofree char *price = NULL;
  gint64 won = 0;

  if (osy_menu_price_at (look->menu, look->item->prices, look->channel, look->now, &won))
    price = osc_words_money (won);
  g_free (self->item_id);
  self->item_id = g_strdup (look->item->id);
  gtk_label_set_label (GTK_LABEL (self->name), look->item->name);
  gtk_label_set_label (GTK_LABEL (self->price), price != NULL ? price : "");
  gtk_widget_set_visible (self->tag, sold_out);
  g_autofree char *left = sold_out ? NULL : osc_words_left (look->item->left);
  gtk_label_set_label (GTK_LABEL (self->left), left != NULL ? left : "");
  gtk_widget_set_visible (self->left, left != NULL);
  osc_widget_set_class (GTK_WIDGET (self), "sold-out", sold_out);
  show_hours (self, look);
  self->count = -1;
  osc_sale_tile_set_count (self, look->count);
}

const char *
osc_sale_tile_item_id (OscSaleTile *self)
{
  g_return_val_if_fail (OSC_IS_SALE_TILE (self), NULL);
  return self->item_id;
}

static void
osc_sale_tile_finalize (GObject *object)
{
  g_free (OSC_SALE_TILE (object)->item_id);
  G_OBJECT_CLASS (osc_sale_tile_parent_class)->finalize (object);
}

static void
osc_sale_tile_class_init (OscSaleTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = osc_sale_tile_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-sale-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSaleTile, name);
  gtk_widget_class_bind_template_child (widget_class, OscSaleTile, badge);
  gtk_widget_class_bind_template_child (widget_class, OscSaleTile, price);
  gtk_widget_class_bind_template_child (widget_class, OscSaleTile, tag);
  gtk_widget_class_bind_template_child (widget_class, OscSaleTile, left);
  gtk_widget_class_bind_template_child (widget_class, OscSaleTile, hours);
}

static void
osc_sale_tile_init (OscSaleTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_sale_tile_new (void)
{
  return g_object_new (OSC_TYPE_SALE_TILE, NULL);
}
