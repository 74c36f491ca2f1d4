/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The day picker. Days are business days: after midnight yesterday's goes on until the cut-off. */

#include "osc-past-day.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

struct _OscPastDay {
  GtkWidget parent_instance;
  GtkWidget *previous;
  GtkWidget *picker; /* GtkMenuButton */
  GtkWidget *words;
  GtkWidget *popover;
  GtkWidget *calendar;
  GtkWidget *next;
  char *today;
  char *day; /* NULL: every day */
  gboolean showing;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPastDay, osc_past_day, GTK_TYPE_WIDGET)

/* (transfer full): @day moved by @days, at most @today. */
static char *
moved (const char *day, int days, const char *today)
{
  char text[16];
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  if (!g_date_valid (&date))
    return g_strdup (today);
  if (days >= 0)
    g_date_add_days (&date, (guint)days);
  else
    g_date_subtract_days (&date, (guint)-days);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  return g_strdup (g_strcmp0 (text, today) > 0 ? today : text);
}

static char *
day_words (OscPastDay *self)
{
  g_autofree char *yesterday = moved (self->today, -1, self->today);
  g_autofree char *words = osc_words_day (self->day);

  if (self->day == NULL)
    return g_strdup (_ ("Every day"));
  if (g_str_equal (self->day, self->today))
    /* Translators: %s is a day, "Sat 21 Nov" */
    return g_strdup_printf (_ ("Today %s"), words);
  if (g_str_equal (self->day, yesterday))
    return g_strdup_printf (_ ("Yesterday %s"), words);
  return g_steal_pointer (&words);
}

static void
show_calendar (OscPastDay *self)
{
  int year = 0;
  int month = 0;
  int day = 0;

  if (sscanf (self->day != NULL ? self->day : self->today, "%d-%d-%d", &year, &month, &day) != 3)
    return;
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 12, 0, 0);

  self->showing = TRUE;
  if (date != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
  self->showing = FALSE;
}

static void
show (OscPastDay *self)
{
  g_autofree char *words = day_words (self);

  gtk_label_set_label (GTK_LABEL (self->words), words);
  osc_widget_set_name (self->picker, words);
  gtk_widget_set_sensitive (self->next, self->day != NULL && !g_str_equal (self->day, self->today));
  show_calendar (self);
}

/* @day: (transfer full) (nullable). */
static void
choose (OscPastDay *self, char *day)
{
  g_autofree char *taken = day;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->picker));
  if (g_strcmp0 (taken, self->day) == 0)
    return;
  osc_past_day_set (self, taken);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_day_selected (OscPastDay *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");

  if (!self->showing)
    choose (self, moved (day, 0, self->today));
}

static void
on_today (OscPastDay *self)
{
  choose (self, g_strdup (self->today));
}

static void
on_yesterday (OscPastDay *self)
{
  choose (self, moved (self->today, -1, self->today));
}

static void
on_every_day (OscPastDay *self)
{
  choose (self, NULL);
}

static void
on_previous (OscPastDay *self)
{
  osc_past_day_step (self, -1);
}

static void
on_next (OscPastDay *self)
{
  osc_past_day_step (self, 1);
}

static void
osc_past_day_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAST_DAY);
  G_OBJECT_CLASS (osc_past_day_parent_class)->dispose (object);
}

static void
osc_past_day_finalize (GObject *object)
{
  OscPastDay *self = OSC_PAST_DAY (object);

  g_free (self->today);
  g_free (self->day);
  G_OBJECT_CLASS (osc_past_day_parent_class)->finalize (object);
}

static void
osc_past_day_class_init (OscPastDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_past_day_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_past_day_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", OSC_TYPE_PAST_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/past/osc-past-day.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPastDay, previous);
  gtk_widget_class_bind_template_child (widget_class, OscPastDay, picker);
  gtk_widget_class_bind_template_child (widget_class, OscPastDay, words);
  gtk_widget_class_bind_template_child (widget_class, OscPastDay, popover);
  gtk_widget_class_bind_template_child (widget_class, OscPastDay, calendar);
  gtk_widget_class_bind_template_child (widget_class, OscPastDay, next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_today);
  gtk_widget_class_bind_template_callback (widget_class, on_yesterday);
  gtk_widget_class_bind_template_callback (widget_class, on_every_day);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pastday");
}

static void
osc_past_day_init (OscPastDay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->today = g_strdup ("1970-01-01");
}

void
osc_past_day_set_today (OscPastDay *self, const char *today)
{
  g_return_if_fail (OSC_IS_PAST_DAY (self) && today != NULL);

  g_free (self->today);
  self->today = g_strdup (today);
  show (self);
}

void
osc_past_day_set (OscPastDay *self, const char *day)
{
  g_return_if_fail (OSC_IS_PAST_DAY (self));
  g_autofree char *old = self->day;

  self->day = g_strdup (day);
  show (self);
}

const char *
osc_past_day_get (OscPastDay *self)
{
  g_return_val_if_fail (OSC_IS_PAST_DAY (self), NULL);
  return self->day;
}

void
osc_past_day_step (OscPastDay *self, int days)
{
  g_return_if_fail (OSC_IS_PAST_DAY (self));

  choose (self, moved (self->day != NULL ? self->day : self->today, days, self->today));
}
