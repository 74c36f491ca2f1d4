/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Two calendars and a button. */

#include "osc-range-pick.h"

struct _OscRangePick {
  GtkPopover parent_instance;
  GtkWidget *from;
  GtkWidget *to;
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
osc_range_pick_set (OscRangePick *self, const GDate *from, const GDate *to)
{
  g_return_if_fail (OSC_IS_RANGE_PICK (self));
  select_day (self->from, from);
  select_day (self->to, to);
}

void
osc_range_pick_get (OscRangePick *self, GDate *one, GDate *other)
{
  g_return_if_fail (OSC_IS_RANGE_PICK (self));
  selected_day (self->from, one);
  selected_day (self->to, other);
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
  gtk_widget_class_bind_template_callback (widget_class, on_show);
}

static void
osc_range_pick_init (OscRangePick *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
