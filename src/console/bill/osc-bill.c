/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The view of one check. Everything is drawn anew from the check as the daemon has it; what is kept
 * here is which lines are chosen. */

#include "osc-bill.h"

#include <glib/gi18n.h>

#include "osc-bill-ask.h"
#include "osc-bill-rows.h"
#include "osc-bill-split.h"
#include "osc-cart.h"
#include "osc-pin-ask.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"

struct _OscBill {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *about;
  GtkWidget *discount;
  GtkWidget *print;
  GtkWidget *stack;
  GtkWidget *pay;
  GtkWidget *split;
  GtkWidget *charge;
  GtkWidget *parts;
  GtkWidget *totals;
  GtkWidget *lines;
  GtkWidget *adjustments;
  GtkWidget *act_void;
  GtkWidget *act_comp;
  GtkWidget *act_discount;
  OscBillStore *store;
  OscPeople *people_store;
  char *last_made; /* (nullable): adjustment that Ctrl+Z takes back */
  char **wish;     /* (nullable): check, line and kind of adjustment to ask for once it is here */
  gboolean filling;
  gboolean live;
};

static void osc_bill_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscBill,
                               osc_bill,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_bill_view_init))

/* ---- lines ---- */

static const char *
only_chosen (OscBill *self)
{
  return osc_bill_split_only_chosen (OSC_BILL_SPLIT (self->split));
}

static gboolean
can_act (OscBill *self)
{
  return self->live && osc_bill_store_bill (self->store) != NULL &&
         !osc_bill_store_is_busy (self->store);
}

/* What is done to the whole check. */
static void
show_whole_acts (OscBill *self, const OsyBill *bill, gboolean can)
{
  gtk_widget_set_sensitive (self->discount, can && bill != NULL && bill->total > 0);
  gtk_widget_set_sensitive (self->charge, can && bill != NULL && bill->orders_amount > 0);
  gtk_widget_set_sensitive (self->pay, can);
  gtk_widget_set_sensitive (self->print, can);
}

static void
show_acts (OscBill *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);
  const char *id = only_chosen (self);
  int index = bill != NULL && id != NULL ? osy_bill_find_line (bill, id) : -1;
  const OsyBillLine *line = index >= 0 ? g_ptr_array_index (bill->lines, index) : NULL;
  gboolean left = line != NULL && line->quantity > line->voided + line->comped;
  gboolean can = can_act (self);

  gtk_widget_set_sensitive (self->act_void, can && left);
  gtk_widget_set_sensitive (self->act_comp, can && left);
  gtk_widget_set_sensitive (self->act_discount, can && line != NULL && line->net > 0);
  show_whole_acts (self, bill, can);
}

static void
on_line (OscBill *self, GtkToggleButton *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "line-id");

  if (self->filling)
    return;
  osc_bill_split_choose (OSC_BILL_SPLIT (self->split), id, gtk_toggle_button_get_active (row));
  show_acts (self);
}

static void
empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_lines (OscBill *self, const OsyBill *bill)
{
  empty (self->lines);
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    GtkWidget *row = osc_bill_rows_line (line);
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (row),
        osc_bill_split_is_chosen (OSC_BILL_SPLIT (self->split), line->line_id));
    g_object_set_data_full (G_OBJECT (row), "line-id", g_strdup (line->line_id), g_free);
    g_signal_connect_object (row, "toggled", G_CALLBACK (on_line), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->lines), row);
  }
}

/* ---- what was taken off ---- */

static void
withdraw (OscBill *self, const char *id)
{
  if (can_act (self))
    osc_bill_store_withdraw (self->store, id);
}

static void
on_take_back (OscBill *self, GtkWidget *button)
{
  withdraw (self, g_object_get_data (G_OBJECT (button), "id"));
}

static void
show_adjustments (OscBill *self, const OsyBill *bill)
{
  empty (self->adjustments);
  for (guint i = 0; i < bill->adjustments->len; i++) {
    const OsyBillAdjustment *adjustment = g_ptr_array_index (bill->adjustments, i);
    GtkWidget *back = NULL;
    if (adjustment->withdrawn_at != 0)
      continue;
    gtk_box_append (GTK_BOX (self->adjustments),
                    osc_bill_rows_adjustment (bill, adjustment, &back));
    g_object_set_data_full (G_OBJECT (back), "id", g_strdup (adjustment->id), g_free);
    g_signal_connect_object (back, "clicked", G_CALLBACK (on_take_back), self, G_CONNECT_SWAPPED);
  }
}

/* ---- the split ---- */

static void
on_drop_part (OscBill *self, GtkWidget *button)
{
  osc_bill_split_drop (OSC_BILL_SPLIT (self->split), g_object_get_data (G_OBJECT (button), "id"));
}

static void
on_print_part (OscBill *self, GtkWidget *button)
{
  if (can_act (self))
    osc_bill_store_print (self->store, g_object_get_data (G_OBJECT (button), "id"));
}

static void
tie (OscBill *self, GtkWidget *button, const char *id, GCallback pressed)
{
  if (button == NULL)
    return;
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
}

static void
show_parts (OscBill *self, const OsyBill *bill)
{
  empty (self->parts);
  for (guint i = 0; i < bill->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (bill->parts, i);
    GtkWidget *print = NULL;
    GtkWidget *drop = NULL;
    gtk_box_append (GTK_BOX (self->parts), osc_bill_rows_part (bill, i, &print, &drop));
    tie (self, print, part->id, G_CALLBACK (on_print_part));
    tie (self, drop, part->id, G_CALLBACK (on_drop_part));
  }
  if (bill->parts->len > 0 && bill->rest != 0)
    gtk_box_append (GTK_BOX (self->parts),
                    osc_bill_rows_total (_ ("Not in any part yet"), bill->rest, FALSE));
}

/* ---- totals ---- */

static void
add_total (OscBill *self, const char *word, gint64 won, gboolean strong)
{
  if (won != 0 || strong)
    gtk_box_append (GTK_BOX (self->totals), osc_bill_rows_total (word, won, strong));
}

static void
show_totals (OscBill *self, const OsyBill *bill)
{
  gint64 paid = bill->tenders - bill->refunds;

  empty (self->totals);
  if (bill->adjustments_amount != 0 || bill->service_amount != 0)
    add_total (self, _ ("Orders"), bill->orders_amount, FALSE);
  add_total (self, _ ("Taken off"), -bill->adjustments_amount, FALSE);
  add_total (self, _ ("Service charge"), bill->service_amount, FALSE);
  add_total (self, _ ("VAT inside"), bill->vat, FALSE);
  add_total (self, _ ("Paid"), paid, FALSE);
  add_total (self, paid != 0 ? _ ("Left to pay") : _ ("Total"), osy_bill_owed (bill), TRUE);
}

/* ---- the whole ---- */

static char *
about_bill (const OsyBill *bill)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < bill->orders->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            ((OsyBillOrder *)g_ptr_array_index (bill->orders, i))->number);
  g_autofree char *orders = g_strdup_printf (_ ("Orders %s"), text->str);
  if (bill->guest_count == 0)
    return g_steal_pointer (&orders);
  g_autofree char *guests = g_strdup_printf (
      g_dngettext (NULL, "%d guest", "%d guests", (gulong)bill->guest_count), bill->guest_count);
  return g_strdup_printf ("%s · %s", orders, guests);
}

static void
show_bill (OscBill *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);
  OscBillPhase phase = osc_bill_store_phase (self->store);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), bill != NULL ? "bill"
                                                             : phase == OSC_BILL_FAILED
                                                                 ? "failed"
                                                                 : "loading");
  gtk_label_set_label (GTK_LABEL (self->about), "");
  if (bill != NULL) {
    g_autofree char *about = about_bill (bill);
    gtk_label_set_label (GTK_LABEL (self->about), about);
    self->filling = TRUE;
    show_lines (self, bill);
    show_adjustments (self, bill);
    show_parts (self, bill);
    show_totals (self, bill);
    self->filling = FALSE;
  }
  show_acts (self);
}

/* ---- acts ---- */

static void
ask (OscBill *self, const char *kind, const char *line_id)
{
  if (can_act (self))
    osc_bill_ask (GTK_WIDGET (self), self->store, kind, line_id);
}

static void
on_void (OscBill *self)
{
  if (only_chosen (self) != NULL)
    ask (self, OSY_BILL_VOID, only_chosen (self));
}

static void
on_comp (OscBill *self)
{
  if (only_chosen (self) != NULL)
    ask (self, OSY_BILL_COMP, only_chosen (self));
}

static void
on_line_discount (OscBill *self)
{
  if (only_chosen (self) != NULL)
    ask (self, OSY_BILL_DISCOUNT, only_chosen (self));
}

static void
on_discount (OscBill *self)
{
  ask (self, OSY_BILL_DISCOUNT, NULL);
}

static void
on_print (OscBill *self)
{
  if (can_act (self))
    osc_bill_store_print (self->store, NULL);
}

static void
print_receipt (OscBill *self)
{
  if (can_act (self))
    osc_bill_store_receipt (self->store);
}

static void
on_charge (OscBill *self)
{
  if (can_act (self))
    osc_bill_ask_charge (GTK_WIDGET (self), self->store);
}

static void
on_pay (OscBill *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);

  if (bill != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "payment", bill->id);
}

static void
on_close (OscBill *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", "orders");
}

static void
on_retry (OscBill *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", "orders");
}

static void
undo (OscBill *self)
{
  g_autofree char *id = g_steal_pointer (&self->last_made);

  if (id != NULL)
    withdraw (self, id);
}

static void
on_done (OscBill *self, const char *id)
{
  g_free (self->last_made);
  self->last_made = g_strdup (id);
  if (id != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_toasts_offer (GTK_WIDGET (self), _ ("Taken off the bill"), _ ("Undo"), G_CALLBACK (undo),
                      G_OBJECT (self));
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscBill) self = user_data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (answer != NULL)
    osc_bill_store_repeat (self->store, answer->act_token);
}

static void
on_failed (OscBill *self, const GError *error, const char *permission)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* the payment asked for it */
  if (permission != NULL) {
    osc_pin_ask_async (GTK_WIDGET (self), self->people_store, permission,
                       _ ("Only a manager can do this"), allowed_cb, g_object_ref (self));
    return;
  }
  g_autofree char *text = osc_cart_failure_text (error);
  osc_toasts_say (GTK_WIDGET (self), text);
}

/* ---- the view ---- */

static void
osc_bill_open (OscView *view, const char *what)
{
  OscBill *self = OSC_BILL (view);

  g_auto (GStrv) parts = g_strsplit (what, "/", 3);

  osc_bill_split_choose_none (OSC_BILL_SPLIT (self->split));
  g_clear_pointer (&self->last_made, g_free);
  g_clear_pointer (&self->wish, g_strfreev);
  if (g_strv_length (parts) == 3)
    self->wish = g_strdupv (parts);
  osc_bill_store_show (self->store, parts[0]);
}

static const char *
kind_of (const char *name)
{
  static const char *const kinds[] = {OSY_BILL_VOID, OSY_BILL_COMP, OSY_BILL_DISCOUNT};

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i]) == 0)
      return kinds[i];
  return NULL;
}

/* A merged check is shown on its root. */
static gboolean
is_of (const OsyBill *bill, const char *check_id)
{
  return g_str_equal (bill->id, check_id) ||
         g_ptr_array_find_with_equal_func (bill->merged, check_id, g_str_equal, NULL);
}

/* What was asked for when the view was opened, as soon as its check is here, or never. */
static void
grant_wish (OscBill *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);

  if (self->wish == NULL || bill == NULL) {
    return;
  }
  g_auto (GStrv) wish = g_steal_pointer (&self->wish);
  if (!can_act (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !is_of (bill, wish[0])) {
    return;
  }
  if (kind_of (wish[2]) == NULL || osy_bill_find_line (bill, wish[1]) < 0)
    return;
  osc_bill_split_choose (OSC_BILL_SPLIT (self->split), wish[1], TRUE);
  show_bill (self);
  ask (self, kind_of (wish[2]), wish[1]);
}

static void
split_by_key (OscBill *self)
{
  OscBillSplit *split = OSC_BILL_SPLIT (self->split);

  osc_bill_split_show_mode (split, osc_bill_split_mode (split) == OSC_BILL_BY_PEOPLE
                                       ? OSC_BILL_BY_ITEM
                                       : OSC_BILL_BY_PEOPLE);
}

static gboolean
osc_bill_key (OscView *view, OscKey key)
{
  OscBill *self = OSC_BILL (view);

  switch (key) {
  case OSC_KEY_BACK: on_close (self); return TRUE;
  case OSC_KEY_DROP: on_void (self); return TRUE;
  case OSC_KEY_UNDO: undo (self); return TRUE;
  case OSC_KEY_SPLIT: split_by_key (self); return TRUE;
  case OSC_KEY_PRINT: on_print (self); return TRUE;
  case OSC_KEY_REPRINT: print_receipt (self); return TRUE;
  case OSC_KEY_PAY: on_pay (self); return TRUE;
  case OSC_KEY_MORE: osc_bill_split_step (OSC_BILL_SPLIT (self->split), 1); return TRUE;
  case OSC_KEY_LESS: osc_bill_split_step (OSC_BILL_SPLIT (self->split), -1); return TRUE;
  default: return FALSE;
  }
}

static void
osc_bill_set_live (OscView *view, gboolean live)
{
  OSC_BILL (view)->live = live;
  osc_bill_split_set_live (OSC_BILL_SPLIT (OSC_BILL (view)->split), live);
  show_acts (OSC_BILL (view));
}

static const OscKeyLine *
osc_bill_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"S", N_ ("How the bill is split")},
      {"+ −", N_ ("More or fewer people")},
      {"Del", N_ ("The chosen line was not made")},
      {"Ctrl Z", N_ ("Take back what was last taken off")},
      {"P", N_ ("Print the bill")},
      {"Ctrl P", N_ ("Print the receipt again")},
      {NULL},
  };

  return lines;
}

static void
osc_bill_view_init (OscViewInterface *iface)
{
  iface->open = osc_bill_open;
  iface->key = osc_bill_key;
  iface->set_live = osc_bill_set_live;
  iface->key_lines = osc_bill_key_lines;
}

/* ---- life ---- */

static void
osc_bill_dispose (GObject *object)
{
  OscBill *self = OSC_BILL (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_BILL);
  g_clear_object (&self->store);
  g_clear_object (&self->people_store);
  g_clear_pointer (&self->last_made, g_free);
  g_clear_pointer (&self->wish, g_strfreev);
  G_OBJECT_CLASS (osc_bill_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscBill, title);
  gtk_widget_class_bind_template_child (widget_class, OscBill, about);
  gtk_widget_class_bind_template_child (widget_class, OscBill, discount);
  gtk_widget_class_bind_template_child (widget_class, OscBill, print);
  gtk_widget_class_bind_template_child (widget_class, OscBill, stack);
  gtk_widget_class_bind_template_child (widget_class, OscBill, pay);
  gtk_widget_class_bind_template_child (widget_class, OscBill, split);
  gtk_widget_class_bind_template_child (widget_class, OscBill, charge);
  gtk_widget_class_bind_template_child (widget_class, OscBill, parts);
  gtk_widget_class_bind_template_child (widget_class, OscBill, totals);
  gtk_widget_class_bind_template_child (widget_class, OscBill, lines);
  gtk_widget_class_bind_template_child (widget_class, OscBill, adjustments);
  gtk_widget_class_bind_template_child (widget_class, OscBill, act_void);
  gtk_widget_class_bind_template_child (widget_class, OscBill, act_comp);
  gtk_widget_class_bind_template_child (widget_class, OscBill, act_discount);
}

static void
osc_bill_class_init (OscBillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_bill_dispose;
  g_type_ensure (OSC_TYPE_BILL_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/bill/osc-bill.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_discount);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_pay);
  gtk_widget_class_bind_template_callback (widget_class, on_charge);
  gtk_widget_class_bind_template_callback (widget_class, on_void);
  gtk_widget_class_bind_template_callback (widget_class, on_comp);
  gtk_widget_class_bind_template_callback (widget_class, on_line_discount);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "bill");
}

static void
osc_bill_init (OscBill *self)
{
  self->live = TRUE;
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_bill_new (const OscContext *context)
{
  OscBill *self = g_object_new (OSC_TYPE_BILL, NULL);

  self->store = g_object_ref (context->bill);
  self->people_store = g_object_ref (context->people);
  osc_bill_split_follow (OSC_BILL_SPLIT (self->split), self->store);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show_bill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (grant_wish), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  show_bill (self);
  return GTK_WIDGET (self);
}
