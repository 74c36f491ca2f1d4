/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* What was different, each in a sentence that can be pressed. */

#include "osc-findings.h"

#include <glib/gi18n.h>

#include "osc-sales-words.h"
#include "osc-scale.h"
#include "osc-widget.h"

struct _OscFindings {
  GtkWidget parent_instance;
  GtkWidget *box;
  OscFindingStore *store; /* nullable */
  GPtrArray *shown;       /* (nullable): of OscFinding */
  OscFindingState state;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscFindings, osc_findings, GTK_TYPE_WIDGET)

/* ---- words ---- */

typedef enum { OF_SALES, OF_ORDERS, OF_REFUNDS } Of;

static Of
of (const OscFinding *finding)
{
  return g_str_has_prefix (finding->kind, "SALES_")    ? OF_SALES
         : g_str_has_prefix (finding->kind, "ORDERS_") ? OF_ORDERS
                                                       : OF_REFUNDS;
}

static char *
amount (const OscFinding *finding, gint64 value)
{
  return of (finding) == OF_SALES ? osc_words_money (value) : osc_sales_words_count (value);
}

/* (transfer full): of what the shop sold. */
static char *
deviation (const OscFinding *finding)
{
  /* Translators: %s is money, or "12 orders" */
  static const char *const sentences[2][2] = {
      {N_ ("Sales %s below usual"), N_ ("Sales %s above usual")},
      {N_ ("%s fewer than usual"), N_ ("%s more than usual")},
  };
  gboolean more = osc_finding_is_more (finding);
  const char *sentence = sentences[of (finding) == OF_ORDERS][more ? 1 : 0];
  g_autofree char *by = amount (finding, ABS (finding->observed - finding->expected));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* all of them from the table */
  return g_strdup_printf (_ (sentence), by);
#pragma GCC diagnostic pop
}

/* (transfer full) */
static char *
day_words (const GDate *day, gboolean weekday)
{
  g_autofree char *text = osc_sales_range_print (day);

  return weekday ? g_strdup (osc_words_weekday (g_date_get_weekday (day))) : osc_words_day (text);
}

/* (transfer full): "Wed 18 Nov – Fri 20 Nov", in a week "Wed–Fri". */
static char *
days_words (const OscFinding *finding, gboolean in_week)
{
  GDate day;

  if (!osc_sales_range_read (finding->day, &day))
    return g_strdup (finding->day);
  g_autofree char *last = day_words (&day, in_week);
  if (osc_finding_days (finding) == 1)
    return g_steal_pointer (&last);
  g_date_subtract_days (&day, (guint)osc_finding_days (finding) - 1);
  g_autofree char *first = day_words (&day, in_week);
  return g_strdup_printf (in_week ? "%s–%s" : "%s – %s", first, last);
}

char *
osc_findings_title (const OscFinding *finding, OscFindingWhen when)
{
  g_return_val_if_fail (finding != NULL, NULL);
  g_autofree char *sentence =
      of (finding) == OF_REFUNDS
          /* Translators: %1$s: a person's name */
          ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s gave %2$d refund",
                                          "%1$s gave %2$d refunds", (gulong)finding->observed),
                             finding->name != NULL ? finding->name : _ ("Somebody"),
                             (int)finding->observed)
          : deviation (finding);
  g_autofree char *days = days_words (finding, when == OSC_FINDING_IN_WEEK);

  if (when == OSC_FINDING_ON_DAY && osc_finding_days (finding) == 1)
    return g_steal_pointer (&sentence);
  /* Translators: a day, or two with a dash, and a sentence on it */
  return g_strdup_printf (_ ("%1$s: %2$s"), days, sentence);
}

/* (transfer full): "Kimbap −12,000원" */
static char *
item_words (const OscFindingItem *item)
{
  gint64 by = item->sales - item->usual;
  g_autofree char *money = osc_words_money (ABS (by));

  return g_strdup_printf ("%s %s%s", item->name, by < 0 ? "−" : "+", money);
}

char *
osc_findings_reason (const OscFinding *finding, gboolean item)
{
  g_return_val_if_fail (finding != NULL, NULL);
  if (of (finding) == OF_REFUNDS)
    return finding->expected > 0
               ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "%d would be usual for as many payments",
                                               "%d would be usual for as many payments",
                                               (gulong)finding->expected),
                                  (int)finding->expected)
               : g_strdup (_ ("Usually there is hardly one for as many payments"));
  g_autofree char *low = amount (finding, finding->low);
  g_autofree char *high = amount (finding, finding->high);
  /* Translators: two amounts of money, or of orders */
  g_autofree char *usual = g_strdup_printf (_ ("Usually %1$s to %2$s"), low, high);
  if (!item || finding->items->len == 0)
    return g_steal_pointer (&usual);
  g_autofree char *first = item_words (finding->items->pdata[0]);
  return g_strdup_printf ("%s · %s", usual, first);
}

/* ---- the line ---- */

static void
on_pressed (GtkWidget *button, OscFindings *self)
{
  OscFinding *finding = g_object_get_data (G_OBJECT (button), "finding");

  g_signal_emit (self, signals[CHOSEN], 0, finding);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  osc_scale_let_wrap (GTK_LABEL (label));
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
new_button (OscFindings *self, OscFinding *finding)
{
  gboolean more = osc_finding_is_more (finding);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *arrow = gtk_label_new (more ? "▲" : "▼");
  OscFindingWhen when =
      osc_finding_store_is_long (self->store) ? OSC_FINDING_IN_WEEK : OSC_FINDING_ON_DAY;
  g_autofree char *title = osc_findings_title (finding, when);
  g_autofree char *reason = osc_findings_reason (finding, self->shown->len < OSC_FINDINGS_MOST);
  g_autofree char *name = g_strdup_printf ("%s. %s", title, reason);
  GtkWidget *sentence = new_label (title, "finding-title");

  gtk_widget_add_css_class (arrow, "figure-change");
  osc_widget_set_class (arrow, "good", more && of (finding) != OF_REFUNDS);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
  gtk_label_set_lines (GTK_LABEL (sentence), 2);
  gtk_box_append (GTK_BOX (words), sentence);
  gtk_box_append (GTK_BOX (words), new_label (reason, "secondary"));
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "finding");
  gtk_widget_set_tooltip_text (button, name);
  osc_widget_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "finding", osc_finding_ref (finding),
                          (GDestroyNotify)osc_finding_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (on_pressed), self);
  return button;
}

static void
add_quiet (OscFindings *self, const char *text)
{
  GtkWidget *label = new_label (text, "secondary");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
add_retry (OscFindings *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Try again"));

  gtk_widget_add_css_class (button, "outlined");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (osc_finding_store_retry), self->store);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
fill (OscFindings *self)
{
  GtkWidget *title;
  GtkWidget *row;

  osc_widget_drop_children (self->box);
  title = gtk_label_new (_ ("What was different"));
  gtk_widget_add_css_class (title, "chart-title");
  gtk_box_append (GTK_BOX (self->box), title);
  if (self->shown->len > 0) {
    row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
    gtk_widget_set_hexpand (row, TRUE);
    for (guint i = 0; i < self->shown->len; i++)
      gtk_box_append (GTK_BOX (row), new_button (self, self->shown->pdata[i]));
    gtk_box_append (GTK_BOX (self->box), row);
  } else if (self->state == OSC_FINDINGS_EARLY) {
    add_quiet (self, _ ("Said once three weeks are known"));
  } else if (self->state == OSC_FINDINGS_READ) {
    add_quiet (self, osc_finding_store_is_long (self->store)
                         ? _ ("Nothing. These days were like others of their weekday")
                         : _ ("Nothing. This day was like others of its weekday"));
  }
  if (self->state == OSC_FINDINGS_FAILED) {
    if (self->shown->len == 0)
      add_quiet (self, _ ("It couldn't be read"));
    add_retry (self);
  }
}

static gboolean
is_shown (OscFindings *self, GPtrArray *list)
{
  if (self->shown == NULL || self->shown->len != list->len)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (self->shown->pdata[i] != list->pdata[i])
      return FALSE;
  return TRUE;
}

static void
show (OscFindings *self)
{
  g_autoptr (GPtrArray) list = osc_finding_store_list (self->store);
  OscFindingState state = osc_finding_store_state (self->store);

  if (state == self->state && is_shown (self, list))
    return; /* a button may have the focus */
  self->state = state;
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_steal_pointer (&list);
  fill (self);
}

void
osc_findings_follow (OscFindings *self, OscFindingStore *store)
{
  g_return_if_fail (OSC_IS_FINDINGS (self) && OSC_IS_FINDING_STORE (store));
  g_set_object (&self->store, store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_findings_dispose (GObject *object)
{
  OscFindings *self = OSC_FINDINGS (object);

  osc_widget_drop_children (GTK_WIDGET (self));
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_findings_parent_class)->dispose (object);
}

static void
osc_findings_class_init (OscFindingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_findings_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", OSC_TYPE_FINDINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "findings");
}

static void
osc_findings_init (OscFindings *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (self->box, TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
