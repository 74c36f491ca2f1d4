/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Amounts are typed in the unit whose chip is on. */

#include "osc-stock-entry.h"

#include <glib/gi18n.h>

#include "osc-amount.h"
#include "osc-numpad.h"
#include "osc-stock-words.h"
#include "osc-widget.h"
#include "osy-compat.h"

static const char *const waste_reasons[] = {N_ ("Spoiled"), N_ ("Spilled"), N_ ("Past its date"),
                                            N_ ("Staff meal"), NULL};

static const struct {
  const char *kind;
  const char *title;  /* msgid */
  const char *commit; /* msgid */
} asks[] = {
    {OSY_MOVEMENT_RECEIVE, N_ ("How much came in?"), N_ ("Receive")},
    {OSY_MOVEMENT_WASTE, N_ ("How much is wasted?"), N_ ("Write off")},
    {OSY_MOVEMENT_COUNT, N_ ("How much is there?"), N_ ("Save the count")},
};

struct _OscStockEntry {
  GtkWidget parent_instance;
  GtkWidget *progress;
  GtkWidget *title;
  GtkWidget *name;
  GtkWidget *now;
  GtkWidget *amount;
  GtkWidget *unit_place;
  GtkWidget *units;
  GtkWidget *cost;
  GtkWidget *reasons;
  GtkWidget *commit;
  GtkWidget *back;
  GPtrArray *choices; /* of OscStockUnit */
  GtkWidget *reason;  /* (nullable): the chip that is on */
  guint unit;
  gboolean pieces;
  gsize ask;
  char *id;        /* nullable */
  gboolean counts; /* one after the other */
};

enum { ENTERED, BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockEntry, osc_stock_entry, GTK_TYPE_WIDGET)

static gboolean
wastes (OscStockEntry *self)
{
  return g_str_equal (asks[self->ask].kind, OSY_MOVEMENT_WASTE);
}

/* In thousandths of the unit that is sent. */
static gboolean
read_amount (OscStockEntry *self, gint64 *ret)
{
  const OscStockUnit *unit = g_ptr_array_index (self->choices, self->unit);
  gboolean counts = g_str_equal (asks[self->ask].kind, OSY_MOVEMENT_COUNT);

  if (!osc_amount_read (gtk_editable_get_text (GTK_EDITABLE (self->amount)), ret) ||
      *ret > OSY_STOCK_MAX_FACTOR / unit->times)
    return FALSE;
  *ret *= unit->times;
  return *ret > 0 || counts;
}

/* Won for a gram would be no whole number: only pieces and what has a name of its own have a price.
 */
static gboolean
has_cost (OscStockEntry *self)
{
  const OscStockUnit *unit = g_ptr_array_index (self->choices, self->unit);

  return g_str_equal (asks[self->ask].kind, OSY_MOVEMENT_RECEIVE) &&
         (unit->unit != NULL || self->pieces);
}

/* FALSE: what is typed is no price. */
static gboolean
read_cost (OscStockEntry *self, gint64 *ret)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->cost));

  *ret = 0;
  return !has_cost (self) || *text == '\0' ||
         g_ascii_string_to_signed (text, 10, 0, OSY_STOCK_MAX_FACTOR, ret, NULL);
}

static void
update (OscStockEntry *self)
{
  gint64 amount = 0, cost = 0;
  gboolean good = self->choices != NULL && read_amount (self, &amount) && read_cost (self, &cost);

  if (self->choices != NULL)
    gtk_widget_set_visible (self->cost, has_cost (self));
  gtk_widget_set_sensitive (self->commit, good && (!wastes (self) || self->reason != NULL));
}

/* ---- chips ---- */

static GtkWidget *
make_chip (const char *label)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_focus_on_click (chip, FALSE);
  gtk_widget_add_css_class (chip, "reason-chip");
  return chip;
}

static void
on_unit (GtkToggleButton *chip, OscStockEntry *self)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  self->unit = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "osc-unit"));
  update (self);
}

static void
on_reason (GtkToggleButton *chip, OscStockEntry *self)
{
  GtkWidget *before = self->reason;

  if (gtk_toggle_button_get_active (chip)) {
    self->reason = GTK_WIDGET (chip);
    if (before != NULL)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (before), FALSE);
  } else if (before == GTK_WIDGET (chip))
    self->reason = NULL;
  update (self);
}

static void
make_units (OscStockEntry *self)
{
  GtkWidget *group = NULL;

  osc_widget_drop_children (self->units);
  for (guint i = 0; i < self->choices->len; i++) {
    const OscStockUnit *unit = g_ptr_array_index (self->choices, i);
    GtkWidget *chip = make_chip (unit->label);

    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
    group = group != NULL ? group : chip;
    gtk_box_append (GTK_BOX (self->units), chip);
    g_object_set_data (G_OBJECT (chip), "osc-unit", GUINT_TO_POINTER (i));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), i == 0);
    g_signal_connect (chip, "toggled", G_CALLBACK (on_unit), self);
  }
  gtk_widget_set_visible (self->unit_place, self->choices->len > 1);
}

static void
make_reasons (OscStockEntry *self)
{
  osc_widget_drop_children (self->reasons);
  self->reason = NULL;
  for (guint i = 0; wastes (self) && waste_reasons[i] != NULL; i++) {
    GtkWidget *chip = make_chip (_ (waste_reasons[i]));

    gtk_grid_attach (GTK_GRID (self->reasons), chip, (int)i % 2, (int)i / 2, 1, 1);
    g_signal_connect (chip, "toggled", G_CALLBACK (on_reason), self);
  }
  gtk_widget_set_visible (self->reasons, wastes (self));
}

/* ---- typing ---- */

void
osc_stock_entry_type (OscStockEntry *self, const char *digits)
{
  g_return_if_fail (OSC_IS_STOCK_ENTRY (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean costs = focus != NULL && gtk_widget_is_ancestor (focus, self->cost);

  osc_numpad_write (GTK_EDITABLE (costs ? self->cost : self->amount), digits);
}

static void
on_typed (OscStockEntry *self, const char *digits)
{
  osc_stock_entry_type (self, digits);
}

static void
on_erased (OscStockEntry *self)
{
  osc_stock_entry_type (self, NULL);
}

void
osc_stock_entry_commit (OscStockEntry *self)
{
  g_return_if_fail (OSC_IS_STOCK_ENTRY (self));
  if (self->id == NULL || !gtk_widget_get_sensitive (self->commit))
    return;
  const OscStockUnit *unit = g_ptr_array_index (self->choices, self->unit);
  OscStockMove move = {
      .ingredient_id = self->id,
      .kind = asks[self->ask].kind,
      .unit = unit->unit,
      .reason = self->reason != NULL ? gtk_button_get_label (GTK_BUTTON (self->reason)) : NULL};

  if (read_amount (self, &move.quantity) && read_cost (self, &move.unit_cost))
    g_signal_emit (self, signals[ENTERED], 0, &move);
}

static void
on_back (OscStockEntry *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/* ---- asking ---- */

void
osc_stock_entry_ask (OscStockEntry *self,
                     const OsyIngredient *ingredient,
                     const char *kind,
                     const char *progress)
{
  g_return_if_fail (OSC_IS_STOCK_ENTRY (self));
  g_autofree char *there = osc_stock_words_amount (ingredient, ingredient->on_hand);
  g_autofree char *now = g_strdup_printf (_ ("Written down: %s"), there);

  self->ask = 0;
  while (self->ask < G_N_ELEMENTS (asks) - 1 && !g_str_equal (asks[self->ask].kind, kind))
    self->ask++;
  self->counts = progress != NULL;
  self->unit = 0;
  self->pieces = g_str_equal (ingredient->unit, OSY_UNIT_PIECE);
  osy_set_str (&self->id, ingredient->id);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = osc_stock_words_units (ingredient);
  make_units (self);
  make_reasons (self);
  gtk_label_set_label (GTK_LABEL (self->title), _ (asks[self->ask].title));
  gtk_label_set_label (GTK_LABEL (self->name), ingredient->name);
  gtk_label_set_label (GTK_LABEL (self->now), now);
  gtk_label_set_label (GTK_LABEL (self->progress), progress != NULL ? progress : "");
  gtk_widget_set_visible (self->progress, progress != NULL);
  gtk_button_set_label (GTK_BUTTON (self->commit), _ (asks[self->ask].commit));
  gtk_button_set_label (GTK_BUTTON (self->back),
                        self->counts ? _ ("Leave it out") : _ ("Never mind"));
  gtk_editable_set_text (GTK_EDITABLE (self->amount), "");
  gtk_editable_set_text (GTK_EDITABLE (self->cost), "");
  osc_widget_set_name (self->amount, _ (asks[self->ask].title));
  osc_widget_set_class (GTK_WIDGET (self), "counting", self->counts);
  update (self);
}

const char *
osc_stock_entry_id (OscStockEntry *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_ENTRY (self), NULL);
  return self->id;
}

/* ---- life ---- */

static gboolean
osc_stock_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (OSC_STOCK_ENTRY (widget)->amount);
}

static void
osc_stock_entry_dispose (GObject *object)
{
  OscStockEntry *self = OSC_STOCK_ENTRY (object);

  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_ENTRY);
  G_OBJECT_CLASS (osc_stock_entry_parent_class)->dispose (object);
}

static void
osc_stock_entry_class_init (OscStockEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_entry_dispose;
  widget_class->grab_focus = osc_stock_entry_grab_focus;
  widget_class->focus = osc_widget_focus_children;
  g_type_ensure (OSC_TYPE_NUMPAD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, progress);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, title);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, name);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, now);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, amount);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, units);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, cost);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, unit_place);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, reasons);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, commit);
  gtk_widget_class_bind_template_child (widget_class, OscStockEntry, back);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_erased);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_changed", G_CALLBACK (update));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_commit",
                                                G_CALLBACK (osc_stock_entry_commit));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockentry");
  signals[ENTERED] = g_signal_new ("entered", OSC_TYPE_STOCK_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[BACK] = g_signal_new ("back", OSC_TYPE_STOCK_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
osc_stock_entry_init (OscStockEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
