/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Two calendars and a button. */

#include "osc-range-pick.h"

#include <glib/gi18n.h>

#include "osc-sales-words.h"

struct _OscRangePick {
  GtkPopover parent_instance;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *words;
  GDate today;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscRangePick, osc_range_pick, GTK_TYPE_POPOVER)

static void
on_show (OscRangePick *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void on_day (OscRangePick *self);

static void
select_day (GtkWidget *calendar, const GDate *day)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (g_date_get_year (day), g_date_get_month (day),
                                                    g_date_get_day (day), 12, 0, 0);

  gtk_calendar_select_day (GTK_CALENDAR (calendar), time);
}

static void
selected_day (GtkWidget *calendar, GDate *ret)
{
  g_autoptr (GDateTime) time = gtk_calendar_get_date (GTK_CALENDAR (calendar));

  g_date_clear (ret, 1);
  g_date_set_dmy (ret, (GDateDay)g_date_time_get_day_of_month (time),
                  (GDateMonth)g_date_time_get_month (time), (GDateYear)g_date_time_get_year (time));
}

void
osc_range_pick_set (OscRangePick *self, const OscSalesRange *range, const GDate *today)
{
  g_return_if_fail (OSC_IS_RANGE_PICK (self) && range != NULL && today != NULL);
  self->today = *today;
  select_day (self->from, &range->from);
  select_day (self->to, &range->to);
  on_day (self);
}

void
osc_range_pick_get (OscRangePick *self, OscSalesRange *range)
{
  g_return_if_fail (OSC_IS_RANGE_PICK (self) && range != NULL);
  GDate one;
  GDate other;

  selected_day (self->from, &one);
  selected_day (self->to, &other);
  osc_sales_range_set_free (range, &one, &other, &self->today);
}

/* The days that will be shown are said before: they may be fewer than was picked. */
static void
on_day (OscRangePick *self)
{
  OscSalesRange range;

  if (!g_date_valid (&self->today))
    return;
  osc_range_pick_get (self, &range);
  int days = osc_sales_range_days (&range);
  g_autofree char *words = osc_sales_words_range (&range, &self->today);
  g_autofree char *count =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", (gulong)days), days);
  g_autofree char *text = g_strdup_printf ("%s · %s", words, count);
  gtk_label_set_label (GTK_LABEL (self->words), text);
}

static void
osc_range_pick_class_init (OscRangePickClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", OSC_TYPE_RANGE_PICK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/analytics/osc-range-pick.ui");
  gtk_widget_class_bind_template_child (widget_class, OscRangePick, from);
  gtk_widget_class_bind_template_child (widget_class, OscRangePick, to);
  gtk_widget_class_bind_template_child (widget_class, OscRangePick, words);
  gtk_widget_class_bind_template_callback (widget_class, on_day);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
}

static void
osc_range_pick_init (OscRangePick *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
