/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A group of options and, recursively, those of its chosen options. The chips hold the state. */

#include "osc-option-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-option-chip.h"
#include "osc-widget.h"
#include "osy-clock.h"

struct _OscOptionGroup {
  GtkWidget parent_instance;
  GtkWidget *name;
  GtkWidget *rule;
  GtkWidget *words;
  GtkWidget *chips;
  GtkWidget *below;
  const OsyMenuGroup *group;
  OsyMenu *menu; /* borrowed: it outlives the widget */
  const char *channel;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscOptionGroup, osc_option_group, GTK_TYPE_WIDGET)

/* ---- the chips ---- */

static OscOptionChip *
chip_at (OscOptionGroup *self, int index)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->chips), index);

  return child != NULL ? OSC_OPTION_CHIP (gtk_flow_box_child_get_child (child)) : NULL;
}

static int
count_taken (OscOptionGroup *self)
{
  OscOptionChip *chip;
  int taken = 0;

  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++)
    taken += osc_option_chip_quantity (chip);
  return taken;
}

static void
say (OscOptionGroup *self, const char *words)
{
  gtk_label_set_label (GTK_LABEL (self->words), words != NULL ? words : "");
  gtk_widget_set_visible (self->words, words != NULL);
}

static void
on_below_changed (OscOptionGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The groups of @option are there exactly while it is taken. */
static void
fold (OscOptionGroup *self, const OsyMenuOption *option, gboolean taken)
{
  GtkWidget *child = gtk_widget_get_first_child (self->below);

  while (child != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);

    if (g_object_get_data (G_OBJECT (child), "osc-option") == option) {
      if (taken)
        return;
      gtk_box_remove (GTK_BOX (self->below), child);
    }
    child = next;
  }
  for (guint i = 0; taken && i < option->groups->len; i++) {
    GtkWidget *group =
        osc_option_group_new (self->menu, g_ptr_array_index (option->groups, i), self->channel);

    g_object_set_data (G_OBJECT (group), "osc-option", (gpointer)option);
    g_signal_connect_object (group, "changed", G_CALLBACK (on_below_changed), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->below), group);
  }
}

static void
set_quantity (OscOptionGroup *self, OscOptionChip *chip, int quantity)
{
  osc_option_chip_set_quantity (chip, quantity);
  fold (self, osc_option_chip_option (chip), quantity > 0);
  gtk_widget_set_visible (self->below, gtk_widget_get_first_child (self->below) != NULL);
}

static void
say_most (OscOptionGroup *self, gint64 most)
{
  g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "At most %d can be taken", "At most %d can be taken", (gulong)most),
      (int)most);

  say (self, text);
}

static void
take_one_more (OscOptionGroup *self, OscOptionChip *chip)
{
  gint64 own_most = osc_option_chip_option (chip)->max;

  if (count_taken (self) >= self->group->max)
    say_most (self, self->group->max);
  else if (own_most > 0 && osc_option_chip_quantity (chip) >= own_most)
    say_most (self, own_most);
  else
    set_quantity (self, chip, osc_option_chip_quantity (chip) + 1);
}

/* One alone: another choice takes its place. */
static void
take_instead (OscOptionGroup *self, OscOptionChip *chosen)
{
  gboolean was_taken = osc_option_chip_quantity (chosen) > 0;
  OscOptionChip *chip;

  if (was_taken && self->group->min > 0)
    return;
  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++)
    set_quantity (self, chip, chip == chosen && !was_taken);
}

static void
on_tapped (OscOptionChip *chip, int change, OscOptionGroup *self)
{
  int taken = osc_option_chip_quantity (chip);

  say (self, NULL);
  if (self->group->max == 1)
    take_instead (self, chip);
  else if (change < 0 || (osc_option_chip_option (chip)->max == 1 && taken == 1))
    set_quantity (self, chip, MAX (taken - 1, 0));
  else
    take_one_more (self, chip);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- from outside ---- */

void
osc_option_group_collect (OscOptionGroup *self, GPtrArray *choices)
{
  g_return_if_fail (OSC_IS_OPTION_GROUP (self) && choices != NULL);
  OscOptionChip *chip;

  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++) {
    const OsyMenuOption *option = osc_option_chip_option (chip);
    OsyMenuChoice *choice;

    if (osc_option_chip_quantity (chip) == 0)
      continue;
    choice = osy_menu_choice_new (option->id);
    choice->quantity = osc_option_chip_quantity (chip);
    for (GtkWidget *group = gtk_widget_get_first_child (self->below); group != NULL;
         group = gtk_widget_get_next_sibling (group))
      if (g_object_get_data (G_OBJECT (group), "osc-option") == option)
        osc_option_group_collect (OSC_OPTION_GROUP (group), choice->options);
    g_ptr_array_add (choices, choice);
  }
}

static const OsyMenuChoice *
find_choice (GPtrArray *choices, const char *option_id)
{
  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);

    if (g_strcmp0 (choice->option_id, option_id) == 0)
      return choice;
  }
  return NULL;
}

static void
restore_chip (OscOptionGroup *self, OscOptionChip *chip, const OsyMenuChoice *choice)
{
  gboolean taken = choice != NULL && !osc_option_chip_is_sold_out (chip);

  set_quantity (self, chip, taken ? (int)choice->quantity : 0);
  for (GtkWidget *group = gtk_widget_get_first_child (self->below); taken && group != NULL;
       group = gtk_widget_get_next_sibling (group))
    if (g_object_get_data (G_OBJECT (group), "osc-option") == osc_option_chip_option (chip))
      osc_option_group_restore (OSC_OPTION_GROUP (group), choice->options);
}

void
osc_option_group_restore (OscOptionGroup *self, GPtrArray *choices)
{
  g_return_if_fail (OSC_IS_OPTION_GROUP (self) && choices != NULL);
  OscOptionChip *chip;

  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++)
    restore_chip (self, chip, find_choice (choices, osc_option_chip_option (chip)->id));
}

gint64
osc_option_group_price (OscOptionGroup *self)
{
  g_return_val_if_fail (OSC_IS_OPTION_GROUP (self), 0);
  OscOptionChip *chip;
  gint64 sum = 0;

  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++) {
    gint64 each = osc_option_chip_price (chip);

    for (GtkWidget *group = gtk_widget_get_first_child (self->below); group != NULL;
         group = gtk_widget_get_next_sibling (group))
      if (g_object_get_data (G_OBJECT (group), "osc-option") == osc_option_chip_option (chip))
        each += osc_option_group_price (OSC_OPTION_GROUP (group));
    sum += each * osc_option_chip_quantity (chip);
  }
  return sum;
}

OscOptionGroup *
osc_option_group_missing (OscOptionGroup *self)
{
  g_return_val_if_fail (OSC_IS_OPTION_GROUP (self), NULL);
  int lacking = (int)self->group->min - count_taken (self);

  if (lacking > 0) {
    g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "Choose %d more", "Choose %d more", lacking), lacking);

    say (self, text);
    return self;
  }
  for (GtkWidget *group = gtk_widget_get_first_child (self->below); group != NULL;
       group = gtk_widget_get_next_sibling (group)) {
    OscOptionGroup *found = osc_option_group_missing (OSC_OPTION_GROUP (group));

    if (found != NULL)
      return found;
  }
  return NULL;
}

gboolean
osc_option_group_tap (OscOptionGroup *self, guint *nth)
{
  g_return_val_if_fail (OSC_IS_OPTION_GROUP (self), FALSE);
  OscOptionChip *chip;

  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++, --*nth)
    if (*nth == 0) {
      if (!osc_option_chip_is_sold_out (chip))
        on_tapped (chip, 1, self);
      return TRUE;
    }
  for (GtkWidget *group = gtk_widget_get_first_child (self->below); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    if (osc_option_group_tap (OSC_OPTION_GROUP (group), nth))
      return TRUE;
  return FALSE;
}

/* ---- life ---- */

static void
osc_option_group_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_OPTION_GROUP);
  G_OBJECT_CLASS (osc_option_group_parent_class)->dispose (object);
}

static void
osc_option_group_class_init (OscOptionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_option_group_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-option-group.ui");
  gtk_widget_class_bind_template_child (widget_class, OscOptionGroup, name);
  gtk_widget_class_bind_template_child (widget_class, OscOptionGroup, rule);
  gtk_widget_class_bind_template_child (widget_class, OscOptionGroup, words);
  gtk_widget_class_bind_template_child (widget_class, OscOptionGroup, chips);
  gtk_widget_class_bind_template_child (widget_class, OscOptionGroup, below);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "optiongroup");
}

static void
osc_option_group_init (OscOptionGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

/* (transfer full): how many are to be taken, in words. */
static char *
rule_text (const OsyMenuGroup *group)
{
  int min = (int)group->min;
  int max = (int)group->max;

  if (min == 0)
    return g_strdup_printf (g_dngettext (NULL, "Up to %d", "Up to %d", (gulong)max), max);
  if (min == max)
    return g_strdup_printf (g_dngettext (NULL, "Exactly %d", "Exactly %d", (gulong)max), max);
  return g_strdup_printf (_ ("%d to %d"), min, max);
}

static void
add_chips (OscOptionGroup *self)
{
  gint64 now = osy_clock_now ();

  for (guint i = 0; i < self->group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (self->group->options, i);
    gint64 price = 0;
    GtkWidget *chip;

    if (!osy_menu_price_at (self->menu, option->prices, self->channel, now, &price))
      price = 0;
    chip = osc_option_chip_new (option, price, self->group->max > 1 && option->max != 1);
    g_signal_connect_object (chip, "tapped", G_CALLBACK (on_tapped), self, G_CONNECT_DEFAULT);
    gtk_flow_box_append (GTK_FLOW_BOX (self->chips), chip);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
}

static void
take_default (OscOptionGroup *self)
{
  OscOptionChip *chip;

  if (self->group->min != 1 || self->group->max != 1)
    return;
  for (int i = 0; (chip = chip_at (self, i)) != NULL; i++)
    if (!osc_option_chip_is_sold_out (chip)) {
      set_quantity (self, chip, 1);
      return;
    }
}

GtkWidget *
osc_option_group_new (OsyMenu *menu, const OsyMenuGroup *group, const char *channel)
{
  OscOptionGroup *self = g_object_new (OSC_TYPE_OPTION_GROUP, NULL);
  g_autofree char *rule = rule_text (group);

  self->group = group;
  self->menu = menu;
  self->channel = channel;
  gtk_label_set_label (GTK_LABEL (self->name), group->name);
  gtk_label_set_label (GTK_LABEL (self->rule), rule);
  osc_widget_set_class (self->rule, "must", group->min > 0);
  add_chips (self);
  take_default (self);
  return GTK_WIDGET (self);
}
