/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the start of the daemon to a board that rings. */

#include "osc-session.h"

#include <glib/gi18n.h>

#include "osc-alarm.h"
#include "osc-alert-call.h"
#include "osc-attention-row.h"
#include "osc-call.h"
#include "osc-daemon.h"
#include "osc-desk-printer.h"
#include "osc-join-page.h"
#include "osc-keep.h"
#include "osc-guest-window.h"
#include "osc-kitchen-window.h"
#include "osc-notify.h"
#include "osc-outages.h"
#include "osc-pair-page.h"
#include "osc-print-jobs.h"
#include "osc-printer-words.h"
#include "osc-record-words.h"
#include "osc-settings.h"
#include "osc-setup.h"
#include "osc-sign-in-page.h"
#include "osy-clock.h"

/* Attacks are rarer than orders and less urgent than food. */
#define REMIND_SECONDS 60

struct _OscSession {
  GObject parent_instance;
  OscWindow *window; /* borrowed: it outlives the session */
  OsyClient *client;
  OscDaemon *daemon;
  OscAlarm *alarm;
  OscNotify *notify;
  OscCall *order_call;
  OscKeep *keep;
  OsyFeed *feed; /* from here on: while somebody is signed in */
  OscOrderStore *store;
  OscActs *acts;
  OscKitchenStore *kitchen;
  OscMenuStore *menu;
  OscShopStore *shop;
  OscPeople *people;
  char *wanted_shop; /* (nullable): to sign in to next */
  OscSecurityStore *security;
  OscBillStore *bill;
  OscPayStore *pay;
  OscPrinterStore *printers;
  OscDeskPrinter *desk;
  OscStationStore *stations;
  OscLoadStore *load;
  OscTableStore *tables;
  OscStockStore *stock;
  OscRefundStore *refunds;
  OscAttentionStore *attention;
  OscAlertStore *alerts;
  OscAlertCall *call;
  OscOutages *outages;
  OscSalesStore *sales;
  OscFindingStore *findings;
  OscDeliveryStore *deliveries;
  OscTillStore *till;
  GCancellable *cancellable;
  guint second_source;
  gboolean was_live;
  gboolean settled;   /* whether the first day is over has been looked at */
  gboolean told_lost; /* the fault has been heard */
  guint warned;       /* seconds that an attack has been on screen */
};

G_DEFINE_FINAL_TYPE (OscSession, osc_session, G_TYPE_OBJECT)

static OscShell *
shell_of (OscSession *self)
{
  return osc_window_shell (self->window);
}

/* ---- strip and banner ---- */

static void
show_shop (OscSession *self)
{
  g_autofree char *shop = NULL;
  g_autofree char *person = NULL;
  g_autofree char *day = NULL;

  if (self->feed != NULL) {
    g_object_get (self->client, "shop-name", &shop, "person-name", &person, NULL);
    day = osc_shop_store_business_day (self->shop, osy_clock_now ());
  }
  osc_strip_set_shop (osc_window_strip (self->window), shop, day, person);
}

static char *
reconnecting_text (OscSession *self)
{
  gint64 retry_at = 0;
  gint64 left;

  g_object_get (self->feed, "retry-at", &retry_at, NULL);
  left = (retry_at - g_get_monotonic_time ()) / G_USEC_PER_SEC;
  if (retry_at == 0 || left <= 0)
    return g_strdup (_ ("Reconnecting"));
  return g_strdup_printf (_ ("Reconnecting in %d s"), (int)left + 1);
}

static void
show_connection (OscSession *self)
{
  OscChip *chip = osc_strip_connection (osc_window_strip (self->window));
  OsyFeedState state = osy_feed_get_state (self->feed);

  if (state == OSY_FEED_LIVE) {
    self->was_live = TRUE;
    self->told_lost = FALSE;
    osc_chip_set (chip, OSC_CHIP_FINE, NULL);
    osc_chip_explain (chip, _ ("The server answers. Orders come in at once"), NULL);
    osc_shell_set_live (shell_of (self), NULL);
  } else if (state == OSY_FEED_LOST) {
    g_autofree char *text = reconnecting_text (self);

    if (!self->told_lost)
      osc_alarm_play (self->alarm, OSC_SOUND_FAULT);
    self->told_lost = TRUE;
    osc_chip_set (chip, OSC_CHIP_FAULT, text);
    osc_chip_explain (chip, _ ("Reconnecting to the server. The kitchen and the web go on"),
                      _ ("Try again"));
    osc_shell_set_live (shell_of (self),
                        _ ("Reconnecting to the server. The kitchen and the web go on"));
  } else if (!self->was_live) {
    osc_chip_set (chip, OSC_CHIP_UNKNOWN, NULL);
  }
}

/* A shop without a printer has no chip of one. */
static void
show_printers (OscSession *self)
{
  OscChip *chip = osc_strip_printer (osc_window_strip (self->window));
  GPtrArray *printers = osc_printer_store_printers (self->printers);
  const OsyPrinter *worst = osc_printer_store_worst (self->printers);
  g_autofree char *words = worst != NULL ? osc_printer_words_state (worst) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (chip), printers != NULL && printers->len > 0);
  if (worst == NULL) {
    osc_chip_set (chip, OSC_CHIP_FINE, NULL);
    osc_chip_explain (chip, _ ("Slips print"), _ ("Printers and slips"));
    return;
  }
  osc_chip_set (chip, osy_printer_is_stopped (worst) ? OSC_CHIP_FAULT : OSC_CHIP_WARNING, words);
  osc_chip_explain (chip, _ ("Orders go on. What did not print is kept"), _ ("Printers and slips"));
}

static void
follow_printers (OscSession *self)
{
  GtkWidget *jobs = g_object_new (OSC_TYPE_PRINT_JOBS, NULL);

  osc_print_jobs_follow (OSC_PRINT_JOBS (jobs), self->printers);
  osc_chip_set_more (osc_strip_printer (osc_window_strip (self->window)), jobs);
  g_signal_connect_object (self->printers, "changed", G_CALLBACK (show_printers), self,
                           G_CONNECT_SWAPPED);
  osc_printer_store_attach (self->printers, self->feed);
  self->desk = osc_desk_printer_new (self->printers);
}

static void
on_printer_helped (OscSession *self)
{
  if (shell_of (self) != NULL)
    osc_shell_go (shell_of (self), "settings", "printers");
}

/* It is heard again until somebody has seen it. */
static void
remind (OscSession *self)
{
  guint n = 0;

  osc_security_store_first (self->security, &n);
  if (n == 0)
    self->warned = 0;
  else if (++self->warned % REMIND_SECONDS == 0)
    osc_alarm_play (self->alarm, OSC_SOUND_WARNING);
}

/* ---- what is stuck ---- */

static void
show_attention (OscSession *self)
{
  OscChip *chip = osc_strip_attention (osc_window_strip (self->window));
  guint stuck = self->attention != NULL ? osc_attention_store_count (self->attention) : 0;
  GPtrArray *alerts = self->alerts != NULL ? osc_alert_store_list (self->alerts) : NULL;
  guint n = stuck + (alerts != NULL ? alerts->len : 0);
  g_autofree char *words = g_strdup_printf (_ ("%d needs attention"), (int)n);

  gtk_widget_set_visible (GTK_WIDGET (chip), n > 0);
  if (n == 0)
    return;
  osc_chip_set (chip, stuck > 0 ? OSC_CHIP_FAULT : OSC_CHIP_WARNING, words);
  osc_chip_explain (chip,
                    stuck > 0 ? _ ("An order can't go on by itself. All others do")
                              : ((const OscAlert *)alerts->pdata[0])->text,
                    _ ("Have a look"));
}

static void
on_stuck (OscSession *self, const OscStuck *stuck)
{
  g_autofree char *number = g_strdup_printf (_ ("No. %d needs attention"), (int)stuck->number);

  osc_alarm_play (self->alarm, OSC_SOUND_ATTENTION);
  osc_notify_warn (self->notify, stuck->order_id, number, osc_attention_row_title (stuck->reason));
}

static void
on_attention_helped (OscSession *self)
{
  if (shell_of (self) != NULL)
    osc_shell_go (shell_of (self), "attention", NULL);
}

static void
follow_more (OscSession *self)
{
  osc_security_store_attach (self->security, self->feed);
  osc_bill_store_attach (self->bill, self->feed);
  osc_station_store_attach (self->stations, self->feed);
  osc_load_store_attach (self->load, self->feed);
  osc_table_store_attach (self->tables, self->feed);
  osc_stock_store_attach (self->stock, self->feed);
  osc_delivery_store_attach (self->deliveries, self->feed);
  osc_till_store_attach (self->till, self->feed);
  osc_refund_store_attach (self->refunds, self->feed);
  g_signal_connect_object (self->attention, "raised", G_CALLBACK (on_stuck), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attention, "changed", G_CALLBACK (show_attention), self,
                           G_CONNECT_SWAPPED);
  osc_attention_store_attach (self->attention, self->feed);
  self->call = osc_alert_call_new (self->alerts, self->notify, self->alarm);
  g_signal_connect_object (self->alerts, "changed", G_CALLBACK (show_attention), self,
                           G_CONNECT_SWAPPED);
  osc_alert_store_attach (self->alerts, self->feed);
  osc_sales_store_attach (self->sales, self->feed);
}

static gboolean
second_cb (gpointer user_data)
{
  OscSession *self = user_data;
  gint64 now = osy_clock_now ();
  guint n;

  if (self->feed == NULL || shell_of (self) == NULL)
    return G_SOURCE_CONTINUE;
  show_connection (self);
  osc_call_tick (self->order_call);
  osc_outages_tick (self->outages);
  remind (self);
  osc_alert_store_tick (self->alerts);
  if (osc_attention_store_is_due (self->attention, g_get_monotonic_time ()))
    osc_alarm_play (self->alarm, OSC_SOUND_ATTENTION);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  for (guint i = 0; i < n; i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

    if (osc_order_item_column (item) == OSC_COLUMN_COOKING &&
        osc_order_item_age_level (item, now) == OSC_AGE_LATE)
      osc_alarm_late (self->alarm, osc_order_item_data (item)->id);
  }
  return G_SOURCE_CONTINUE;
}

static void
on_banner_retry (OscSession *self)
{
  osy_feed_stop (self->feed);
  osy_feed_start (self->feed);
  osc_daemon_start (self->daemon);
}

static void
on_connection_helped (OscSession *self)
{
  if (self->feed != NULL)
    on_banner_retry (self);
}

static void
on_sign_out (OscSession *self)
{
  osy_client_logout (self->client);
}

/* ---- alarm and notifications ---- */

static void
on_arrived (OscSession *self, OscOrderItem *item)
{
  OscShell *shell = shell_of (self);

  if (shell != NULL)
    osc_notify_arrived (self->notify, item,
                        osc_minutes_get (osc_shell_context (shell)->minutes, item));
  gtk_window_present (GTK_WINDOW (self->window));
}

/* What somebody else cancelled is heard; one's own act is still under way when its event comes. */
static void
on_changed (OscSession *self, OscOrderItem *item, const char *event_type)
{
  if (g_str_equal (event_type, "order.canceled") && !osc_order_item_get_busy (item))
    osc_alarm_play (self->alarm, OSC_SOUND_CANCELED);
  if (osc_order_item_column (item) != OSC_COLUMN_NEW)
    osc_notify_withdraw (self->notify, osc_order_item_data (item)->id);
}

static void
on_notify_accept (OscSession *self, OscOrderItem *item, int minutes)
{
  if (self->acts != NULL)
    osc_acts_accept (self->acts, item, minutes);
}

static void
on_notify_opened (OscSession *self, OscOrderItem *item)
{
  gtk_window_present (GTK_WINDOW (self->window));
  if (shell_of (self) != NULL)
    osc_arrival_queue_show (osc_shell_queue (shell_of (self)), item);
}

/* ---- the kitchen ---- */

/* On the one screen that was chosen for it, and there for its own station alone. */
static void
on_kitchen (OscSession *self, int news, OscKitchenItem *item)
{
  static const OscSound sounds[] = {
      [OSC_KITCHEN_NEW] = OSC_SOUND_NEW,
      [OSC_KITCHEN_CHANGED] = OSC_SOUND_CHANGED,
      [OSC_KITCHEN_CANCELED] = OSC_SOUND_CANCELED,
  };
  GSettings *settings = osc_settings_get ();

  if (settings == NULL || !g_settings_get_boolean (settings, "kitchen-sound"))
    return;
  g_autofree char *station = g_settings_get_string (settings, "kitchen-station");
  if (station[0] == '\0' || g_str_equal (station, osc_kitchen_item_data (item)->station_id))
    osc_alarm_play (self->alarm, sounds[news]);
}

/* ---- attacks ---- */

static void
on_raised (OscSession *self, const OscThreat *threat)
{
  osc_alarm_play (self->alarm, OSC_SOUND_WARNING);
  osc_notify_warn (self->notify, threat->id, osc_record_words_threat (threat->kind),
                   osc_record_words_advice (threat->kind));
}

static void
on_security_changed (OscSession *self)
{
  const OscSecurity *security = osc_security_store_get (self->security);

  for (guint i = 0; i < security->threats->len; i++) {
    const OscThreat *threat = security->threats->pdata[i];

    if (threat->seen_at != 0)
      osc_notify_withdraw (self->notify, threat->id);
  }
}

/* ---- the record of an order ---- */

typedef struct {
  OscSession *self;
  OscOrderItem *item;
} Asked;

static void
timeline_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = osy_client_timeline_finish (OSY_CLIENT (source), result, &error);
  OscShell *shell = shell_of (asked->self);

  if (steps == NULL)
    g_info ("The record of the order could not be read: %s", error->message);
  else if (shell != NULL)
    osc_shell_set_steps (shell, asked->item, steps);
  g_object_unref (asked->item);
  g_object_unref (asked->self);
  g_free (asked);
}

static void
on_timeline_wanted (OscSession *self, OscOrderItem *item)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->self = g_object_ref (self);
  asked->item = g_object_ref (item);
  osy_client_timeline_async (self->client, osc_order_item_data (item)->id, self->cancellable,
                             timeline_cb, asked);
}

/* ---- the person ---- */

static void
show_person (OscSession *self)
{
  const OscPerson *me = self->people != NULL ? osc_people_me (self->people) : NULL;

  osc_strip_show_person (osc_window_strip (self->window), me);
  if (self->pay != NULL && me != NULL)
    osc_pay_store_begin (self->pay, me->shop_id, me->user_id);
  if (self->till != NULL && me != NULL)
    osc_till_store_begin (self->till, me->shop_id);
}

static void
on_account (OscSession *self)
{
  if (shell_of (self) != NULL)
    osc_shell_go (shell_of (self), "settings", "account");
}

/* ---- pages ---- */

static void
close_shop (OscSession *self)
{
  osc_call_stop (self->order_call);
  g_clear_object (&self->outages);
  if (self->feed != NULL)
    osy_feed_stop (self->feed);
  g_clear_object (&self->feed);
  g_clear_object (&self->acts);
  g_clear_object (&self->store);
  g_clear_object (&self->kitchen);
  g_clear_object (&self->menu);
  osc_strip_follow (osc_window_strip (self->window), NULL, NULL);
  g_clear_object (&self->shop);
  g_clear_object (&self->people);
  g_clear_object (&self->security);
  g_clear_object (&self->bill);
  g_clear_object (&self->pay);
  osc_chip_set_more (osc_strip_printer (osc_window_strip (self->window)), NULL);
  g_clear_object (&self->desk);
  g_clear_object (&self->printers);
  g_clear_object (&self->stations);
  g_clear_object (&self->load);
  g_clear_object (&self->tables);
  g_clear_object (&self->stock);
  g_clear_object (&self->refunds);
  g_clear_object (&self->attention);
  g_clear_object (&self->call);
  g_clear_object (&self->alerts);
  g_clear_object (&self->sales);
  g_clear_object (&self->findings);
  show_attention (self);
  g_clear_object (&self->deliveries);
  g_clear_object (&self->till);
  show_shop (self);
}

/* A first day that is not over goes on where it was, unless work has begun already. */
static void
on_shop_changed (OscSession *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);

  show_shop (self);
  if (self->settled || shell_of (self) == NULL)
    return;
  self->settled = TRUE;
  if (osc_setup_is_wanted (shop))
    osc_shell_go (shell_of (self), "setup", NULL);
}

/* A sign-in holds for one shop: the other one asks for the password again. */
static void
on_switch_shop (OscSession *self, const char *restaurant_id)
{
  g_free (self->wanted_shop);
  self->wanted_shop = g_strdup (restaurant_id);
  osy_client_logout (self->client);
}

static void
make_more (OscSession *self)
{
  self->attention = osc_attention_store_new (self->client);
  self->alerts = osc_alert_store_new (self->client);
  self->warned = 0;
  self->was_live = self->settled = FALSE;
  self->deliveries = osc_delivery_store_new (self->client);
  self->till = osc_till_store_new (self->client, NULL);
  self->sales = osc_sales_store_new (self->client);
  self->findings = osc_finding_store_new (self->client);
}

/* What people and orders do. */
static void
follow_shell (OscSession *self, OscShell *shell)
{
  g_signal_connect_object (shell, "retry", G_CALLBACK (on_banner_retry), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shell, "switch-shop", G_CALLBACK (on_switch_shop), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (show_person), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shell, "timeline-wanted", G_CALLBACK (on_timeline_wanted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "arrived", G_CALLBACK (on_arrived), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
open_shop (OscSession *self)
{
  OscShell *shell;

  if (self->feed != NULL)
    return;
  self->feed = osy_feed_new (self->client);
  self->store = osc_order_store_new ();
  self->acts = osc_acts_new (self->client);
  self->kitchen = osc_kitchen_store_new (self->client);
  self->menu = osc_menu_store_new (self->client);
  self->shop = osc_shop_store_new (self->client);
  self->people = osc_people_new (self->client);
  self->security = osc_security_store_new (self->client);
  self->bill = osc_bill_store_new (self->client);
  self->pay = osc_pay_store_new (self->client, NULL);
  self->printers = osc_printer_store_new (self->client);
  self->stations = osc_station_store_new (self->client);
  self->load = osc_load_store_new (self->client);
  self->tables = osc_table_store_new (self->client);
  self->stock = osc_stock_store_new (self->client);
  self->refunds = osc_refund_store_new (self->client, self->shop, NULL);
  make_more (self);
  shell = OSC_SHELL (osc_shell_new (&(OscContext){.client = self->client,
                                                  .orders = self->store,
                                                  .acts = self->acts,
                                                  .kitchen = self->kitchen,
                                                  .menu = self->menu,
                                                  .shop = self->shop,
                                                  .people = self->people,
                                                  .security = self->security,
                                                  .bill = self->bill,
                                                  .pay = self->pay,
                                                  .printers = self->printers,
                                                  .stations = self->stations,
                                                  .load = self->load,
                                                  .tables = self->tables,
                                                  .stock = self->stock,
                                                  .refunds = self->refunds,
                                                  .attention = self->attention,
                                                  .alerts = self->alerts,
                                                  .sales = self->sales,
                                                  .findings = self->findings,
                                                  .deliveries = self->deliveries,
                                                  .till = self->till,
                                                  .alarm = self->alarm}));
  follow_shell (self, shell);
  osc_window_show_shell (self->window, shell);
  osc_strip_follow (osc_window_strip (self->window), self->shop, self->load);
  osc_call_follow (self->order_call);
  self->outages = osc_outages_new (shell, self->alarm);
  show_shop (self);
  g_signal_connect_object (self->feed, "notify::state", G_CALLBACK (show_connection), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shop, "changed", G_CALLBACK (on_shop_changed), self,
                           G_CONNECT_SWAPPED);
  osc_order_store_attach (self->store, self->client, self->feed);
  osc_kitchen_store_attach (self->kitchen, self->feed);
  g_signal_connect_object (self->kitchen, "news", G_CALLBACK (on_kitchen), self, G_CONNECT_SWAPPED);
  osc_kitchen_window_restore (osc_shell_context (shell), GTK_WIDGET (shell));
  osc_guest_window_follow (shell);
  osc_menu_store_attach (self->menu, self->feed);
  osc_shop_store_attach (self->shop, self->feed);
  g_signal_connect_object (self->security, "raised", G_CALLBACK (on_raised), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->security, "changed", G_CALLBACK (on_security_changed), self,
                           G_CONNECT_SWAPPED);
  osc_pay_store_attach (self->pay, self->feed);
  follow_printers (self);
  follow_more (self);
  osy_feed_start (self->feed);
}

static void show_sign_in (OscSession *self);

static void
show_code_page (OscSession *self, GtkWidget *page)
{
  g_signal_connect_object (page, "signed-in", G_CALLBACK (open_shop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (show_sign_in), self, G_CONNECT_SWAPPED);
  osc_window_show_page (self->window, page);
  gtk_widget_grab_focus (page);
}

static void
show_join (OscSession *self)
{
  show_code_page (self, osc_join_page_new (self->client));
}

static void
show_pair (OscSession *self)
{
  show_code_page (self, osc_pair_page_new (self->client));
}

static void
show_sign_in (OscSession *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted_shop);
  GtkWidget *page = osc_sign_in_page_new (self->client);

  osc_sign_in_page_set_shop (OSC_SIGN_IN_PAGE (page), wanted);
  close_shop (self);
  g_signal_connect_object (page, "signed-in", G_CALLBACK (open_shop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "join", G_CALLBACK (show_join), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "pair", G_CALLBACK (show_pair), self, G_CONNECT_SWAPPED);
  osc_window_show_page (self->window, page);
}

static void
on_shop_made (OscSession *self)
{
  open_shop (self);
  self->settled = TRUE;
  osc_shell_go (shell_of (self), "setup", NULL);
}

static void
show_first_run (OscSession *self)
{
  g_autofree char *code = osc_daemon_read_setup_code ();
  g_autoptr (OscSetupDraft) draft = osc_setup_draft_new (self->client, NULL);
  GtkWidget *page = osc_setup_new_page (self->client, code, draft);

  g_signal_connect_object (page, "signed-in", G_CALLBACK (on_shop_made), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "already-set-up", G_CALLBACK (show_sign_in), self,
                           G_CONNECT_SWAPPED);
  osc_window_show_page (self->window, page);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_client_resume_finish (OSY_CLIENT (source), result, &error))
    open_shop (self);
  else
    show_sign_in (self);
}

/* Who was signed in stays so; else the page asks. */
static void
resume_or_ask (OscSession *self)
{
  g_autofree char *device = osc_keep_read_device (self->keep);
  g_autofree char *token = osc_keep_read (self->keep);

  if (device != NULL)
    osy_client_resume_device_async (self->client, device, self->cancellable, resumed_cb,
                                    g_object_ref (self));
  else if (token != NULL)
    osy_client_resume_async (self->client, token, self->cancellable, resumed_cb,
                             g_object_ref (self));
  else
    show_sign_in (self);
}

static void
setup_status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSession) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean needed = FALSE;

  if (!osy_client_setup_status_finish (OSY_CLIENT (source), result, &needed, &error))
    osc_window_show_starting (self->window, error->message, TRUE);
  else if (needed)
    show_first_run (self);
  else
    resume_or_ask (self);
}

static void
on_daemon_state (OscSession *self)
{
  const char *detail = osc_daemon_get_detail (self->daemon);
  OscDaemonState state = osc_daemon_get_state (self->daemon);

  if (self->feed != NULL)
    return; /* the feed tells about the connection from here on */
  if (state == OSC_DAEMON_READY)
    osy_client_setup_status_async (self->client, self->cancellable, setup_status_cb,
                                   g_object_ref (self));
  else
    osc_window_show_starting (self->window, detail != NULL ? detail : "",
                              state == OSC_DAEMON_FAILED);
}

static void
on_signed_in (OscSession *self)
{
  gboolean signed_in;

  g_object_get (self->client, "signed-in", &signed_in, NULL);
  if (!signed_in && self->feed != NULL)
    show_sign_in (self);
}

static void
on_window_retry (OscSession *self)
{
  osc_daemon_start (self->daemon);
}

/* ---- life ---- */

static void
osc_session_dispose (GObject *object)
{
  OscSession *self = OSC_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->wanted_shop, g_free);
  g_clear_handle_id (&self->second_source, g_source_remove);
  if (self->feed != NULL)
    osy_feed_stop (self->feed);
  g_clear_object (&self->feed);
  g_clear_object (&self->acts);
  g_clear_object (&self->store);
  g_clear_object (&self->kitchen);
  g_clear_object (&self->menu);
  g_clear_object (&self->shop);
  g_clear_object (&self->refunds);
  g_clear_object (&self->attention);
  g_clear_object (&self->call);
  g_clear_object (&self->alerts);
  g_clear_object (&self->sales);
  g_clear_object (&self->till);
  g_clear_object (&self->people);
  g_clear_object (&self->keep);
  g_clear_object (&self->outages);
  g_clear_object (&self->order_call);
  g_clear_object (&self->notify);
  g_clear_object (&self->alarm);
  g_clear_object (&self->daemon);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (osc_session_parent_class)->dispose (object);
}

static void
osc_session_class_init (OscSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_session_dispose;
}

static void
follow_settings (OscAlarm *alarm)
{
  GSettings *settings = osc_settings_get ();

  if (settings == NULL)
    return;
  g_settings_bind (settings, "sound-volume", alarm, "volume", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "sound-output", alarm, "output", G_SETTINGS_BIND_DEFAULT);
}

static void
osc_session_init (OscSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->alarm = osc_alarm_new ();
  follow_settings (self->alarm);
  self->notify = osc_notify_new ();
  self->second_source = g_timeout_add_seconds (1, second_cb, self);
}

static void
connect_strip (OscSession *self, OscStrip *strip)
{
  g_signal_connect_object (strip, "account", G_CALLBACK (on_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strip, "switch-shop", G_CALLBACK (on_switch_shop), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (strip, "sign-out", G_CALLBACK (on_sign_out), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_strip_connection (strip), "helped",
                           G_CALLBACK (on_connection_helped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_strip_printer (strip), "helped", G_CALLBACK (on_printer_helped),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_strip_attention (strip), "helped", G_CALLBACK (on_attention_helped),
                           self, G_CONNECT_SWAPPED);
}

OscSession *
osc_session_new (OscWindow *window, OsyClient *client)
{
  OscSession *self = g_object_new (OSC_TYPE_SESSION, NULL);

  self->window = window;
  self->order_call = osc_call_new (window, self->alarm, self->notify);
  self->client = g_object_ref (client);
  self->keep = osc_keep_new (client, NULL);
  self->daemon = osc_daemon_new (client);
  g_signal_connect_object (self->daemon, "notify::state", G_CALLBACK (on_daemon_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->daemon, "notify::detail", G_CALLBACK (on_daemon_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::signed-in", G_CALLBACK (on_signed_in), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::shop-name", G_CALLBACK (show_shop), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notify, "accept", G_CALLBACK (on_notify_accept), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notify, "opened", G_CALLBACK (on_notify_opened), self,
                           G_CONNECT_SWAPPED);
  connect_strip (self, osc_window_strip (window));
  g_signal_connect_object (window, "retry", G_CALLBACK (on_window_retry), self, G_CONNECT_SWAPPED);
  return self;
}

void
osc_session_start (OscSession *self)
{
  g_return_if_fail (OSC_IS_SESSION (self));

  osc_window_show_starting (self->window, _ ("Looking for the server"), FALSE);
  osc_daemon_start (self->daemon);
}
