/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One line of the cart, in step with its object. */

#include "osc-cart-row.h"

#include <glib/gi18n.h>

#include "osc-stepper.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscCartRow {
  GtkWidget parent_instance;
  GtkWidget *name;
  GtkWidget *options;
  GtkWidget *note;
  GtkWidget *stepper;
  GtkWidget *amount;
  GtkWidget *trouble;
  GtkWidget *problem;
  GtkWidget *mend;
  GtkWidget *acts;
  GtkWidget *options_button;
  GtkWidget *serving;
  GtkWidget *table;
  GtkWidget *course;
  GtkWidget *seat;
  GtkWidget *instead;
  GtkWidget *substitutes;
  OscCart *cart;
  OscMenuStore *menu;
  OscCartLine *line;
  gboolean dine_in;
};

#define ITEM "osc-substitute"

G_DEFINE_FINAL_TYPE (OscCartRow, osc_cart_row, GTK_TYPE_WIDGET)

/* ---- acts ---- */

static void
set_quantity (OscCartRow *self, int quantity)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sale.set-quantity", "(ii)",
                              osc_cart_line_id (self->line), quantity);
}

static void
edit (OscCartRow *self, gboolean note)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sale.edit-line", "(ib)",
                              osc_cart_line_id (self->line), note);
}

static void
on_stepped (OscCartRow *self, int quantity)
{
  set_quantity (self, quantity);
}

static void
on_options (OscCartRow *self)
{
  edit (self, FALSE);
}

static void
on_note (OscCartRow *self)
{
  edit (self, TRUE);
}

static void
on_remove (OscCartRow *self)
{
  set_quantity (self, 0);
}

static void
on_course (OscCartRow *self, int course)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sale.set-course", "(ii)",
                              osc_cart_line_id (self->line), course);
}

static void
on_seat (OscCartRow *self, int seat)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sale.set-seat", "(ii)",
                              osc_cart_line_id (self->line), seat);
}

static void
on_substitute (OscCartRow *self, GtkWidget *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sale.swap-line", "(is)",
                              osc_cart_line_id (self->line),
                              (const char *)g_object_get_data (G_OBJECT (button), ITEM));
}

static void
on_mend (OscCartRow *self)
{
  if (osc_cart_line_lacks_option (self->line)) {
    edit (self, FALSE);
    return;
  }
  switch (osc_cart_line_state (self->line)) {
  case OSC_CART_LINE_PRICE:
    gtk_widget_activate_action (GTK_WIDGET (self), "sale.take-price", "i",
                                osc_cart_line_id (self->line));
    break;
  case OSC_CART_LINE_OPTIONS: edit (self, FALSE); break;
  default: set_quantity (self, 0); break;
  }
}

/* ---- what it shows ---- */

static void
show_text (GtkWidget *label, const char *text)
{
  gboolean any = text != NULL && text[0] != '\0';

  gtk_label_set_label (GTK_LABEL (label), any ? text : "");
  gtk_widget_set_visible (label, any);
}

/* "4,500원 → 5,000원", or the sentence of the line. (transfer full) (nullable) */
static char *
problem_text (OscCartLine *line)
{
  if (osc_cart_line_state (line) == OSC_CART_LINE_PRICE) {
    g_autofree char *old_price = osc_words_money (osc_cart_line_old_price (line));
    g_autofree char *new_price = osc_words_money (osc_cart_line_unit_price (line));

    return g_strdup_printf ("%s → %s", old_price, new_price);
  }
  return osc_cart_line_problem (line);
}

static const char *
mend_text (OscCartLine *line)
{
  if (osc_cart_line_lacks_option (line))
    return _ ("Choose again");
  switch (osc_cart_line_state (line)) {
  case OSC_CART_LINE_PRICE: return _ ("Take the new price");
  case OSC_CART_LINE_OPTIONS: return _ ("Choose again");
  default: return _ ("Take out");
  }
}

static GtkWidget *
new_substitute (OscCartRow *self, const OsyMenuItem *item)
{
  gint64 won = 0;
  gboolean priced = osy_menu_price_at (osc_menu_store_get (self->menu), item->prices,
                                       osc_cart_channel (self->cart), osy_clock_now (), &won);
  g_autofree char *price = priced ? osc_words_money (won) : g_strdup ("");
  g_autofree char *name = g_strdup_printf ("%s, %s", item->name, price);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (item->name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_label_new (price));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "secondary");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "numeric");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  osc_widget_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), ITEM, g_strdup (item->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_substitute), self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_substitutes (OscCartRow *self)
{
  g_autoptr (GPtrArray) items = osc_cart_line_substitutes (
      self->line, osc_menu_store_get (self->menu), osc_cart_channel (self->cart));

  osc_widget_drop_children (self->substitutes);
  for (guint i = 0; i < items->len; i++)
    gtk_box_append (GTK_BOX (self->substitutes),
                    new_substitute (self, g_ptr_array_index (items, i)));
  gtk_widget_set_visible (self->instead, items->len > 0);
}

static void
show_state (OscCartRow *self)
{
  OscCartLineState state = osc_cart_line_state (self->line);
  g_autofree char *problem = problem_text (self->line);

  gtk_widget_set_visible (self->trouble, state != OSC_CART_LINE_FINE);
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_button_set_label (GTK_BUTTON (self->mend), mend_text (self->line));
  show_substitutes (self);
  osc_widget_set_class (GTK_WIDGET (self), "trouble", state != OSC_CART_LINE_FINE);
  osc_widget_set_class (GTK_WIDGET (self), "unsellable",
                        state == OSC_CART_LINE_SOLD_OUT || state == OSC_CART_LINE_GONE);
}

/* "Course 2 · Seat 3". (transfer full) (nullable) */
static char *
serving_text (OscCartRow *self)
{
  int course = osc_cart_line_course (self->line);
  int seat = osc_cart_line_seat (self->line);
  g_autofree char *course_text =
      course > 1 ? g_strdup_printf (_ ("Course %d"), course) : g_strdup ("");
  g_autofree char *seat_text = seat > 0 ? g_strdup_printf (_ ("Seat %d"), seat) : g_strdup ("");

  if (!self->dine_in || (course == 1 && seat == 0))
    return NULL;
  return g_strconcat (course_text, course > 1 && seat > 0 ? " · " : "", seat_text, NULL);
}

static void
show_serving (OscCartRow *self)
{
  g_autofree char *text = serving_text (self);

  show_text (self->serving, text);
  osc_stepper_set_value (OSC_STEPPER (self->course), osc_cart_line_course (self->line));
  osc_stepper_set_value (OSC_STEPPER (self->seat), osc_cart_line_seat (self->line));
}

static void
show (OscCartRow *self)
{
  OscCartLine *line = self->line;
  g_autofree char *amount = osc_words_money (osc_cart_line_amount (line));

  gtk_label_set_label (GTK_LABEL (self->name), osc_cart_line_name (line));
  show_text (self->options, osc_cart_line_options (line));
  show_text (self->note, osc_cart_line_note (line));
  osc_stepper_set_value (OSC_STEPPER (self->stepper), osc_cart_line_quantity (line));
  osc_stepper_set_name (OSC_STEPPER (self->stepper), osc_cart_line_name (line));
  gtk_label_set_label (GTK_LABEL (self->amount), amount);
  show_serving (self);
  show_state (self);
}

OscCartLine *
osc_cart_row_line (OscCartRow *self)
{
  g_return_val_if_fail (OSC_IS_CART_ROW (self), NULL);
  return self->line;
}

void
osc_cart_row_set_dine_in (OscCartRow *self, gboolean dine_in)
{
  g_return_if_fail (OSC_IS_CART_ROW (self));
  if (self->dine_in == dine_in)
    return;
  self->dine_in = dine_in;
  show_serving (self);
}

void
osc_cart_row_set_chosen (OscCartRow *self, gboolean chosen)
{
  g_return_if_fail (OSC_IS_CART_ROW (self));
  gtk_widget_set_visible (self->acts, chosen);
  gtk_widget_set_visible (self->table, chosen && self->dine_in);
  osc_widget_set_class (GTK_WIDGET (self), "chosen", chosen);
}

/* ---- life ---- */

static void
osc_cart_row_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CART_ROW);
  g_clear_object (&OSC_CART_ROW (object)->line);
  g_clear_object (&OSC_CART_ROW (object)->menu);
  g_clear_object (&OSC_CART_ROW (object)->cart);
  G_OBJECT_CLASS (osc_cart_row_parent_class)->dispose (object);
}

static void
osc_cart_row_class_init (OscCartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_cart_row_dispose;
  g_type_ensure (OSC_TYPE_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-cart-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, options);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, note);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, stepper);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, amount);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, problem);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, mend);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, instead);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, substitutes);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, acts);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, options_button);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, serving);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, table);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, course);
  gtk_widget_class_bind_template_child (widget_class, OscCartRow, seat);
  gtk_widget_class_bind_template_callback (widget_class, on_stepped);
  gtk_widget_class_bind_template_callback (widget_class, on_options);
  gtk_widget_class_bind_template_callback (widget_class, on_note);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_mend);
  gtk_widget_class_bind_template_callback (widget_class, on_course);
  gtk_widget_class_bind_template_callback (widget_class, on_seat);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "cartrow");
}

static void
osc_cart_row_init (OscCartRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_stepper_set_range (OSC_STEPPER (self->stepper), 0, OSC_CART_MAX_QUANTITY);
  osc_stepper_set_range (OSC_STEPPER (self->course), 1, OSC_CART_MAX_COURSE);
  osc_stepper_set_range (OSC_STEPPER (self->seat), 0, OSC_CART_MAX_SEAT);
  osc_stepper_set_name (OSC_STEPPER (self->course), _ ("Course"));
  osc_stepper_set_name (OSC_STEPPER (self->seat), _ ("Seat"));
}

GtkWidget *
osc_cart_row_new (OscCart *cart, OscMenuStore *menu, OscCartLine *line, gboolean has_options)
{
  OscCartRow *self = g_object_new (OSC_TYPE_CART_ROW, NULL);

  self->cart = g_object_ref (cart);
  self->menu = g_object_ref (menu);
  self->line = g_object_ref (line);
  gtk_widget_set_visible (self->options_button, has_options);
  g_signal_connect_object (line, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  osc_cart_row_set_chosen (self, FALSE);
  return GTK_WIDGET (self);
}
