/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A reason without a button of its own: it is kept while it is typed. */

#include "osc-till-chips.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

#define REASON_MAX 200

struct _OscTillChips {
  GtkWidget parent_instance;
  GtkWidget *chips;
  GtkWidget *own;
  gboolean showing;
};

enum { CHANGED, SUBMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTillChips, osc_till_chips, GTK_TYPE_WIDGET)

static GtkWidget *
next_chip (OscTillChips *self, GtkWidget *after)
{
  GtkWidget *child = after != NULL ? gtk_widget_get_next_sibling (gtk_widget_get_parent (after))
                                   : gtk_widget_get_first_child (self->chips);

  return child != NULL ? gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)) : NULL;
}

char *
osc_till_chips_get (OscTillChips *self)
{
  g_return_val_if_fail (OSC_IS_TILL_CHIPS (self), NULL);
  char *own = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->own))));

  if (*own != '\0')
    return own;
  g_free (own);
  for (GtkWidget *chip = next_chip (self, NULL); chip != NULL; chip = next_chip (self, chip))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
      return g_strdup (gtk_button_get_label (GTK_BUTTON (chip)));
  return NULL;
}

static void
tell (OscTillChips *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chip (OscTillChips *self, GtkToggleButton *chip)
{
  gboolean was = self->showing;

  self->showing = TRUE;
  if (gtk_toggle_button_get_active (chip))
    gtk_editable_set_text (GTK_EDITABLE (self->own), "");
  self->showing = was;
  tell (self);
}

static void
on_own (OscTillChips *self)
{
  gboolean was = self->showing;

  self->showing = TRUE;
  if (gtk_editable_get_text (GTK_EDITABLE (self->own))[0] != '\0')
    for (GtkWidget *chip = next_chip (self, NULL); chip != NULL; chip = next_chip (self, chip))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), FALSE);
  self->showing = was;
  tell (self);
}

static void
on_submitted (OscTillChips *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

void
osc_till_chips_offer (OscTillChips *self, const char *const *reasons)
{
  g_return_if_fail (OSC_IS_TILL_CHIPS (self));
  GtkWidget *group = NULL;

  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->chips)) != NULL;)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->chips), child);
  for (guint i = 0; reasons[i] != NULL; i++) {
    GtkWidget *chip = gtk_toggle_button_new_with_label (_ (reasons[i]));
    gtk_widget_add_css_class (chip, "reason-chip");
    gtk_widget_set_focus_on_click (chip, FALSE);
    if (group != NULL)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
    group = group != NULL ? group : chip;
    g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip), self, G_CONNECT_SWAPPED);
    gtk_flow_box_append (GTK_FLOW_BOX (self->chips), chip);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
  osc_till_chips_set (self, NULL);
}

void
osc_till_chips_set (OscTillChips *self, const char *reason)
{
  g_return_if_fail (OSC_IS_TILL_CHIPS (self));
  gboolean found = FALSE;

  self->showing = TRUE;
  for (GtkWidget *chip = next_chip (self, NULL); chip != NULL; chip = next_chip (self, chip)) {
    gboolean on = g_strcmp0 (gtk_button_get_label (GTK_BUTTON (chip)), reason) == 0;
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), on);
    found = found || on;
  }
  gtk_editable_set_text (GTK_EDITABLE (self->own), !found && reason != NULL ? reason : "");
  self->showing = FALSE;
}

static void
osc_till_chips_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_till_chips_parent_class)->dispose (object);
}

static void
osc_till_chips_class_init (OscTillChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_till_chips_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SUBMITTED] = g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tillchips");
}

static void
osc_till_chips_init (OscTillChips *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 2);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->chips), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->chips), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips), 8);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->chips), 8);
  gtk_widget_set_parent (self->chips, GTK_WIDGET (self));
  self->own = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->own), _ ("In your own words"));
  gtk_entry_set_max_length (GTK_ENTRY (self->own), REASON_MAX);
  osc_widget_set_name (self->own, _ ("In your own words"));
  g_signal_connect_object (self->own, "changed", G_CALLBACK (on_own), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->own, "activate", G_CALLBACK (on_submitted), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->own, GTK_WIDGET (self));
}

GtkWidget *
osc_till_chips_new (void)
{
  return g_object_new (OSC_TYPE_TILL_CHIPS, NULL);
}
