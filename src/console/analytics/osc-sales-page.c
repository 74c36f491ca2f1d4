/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* From figures to cards. What is not read yet is empty, what could not be read says so. */

#include "osc-sales-page.h"

#include <glib/gi18n.h>

#include "osc-chart-card.h"
#include "osc-figure-card.h"
#include "osc-sales-series.h"
#include "osc-sales-words.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osy-money.h"

#define ROWS_MOST 10
#define TREND_DAYS 30

typedef enum {
  CARD_HOURS,
  CARD_DAYS,
  CARD_ITEMS,
  CARD_CHANNELS,
  CARD_HEAT,
  CARD_TENDERS,
  CARD_OPTIONS,
  CARD_TYPES,
  CARD_TIMES,
  CARD_SOLD_OUT,
  N_CARDS
} Card;

typedef enum { FIGURE_SALES, FIGURE_ORDERS, FIGURE_AVERAGE, FIGURE_PREP, N_FIGURES } Figure;

struct _OscSalesPage {
  GtkWidget parent_instance;
  GtkWidget *figures[N_FIGURES];
  GtkWidget *cards[N_CARDS];
  GtkWidget *findings;
  GtkWidget *fee;
  GtkWidget *money;
  GtkWidget *now; /* legends */
  GtkWidget *then;
  GtkWidget *weekday;
  GtkWidget *earlier;
  GtkWidget *order;     /* of the best sellers */
  OscSalesStore *store; /* nullable */
  GDate today;
  gboolean by_count;
};

enum { BEHIND, RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const card_names[N_CARDS] = {
    [CARD_HOURS] = "hours",       [CARD_DAYS] = "days",   [CARD_ITEMS] = "items",
    [CARD_CHANNELS] = "channels", [CARD_HEAT] = "heat",   [CARD_TENDERS] = "tenders",
    [CARD_OPTIONS] = "options",   [CARD_TYPES] = "types", [CARD_TIMES] = "times",
    [CARD_SOLD_OUT] = "sold_out"};

static const char *const figure_names[N_FIGURES] = {[FIGURE_SALES] = "sales",
                                                    [FIGURE_ORDERS] = "orders",
                                                    [FIGURE_AVERAGE] = "average",
                                                    [FIGURE_PREP] = "prep"};

G_DEFINE_FINAL_TYPE (OscSalesPage, osc_sales_page, GTK_TYPE_WIDGET)

/* ---- figures ---- */

typedef char *(*Print) (gint64 value);

static char *
print_won (gint64 won)
{
  return osc_words_money (won);
}

/* By how much @now differs: money of a whole range in percent, all else as it is. */
static char *
difference (Figure figure, gint64 now, gint64 then, Print print)
{
  gint64 by = ABS (now - then);

  if (figure == FIGURE_SALES)
    return then > 0 ? osc_sales_words_tenths ((by * 1000 + then / 2) / then) : NULL;
  return print (by);
}

/* A week with a holiday and one without are compared by what an open day sold. */
static gboolean
is_by_day (const OscSalesFigures *read)
{
  guint now = osc_sales_figures_open_days (read, OSC_SALES_DAYS);
  guint then = osc_sales_figures_open_days (read, OSC_SALES_AGAINST_DAYS);

  return now > 0 && then > 0 && now != then;
}

static gint64
of_a_day (gint64 value, const OscSalesFigures *read, OscSalesList days)
{
  gint64 n = osc_sales_figures_open_days (read, days);

  return (value + n / 2) / n;
}

/* A figure and what it is compared with; of an open day when their days differ. */
typedef struct {
  Figure figure;
  gint64 whole; /* of all days */
  gint64 now;
  gint64 then;
  gboolean compared;
  gboolean by_day;
} Pair;

static Pair
pair_of (Figure figure, const OscSalesFigures *read)
{
  const OscSalesTotals *now = &read->totals;
  const OscSalesTotals *then = &read->against;
  const gint64 values[N_FIGURES] = {now->sales, now->orders, now->average,
                                    osc_sales_words_prep (now)};
  const gint64 before[N_FIGURES] = {then->sales, then->orders, then->average,
                                    osc_sales_words_prep (then)};
  Pair pair = {.figure = figure,
               .whole = values[figure],
               .now = values[figure],
               .then = before[figure],
               .compared = osc_sales_words_is_compared (read) && before[figure] > 0};

  pair.by_day = pair.compared && figure <= FIGURE_ORDERS && is_by_day (read);
  if (pair.by_day) {
    pair.now = of_a_day (pair.now, read, OSC_SALES_DAYS);
    pair.then = of_a_day (pair.then, read, OSC_SALES_AGAINST_DAYS);
  }
  return pair;
}

/* (transfer full): the small line under a figure. */
static char *
under (const Pair *pair, const OscSalesFigures *read, const char *before, Print print)
{
  gint64 late = pair->figure == FIGURE_PREP ? read->totals.late_orders : 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *now = print (pair->now);
  g_autofree char *then = print (pair->then);

  if (pair->by_day)
    /* Translators: a figure of one open day, and that of the days before: "Last week ₩61,000" */
    g_string_append_printf (text, _ ("%1$s a day · %2$s %3$s"), now, before, then);
  else if (pair->compared)
    g_string_append_printf (text, "%s %s", before, then);
  if (late > 0 && text->len > 0)
    g_string_append (text, " · ");
  if (late > 0)
    g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, "%d late order", "%d late orders", (gulong)late),
        (int)late);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_figure (OscSalesPage *self, Figure figure, const OscSalesFigures *read, const char *before)
{
  static const Print prints[N_FIGURES] = {print_won, osc_sales_words_orders, print_won,
                                          osc_sales_words_time};
  Print print = prints[figure];
  Pair pair = pair_of (figure, read);
  int direction = (pair.now > pair.then) - (pair.now < pair.then);
  g_autofree char *text = print (pair.whole);
  g_autofree char *last = under (&pair, read, before, print);
  g_autofree char *change =
      pair.compared && pair.now > 0 ? difference (figure, pair.now, pair.then, print) : NULL;

  osc_figure_card_show (OSC_FIGURE_CARD (self->figures[figure]),
                        &(OscFigure){.value = figure == FIGURE_PREP && pair.whole == 0 ? "–" : text,
                                     .change = change,
                                     .direction = direction,
                                     .good = direction == (figure == FIGURE_PREP ? -1 : 1),
                                     .last = last});
}

static void
show_figures (OscSalesPage *self, const OscSalesFigures *read, const char *before)
{
  for (int i = 0; i < N_FIGURES; i++)
    if (read != NULL)
      show_figure (self, (Figure)i, read, before);
    else
      osc_figure_card_show (OSC_FIGURE_CARD (self->figures[i]), &(OscFigure){0});
}

/* ---- what is left ---- */

static void
add_line (OscSalesPage *self, int row, const char *name, const char *value, const char *css_class)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *figure = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (figure), 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (figure, css_class);
  gtk_widget_add_css_class (figure, "numeric");
  osc_scale_let_wrap (GTK_LABEL (label));
  gtk_grid_attach (GTK_GRID (self->money), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->money), figure, 1, row, 1, 1);
}

static void
add_money (OscSalesPage *self, int row, const char *name, gint64 won)
{
  g_autofree char *text = osc_words_money (won);

  add_line (self, row, name, text, "money-line");
}

/* Refunds and fees go off the money taken; what follows is in the sales already. */
static void
show_money (OscSalesPage *self, const OscSalesFigures *read)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->money)) != NULL;)
    gtk_grid_remove (GTK_GRID (self->money), child);
  if (read == NULL)
    return;
  const OscSalesTotals *totals = &read->totals;
  g_autofree char *net = osc_words_money (totals->net);
  g_autofree char *guests = osy_money_format (totals->guests);
  g_autofree char *share = osc_sales_words_share (totals->canceled, totals->placed);
  g_autofree char *count = osc_sales_words_count (totals->canceled);
  g_autofree char *canceled = g_strdup_printf ("%s · %s", count, share);

  add_money (self, 0, _ ("Sales"), totals->sales);
  add_money (self, 1, _ ("Money taken"), totals->taken);
  add_money (self, 2, _ ("Refunds"), -totals->refunds);
  add_money (self, 3, _ ("Payment fees"), -totals->fees);
  add_line (self, 4, _ ("Left after refunds and fees"), net, "money-sum");
  add_money (self, 5, _ ("Discounts"), totals->discounts);
  add_money (self, 6, _ ("Given free"), totals->comps);
  add_money (self, 7, _ ("Voided"), totals->voids);
  add_line (self, 8, _ ("Cancelled"), canceled, "money-line");
  add_line (self, 9, _ ("Guests"), guests, "money-line");
}

/* ---- charts ---- */

static void
show_card (OscSalesPage *self, Card card, OscSeries *series)
{
  osc_chart_card_show (OSC_CHART_CARD (self->cards[card]), series);
}

static void
show_chosen (OscSalesPage *self, const OscSalesFigures *read, const char *before)
{
  g_autofree char *fee = osc_words_money (read != NULL ? read->totals.fees : 0);

  gtk_label_set_label (GTK_LABEL (self->fee), read != NULL ? fee : "");
  show_card (self, CARD_HOURS, read != NULL ? osc_sales_series_hours (read, before) : NULL);
  show_card (self, CARD_ITEMS,
             read != NULL ? osc_sales_series_items (read, self->by_count, ROWS_MOST) : NULL);
  show_card (self, CARD_CHANNELS, read != NULL ? osc_sales_series_channels (read) : NULL);
  show_card (self, CARD_TYPES, read != NULL ? osc_sales_series_types (read) : NULL);
  show_card (self, CARD_TENDERS, read != NULL ? osc_sales_series_tenders (read) : NULL);
  show_card (self, CARD_OPTIONS, read != NULL ? osc_sales_series_options (read, ROWS_MOST) : NULL);
  show_card (self, CARD_SOLD_OUT,
             read != NULL ? osc_sales_series_sold_out (read, ROWS_MOST) : NULL);
  show_card (self, CARD_TIMES, read != NULL ? osc_sales_series_prep (read) : NULL);
}

static void
show_trend (OscSalesPage *self)
{
  const OscSalesFigures *read = osc_sales_store_figures (self->store, OSC_SALES_TREND);
  const OscSalesRange *range = osc_sales_store_range (self->store, OSC_SALES_TREND);
  const OscSalesRange *chosen = osc_sales_store_range (self->store, OSC_SALES_CHOSEN);
  const char *until = osc_sales_store_until (self->store);
  gboolean usual = osc_sales_range_days (range) == TREND_DAYS;
  gboolean weekly = osc_sales_series_is_weekly (range);
  int weekday = (int)g_date_get_weekday (&range->to);

  g_object_set (self->cards[CARD_DAYS], "title",
                usual    ? _ ("Last 30 days")
                : weekly ? _ ("Per open day, week by week")
                         : _ ("Day by day"),
                NULL);
  gtk_label_set_label (GTK_LABEL (self->earlier), usual    ? _ ("30 days before, same weekday")
                                                  : weekly ? C_ ("the range before", "Before")
                                                           : _ ("Before, same weekday"));
  gtk_label_set_label (GTK_LABEL (self->weekday), osc_words_weekday (weekday));
  gtk_widget_set_visible (gtk_widget_get_parent (self->weekday), usual);
  gtk_widget_set_visible (gtk_widget_get_parent (self->earlier),
                          read == NULL || osc_sales_figures_n (read, OSC_SALES_AGAINST_DAYS) > 0);
  if (read == NULL && osc_sales_store_failed (self->store, OSC_SALES_TREND)) {
    osc_chart_card_fail (OSC_CHART_CARD (self->cards[CARD_DAYS]));
    osc_chart_card_fail (OSC_CHART_CARD (self->cards[CARD_HEAT]));
    return;
  }
  show_card (self, CARD_DAYS, read != NULL ? osc_sales_series_days (read, range, until) : NULL);
  show_card (self, CARD_HEAT,
             read != NULL ? osc_sales_series_heat (read, chosen->span == OSC_SPAN_DAY ? weekday : 0,
                                                   &range->to, until)
                          : NULL);
}

void
osc_sales_page_show (OscSalesPage *self, OscSalesStore *store, const GDate *today)
{
  g_return_if_fail (OSC_IS_SALES_PAGE (self) && OSC_IS_SALES_STORE (store));
  const OscSalesFigures *read = osc_sales_store_figures (store, OSC_SALES_CHOSEN);
  const OscSalesRange *range = osc_sales_store_range (store, OSC_SALES_CHOSEN);
  const char *before = osc_sales_words_before (range, today);
  g_autofree char *now = osc_sales_words_now (range, today);

  g_set_object (&self->store, store);
  self->today = *today;
  gtk_label_set_label (GTK_LABEL (self->now), now);
  gtk_label_set_label (GTK_LABEL (self->then), before);
  gtk_widget_set_visible (gtk_widget_get_parent (self->then),
                          read == NULL || osc_sales_words_is_compared (read));
  gtk_button_set_label (GTK_BUTTON (self->order),
                        self->by_count ? _ ("By number") : _ ("By sales · won"));
  show_figures (self, read, before);
  show_money (self, read);
  show_chosen (self, read, before);
  show_trend (self);
}

OscFindings *
osc_sales_page_findings (OscSalesPage *self)
{
  g_return_val_if_fail (OSC_IS_SALES_PAGE (self), NULL);
  return OSC_FINDINGS (self->findings);
}

/* ---- what was touched ---- */

static void
on_order (OscSalesPage *self)
{
  self->by_count = !self->by_count;
  if (self->store != NULL)
    osc_sales_page_show (self, self->store, &self->today);
}

static void
on_figure (GtkWidget *card, OscSalesPage *self)
{
  for (int i = 0; i < N_FIGURES; i++)
    if (self->figures[i] == card && *osc_figure_card_value (OSC_FIGURE_CARD (card)) != '\0')
      g_signal_emit (self, signals[BEHIND], 0, figure_names[i], NULL,
                     osc_figure_card_title (OSC_FIGURE_CARD (card)),
                     osc_figure_card_value (OSC_FIGURE_CARD (card)));
}

/* Marks of the line and the grid count as sales. */
static void
on_mark (GtkWidget *card, const char *key, const char *words, OscSalesPage *self)
{
  const char *figure = card == self->cards[CARD_ITEMS]      ? "item"
                       : card == self->cards[CARD_CHANNELS] ? "channel"
                       : card == self->cards[CARD_TYPES]    ? "type"
                       : card == self->cards[CARD_HEAT]     ? "heat"
                       : card == self->cards[CARD_TENDERS]  ? "tender"
                                                            : "sales";

  g_signal_emit (self, signals[BEHIND], 0, figure, key,
                 osc_chart_card_title (OSC_CHART_CARD (card)), words);
}

static void
on_retry (OscSalesPage *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

/* ---- life ---- */

static void
osc_sales_page_dispose (GObject *object)
{
  g_clear_object (&OSC_SALES_PAGE (object)->store);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SALES_PAGE);
  G_OBJECT_CLASS (osc_sales_page_parent_class)->dispose (object);
}

static void
osc_sales_page_class_init (OscSalesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sales_page_dispose;
  g_type_ensure (OSC_TYPE_CHART_CARD);
  g_type_ensure (OSC_TYPE_FIGURE_CARD);
  g_type_ensure (OSC_TYPE_FINDINGS);
  signals[BEHIND] =
      g_signal_new ("behind", OSC_TYPE_SALES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[RETRY] = g_signal_new ("retry", OSC_TYPE_SALES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/analytics/osc-sales-page.ui");
  for (int i = 0; i < N_CARDS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, card_names[i], FALSE,
                                               G_STRUCT_OFFSET (OscSalesPage, cards) +
                                                   i * (gssize)sizeof (GtkWidget *));
  for (int i = 0; i < N_FIGURES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, figure_names[i], FALSE,
                                               G_STRUCT_OFFSET (OscSalesPage, figures) +
                                                   i * (gssize)sizeof (GtkWidget *));
  gtk_widget_class_bind_template_child (widget_class, OscSalesPage, findings);
  gtk_widget_class_bind_template_child (widget_class, OscSalesPage, fee);
  gtk_widget_class_bind_template_child (widget_class, OscSalesPage, money);
  gtk_widget_class_bind_template_callback (widget_class, on_figure);
  gtk_widget_class_bind_template_callback (widget_class, on_mark);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "salespage");
}

static void
add_heat_legend (OscChartCard *card)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "legend");
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Few")));
  for (int i = 1; i <= 5; i++) {
    GtkWidget *step = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    g_autofree char *css_class = g_strdup_printf ("heat-%d", i);

    gtk_widget_add_css_class (step, css_class);
    gtk_widget_set_valign (step, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), step);
  }
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Many")));
  osc_chart_card_add_head (card, box);
}

static void
osc_sales_page_init (OscSalesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  OscChartCard *hours = OSC_CHART_CARD (self->cards[CARD_HOURS]);
  OscChartCard *days = OSC_CHART_CARD (self->cards[CARD_DAYS]);

  self->now = osc_chart_card_add_legend (hours, "legend-now", NULL);
  self->then = osc_chart_card_add_legend (hours, "legend-then", NULL);
  osc_chart_card_add_legend (days, "legend-line", _ ("Sales"));
  self->weekday = osc_chart_card_add_legend (days, "legend-ring", NULL);
  self->earlier = osc_chart_card_add_legend (days, "legend-dash", NULL);
  self->order = gtk_button_new ();
  gtk_widget_add_css_class (self->order, "head-choice");
  g_signal_connect_swapped (self->order, "clicked", G_CALLBACK (on_order), self);
  osc_chart_card_add_head (OSC_CHART_CARD (self->cards[CARD_ITEMS]), self->order);
  add_heat_legend (OSC_CHART_CARD (self->cards[CARD_HEAT]));
}
