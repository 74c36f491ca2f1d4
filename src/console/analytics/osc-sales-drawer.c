/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* The orders behind a figure. */

#include "osc-sales-drawer.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-compat.h"

struct _OscSalesDrawer {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *value;
  GtkWidget *formula;
  GtkWidget *said; /* of whom opened it */
  GtkWidget *stack;
  GtkWidget *rows;
  GtkWidget *more;
  GtkWidget *close;
  OscSalesStore *store; /* nullable */
  OscSalesQuery query;  /* its texts are those below */
  char *until;
  char *channel;
  char *type;
  char *item_id;
  char *tender;
  char *cursor; /* of the next page */
  gboolean asking;
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSalesDrawer, osc_sales_drawer, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static char *
items_of (const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);

    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", line->name);
    if (line->quantity > 1)
      g_string_append_printf (text, " %d", (int)line->quantity);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
on_row (GtkWidget *row)
{
  gtk_widget_activate_action (row, "shell.open-order", "s", gtk_widget_get_name (row));
}

static GtkWidget *
new_row (const OsyOrderData *order)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = g_strdup_printf ("%d", (int)order->number);
  g_autofree char *day = osc_words_day (order->business_day);
  g_autofree char *time = osc_words_clock (order->created_at);
  g_autofree char *place = osc_words_place (order);
  g_autofree char *about = g_strdup_printf ("%s %s · %s", day, time, place);
  g_autofree char *items = items_of (order);
  g_autofree char *total = osc_words_money (order->total_amount);
  g_autofree char *name = g_strdup_printf (_ ("No. %s, %s, %s, %s"), number, about, items, total);

  add_label (box, number, "sales-number");
  gtk_widget_set_hexpand (middle, TRUE);
  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (add_label (middle, items, "item")), PANGO_ELLIPSIZE_END);
  add_label (middle, about, "secondary");
  gtk_box_append (GTK_BOX (box), middle);
  add_label (box, total, "sales-total");
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_set_name (row, order->id);
  gtk_widget_add_css_class (row, "sales-order");
  osc_widget_set_name (row, name);
  g_signal_connect (row, "clicked", G_CALLBACK (on_row), NULL);
  return row;
}

static void
clear (OscSalesDrawer *self)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->rows)) != NULL;)
    gtk_box_remove (GTK_BOX (self->rows), row);
}

/* A page that could not be read leaves those before, and the button to ask for it again. */
static void
on_orders (OscSalesDrawer *self, GPtrArray *orders, const char *next_cursor, gboolean more)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gboolean had_focus = gtk_widget_is_focus (self->more);
  GtkWidget *last = gtk_widget_get_last_child (self->rows);

  self->asking = FALSE;
  if (orders == NULL && more)
    return;
  if (!more)
    clear (self);
  osy_set_str (&self->cursor, next_cursor);
  gtk_widget_set_visible (self->more, self->cursor != NULL);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    gtk_box_append (GTK_BOX (self->rows), new_row (osy_order_data (g_ptr_array_index (orders, i))));
  /* The button that asked for more may be gone: the first of what it brought is next. */
  if (more && had_focus && last != NULL && gtk_widget_get_next_sibling (last) != NULL)
    gtk_widget_grab_focus (gtk_widget_get_next_sibling (last));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    orders == NULL                                    ? "failed"
                                    : gtk_widget_get_first_child (self->rows) == NULL ? "nothing"
                                                                                      : "list");
}

/* ---- asking ---- */

static void
ask (OscSalesDrawer *self, const char *cursor)
{
  self->asking = TRUE;
  self->query.cursor = cursor;
  osc_sales_store_ask_orders (self->store, &self->query);
}

static void
on_more (OscSalesDrawer *self)
{
  if (!self->asking)
    ask (self, self->cursor);
}

static void
on_retry (OscSalesDrawer *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  gtk_widget_grab_focus (self->close);
  ask (self, NULL);
}

static void
on_close (OscSalesDrawer *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
osc_sales_drawer_show (OscSalesDrawer *self, const OscSalesBehind *behind)
{
  g_return_if_fail (OSC_IS_SALES_DRAWER (self) && behind != NULL && self->store != NULL);

  gtk_label_set_label (GTK_LABEL (self->title), behind->title);
  gtk_label_set_label (GTK_LABEL (self->value), behind->value);
  gtk_label_set_label (GTK_LABEL (self->formula), behind->formula != NULL ? behind->formula : "");
  gtk_widget_set_visible (self->formula, behind->formula != NULL);
  osc_widget_drop_children (self->said);
  if (behind->more != NULL)
    gtk_box_append (GTK_BOX (self->said), behind->more);
  gtk_widget_set_visible (self->said, behind->more != NULL);
  self->query = behind->query;
  osy_set_str (&self->until, behind->query.until);
  osy_set_str (&self->channel, behind->query.channel);
  osy_set_str (&self->type, behind->query.type);
  osy_set_str (&self->item_id, behind->query.item_id);
  osy_set_str (&self->tender, behind->query.tender);
  self->query.until = self->until;
  self->query.channel = self->channel;
  self->query.type = self->type;
  self->query.item_id = self->item_id;
  self->query.tender = self->tender;
  clear (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  gtk_widget_grab_focus (self->close);
  ask (self, NULL);
}

void
osc_sales_drawer_set_live (OscSalesDrawer *self, gboolean live)
{
  g_return_if_fail (OSC_IS_SALES_DRAWER (self));
  gtk_widget_set_sensitive (self->said, live);
}

void
osc_sales_drawer_follow (OscSalesDrawer *self, OscSalesStore *store)
{
  g_return_if_fail (OSC_IS_SALES_DRAWER (self) && OSC_IS_SALES_STORE (store));

  g_set_object (&self->store, store);
  g_signal_connect_object (store, "orders", G_CALLBACK (on_orders), self, G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_sales_drawer_dispose (GObject *object)
{
  g_clear_object (&OSC_SALES_DRAWER (object)->store);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SALES_DRAWER);
  G_OBJECT_CLASS (osc_sales_drawer_parent_class)->dispose (object);
}

static void
osc_sales_drawer_finalize (GObject *object)
{
  OscSalesDrawer *self = OSC_SALES_DRAWER (object);

  g_free (self->until);
  g_free (self->channel);
  g_free (self->type);
  g_free (self->item_id);
  g_free (self->tender);
  g_free (self->cursor);
  G_OBJECT_CLASS (osc_sales_drawer_parent_class)->finalize (object);
}

static void
osc_sales_drawer_class_init (OscSalesDrawerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sales_drawer_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_sales_drawer_finalize;
  signals[CLOSED] = g_signal_new ("closed", OSC_TYPE_SALES_DRAWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/analytics/osc-sales-drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, title);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, value);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, formula);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, said);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, stack);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, rows);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, more);
  gtk_widget_class_bind_template_child (widget_class, OscSalesDrawer, close);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "salesdrawer");
}

static void
osc_sales_drawer_init (OscSalesDrawer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
