/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* The view of what was sold. */

#include "osc-analytics.h"

#include <glib/gi18n.h>

#include "osc-chart.h"
#include "osc-finding-detail.h"
#include "osc-findings.h"
#include "osc-range-pick.h"
#include "osc-sales-drawer.h"
#include "osc-sales-export.h"
#include "osc-sales-page.h"
#include "osc-sales-series.h"
#include "osc-sales-words.h"
#include "osc-scale.h"
#include "osc-stage.h"
#include "osc-toasts.h"
#include "osc-toolbar.h"
#include "osc-widget.h"
#include "osy-clock.h"

#define WIDE 1600 /* of the window, at 100 % */
#define TICK_SECONDS 60
#define FEW_DAYS 7

#define QUARTER_DAYS 90

typedef enum {
  PRESET_TODAY,
  PRESET_YESTERDAY,
  PRESET_WEEK,
  PRESET_MONTH,
  PRESET_QUARTER,
  N_PRESETS
} Preset;

struct _OscAnalytics {
  GtkWidget parent_instance;
  GtkWidget *presets[N_PRESETS];
  GtkWidget *free;
  GtkWidget *range_words;
  GtkWidget *pick;
  GtkWidget *about;
  GtkWidget *stack;
  GtkWidget *page;
  GtkWidget *drawer;
  GtkWidget *export;
  GtkWidget *from; /* (nullable): the focus that the drawer took; weak */
  OscSalesStore *store;
  OscFindingStore *findings;
  OscShopStore *shop;
  OscSalesRange range;
  GDate today; /* the business day, as it is shown */
  guint tick_source;
  gboolean live;
  gboolean showing;
  gboolean wide;
};

static void osc_analytics_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscAnalytics,
                               osc_analytics,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_analytics_view_init))

/* ---- time ---- */

/* The days that @preset stands for on @today. */
static OscSalesRange
preset_range (Preset preset, const GDate *today)
{
  static const OscSpan spans[N_PRESETS] = {OSC_SPAN_DAY, OSC_SPAN_DAY, OSC_SPAN_WEEK,
                                           OSC_SPAN_MONTH, OSC_SPAN_FREE};
  OscSalesRange range;
  GDate day = *today;

  if (preset == PRESET_YESTERDAY)
    g_date_subtract_days (&day, 1);
  osc_sales_range_set (&range, spans[preset], &day, today);
  if (preset == PRESET_QUARTER) {
    g_date_subtract_days (&day, QUARTER_DAYS - 1);
    osc_sales_range_set_free (&range, &day, today, today);
  }
  return range;
}

/* Returns: the preset that @self shows on its day; N_PRESETS: days of one's own. */
static Preset
find_preset (OscAnalytics *self)
{
  for (int i = 0; i < N_PRESETS; i++) {
    OscSalesRange range = preset_range ((Preset)i, &self->today);

    if (osc_sales_range_equal (&range, &self->range))
      return (Preset)i;
  }
  return N_PRESETS;
}

/* A page that stays open goes on with the days of the shop: today is today. Returns: whether
 * another day has begun. */
static gboolean
follow_day (OscAnalytics *self)
{
  g_autofree char *text = osc_shop_store_business_day (self->shop, osy_clock_now ());
  GDate today;

  if (!osc_sales_range_read (text, &today) ||
      (g_date_valid (&self->today) && g_date_compare (&self->today, &today) == 0))
    return FALSE;
  Preset preset = g_date_valid (&self->today) ? find_preset (self) : PRESET_TODAY;
  self->today = today;
  if (preset != N_PRESETS)
    self->range = preset_range (preset, &today);
  return TRUE;
}

/* (transfer full) (nullable): the shop's time of day, while it is open and @self goes up to today:
 * the last day is not over, so what it is compared with ends then too. */
static char *
until_of (OscAnalytics *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);

  if (shop == NULL || g_date_compare (&self->range.to, &self->today) != 0 ||
      g_strcmp0 (osy_shop_data (shop)->open_state, OSY_SHOP_CLOSED) == 0)
    return NULL;
  g_autoptr (GTimeZone) zone = osy_clock_zone (osy_shop_data (shop)->time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (osy_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  return local != NULL ? g_date_time_format (local, "%H:%M") : NULL;
}

/* ---- what is shown ---- */

/* Of a shop that has just begun, nothing can be compared. */
static gboolean
is_new (OscAnalytics *self)
{
  const OscSalesFigures *trend = osc_sales_store_figures (self->store, OSC_SALES_TREND);

  return trend != NULL && osc_sales_figures_n (trend, OSC_SALES_DAYS) < FEW_DAYS &&
         osc_sales_figures_n (trend, OSC_SALES_AGAINST_DAYS) == 0;
}

static char *
about (OscAnalytics *self)
{
  const OscSalesFigures *read = osc_sales_store_figures (self->store, OSC_SALES_CHOSEN);
  gint64 read_at = osc_sales_store_read_at (self->store, OSC_SALES_CHOSEN);
  gboolean stale = osc_sales_store_failed (self->store, OSC_SALES_CHOSEN) || !self->live;
  g_autofree char *time = osc_words_clock (read_at);

  if (stale && read_at != 0)
    return g_strdup_printf (_ ("The server can't be reached. These are the figures of %s"), time);
  if (is_new (self))
    return g_strdup (_ ("There is something to compare with after a week"));
  if (read != NULL && read->compared && !osc_sales_words_is_compared (read))
    return g_strdup (_ ("Nothing was sold then, so there is nothing to compare with"));
  return osc_sales_words_compared (&self->range, &self->today, osc_sales_store_until (self->store));
}

static void
show_presets (OscAnalytics *self)
{
  Preset preset = find_preset (self);
  gboolean own = preset == N_PRESETS;
  g_autofree char *words =
      own ? osc_sales_words_range (&self->range, &self->today) : g_strdup (_ ("Period"));

  for (int i = 0; i < N_PRESETS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->presets[i]), (Preset)i == preset);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->free), own);
  gtk_label_set_label (GTK_LABEL (self->range_words), words);
  osc_widget_set_name (self->free, words);
}

/* What cannot be compared at all yet is said above. The charts below make room for the line. */
static void
show_findings (OscAnalytics *self)
{
  GtkWidget *line = GTK_WIDGET (osc_sales_page_findings (OSC_SALES_PAGE (self->page)));
  OscFindingState state = osc_finding_store_state (self->findings);
  gboolean told = state != OSC_FINDINGS_NONE && (state != OSC_FINDINGS_EARLY || !is_new (self));

  gtk_widget_set_visible (line, told);
  osc_widget_set_class (GTK_WIDGET (self), "told", told);
}

static void
show (OscAnalytics *self)
{
  g_autofree char *words = about (self);
  gboolean failed = osc_sales_store_failed (self->store, OSC_SALES_CHOSEN) &&
                    osc_sales_store_figures (self->store, OSC_SALES_CHOSEN) == NULL;

  self->showing = TRUE;
  show_presets (self);
  self->showing = FALSE;
  gtk_label_set_label (GTK_LABEL (self->about), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), failed ? "failed" : "page");
  osc_sales_page_show (OSC_SALES_PAGE (self->page), self->store, &self->today);
  show_findings (self);
}

static void
look (OscAnalytics *self)
{
  g_autofree char *until = until_of (self);

  osc_sales_store_look (self->store, &self->range, until);
  osc_finding_store_look (self->findings, &self->range, &self->today);
}

/* ---- the range ---- */

static void
choose (OscAnalytics *self, Preset preset)
{
  follow_day (self);
  self->range = preset_range (preset, &self->today);
  look (self);
}

static void
on_preset (GtkToggleButton *button, OscAnalytics *self)
{
  if (self->showing || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < N_PRESETS; i++)
    if (self->presets[i] == GTK_WIDGET (button))
      choose (self, (Preset)i);
}

static void
on_free (OscAnalytics *self)
{
  show (self); /* the button is lit only while days of one's own are shown */
  osc_range_pick_set (OSC_RANGE_PICK (self->pick), &self->range, &self->today);
  gtk_popover_popup (GTK_POPOVER (self->pick));
}

static void
on_picked (OscAnalytics *self)
{
  osc_range_pick_get (OSC_RANGE_PICK (self->pick), &self->range);
  look (self);
}

static void
step (OscAnalytics *self, int by)
{
  if (osc_sales_range_step (&self->range, by, &self->today))
    look (self);
}

/* The newest of its kind: this week, if it is a week. */
static void
go_to_end (OscAnalytics *self)
{
  OscSalesRange *range = &self->range;
  GDate from = self->today;

  g_date_subtract_days (&from, (guint)(osc_sales_range_days (range) - 1));
  if (range->span == OSC_SPAN_FREE)
    osc_sales_range_set_free (range, &from, &self->today, &self->today);
  else
    osc_sales_range_set (range, range->span, &self->today, &self->today);
  look (self);
}

static void
on_retry (OscAnalytics *self)
{
  osc_sales_store_retry (self->store);
  osc_finding_store_retry (self->findings);
}

/* ---- what is behind a figure ---- */

static gboolean
close_drawer (OscAnalytics *self)
{
  if (!gtk_widget_get_visible (self->drawer))
    return FALSE;
  gtk_widget_set_visible (self->drawer, FALSE);
  osc_sales_store_drop_orders (self->store);
  if (self->from != NULL)
    gtk_widget_grab_focus (self->from);
  return TRUE;
}

static void
on_drawer_closed (OscAnalytics *self)
{
  close_drawer (self);
}

static void
show_drawer (OscAnalytics *self, const OscSalesBehind *behind)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_set_weak_pointer (&self->from, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_widget_set_visible (self->drawer, TRUE);
  osc_sales_drawer_show (OSC_SALES_DRAWER (self->drawer), behind);
}

/* The orders of the days that it tells of. */
static void
on_finding (OscAnalytics *self, OscFinding *finding)
{
  g_autofree char *sentence = osc_findings_title (finding, OSC_FINDING_ANYWHERE);
  g_autofree char *formula = osc_finding_detail_formula (finding);
  OscSalesBehind behind = {.title = _ ("What was different"),
                           .value = sentence,
                           .formula = formula,
                           .query = {.hour = -1}};

  if (!osc_sales_range_read (finding->day, &behind.query.to))
    return;
  behind.query.from = behind.query.to;
  g_date_subtract_days (&behind.query.from, (guint)osc_finding_days (finding) - 1);
  behind.more = osc_finding_detail_new (self->findings, finding);
  show_drawer (self, &behind);
}

static void
on_not_kept (OscAnalytics *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_toasts_say (GTK_WIDGET (self), _ ("That didn't reach the server. Nothing has changed"));
}

static void
on_behind (OscAnalytics *self,
           const char *figure,
           const char *key,
           const char *title,
           const char *words)
{
  /* The line and the grid go over more days than those that were chosen. */
  gboolean of_trend = key != NULL && g_str_has_prefix (key, "cell/");
  const OscSalesRange *range =
      osc_sales_store_range (self->store, of_trend ? OSC_SALES_TREND : OSC_SALES_CHOSEN);
  OscSalesBehind behind = {.title = title,
                           .value = words,
                           .formula = osc_sales_words_formula (figure),
                           .query = {.from = range->from, .to = range->to, .hour = -1}};

  if (!of_trend &&
      (key == NULL || !(g_str_has_prefix (key, "day/") || g_str_has_prefix (key, "week/"))))
    behind.query.until = osc_sales_store_until (self->store);
  if (key != NULL && !osc_sales_series_query (key, &behind.query))
    return;
  show_drawer (self, &behind);
}

/* ---- the view ---- */

static gboolean
has_chart (OscAnalytics *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && OSC_IS_CHART (gtk_root_get_focus (root));
}

/* (nullable) */
static GtkWidget *
open_popover (OscAnalytics *self)
{
  GtkWidget *choices = osc_sales_export_choices (OSC_SALES_EXPORT (self->export));

  if (gtk_widget_get_visible (self->pick))
    return self->pick;
  return gtk_widget_get_visible (choices) ? choices : NULL;
}

static gboolean
on_key (OscView *view, OscKey key)
{
  OscAnalytics *self = OSC_ANALYTICS (view);
  GtkWidget *open = open_popover (self);

  if (key == OSC_KEY_EXPORT) {
    osc_sales_export_start (OSC_SALES_EXPORT (self->export));
    return TRUE;
  }
  if (open != NULL) {
    if (key == OSC_KEY_BACK)
      gtk_popover_popdown (GTK_POPOVER (open));
    return key == OSC_KEY_BACK; /* the others are the calendars' and the choices' */
  }
  if (key == OSC_KEY_BACK)
    return close_drawer (self);
  if (gtk_widget_get_visible (self->drawer))
    return FALSE;
  switch (key) {
  case OSC_KEY_LEFT:
  case OSC_KEY_RIGHT:
    if (has_chart (self))
      return FALSE;
    step (self, key == OSC_KEY_LEFT ? -1 : 1);
    return TRUE;
  case OSC_KEY_END:
    if (has_chart (self))
      return FALSE;
    go_to_end (self);
    return TRUE;
  case OSC_KEY_DAY: choose (self, PRESET_TODAY); return TRUE;
  case OSC_KEY_WEEK: choose (self, PRESET_WEEK); return TRUE;
  case OSC_KEY_MOVE: choose (self, PRESET_MONTH); return TRUE; /* M */
  default: return FALSE;
  }
}

static const OscKeyLine *
key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"← →", N_ ("The period before or after")},
      {"End", N_ ("The newest period")},
      {"D", N_ ("Today")},
      {"W", N_ ("This week")},
      {"M", N_ ("This month")},
      {"Tab", N_ ("Into a chart; arrows go from mark to mark")},
      {"Enter", N_ ("The orders behind it")},
      {"Ctrl E", N_ ("Save the figures")},
      {.keys = NULL},
  };

  return lines;
}

static void
enter (OscView *view)
{
  OscAnalytics *self = OSC_ANALYTICS (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  close_drawer (self);
  choose (self, PRESET_TODAY);
}

/* @what: "2025-11-22/2026-11-21" */
static void
open_range (OscView *view, const char *what)
{
  OscAnalytics *self = OSC_ANALYTICS (view);
  g_auto (GStrv) days = g_strsplit (what, "/", 2);
  GDate from;
  GDate to;

  if (g_strv_length (days) != 2 || !osc_sales_range_read (days[0], &from) ||
      !osc_sales_range_read (days[1], &to))
    return;
  osc_sales_range_set_free (&self->range, &from, &to, &self->today);
  look (self);
}

static void
set_live (OscView *view, gboolean live)
{
  OscAnalytics *self = OSC_ANALYTICS (view);

  if (live && !self->live && gtk_widget_get_mapped (GTK_WIDGET (self))) {
    osc_sales_store_again (self->store);
    osc_finding_store_retry (self->findings);
  }
  osc_sales_drawer_set_live (OSC_SALES_DRAWER (self->drawer), live);
  self->live = live;
  if (g_date_valid (&osc_sales_store_range (self->store, OSC_SALES_CHOSEN)->to))
    show (self);
}

static void
osc_analytics_view_init (OscViewInterface *iface)
{
  iface->enter = enter;
  iface->open = open_range;
  iface->key = on_key;
  iface->set_live = set_live;
  iface->key_lines = key_lines;
}

/* ---- while it is on screen ---- */

/* Time goes on without events too. */
static gboolean
tick_cb (gpointer user_data)
{
  osc_analytics_tick (user_data);
  return G_SOURCE_CONTINUE;
}

void
osc_analytics_tick (OscAnalytics *self)
{
  g_return_if_fail (OSC_IS_ANALYTICS (self));
  if (follow_day (self) || g_date_compare (&self->range.to, &self->today) == 0)
    look (self);
}

/* The shop may say only now when its days begin. Away from the screen the day stays that of the
 * figures: both go on together when it is back. */
static void
on_shop (OscAnalytics *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (follow_day (self))
    look (self);
}

static void
osc_analytics_map (GtkWidget *widget)
{
  OscAnalytics *self = OSC_ANALYTICS (widget);

  GTK_WIDGET_CLASS (osc_analytics_parent_class)->map (widget);
  osc_sales_store_watch (self->store, TRUE);
  on_shop (self);
  self->tick_source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

static void
osc_analytics_unmap (GtkWidget *widget)
{
  OscAnalytics *self = OSC_ANALYTICS (widget);

  osc_sales_store_watch (self->store, FALSE);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (osc_analytics_parent_class)->unmap (widget);
}

static void
fit (OscAnalytics *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  gboolean wide = native != NULL &&
                  gdk_surface_get_width (gtk_native_get_surface (native)) >= osc_scale_px (WIDE);

  if (native == NULL || wide == self->wide)
    return;
  self->wide = wide;
  osc_widget_set_class (GTK_WIDGET (self), "wide", wide);
}

static void
osc_analytics_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_analytics_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::width",
                           G_CALLBACK (fit), widget, G_CONNECT_SWAPPED);
  fit (OSC_ANALYTICS (widget));
}

/* ---- life ---- */

static void
osc_analytics_dispose (GObject *object)
{
  OscAnalytics *self = OSC_ANALYTICS (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_weak_pointer (&self->from);
  g_clear_pointer (&self->pick, gtk_widget_unparent);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ANALYTICS);
  g_clear_object (&self->store);
  g_clear_object (&self->findings);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (osc_analytics_parent_class)->dispose (object);
}

static void
osc_analytics_class_init (OscAnalyticsClass *klass)
{
  static const char *const presets[N_PRESETS] = {"today", "yesterday", "week", "month", "quarter"};
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_analytics_dispose;
  widget_class->map = osc_analytics_map;
  widget_class->unmap = osc_analytics_unmap;
  widget_class->realize = osc_analytics_realize;
  g_type_ensure (OSC_TYPE_SALES_PAGE);
  g_type_ensure (OSC_TYPE_SALES_DRAWER);
  g_type_ensure (OSC_TYPE_SALES_EXPORT);
  g_type_ensure (OSC_TYPE_STAGE);
  g_type_ensure (OSC_TYPE_TOOLBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/analytics/osc-analytics.ui");
  for (int i = 0; i < N_PRESETS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, presets[i], FALSE,
                                               G_STRUCT_OFFSET (OscAnalytics, presets) +
                                                   i * (gssize)sizeof (GtkWidget *));
  gtk_widget_class_bind_template_child (widget_class, OscAnalytics, free);
  gtk_widget_class_bind_template_child_full (widget_class, "range", FALSE,
                                             G_STRUCT_OFFSET (OscAnalytics, range_words));
  gtk_widget_class_bind_template_child (widget_class, OscAnalytics, about);
  gtk_widget_class_bind_template_child (widget_class, OscAnalytics, stack);
  gtk_widget_class_bind_template_child (widget_class, OscAnalytics, page);
  gtk_widget_class_bind_template_child (widget_class, OscAnalytics, drawer);
  gtk_widget_class_bind_template_child (widget_class, OscAnalytics, export);
  gtk_widget_class_bind_template_callback (widget_class, on_preset);
  gtk_widget_class_bind_template_callback (widget_class, on_free);
  gtk_widget_class_bind_template_callback (widget_class, on_behind);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_drawer_closed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "analytics");
}

static void
osc_analytics_init (OscAnalytics *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->pick = g_object_new (OSC_TYPE_RANGE_PICK, NULL);
  gtk_widget_set_parent (self->pick, self->free);
  g_signal_connect_swapped (self->pick, "chosen", G_CALLBACK (on_picked), self);
}

GtkWidget *
osc_analytics_new (const OscContext *context)
{
  OscAnalytics *self = g_object_new (OSC_TYPE_ANALYTICS, NULL);

  self->store = g_object_ref (context->sales);
  self->findings = g_object_ref (context->findings);
  self->shop = g_object_ref (context->shop);
  osc_sales_drawer_follow (OSC_SALES_DRAWER (self->drawer), self->store);
  osc_sales_export_follow (OSC_SALES_EXPORT (self->export), self->store);
  osc_findings_follow (osc_sales_page_findings (OSC_SALES_PAGE (self->page)), self->findings);
  g_signal_connect_object (osc_sales_page_findings (OSC_SALES_PAGE (self->page)), "chosen",
                           G_CALLBACK (on_finding), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->findings, "changed", G_CALLBACK (show_findings), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->findings, "failed", G_CALLBACK (on_not_kept), self,
                           G_CONNECT_SWAPPED);
  follow_day (self);
  g_signal_connect_object (self->shop, "changed", G_CALLBACK (on_shop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
