/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The left column of the refund desk. */

#include "osc-refund-choice.h"

#include <glib/gi18n.h>

#include "osc-numpad.h"
#include "osc-refund-rows.h"
#include "osc-stepper.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-money.h"

#define LINE "osc-refund-line"       /* on a row: the line's id; on a chip: which share */
#define STEPPER "osc-refund-stepper" /* on a row */

struct _OscRefundChoice {
  GtkWidget parent_instance;
  GtkWidget *way_line;
  GtkWidget *way_share;
  GtkWidget *way_amount;
  GtkWidget *ways; /* GtkStack */
  GtkWidget *lines;
  GtkWidget *shares;
  GtkWidget *amount;
  GtkWidget *rest;
  GtkWidget *totals;
  OscRefundStore *store;
  GPtrArray *rows; /* of GtkWidget, borrowed: the lines */
  char *lines_for; /* (nullable): of what state the lines are */
  guint cursor;    /* of rows */
  gboolean filling;
};

enum { TOUCHED, SUBMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscRefundChoice, osc_refund_choice, GTK_TYPE_WIDGET)

static const struct {
  const char *label; /* (nullable): msgid */
  int numerator;
  int denominator;
} shares[] = {{N_ ("All"), 1, 1}, {NULL, 1, 2}, {NULL, 1, 3},
              {NULL, 2, 3},       {NULL, 1, 4}, {NULL, 3, 4}};

static void
empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

/* ---- lines ---- */

static void
choose (OscRefundChoice *self, const char *line_id, gint64 quantity)
{
  g_signal_emit (self, signals[TOUCHED], 0);
  osc_refund_store_set_quantity (self->store, line_id, quantity);
}

static void
on_line (OscRefundChoice *self, GtkToggleButton *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), LINE);

  if (!self->filling)
    choose (self, id, gtk_toggle_button_get_active (row) ? G_MAXINT : 0);
}

static void
on_step (OscRefundChoice *self, int value, GtkWidget *stepper)
{
  choose (self, g_object_get_data (G_OBJECT (stepper), LINE), value);
}

static GtkWidget *
add_stepper (OscRefundChoice *self, GtkWidget *box, const OsyBillLine *line, gint64 left)
{
  GtkWidget *stepper = osc_stepper_new (line->name);

  osc_stepper_set_range (OSC_STEPPER (stepper), 1, (int)MAX (1, left));
  g_object_set_data_full (G_OBJECT (stepper), LINE, g_strdup (line->line_id), g_free);
  g_signal_connect_object (stepper, "changed", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (stepper, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), stepper);
  return stepper;
}

static void
add_line (OscRefundChoice *self, const OsyBillLine *line)
{
  gint64 left = osc_refund_store_left (self->store, line);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = osc_refund_rows_line (line, left);

  gtk_widget_add_css_class (box, "refund-line");
  gtk_box_append (GTK_BOX (box), row);
  g_object_set_data_full (G_OBJECT (row), LINE, g_strdup (line->line_id), g_free);
  g_object_set_data (G_OBJECT (row), STEPPER, add_stepper (self, box, line, left));
  g_signal_connect_object (row, "toggled", G_CALLBACK (on_line), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->lines), box);
  g_ptr_array_add (self->rows, row);
}

/* The rows are made anew only when what can go back has changed, so that the focus stays. */
static void
make_lines (OscRefundChoice *self, const OsyBill *bill)
{
  g_autoptr (GString) state = g_string_new (bill->id);

  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    g_string_append_printf (state, "|%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, line->line_id,
                            osc_refund_store_left (self->store, line), line->due);
  }
  if (g_strcmp0 (self->lines_for, state->str) == 0)
    return;
  g_free (self->lines_for);
  self->lines_for = g_strdup (state->str);
  empty (self->lines);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    if (line->quantity > line->voided)
      add_line (self, line);
  }
  self->cursor = MIN (self->cursor, MAX (self->rows->len, 1) - 1);
}

static void
show_lines (OscRefundChoice *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    OscStepper *stepper = g_object_get_data (G_OBJECT (row), STEPPER);
    gint64 quantity =
        osc_refund_store_quantity (self->store, g_object_get_data (G_OBJECT (row), LINE));
    const OsyBill *bill = osc_bill_store_bill (osc_refund_store_bill (self->store));
    int index = osy_bill_find_line (bill, g_object_get_data (G_OBJECT (row), LINE));
    gint64 left = index >= 0 ? osc_refund_store_left (self->store,
                                                      g_ptr_array_index (bill->lines, (guint)index))
                             : 0;

    osc_refund_rows_show_line (row, quantity, i == self->cursor);
    gtk_widget_set_visible (GTK_WIDGET (stepper), quantity > 0 && left > 1);
    osc_stepper_set_value (stepper, (int)MAX (1, quantity));
  }
}

/* ---- a share, an amount ---- */

static void
on_share (OscRefundChoice *self, GtkToggleButton *chip)
{
  guint which = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), LINE));

  if (self->filling || !gtk_toggle_button_get_active (chip))
    return;
  g_signal_emit (self, signals[TOUCHED], 0);
  osc_refund_store_set_share (self->store, shares[which].numerator, shares[which].denominator);
}

static void
make_shares (OscRefundChoice *self)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++) {
    g_autofree char *text = shares[i].label != NULL ? g_strdup (_ (shares[i].label))
                                                    : g_strdup_printf ("%d/%d", shares[i].numerator,
                                                                       shares[i].denominator);
    GtkWidget *chip = gtk_toggle_button_new_with_label (text);

    gtk_widget_add_css_class (chip, "reason-chip");
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), first);
    first = first != NULL ? first : GTK_TOGGLE_BUTTON (chip);
    g_object_set_data (G_OBJECT (chip), LINE, GUINT_TO_POINTER (i));
    g_signal_connect_object (chip, "toggled", G_CALLBACK (on_share), self, G_CONNECT_SWAPPED);
    gtk_grid_attach (GTK_GRID (self->shares), chip, (int)i % 2, (int)i / 2, 1, 1);
  }
}

static void
show_shares (OscRefundChoice *self)
{
  int numerator = 0;
  int denominator = 1;

  osc_refund_store_get_share (self->store, &numerator, &denominator);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (gtk_grid_get_child_at (GTK_GRID (self->shares), (int)i % 2, (int)i / 2)),
        shares[i].numerator == numerator && shares[i].denominator == denominator);
}

static void
on_amount (OscRefundChoice *self)
{
  gint64 won = 0;

  if (self->filling)
    return;
  g_signal_emit (self, signals[TOUCHED], 0);
  if (!osy_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount)), &won) || won < 0)
    won = 0;
  osc_refund_store_set_amount (self->store, won);
}

static void
set_amount (OscRefundChoice *self, gint64 won)
{
  g_autofree char *text = won > 0 ? osy_money_format (won) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (self->amount), text);
  gtk_editable_set_position (GTK_EDITABLE (self->amount), -1);
}

static void
on_rest (OscRefundChoice *self)
{
  set_amount (self, osc_refund_store_ceiling (self->store));
}

static void
on_typed (OscRefundChoice *self, const char *digits)
{
  osc_numpad_write (GTK_EDITABLE (self->amount), digits);
}

static void
on_erased (OscRefundChoice *self)
{
  osc_numpad_write (GTK_EDITABLE (self->amount), NULL);
}

static void
show_amount (OscRefundChoice *self)
{
  g_autofree char *money = osc_words_money (osc_refund_store_ceiling (self->store));
  g_autofree char *text = g_strdup_printf (_ ("All that is left, %s"), money);
  gint64 typed = 0;

  if (!osy_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount)), &typed))
    typed = 0;
  if (typed != osc_refund_store_amount (self->store))
    set_amount (self, osc_refund_store_amount (self->store));
  gtk_button_set_label (GTK_BUTTON (self->rest), text);
  gtk_widget_set_sensitive (self->rest, osc_refund_store_ceiling (self->store) > 0);
}

/* ---- which way ---- */

static void
on_way (OscRefundChoice *self, GtkToggleButton *button)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  g_signal_emit (self, signals[TOUCHED], 0);
  osc_refund_store_set_way (self->store,
                            button == GTK_TOGGLE_BUTTON (self->way_line)    ? OSC_REFUND_BY_LINE
                            : button == GTK_TOGGLE_BUTTON (self->way_share) ? OSC_REFUND_BY_SHARE
                                                                            : OSC_REFUND_BY_AMOUNT);
  if (button == GTK_TOGGLE_BUTTON (self->way_amount))
    gtk_widget_grab_focus (self->amount);
}

static void
show_way (OscRefundChoice *self)
{
  static const char *const pages[] = {"line", "share", "amount"};
  GtkWidget *buttons[] = {self->way_line, self->way_share, self->way_amount};
  OscRefundWay way = osc_refund_store_way (self->store);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (buttons[way]), TRUE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->ways), pages[way]);
}

static void
show_totals (OscRefundChoice *self)
{
  gint64 paid = osc_refund_store_paid (self->store);
  gint64 left = osc_refund_store_ceiling (self->store);

  empty (self->totals);
  gtk_box_append (GTK_BOX (self->totals), osc_refund_rows_sum (_ ("Paid in all"), paid, FALSE));
  gtk_box_append (GTK_BOX (self->totals),
                  osc_refund_rows_sum (_ ("Refunded so far"), left - paid, FALSE));
  gtk_box_append (GTK_BOX (self->totals), osc_refund_rows_sum (_ ("Can be refunded"), left, TRUE));
}

/* ---- the whole ---- */

static const OsyBill *
bill_of (OscRefundChoice *self)
{
  return osc_bill_store_bill (osc_refund_store_bill (self->store));
}

static void
on_submitted (OscRefundChoice *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

void
osc_refund_choice_show (OscRefundChoice *self)
{
  g_return_if_fail (OSC_IS_REFUND_CHOICE (self) && bill_of (self) != NULL);

  self->filling = TRUE;
  show_way (self);
  make_lines (self, bill_of (self));
  show_lines (self);
  show_shares (self);
  show_amount (self);
  show_totals (self);
  self->filling = FALSE;
}

void
osc_refund_choice_move (OscRefundChoice *self, int direction)
{
  g_return_if_fail (OSC_IS_REFUND_CHOICE (self));
  guint last = MAX (self->rows->len, 1) - 1;

  self->cursor = direction == 0  ? 0
                 : direction > 0 ? MIN (self->cursor + 1, last)
                                 : self->cursor - MIN (self->cursor, 1);
  if (bill_of (self) == NULL || direction == 0)
    return;
  self->filling = TRUE;
  show_lines (self);
  self->filling = FALSE;
  if (self->cursor < self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, self->cursor));
}

gboolean
osc_refund_choice_take (OscRefundChoice *self, gint64 quantity)
{
  g_return_val_if_fail (OSC_IS_REFUND_CHOICE (self), FALSE);

  if (osc_refund_store_way (self->store) != OSC_REFUND_BY_LINE || self->cursor >= self->rows->len)
    return FALSE;
  const char *id = g_object_get_data (g_ptr_array_index (self->rows, self->cursor), LINE);
  if (quantity < 0)
    quantity = osc_refund_store_quantity (self->store, id) > 0 ? 0 : G_MAXINT;
  choose (self, id, quantity);
  return TRUE;
}

void
osc_refund_choice_follow (OscRefundChoice *self, OscRefundStore *store)
{
  g_return_if_fail (OSC_IS_REFUND_CHOICE (self) && self->store == NULL);
  self->store = g_object_ref (store);
}

/* ---- life ---- */

static void
osc_refund_choice_dispose (GObject *object)
{
  OscRefundChoice *self = OSC_REFUND_CHOICE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_REFUND_CHOICE);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines_for, g_free);
  G_OBJECT_CLASS (osc_refund_choice_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/refund/osc-refund-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, way_line);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, way_share);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, way_amount);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, ways);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, lines);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, shares);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, amount);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, rest);
  gtk_widget_class_bind_template_child (widget_class, OscRefundChoice, totals);
  gtk_widget_class_bind_template_callback (widget_class, on_way);
  gtk_widget_class_bind_template_callback (widget_class, on_amount);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
  gtk_widget_class_bind_template_callback (widget_class, on_rest);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_erased);
}

static void
osc_refund_choice_class_init (OscRefundChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_refund_choice_dispose;
  signals[TOUCHED] = g_signal_new ("touched", OSC_TYPE_REFUND_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SUBMITTED] = g_signal_new ("submitted", OSC_TYPE_REFUND_CHOICE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_NUMPAD);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "refundchoice");
}

static void
osc_refund_choice_init (OscRefundChoice *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  make_shares (self);
}
