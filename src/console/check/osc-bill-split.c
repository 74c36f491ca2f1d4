/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How a check is split. What each way asks for is turned into parts here; what they come to is the
 * daemon's. */

#include "osc-bill-split.h"

#include <glib/gi18n.h>

#include "osc-stepper.h"
#include "osc-widget.h"
#include "osy-money.h"

#define MAX_PEOPLE 20
#define N_MODES (OSC_BILL_BY_AMOUNT + 1)

struct _OscBillSplit {
  GtkWidget parent_instance;
  GtkWidget *mode_whole;
  GtkWidget *mode_items;
  GtkWidget *mode_people;
  GtkWidget *mode_amount;
  GtkWidget *modes; /* GtkStack: what each mode asks */
  GtkWidget *people;
  GtkWidget *share; /* GtkDropDown */
  GtkWidget *take_items;
  GtkWidget *seats;
  GtkWidget *whole;
  GtkWidget *amount;
  OscBillStore *store;
  GHashTable *chosen; /* line_id, as a set */
  OscBillMode mode;
  gboolean live;
};

enum { MODE, CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscBillSplit, osc_bill_split, GTK_TYPE_WIDGET)

static const int denominators[] = {1, 2, 3, 4, 5, 6};

gboolean
osc_bill_split_can_act (OscBillSplit *self)
{
  g_return_val_if_fail (OSC_IS_BILL_SPLIT (self), FALSE);
  return self->live && osc_bill_store_bill (self->store) != NULL &&
         !osc_bill_store_is_busy (self->store);
}

/* ---- parts ---- */

static OsyBillPart *
part_new (OsyCheckPartKind kind)
{
  OsyBillPart *part = g_new0 (OsyBillPart, 1);

  part->kind = kind;
  part->takes = g_array_new (FALSE, TRUE, sizeof (OsyCheckTake));
  return part;
}

static void
part_free (gpointer data)
{
  OsyBillPart *part = data;

  g_free (part->id);
  g_free (part->name);
  g_array_unref (part->takes);
  g_free (part);
}

static GPtrArray *
parts_new (void)
{
  return g_ptr_array_new_with_free_func (part_free);
}

/* The unpaid parts but @without (nullable), and but those of equal shares unless @equal. */
static GPtrArray *
parts_left (const OsyBill *bill, const char *without, gboolean equal)
{
  GPtrArray *parts = parts_new ();

  for (guint i = 0; i < bill->parts->len; i++) {
    const OsyBillPart *from = g_ptr_array_index (bill->parts, i);
    if (from->frozen || g_strcmp0 (from->id, without) == 0 ||
        (from->kind == OSY_CHECK_PART_EQUAL && !equal))
      continue;
    OsyBillPart *part = part_new (from->kind);
    part->id = g_strdup (from->id);
    part->name = g_strdup (from->name);
    part->seat = from->seat;
    part->wanted = from->wanted;
    g_array_append_vals (part->takes, from->takes->data, from->takes->len);
    g_ptr_array_add (parts, part);
  }
  return parts;
}

static int
count_equal (const OsyBill *bill)
{
  int n = 0;

  for (guint i = 0; i < bill->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (bill->parts, i);
    n += part->kind == OSY_CHECK_PART_EQUAL;
  }
  return n;
}

static void
on_whole (OscBillSplit *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);
  g_autoptr (GPtrArray) parts = parts_new ();

  if (osc_bill_split_can_act (self) && bill->parts->len > 0)
    osc_bill_store_split (self->store, parts);
}

/* Equal shares of what other parts leave; one share is none. */
static void
on_people (OscBillSplit *self, int people)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);

  if (!osc_bill_split_can_act (self))
    return;
  g_autoptr (GPtrArray) parts = parts_left (bill, NULL, FALSE);
  int paid = 0;
  for (guint i = 0; i < bill->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (bill->parts, i);
    paid += part->kind == OSY_CHECK_PART_EQUAL && part->frozen;
  }
  for (int i = paid; people > 1 && i < people; i++)
    g_ptr_array_add (parts, part_new (OSY_CHECK_PART_EQUAL));
  osc_bill_store_split (self->store, parts);
}

static gboolean
has_seat (GPtrArray *parts, int seat)
{
  for (guint i = 0; i < parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (parts, i);
    if (part->kind == OSY_CHECK_PART_SEAT && part->seat == seat)
      return TRUE;
  }
  return FALSE;
}

/* A part for each seat that ordered; what is of no seat stays over. */
static void
on_seats (OscBillSplit *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);

  if (!osc_bill_split_can_act (self))
    return;
  g_autoptr (GPtrArray) parts = parts_left (bill, NULL, FALSE);
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    if (line->seat == 0 || has_seat (parts, line->seat) || has_seat (bill->parts, line->seat))
      continue;
    OsyBillPart *part = part_new (OSY_CHECK_PART_SEAT);
    part->seat = line->seat;
    g_ptr_array_add (parts, part);
  }
  osc_bill_store_split (self->store, parts);
}

static void
on_items (OscBillSplit *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);
  guint of = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->share));

  if (!osc_bill_split_can_act (self) || of >= G_N_ELEMENTS (denominators))
    return;
  g_autoptr (GPtrArray) parts = parts_left (bill, NULL, TRUE);
  OsyBillPart *part = part_new (OSY_CHECK_PART_ITEM);
  g_ptr_array_add (parts, part);
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    const OsyCheckTake take = {i, 1, denominators[of]};
    if (g_hash_table_contains (self->chosen, line->line_id))
      g_array_append_val (part->takes, take);
  }
  g_hash_table_remove_all (self->chosen);
  osc_bill_store_split (self->store, parts);
}

static void
on_amount (OscBillSplit *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);
  gint64 won = 0;

  if (!osc_bill_split_can_act (self) ||
      !osy_money_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount)), &won) || won <= 0)
    return;
  g_autoptr (GPtrArray) parts = parts_left (bill, NULL, TRUE);
  OsyBillPart *part = part_new (OSY_CHECK_PART_AMOUNT);
  part->wanted = won;
  g_ptr_array_add (parts, part);
  gtk_editable_set_text (GTK_EDITABLE (self->amount), "");
  osc_bill_store_split (self->store, parts);
}

/* ---- modes ---- */

static GtkWidget *
button_of (OscBillSplit *self, OscBillMode mode)
{
  GtkWidget *const buttons[N_MODES] = {self->mode_whole, self->mode_items, self->mode_people,
                                       self->mode_amount};

  return buttons[mode];
}

static void
on_mode (OscBillSplit *self, GtkToggleButton *pressed)
{
  static const char *const pages[N_MODES] = {"whole", "items", "people", "amount"};

  if (!gtk_toggle_button_get_active (pressed))
    return;
  for (OscBillMode mode = OSC_BILL_WHOLE; mode < N_MODES; mode++)
    if (button_of (self, mode) == GTK_WIDGET (pressed))
      self->mode = mode;
  gtk_stack_set_visible_child_name (GTK_STACK (self->modes), pages[self->mode]);
  g_signal_emit (self, signals[MODE], 0);
}

OscBillMode
osc_bill_split_mode (OscBillSplit *self)
{
  g_return_val_if_fail (OSC_IS_BILL_SPLIT (self), OSC_BILL_WHOLE);
  return self->mode;
}

void
osc_bill_split_show_mode (OscBillSplit *self, OscBillMode mode)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self) && mode < N_MODES);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button_of (self, mode)), TRUE);
}

/* ---- what is there ---- */

static gboolean
knows_seats (const OsyBill *bill)
{
  for (guint i = 0; i < bill->lines->len; i++)
    if (((OsyBillLine *)g_ptr_array_index (bill->lines, i))->seat > 0)
      return TRUE;
  return FALSE;
}

/* What is no longer on the check is not chosen any more. */
static void
forget_gone (OscBillSplit *self, const OsyBill *bill)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (osy_bill_find_line (bill, id) < 0)
      g_hash_table_iter_remove (&iter);
}

static void
show (OscBillSplit *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->store);
  gboolean can = osc_bill_split_can_act (self);

  if (bill != NULL) {
    forget_gone (self, bill);
    osc_stepper_set_value (OSC_STEPPER (self->people), MAX (1, count_equal (bill)));
  }
  gtk_widget_set_visible (self->whole, bill != NULL && bill->parts->len > 0);
  gtk_widget_set_visible (self->seats, bill != NULL && knows_seats (bill));
  gtk_widget_set_sensitive (self->seats, can);
  gtk_widget_set_sensitive (self->take_items, can && g_hash_table_size (self->chosen) > 0);
}

void
osc_bill_split_set_live (OscBillSplit *self, gboolean live)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self));
  self->live = live;
  show (self);
}

void
osc_bill_split_choose (OscBillSplit *self, const char *line_id, gboolean on)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self) && line_id != NULL);
  if (on)
    g_hash_table_add (self->chosen, g_strdup (line_id));
  else
    g_hash_table_remove (self->chosen, line_id);
  show (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

void
osc_bill_split_choose_none (OscBillSplit *self)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self));
  g_hash_table_remove_all (self->chosen);
  show (self);
}

gboolean
osc_bill_split_is_chosen (OscBillSplit *self, const char *line_id)
{
  g_return_val_if_fail (OSC_IS_BILL_SPLIT (self), FALSE);
  return g_hash_table_contains (self->chosen, line_id);
}

const char *
osc_bill_split_only_chosen (OscBillSplit *self)
{
  g_return_val_if_fail (OSC_IS_BILL_SPLIT (self), NULL);
  GHashTableIter iter;
  gpointer id = NULL;

  g_hash_table_iter_init (&iter, self->chosen);
  return g_hash_table_size (self->chosen) == 1 && g_hash_table_iter_next (&iter, &id, NULL) ? id
                                                                                            : NULL;
}

void
osc_bill_split_drop (OscBillSplit *self, const char *part_id)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self));
  if (!osc_bill_split_can_act (self))
    return;
  g_autoptr (GPtrArray) parts = parts_left (osc_bill_store_bill (self->store), part_id, TRUE);
  osc_bill_store_split (self->store, parts);
}

void
osc_bill_split_step (OscBillSplit *self, int step)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self));
  on_people (self,
             CLAMP (osc_stepper_get_value (OSC_STEPPER (self->people)) + step, 1, MAX_PEOPLE));
}

/* ---- life ---- */

static void
osc_bill_split_dispose (GObject *object)
{
  OscBillSplit *self = OSC_BILL_SPLIT (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_BILL_SPLIT);
  g_clear_object (&self->store);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  G_OBJECT_CLASS (osc_bill_split_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/check/osc-bill-split.ui");
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, mode_whole);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, mode_items);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, mode_people);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, mode_amount);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, modes);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, people);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, share);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, take_items);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, seats);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, whole);
  gtk_widget_class_bind_template_child (widget_class, OscBillSplit, amount);
  gtk_widget_class_bind_template_callback (widget_class, on_mode);
  gtk_widget_class_bind_template_callback (widget_class, on_whole);
  gtk_widget_class_bind_template_callback (widget_class, on_people);
  gtk_widget_class_bind_template_callback (widget_class, on_seats);
  gtk_widget_class_bind_template_callback (widget_class, on_items);
  gtk_widget_class_bind_template_callback (widget_class, on_amount);
}

static void
osc_bill_split_class_init (OscBillSplitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_bill_split_dispose;
  signals[MODE] = g_signal_new ("mode", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_STEPPER);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "billsplit");
}

static void
osc_bill_split_init (OscBillSplit *self)
{
  self->live = TRUE;
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_stepper_set_name (OSC_STEPPER (self->people), _ ("People"));
  osc_stepper_set_range (OSC_STEPPER (self->people), 1, MAX_PEOPLE);
}

void
osc_bill_split_follow (OscBillSplit *self, OscBillStore *store)
{
  g_return_if_fail (OSC_IS_BILL_SPLIT (self) && self->store == NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
