/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The shell: hands acts to OscActs and shows what came of them. */

#include "osc-shell.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-arrival-bar.h"
#include "osc-arrival.h"
#include "osc-banner.h"
#include "osc-cart.h"
#include "osc-drawer.h"
#include "osc-pin-ask.h"
#include "osc-printer-sheet.h"
#include "osc-rail.h"
#include "osc-record-words.h"
#include "osc-command.h"
#include "osc-scan-find.h"
#include "osc-stage.h"
#include "osc-toasts.h"
#include "osc-views.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-json.h"

struct _OscShell {
  GtkWidget parent_instance;

  GtkWidget *banner;
  GtkWidget *warning;
  GtkWidget *stuck;
  GtkWidget *ask;
  GtkWidget *bar;
  GtkWidget *rail;
  GtkWidget *stage;
  GtkWidget *scroller; /* around the view: for letters too large for the screen */
  GtkWidget *view;
  GtkWidget *side;
  GtkWidget *scrim;
  GtkWidget *modal;
  GtkWidget *toasts;
  GtkWidget *drawer;
  GtkWidget *arrival;
  GtkWidget *arrival_bar;

  OscContext context;
  OscArrivalQueue *queue;
  gboolean live;
  guint away;    /* bits 1 << OscOutage */
  char *problem; /* (nullable): why the server can't be reached */
};

enum { RETRY, TIMELINE_WANTED, SWITCH_SHOP, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscShell, osc_shell, GTK_TYPE_WIDGET)

static void
on_done (OscShell *self, const char *sentence, gboolean can_undo)
{
  osc_toasts_add (OSC_TOASTS (self->toasts), sentence, can_undo);
}

static void
on_failed (OscShell *self, OscOrderItem *item, const char *sentence)
{
  osc_toasts_add (OSC_TOASTS (self->toasts), sentence, FALSE);
}

/* ---- by PIN ---- */

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, &error);

  osc_acts_repeat (user_data, answer != NULL ? answer->act_token : NULL,
                   answer != NULL ? answer->name : NULL);
}

static void
on_permission_wanted (OscShell *self, OscOrderItem *item, const char *permission, OscActsHeld *held)
{
  osc_pin_ask_async (GTK_WIDGET (self), self->context.people, permission,
                     _ ("Only a manager can do this"), allowed_cb, osc_acts_hold (held));
}

static void
on_undo (OscShell *self)
{
  osc_acts_undo (self->context.acts);
}

/* What an earlier run asked for and was never told of. */
static void
on_recovered (OscShell *self, gint64 won, gboolean known)
{
  g_autofree char *money = osc_words_money (won);
  g_autofree char *text =
      known ? g_strdup_printf (_ ("The payment of %s from before is recorded"), money)
            : g_strdup_printf (_ ("A payment of %s from before is not recorded. Look at its bill"),
                               money);

  osc_toasts_add (OSC_TOASTS (self->toasts), text, FALSE);
}

static void
on_banner_pressed (OscShell *self)
{
  guint others;
  OscOutage worst = osc_outage_worst (self->away, &others);
  const char *page = worst != OSC_N_OUTAGES ? osc_outage_page (worst) : NULL;

  if (page != NULL)
    osc_shell_go (self, "settings", page);
  else
    g_signal_emit (self, signals[RETRY], 0);
}

static void
show_outage (OscShell *self)
{
  guint others;
  OscOutage worst = osc_outage_worst (self->away, &others);
  g_autofree char *words = NULL;

  if (worst == OSC_N_OUTAGES) {
    osc_banner_hide (OSC_BANNER (self->banner));
    return;
  }
  words = osc_outage_words (worst, worst == OSC_OUTAGE_SERVER ? self->problem : NULL, others);
  osc_banner_show (OSC_BANNER (self->banner), words,
                   osc_outage_page (worst) != NULL ? _ ("Have a look") : _ ("Try again"));
}

void
osc_shell_set_outage (OscShell *self, OscOutage outage, gboolean away)
{
  g_return_if_fail (OSC_IS_SHELL (self) && outage < OSC_N_OUTAGES);

  if (away)
    self->away |= 1U << outage;
  else
    self->away &= ~(1U << outage);
  show_outage (self);
}

/* An attack stays on screen until somebody says that he has seen it. */
static void
show_warning (OscShell *self)
{
  guint n = 0;
  const OscThreat *first = osc_security_store_first (self->context.security, &n);

  if (first == NULL)
    osc_banner_hide (OSC_BANNER (self->warning));
  else
    osc_banner_show (OSC_BANNER (self->warning), osc_record_words_threat (first->kind),
                     _ ("Have a look"));
}

static void
on_warning_pressed (OscShell *self)
{
  osc_shell_go (self, "settings", "security");
}

/* Until somebody has looked; the chip in the strip stays as long as there are some. */
static void
show_stuck (OscShell *self)
{
  guint n = osc_attention_store_count (self->context.attention);
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d order can't go on by itself",
                                    "%d orders can't go on by themselves", n),
                       (int)n);

  if (osc_attention_store_is_seen (self->context.attention))
    osc_banner_hide (OSC_BANNER (self->stuck));
  else
    osc_banner_show (OSC_BANNER (self->stuck), text, _ ("Have a look"));
}

static void
on_stuck_pressed (OscShell *self)
{
  osc_shell_go (self, "attention", NULL);
}

static void
on_waiting (OscShell *self)
{
  osc_rail_set_waiting (OSC_RAIL (self->rail), osc_order_store_waiting (self->context.orders));
}

static void
on_stock (OscShell *self)
{
  osc_rail_set_short (OSC_RAIL (self->rail), osc_stock_store_n_short (self->context.stock));
}

/* ---- arrival ---- */

/* Whoever types or sells is not interrupted: the alarm sounds and a bar says what came. */
static gboolean
is_at_work (OscShell *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  OscView *view = osc_shell_view (self);

  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
         (view != NULL && osc_view_busy (view));
}

/* A button below keeps the focus, and with it Enter, which is to accept. */
static void
drop_focus (OscShell *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && !gtk_widget_is_ancestor (focus, self->modal))
    gtk_root_set_focus (root, NULL);
}

static void
set_modal (OscShell *self, gboolean shown)
{
  if (shown && !gtk_widget_get_visible (self->modal)) {
    drop_focus (self);
  }
  gtk_widget_set_visible (self->scrim, shown);
  gtk_widget_set_visible (self->modal, shown);
  gtk_widget_set_can_target (self->scroller, !shown);
  gtk_widget_set_can_focus (self->scroller, !shown);
  gtk_widget_set_can_target (self->side, !shown);
  gtk_widget_set_can_focus (self->side, !shown);
}

/* What came as a bar stays one until somebody acts or looks, what came in full stays in full. */
static void
show_arrival (OscShell *self)
{
  gboolean wanted = osc_arrival_queue_current (self->queue) != NULL;
  gboolean as_bar = wanted && !gtk_widget_get_visible (self->modal) &&
                    (gtk_widget_get_visible (self->bar) || is_at_work (self));

  gtk_widget_set_visible (self->bar, as_bar);
  set_modal (self, wanted && !as_bar);
}

/* Somebody wants to see it, whatever they were doing. */
static void
show_in_full (OscShell *self)
{
  gtk_widget_set_visible (self->bar, FALSE);
  set_modal (self, osc_arrival_queue_current (self->queue) != NULL);
}

OscArrivalQueue *
osc_shell_queue (OscShell *self)
{
  g_return_val_if_fail (OSC_IS_SHELL (self), NULL);
  return self->queue;
}

void
osc_shell_set_ask (OscShell *self, GtkWidget *ask)
{
  g_return_if_fail (OSC_IS_SHELL (self));
  adw_bin_set_child (ADW_BIN (self->ask), ask);
}

/* ---- drawer ---- */

void
osc_shell_open (OscShell *self, OscOrderItem *item)
{
  g_return_if_fail (OSC_IS_SHELL (self));

  osc_drawer_show (OSC_DRAWER (self->drawer), item);
  gtk_widget_set_visible (self->side, item != NULL);
}

static void
on_drawer_closed (OscShell *self)
{
  osc_shell_open (self, NULL);
}

static void
on_timeline_wanted (OscShell *self, OscOrderItem *item)
{
  g_signal_emit (self, signals[TIMELINE_WANTED], 0, item);
}

void
osc_shell_set_steps (OscShell *self, OscOrderItem *item, GPtrArray *steps)
{
  g_return_if_fail (OSC_IS_SHELL (self));
  osc_drawer_set_steps (OSC_DRAWER (self->drawer), item, steps);
}

static void
on_drop_order (OscShell *self, OscOrderItem *item)
{
  if (osc_order_item_column (item) == OSC_COLUMN_NEW) {
    osc_arrival_queue_show (self->queue, item);
    show_in_full (self);
    osc_arrival_ask_reason (OSC_ARRIVAL (self->arrival));
    return;
  }
  osc_shell_open (self, item);
  osc_drawer_ask_reason (OSC_DRAWER (self->drawer));
}

/* A waiting order opens in the arrival layer, where it can be answered. */
static void
on_open_order (OscShell *self, OscOrderItem *item)
{
  if (osc_order_item_column (item) == OSC_COLUMN_NEW) {
    osc_arrival_queue_show (self->queue, item);
    show_in_full (self);
  } else {
    osc_shell_open (self, item);
  }
}

/* Any order, also one that has long left the board. */
static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscShell) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osy_client_order_finish (OSY_CLIENT (source), result, &error);
  g_autoptr (OscOrderItem) item = order != NULL ? osc_order_item_new (order) : NULL;

  if (item != NULL)
    osc_shell_open (self, item);
  else
    osc_toasts_say (GTK_WIDGET (self), _ ("That order can't be opened now. Try again"));
}

static void
open_order_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscShell *self = OSC_SHELL (widget);
  const char *text = g_variant_get_string (id, NULL);
  OscOrderItem *item = osc_order_store_find (self->context.orders, text);

  if (item != NULL)
    on_open_order (self, item);
  else if (self->context.client != NULL)
    osy_client_order_async (self->context.client, text, NULL, fetched_cb, g_object_ref (self));
}

/* ---- views ---- */

OscView *
osc_shell_view (OscShell *self)
{
  g_return_val_if_fail (OSC_IS_SHELL (self), NULL);
  return OSC_VIEW (gtk_stack_get_visible_child (GTK_STACK (self->view)));
}

const OscContext *
osc_shell_context (OscShell *self)
{
  g_return_val_if_fail (OSC_IS_SHELL (self), NULL);
  return &self->context;
}

/* Views are made when they are first gone to: the board alone is there at once. */
static GtkWidget *
need_view (OscShell *self, const OscViewKind *kind)
{
  GtkWidget *view = gtk_stack_get_child_by_name (GTK_STACK (self->view), kind->name);

  if (view != NULL)
    return view;
  view = kind->make (&self->context);
  gtk_stack_add_named (GTK_STACK (self->view), view, kind->name);
  osc_view_set_live (OSC_VIEW (view), self->live);
  if (g_signal_lookup ("open-order", G_OBJECT_TYPE (view)) != 0) {
    g_signal_connect_object (view, "open-order", G_CALLBACK (on_open_order), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (view, "drop-order", G_CALLBACK (on_drop_order), self,
                             G_CONNECT_SWAPPED);
  }
  return view;
}

void
osc_shell_go (OscShell *self, const char *name, const char *what)
{
  g_return_if_fail (OSC_IS_SHELL (self));
  const OscViewKind *kind = osc_views_find (name);
  OscView *from = osc_shell_view (self);
  GtkWidget *to;

  if (kind == NULL || !osc_views_open_to (kind, self->context.people))
    return;
  to = need_view (self, kind);
  if (OSC_VIEW (to) != from) {
    if (from != NULL && !osc_view_leave (from, name))
      return;
    osc_widget_drop_focus (self->side);
    osc_widget_drop_focus (self->view);
    osc_shell_open (self, NULL);
    gtk_stack_set_visible_child (GTK_STACK (self->view), to);
    gtk_widget_set_visible (self->rail, kind->tile != NULL);
    osc_rail_choose (OSC_RAIL (self->rail), kind->tile);
    osc_view_enter (OSC_VIEW (to));
    g_signal_emit (self, signals[MOVED], 0);
  }
  if (what != NULL)
    osc_view_open (OSC_VIEW (to), what);
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *view)
{
  osc_shell_go (OSC_SHELL (widget), g_variant_get_string (view, NULL), NULL);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *view;
  const char *what;

  g_variant_get (parameter, "(&s&s)", &view, &what);
  osc_shell_go (OSC_SHELL (widget), view, what);
}

static void
switch_shop_action (GtkWidget *widget, const char *name, GVariant *id)
{
  g_signal_emit (widget, signals[SWITCH_SHOP], 0, g_variant_get_string (id, NULL));
}

/* ---- paper ---- */

static gboolean
prints (OscShell *self, const char *purpose)
{
  GPtrArray *printers = osc_printer_store_printers (self->context.printers);

  for (guint i = 0; printers != NULL && i < printers->len; i++)
    if (g_strv_contains (
            (const char *const *)((OsyPrinter *)g_ptr_array_index (printers, i))->purposes,
            purpose))
      return TRUE;
  return FALSE;
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscShell) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);
  g_autofree char *text = answer == NULL ? osc_cart_failure_text (error) : NULL;

  osc_toasts_add (OSC_TOASTS (self->toasts), text != NULL ? text : _ ("Printing"), FALSE);
}

/* What can be printed, of the check or order whose id stands in the path. */
static const struct {
  const char *what;
  const char *purpose;
  const char *path;
  const char *refusal; /* msgid: no printer serves @purpose */
} papers[] = {
    {"bill", OSY_PRINT_BILL, "checks/%s/print",
     N_ ("No printer prints bills. Settings has a page of printers")},
    {"receipt", OSY_PRINT_RECEIPT, "checks/%s/receipt",
     N_ ("No printer prints receipts. Settings has a page of printers")},
    {"kitchen", OSY_PRINT_KITCHEN, "kitchen/orders/%s/reprint",
     N_ ("No printer prints for the kitchen. Settings has a page of printers")},
};

static void
print_paper (OscShell *self, gsize paper, const char *id)
{
  g_auto (GStrv) around = g_strsplit (papers[paper].path, "%s", 2);
  g_autofree char *path = g_strconcat (around[0], id, around[1], NULL);
  gboolean of_check = g_str_has_prefix (path, "checks/");
  g_autoptr (JsonNode) body = of_check ? osy_json_take_object (json_object_new ()) : NULL;

  if (!prints (self, papers[paper].purpose))
    osc_toasts_add (OSC_TOASTS (self->toasts), _ (papers[paper].refusal), FALSE);
  else
    osc_printer_store_send_async (
        self->context.printers,
        &(OsyClientRequest){.method = "POST", .path = path, .body = body, .persistent = TRUE},
        printed_cb, g_object_ref (self));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *what;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &what, &id);
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_str_equal (papers[i].what, what))
      print_paper (OSC_SHELL (widget), i, id);
}

/* ---- scanner ---- */

/* Where a code is asked for it is written, as if the scanner had typed it there. */
static gboolean
put_code (GtkRoot *root, const char *code)
{
  GtkWidget *at = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *entry = NULL;

  for (; at != NULL && !gtk_widget_has_css_class (at, "takes-code");
       at = gtk_widget_get_parent (at))
    entry = GTK_IS_ENTRY (at) ? at : entry;
  if (at != NULL && GTK_IS_ENTRY (at))
    entry = at;
  if (at == NULL || entry == NULL)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  g_signal_emit_by_name (entry, "activate");
  return TRUE;
}

static void
say_unknown (OscShell *self, const char *code)
{
  g_autofree char *text = g_strdup_printf (_ ("Nothing has the code %s"), code);

  osc_toasts_add (OSC_TOASTS (self->toasts), text, FALSE);
}

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscShell) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osc_scan_order_finish (OSY_CLIENT (source), result, &error);
  g_autoptr (OscOrderItem) item = order != NULL ? osc_order_item_new (order) : NULL;

  if (item != NULL)
    osc_shell_open (self, item);
  else if (g_error_matches (error, OSY_ERROR, OSY_ERROR_NOT_FOUND))
    osc_toasts_add (OSC_TOASTS (self->toasts), _ ("No order or table has that code"), FALSE);
  else
    osc_toasts_add (OSC_TOASTS (self->toasts), _ ("That order can't be opened now. Try again"),
                    FALSE);
}

static void
scan_item (OscShell *self, const char *id)
{
  g_autofree char *what = g_strconcat ("item:", id, NULL);

  if (!osc_views_open_to (osc_views_find ("sale"), self->context.people))
    osc_toasts_add (OSC_TOASTS (self->toasts), _ ("You may not take orders"), FALSE);
  else
    osc_shell_go (self, "sale", what);
}

/* As if its key had been pressed, and never what is written where a code is asked for. */
static gboolean
scan_command (OscShell *self, const char *code)
{
  OscKey key = osc_command_key (code);

  if (key == OSC_KEY_NONE)
    return FALSE;
  if (!osc_shell_key (self, key))
    osc_toasts_add (OSC_TOASTS (self->toasts),
                    gtk_widget_get_visible (self->modal)
                        ? _ ("Answer the new order first, then scan again")
                        : _ ("There is nothing here to do that with"),
                    FALSE);
  return TRUE;
}

void
osc_shell_scan (OscShell *self, const char *code)
{
  g_return_if_fail (OSC_IS_SHELL (self) && code != NULL);
  g_autofree char *id = NULL;

  if (scan_command (self, code))
    return;
  if (gtk_widget_get_visible (self->modal)) {
    osc_toasts_add (OSC_TOASTS (self->toasts), _ ("Answer the new order first, then scan again"),
                    FALSE);
    return;
  }
  if (put_code (gtk_widget_get_root (GTK_WIDGET (self)), code))
    return;
  switch (osc_scan_find (&self->context, code, &id)) {
  case OSC_SCAN_ITEM: scan_item (self, id); return;
  case OSC_SCAN_TABLE: osc_shell_go (self, "tables", id); return;
  case OSC_SCAN_ORDER:
    on_open_order (self, osc_order_store_find (self->context.orders, id));
    return;
  case OSC_SCAN_ID:
    if (self->context.client != NULL) {
      osc_scan_order_async (self->context.client, id, scanned_cb, g_object_ref (self));
      return;
    }
    break;
  default: break;
  }
  say_unknown (self, code);
}

void
osc_shell_scan_in_dialog (OscShell *self, GtkRoot *dialog, const char *code)
{
  g_return_if_fail (OSC_IS_SHELL (self) && GTK_IS_ROOT (dialog) && code != NULL);

  if (osc_command_key (code) != OSC_KEY_NONE || !put_code (dialog, code))
    osc_toasts_add (OSC_TOASTS (self->toasts), _ ("Finish what is open first, then scan again"),
                    FALSE);
}

/* ---- keys ---- */

static gboolean
go_by_key (OscShell *self, OscKey key)
{
  for (const OscViewKind *view = osc_views (); view->name != NULL; view++)
    if (view->key == key) {
      osc_shell_go (self, view->name, NULL);
      return TRUE;
    }
  return FALSE;
}

/* What the view on screen made nothing of. */
static gboolean
own_key (OscShell *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_UNDO:
    osc_toasts_clear_undo (OSC_TOASTS (self->toasts));
    osc_acts_undo (self->context.acts);
    return TRUE;
  case OSC_KEY_FIND: osc_shell_go (self, "past", ""); return TRUE;
  case OSC_KEY_PHONE: osc_shell_go (self, "sale", "phone"); return TRUE;
  case OSC_KEY_CASH:
    osc_printer_sheet_open_drawer (GTK_WIDGET (self), self->context.printers, self->context.people);
    return TRUE;
  case OSC_KEY_BACK: osc_shell_go (self, "orders", NULL); return TRUE;
  default: return go_by_key (self, key);
  }
}

gboolean
osc_shell_key (OscShell *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_SHELL (self), FALSE);

  if (gtk_widget_get_visible (self->modal))
    return osc_arrival_key (OSC_ARRIVAL (self->arrival), key) ||
           (key == OSC_KEY_UNDO && own_key (self, key));
  if (gtk_widget_get_visible (self->side) && osc_drawer_key (OSC_DRAWER (self->drawer), key))
    return TRUE;
  return osc_view_key (osc_shell_view (self), key) ||
         (gtk_widget_get_visible (self->bar) &&
          osc_arrival_bar_key (OSC_ARRIVAL_BAR (self->arrival_bar), key)) ||
         own_key (self, key);
}

static void
osc_shell_dispose (GObject *object)
{
  OscShell *self = OSC_SHELL (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SHELL);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->problem, g_free);
  g_clear_object (&self->context.minutes);
  g_clear_object (&self->context.acts);
  g_clear_object (&self->context.orders);
  g_clear_object (&self->context.kitchen);
  g_clear_object (&self->context.menu);
  g_clear_object (&self->context.shop);
  g_clear_object (&self->context.people);
  g_clear_object (&self->context.security);
  g_clear_object (&self->context.printers);
  g_clear_object (&self->context.stations);
  g_clear_object (&self->context.tables);
  g_clear_object (&self->context.attention);
  g_clear_object (&self->context.client);
  g_clear_object (&self->context.alarm);
  G_OBJECT_CLASS (osc_shell_parent_class)->dispose (object);
}

static void
osc_shell_class_init (OscShellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_shell_dispose;
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[TIMELINE_WANTED] =
      g_signal_new ("timeline-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
  signals[SWITCH_SHOP] = g_signal_new ("switch-shop", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_BANNER);
  g_type_ensure (OSC_TYPE_RAIL);
  g_type_ensure (OSC_TYPE_STAGE);
  g_type_ensure (OSC_TYPE_TOASTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, OscShell, banner);
  gtk_widget_class_bind_template_child (widget_class, OscShell, warning);
  gtk_widget_class_bind_template_child (widget_class, OscShell, stuck);
  gtk_widget_class_bind_template_child (widget_class, OscShell, bar);
  gtk_widget_class_bind_template_child (widget_class, OscShell, ask);
  gtk_widget_class_bind_template_child (widget_class, OscShell, rail);
  gtk_widget_class_bind_template_child (widget_class, OscShell, stage);
  gtk_widget_class_bind_template_child (widget_class, OscShell, view);
  gtk_widget_class_bind_template_child (widget_class, OscShell, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscShell, side);
  gtk_widget_class_bind_template_child (widget_class, OscShell, scrim);
  gtk_widget_class_bind_template_child (widget_class, OscShell, modal);
  gtk_widget_class_bind_template_child (widget_class, OscShell, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_warning_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_stuck_pressed);
  gtk_widget_class_install_action (widget_class, "shell.go", "s", go_action);
  gtk_widget_class_install_action (widget_class, "shell.show", "(ss)", show_action);
  gtk_widget_class_install_action (widget_class, "shell.print", "(ss)", print_action);
  gtk_widget_class_install_action (widget_class, "shell.open-order", "s", open_order_action);
  gtk_widget_class_install_action (widget_class, "shell.switch-shop", "s", switch_shop_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "shell");
}

static void
osc_shell_init (OscShell *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_banner_set_icon (OSC_BANNER (self->warning), "osy-shield-symbolic");
  osc_banner_set_icon (OSC_BANNER (self->stuck), "osy-warning-symbolic");
  osc_widget_make_vertical (GTK_WIDGET (self));
}

static void
make_layers (OscShell *self)
{
  self->queue = osc_arrival_queue_new (self->context.orders);
  self->drawer = osc_drawer_new (self->context.acts, self->context.client, self->context.people);
  osc_drawer_set_kitchen (OSC_DRAWER (self->drawer), self->context.kitchen);
  osc_drawer_set_deliveries (OSC_DRAWER (self->drawer), &self->context);
  self->arrival = osc_arrival_new (self->queue, self->context.acts, self->context.minutes);
  adw_bin_set_child (ADW_BIN (self->side), self->drawer);
  adw_bin_set_child (ADW_BIN (self->modal), self->arrival);
  self->arrival_bar = osc_arrival_bar_new (self->queue, self->context.acts, self->context.minutes);
  adw_bin_set_child (ADW_BIN (self->bar), self->arrival_bar);
}

/* A role may be given or taken at any time. What is typed in a view that is taken is lost with the
 * right to save it. */
static void
on_people (OscShell *self, OscPeoplePart part)
{
  if (part != OSC_PEOPLE_ME)
    return;
  osc_rail_show_open (OSC_RAIL (self->rail), self->context.people);
  for (const OscViewKind *kind = osc_views (); kind->name != NULL; kind++)
    if (gtk_stack_get_child_by_name (GTK_STACK (self->view), kind->name) ==
            GTK_WIDGET (osc_shell_view (self)) &&
        !osc_views_open_to (kind, self->context.people))
      osc_shell_go (self, "orders", NULL);
}

/* Guests who move take the place on their orders' cards along. */
static void
on_tables_changed (OscShell *self)
{
  GListModel *orders = G_LIST_MODEL (self->context.orders);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (orders, i);

    if (osc_order_item_data (item)->table_id != NULL)
      g_object_notify (G_OBJECT (item), "order");
  }
}

static void
on_shop_changed (OscShell *self)
{
  osc_minutes_set_least (
      self->context.minutes,
      osy_shop_data (osc_shop_store_get (self->context.shop))->default_prep_minutes);
}

static void
connect_parts (OscShell *self)
{
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  g_signal_connect_object (self->context.acts, "done", G_CALLBACK (on_done), self, swapped);
  g_signal_connect_object (self->context.acts, "failed", G_CALLBACK (on_failed), self, swapped);
  g_signal_connect_object (self->context.acts, "permission-wanted",
                           G_CALLBACK (on_permission_wanted), self, swapped);
  g_signal_connect_object (self->context.stock, "changed", G_CALLBACK (on_stock), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context.orders, "notify::waiting", G_CALLBACK (on_waiting), self,
                           swapped);
  g_signal_connect_object (self->context.tables, "changed", G_CALLBACK (on_tables_changed), self,
                           swapped);
  g_signal_connect_object (self->context.shop, "changed", G_CALLBACK (on_shop_changed), self,
                           swapped);
  g_signal_connect_object (self->context.security, "changed", G_CALLBACK (show_warning), self,
                           swapped);
  g_signal_connect_object (self->context.attention, "changed", G_CALLBACK (show_stuck), self,
                           swapped);
  g_signal_connect_object (self->context.people, "changed", G_CALLBACK (on_people), self, swapped);
  g_signal_connect_object (self->context.pay, "recovered", G_CALLBACK (on_recovered), self,
                           swapped);
  g_signal_connect_object (self->queue, "notify::current", G_CALLBACK (show_arrival), self,
                           swapped);
  g_signal_connect_object (self->arrival_bar, "look", G_CALLBACK (show_in_full), self, swapped);
  g_signal_connect_object (self->drawer, "closed", G_CALLBACK (on_drawer_closed), self, swapped);
  g_signal_connect_object (self->drawer, "timeline-wanted", G_CALLBACK (on_timeline_wanted), self,
                           swapped);
}

GtkWidget *
osc_shell_new (const OscContext *context)
{
  OscShell *self = g_object_new (OSC_TYPE_SHELL, NULL);

  self->context = *context;
  g_object_ref (context->orders);
  g_object_ref (context->acts);
  g_object_ref (context->kitchen);
  g_object_ref (context->menu);
  g_object_ref (context->shop);
  g_object_ref (context->people);
  g_object_ref (context->security);
  g_object_ref (context->printers);
  g_object_ref (context->stations);
  g_object_ref (context->tables);
  g_object_ref (context->attention);
  if (context->client != NULL)
    g_object_ref (context->client);
  if (context->alarm != NULL)
    g_object_ref (context->alarm);
  self->context.minutes = context->minutes != NULL
                              ? g_object_ref (context->minutes)
                              : osc_minutes_new (G_LIST_MODEL (context->orders));
  if (context->load != NULL)
    osc_minutes_follow (self->context.minutes, context->load);
  osc_words_follow_tables (self->context.tables);
  make_layers (self);
  connect_parts (self);
  osc_rail_show_open (OSC_RAIL (self->rail), self->context.people);
  osc_shell_go (self, "orders", NULL);
  on_waiting (self);
  on_stock (self);
  show_arrival (self);
  return GTK_WIDGET (self);
}

void
osc_shell_set_live (OscShell *self, const char *problem)
{
  g_return_if_fail (OSC_IS_SHELL (self));

  g_free (self->problem);
  self->problem = g_strdup (problem);
  osc_shell_set_outage (self, OSC_OUTAGE_SERVER, problem != NULL);
  self->live = problem == NULL;
  for (GtkWidget *view = gtk_widget_get_first_child (self->view); view != NULL;
       view = gtk_widget_get_next_sibling (view))
    osc_view_set_live (OSC_VIEW (view), self->live);
  osc_drawer_set_live (OSC_DRAWER (self->drawer), self->live);
  osc_arrival_set_live (OSC_ARRIVAL (self->arrival), self->live);
  osc_arrival_bar_set_live (OSC_ARRIVAL_BAR (self->arrival_bar), self->live);
}
