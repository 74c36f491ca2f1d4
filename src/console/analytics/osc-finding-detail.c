/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* One finding in the drawer: its reason, and what somebody thinks of it. */

#include "osc-finding-detail.h"

#include <glib/gi18n.h>

#include "osc-findings.h"
#include "osc-sales-words.h"
#include "osc-scale.h"
#include "osc-widget.h"

#define OSC_TYPE_FINDING_DETAIL (osc_finding_detail_get_type ())
G_DECLARE_FINAL_TYPE (OscFindingDetail, osc_finding_detail, OSC, FINDING_DETAIL, GtkWidget)

struct _OscFindingDetail {
  GtkWidget parent_instance;
  GtkWidget *verdicts[2]; /* not useful, useful */
  OscFindingStore *store;
  OscFinding *finding;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (OscFindingDetail, osc_finding_detail, GTK_TYPE_WIDGET)

char *
osc_finding_detail_formula (const OscFinding *finding)
{
  g_return_val_if_fail (finding != NULL, NULL);
  if (finding->weeks == 0) {
    g_autofree char *reason = osc_findings_reason (finding, FALSE);
    return g_strdup_printf (
        /* Translators: %s is a sentence: "2 would be usual for as many payments" */
        _ ("%s. Told where chance alone would bring it less than once in a thousand days"), reason);
  }
  gboolean sales = g_str_has_prefix (finding->kind, "SALES_");
  g_autofree char *low =
      sales ? osc_words_money (finding->low) : osc_sales_words_count (finding->low);
  g_autofree char *high =
      sales ? osc_words_money (finding->high) : osc_sales_words_count (finding->high);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   /* Translators: %1$s, %2$s: amounts; %3$d weeks */
                   "Nine of ten such days lie between %1$s and %2$s, by the same weekday of %3$d "
                   "week and how the last four went",
                   "Nine of ten such days lie between %1$s and %2$s, by the same weekdays of %3$d "
                   "weeks and how the last four went",
                   (gulong)finding->weeks),
      low, high, (int)finding->weeks);
}

/* ---- dishes ---- */

static void
add_cell (GtkGrid *grid, const char *text, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (column == 0)
    osc_scale_let_wrap (GTK_LABEL (label));
  gtk_widget_set_hexpand (label, column == 0);
  gtk_widget_add_css_class (label, column == 2 ? "secondary" : "body");
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
add_items (OscFindingDetail *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (grid, "finding-items");
  for (guint i = 0; i < self->finding->items->len; i++) {
    const OscFindingItem *item = self->finding->items->pdata[i];
    g_autofree char *sales = osc_words_money (item->sales);
    g_autofree char *money = osc_words_money (item->usual);
    /* Translators: an amount of money: what a dish usually sells for */
    g_autofree char *usual = g_strdup_printf (_ ("usually %s"), money);

    add_cell (GTK_GRID (grid), item->name, 0, (int)i);
    add_cell (GTK_GRID (grid), sales, 1, (int)i);
    add_cell (GTK_GRID (grid), usual, 2, (int)i);
  }
  gtk_widget_set_visible (grid, self->finding->items->len > 0);
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
}

/* ---- useful or not ---- */

static void
show (OscFindingDetail *self)
{
  const OscFinding *now = osc_finding_store_find (self->store, self->finding);

  self->showing = TRUE;
  for (int i = 0; i < 2; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->verdicts[i]),
                                  now != NULL && now->useful == i);
  self->showing = FALSE;
}

/* Pressed once more it is taken back. */
static void
on_toggled (GtkToggleButton *button, OscFindingDetail *self)
{
  int useful = GTK_WIDGET (button) == self->verdicts[1] ? 1 : 0;

  if (!self->showing)
    osc_finding_store_judge (self->store, self->finding,
                             gtk_toggle_button_get_active (button) ? useful : -1);
}

static void
add_verdicts (OscFindingDetail *self)
{
  const char *const words[] = {_ ("Not useful"), _ ("Useful")};
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *question = osc_widget_new_text (_ ("Was that worth knowing?"), "secondary");
  GtkWidget *switcher = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (question, TRUE);
  gtk_widget_set_valign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (switcher, "switcher");
  gtk_widget_add_css_class (row, "finding-verdict");
  gtk_box_append (GTK_BOX (row), question);
  gtk_box_append (GTK_BOX (row), switcher);
  for (int i = 1; i >= 0; i--) {
    self->verdicts[i] = gtk_toggle_button_new_with_label (words[i]);
    g_signal_connect (self->verdicts[i], "toggled", G_CALLBACK (on_toggled), self);
    gtk_box_append (GTK_BOX (switcher), self->verdicts[i]);
  }
  gtk_widget_set_parent (row, GTK_WIDGET (self));
}

/* ---- life ---- */

static void
osc_finding_detail_dispose (GObject *object)
{
  OscFindingDetail *self = OSC_FINDING_DETAIL (object);

  osc_widget_drop_children (GTK_WIDGET (self));
  g_clear_object (&self->store);
  g_clear_pointer (&self->finding, osc_finding_unref);
  G_OBJECT_CLASS (osc_finding_detail_parent_class)->dispose (object);
}

static void
osc_finding_detail_class_init (OscFindingDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_finding_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "findingdetail");
}

static void
osc_finding_detail_init (OscFindingDetail *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_finding_detail_new (OscFindingStore *store, OscFinding *finding)
{
  g_return_val_if_fail (OSC_IS_FINDING_STORE (store) && finding != NULL, NULL);
  OscFindingDetail *self = g_object_new (OSC_TYPE_FINDING_DETAIL, NULL);

  self->store = g_object_ref (store);
  self->finding = osc_finding_ref (finding);
  add_items (self);
  add_verdicts (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
