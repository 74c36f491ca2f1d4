/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The refund desk. Everything is drawn from the store; what is kept here is where the keys are, and
 * what was refunded last. */

#include "osc-refund.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-cart.h"
#include "osc-field.h"
#include "osc-pin-ask.h"
#include "osc-reasons.h"
#include "osc-refund-choice.h"
#include "osc-refund-find.h"
#include "osc-refund-rows.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"

struct _OscRefund {
  GtkWidget parent_instance;
  GtkWidget *about;
  GtkWidget *tools;
  GtkWidget *stack;
  GtkWidget *find;
  GtkWidget *choice;
  GtkWidget *notice;
  GtkWidget *notice_icon;
  GtkWidget *notice_spinner;
  GtkWidget *notice_title;
  GtkWidget *notice_detail;
  GtkWidget *notice_act;
  GtkWidget *head;
  GtkWidget *head_word;
  GtkWidget *head_won;
  GtkWidget *effects;
  GtkWidget *account;
  GtkWidget *bank;
  GtkWidget *account_number;
  GtkWidget *holder;
  GtkWidget *past_title;
  GtkWidget *past;
  GtkWidget *reasons;
  GtkWidget *pin_hint;
  OscRefundStore *store;
  OscPeople *people;
  OscPrinterStore *printers;
  char *back;  /* (nullable): the view that Esc leads to */
  gint64 done; /* won that were just refunded; 0: none */
  gboolean live;
};

static void osc_refund_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscRefund,
                               osc_refund,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_refund_view_init))

static void
empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

static const OsyPayment *
find_payment (OscRefund *self, const char *id)
{
  GPtrArray *payments = osc_refund_store_payments (self->store);

  for (guint i = 0; id != NULL && payments != NULL && i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    if (g_str_equal (payment->id, id))
      return payment;
  }
  return NULL;
}

/* ---- what it does ---- */

static char *
trouble_text (const GError *error)
{
  JsonNode *left = osy_error_get_extra (error, "refundable_amount");

  if (left != NULL) {
    g_autofree char *money = osc_words_money (json_node_get_int (left));
    return g_strdup_printf (_ ("%s at most can be refunded"), money);
  }
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    return g_strdup (_ ("Some of it was refunded already. Choose again"));
  return g_strdup (_ ("What it would do can't be shown just now. Nothing was refunded"));
}

static void
show_head (OscRefund *self, const OscRefundPlan *plan)
{
  const GError *trouble = osc_refund_store_trouble (self->store);
  g_autofree char *money = plan != NULL ? osc_words_money (plan->amount) : NULL;
  g_autofree char *why = trouble != NULL ? trouble_text (trouble) : NULL;
  const char *word = _ ("Choose what goes back");

  if (osc_refund_store_paid (self->store) == 0)
    word = _ ("Nothing was paid for this order yet");
  else if (osc_refund_store_ceiling (self->store) == 0)
    word = _ ("All of it has been refunded");
  if (plan != NULL)
    word = _ ("Goes back to the guest");
  gtk_label_set_label (GTK_LABEL (self->head_word), why != NULL ? why : word);
  gtk_label_set_label (GTK_LABEL (self->head_won), money != NULL ? money : "");
  osc_widget_set_class (self->head, "trouble", why != NULL);
  osc_widget_set_class (self->head, "ready", plan != NULL);
  gtk_widget_set_visible (self->head_won, plan != NULL);
  gtk_widget_set_visible (self->head, self->done == 0 || plan != NULL);
}

static void
show_effects (OscRefund *self)
{
  const OscRefundPlan *plan = osc_refund_store_plan (self->store);

  show_head (self, plan);
  empty (self->effects);
  for (guint i = 0; plan != NULL && i < plan->effects->len; i++) {
    const OscRefundEffect *effect = g_ptr_array_index (plan->effects, i);
    GtkWidget *row = osc_refund_rows_effect (effect, find_payment (self, effect->payment_id));
    if (row != NULL)
      gtk_box_append (GTK_BOX (self->effects), row);
  }
  gtk_widget_set_visible (self->effects, plan != NULL);
  gtk_widget_set_visible (self->account, plan != NULL && osc_refund_plan_has (plan, "ACCOUNT"));
}

static gboolean
has_account (OscRefund *self)
{
  GtkWidget *fields[] = {self->bank, self->account_number, self->holder};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (*osc_field_text (OSC_FIELD (fields[i])) == '\0')
      return FALSE;
  return TRUE;
}

static void
on_account (OscRefund *self)
{
  osc_refund_store_set_account (self->store, osc_field_text (OSC_FIELD (self->bank)),
                                osc_field_text (OSC_FIELD (self->account_number)),
                                osc_field_text (OSC_FIELD (self->holder)));
}

static void
show_button (OscRefund *self)
{
  const OscRefundPlan *plan = osc_refund_store_plan (self->store);
  g_autofree char *money = plan != NULL ? osc_words_money (plan->amount) : NULL;
  g_autofree char *text =
      plan != NULL ? g_strdup_printf (_ ("Refund %s"), money) : g_strdup (_ ("Refund"));
  gboolean ready = plan != NULL && self->live && osc_refund_store_held (self->store) == NULL &&
                   (!osc_refund_plan_has (plan, "ACCOUNT") || has_account (self));

  osc_reasons_allow (OSC_REASONS (self->reasons), text, ready);
  gtk_widget_set_visible (self->pin_hint, !osc_people_may (self->people, "payment:refund"));
}

/* ---- earlier ones ---- */

static gboolean
prints (OscRefund *self)
{
  GPtrArray *printers = osc_printer_store_printers (self->printers);

  for (guint i = 0; printers != NULL && i < printers->len; i++)
    if (g_strv_contains (
            (const char *const *)((OsyPrinter *)g_ptr_array_index (printers, i))->purposes,
            OSY_PRINT_RECEIPT))
      return TRUE;
  return FALSE;
}

static void
print (OscRefund *self, const char *payment_id, const char *refund_id)
{
  if (!prints (self)) {
    osc_toasts_say (GTK_WIDGET (self),
                    _ ("No printer prints receipts. Settings has a page of printers"));
    return;
  }
  osc_refund_store_print (self->store, payment_id, refund_id);
  osc_toasts_say (GTK_WIDGET (self), _ ("Printing"));
}

static void
on_print (OscRefund *self, GtkWidget *button)
{
  print (self, g_object_get_data (G_OBJECT (button), "payment"),
         g_object_get_data (G_OBJECT (button), "refund"));
}

static void
on_handed_back (OscRefund *self, GtkWidget *button)
{
  const char *payment_id = g_object_get_data (G_OBJECT (button), "payment");
  const OsyPayment *payment = find_payment (self, payment_id);

  if (payment != NULL && self->live)
    osc_refund_store_complete (self->store, payment_id,
                               g_object_get_data (G_OBJECT (button), "refund"));
}

static void
tie (OscRefund *self, GtkWidget *button, const OsyPayment *payment, const OsyRefund *refund)
{
  g_object_set_data_full (G_OBJECT (button), "payment", g_strdup (payment->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "refund", g_strdup (refund->id), g_free);
}

/* One of many payments' refunds. */
typedef struct {
  const OsyPayment *payment;
  const OsyRefund *refund;
} Past;

static gint
by_time (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const Past *)a)->refund->at;
  gint64 second = ((const Past *)b)->refund->at;

  return (first < second) - (first > second);
}

/* (transfer full): of Past, the newest first. */
static GArray *
list_past (OscRefund *self)
{
  GPtrArray *payments = osc_refund_store_payments (self->store);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Past));

  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    for (guint k = 0; k < payment->refunds->len; k++) {
      const Past past = {payment, g_ptr_array_index (payment->refunds, k)};
      g_array_append_val (list, past);
    }
  }
  g_array_sort (list, by_time);
  return list;
}

static void
show_past (OscRefund *self)
{
  g_autoptr (GArray) list = list_past (self);

  empty (self->past);
  for (guint i = 0; i < list->len; i++) {
    const Past *past = &g_array_index (list, Past, i);
    GtkWidget *act = NULL;
    GtkWidget *paper = NULL;

    gtk_box_append (GTK_BOX (self->past),
                    osc_refund_rows_past (past->payment, past->refund, &act, &paper));
    tie (self, paper, past->payment, past->refund);
    g_signal_connect_object (paper, "clicked", G_CALLBACK (on_print), self, G_CONNECT_SWAPPED);
    if (act == NULL)
      continue;
    tie (self, act, past->payment, past->refund);
    g_signal_connect_object (act, "clicked", G_CALLBACK (on_handed_back), self, G_CONNECT_SWAPPED);
  }
  gtk_widget_set_visible (self->past_title, list->len > 0);
}

/* Of what was refunded last. */
static void
print_last (OscRefund *self)
{
  g_autoptr (GArray) list = list_past (self);

  if (list->len > 0)
    print (self, g_array_index (list, Past, 0).payment->id,
           g_array_index (list, Past, 0).refund->id);
}

/* ---- what is going on ---- */

typedef enum { NOTICE_NONE, NOTICE_WAIT, NOTICE_PIN, NOTICE_CARD, NOTICE_DONE } Notice;

static Notice
find_notice (OscRefund *self, const Past **awaited, GArray *list)
{
  const OscRefundHeld *held = osc_refund_store_held (self->store);

  if (held != NULL)
    return held->wants_pin ? NOTICE_PIN : NOTICE_WAIT;
  for (guint i = 0; i < list->len; i++) {
    const Past *past = &g_array_index (list, Past, i);
    if (osc_refund_rows_is_awaited (past->payment, past->refund)) {
      *awaited = past;
      return NOTICE_CARD;
    }
  }
  return self->done > 0 ? NOTICE_DONE : NOTICE_NONE;
}

static void
fill_notice (OscRefund *self, const char *title, const char *detail, const char *button)
{
  gtk_label_set_label (GTK_LABEL (self->notice_title), title);
  gtk_label_set_label (GTK_LABEL (self->notice_detail), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->notice_detail, detail != NULL);
  gtk_widget_set_visible (self->notice_act, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->notice_act), button);
}

static void
say_notice (OscRefund *self, Notice notice, const Past *awaited)
{
  g_autofree char *money = osc_words_money (self->done);
  g_autofree char *done = g_strdup_printf (_ ("%s refunded"), money);
  gboolean unknown = awaited != NULL && g_str_equal (awaited->refund->status, OSY_REFUND_UNKNOWN);

  switch (notice) {
  case NOTICE_WAIT:
    fill_notice (self, _ ("Checking whether the refund was made"),
                 _ ("It goes on by itself and is never made twice. Don't refund it again"), NULL);
    break;
  case NOTICE_PIN:
    fill_notice (self, _ ("A PIN is needed to go on"),
                 _ ("It goes on where it was and is never made twice"), _ ("Enter the PIN"));
    break;
  case NOTICE_CARD:
    fill_notice (self,
                 unknown ? _ ("Checking with the card company. Don't refund it again")
                         : _ ("The card company is being told"),
                 unknown ? NULL : _ ("When the line is down, it is refunded once it is back"),
                 _ ("Ask now"));
    break;
  case NOTICE_DONE: fill_notice (self, done, NULL, _ ("Print the refund")); break;
  case NOTICE_NONE: break;
  }
}

static void
show_notice (OscRefund *self)
{
  g_autoptr (GArray) list = list_past (self);
  const Past *awaited = NULL;
  Notice notice = find_notice (self, &awaited, list);
  gboolean waits = notice == NOTICE_WAIT || notice == NOTICE_CARD;

  gtk_widget_set_visible (self->notice, notice != NOTICE_NONE);
  gtk_widget_set_visible (self->notice_spinner, waits);
  gtk_spinner_set_spinning (GTK_SPINNER (self->notice_spinner), waits);
  gtk_widget_set_visible (self->notice_icon, !waits);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->notice_icon), notice == NOTICE_DONE
                                                                   ? "osy-check-symbolic"
                                                                   : "osy-shield-symbolic");
  osc_widget_set_class (self->notice, "done", notice == NOTICE_DONE);
  say_notice (self, notice, awaited);
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscRefund) self = user_data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (self->store == NULL)
    return;
  if (answer != NULL)
    osc_refund_store_repeat (self->store, answer->act_token);
  else
    osc_refund_store_give_up (self->store);
}

static void
ask_pin (OscRefund *self, const char *permission)
{
  osc_pin_ask_async (GTK_WIDGET (self), self->people, permission, _ ("Only a manager can refund"),
                     allowed_cb, g_object_ref (self));
}

static void
on_notice_act (OscRefund *self)
{
  g_autoptr (GArray) list = list_past (self);
  const Past *awaited = NULL;

  switch (find_notice (self, &awaited, list)) {
  case NOTICE_PIN: ask_pin (self, "payment:refund"); break;
  case NOTICE_CARD: osc_refund_store_ask (self->store, awaited->payment->id); break;
  case NOTICE_DONE: print_last (self); break;
  default: break;
  }
}

/* ---- the whole ---- */

static void
show_about (OscRefund *self, const OsyBill *bill)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *day = bill != NULL ? osc_words_day (bill->business_day) : NULL;

  for (guint i = 0; bill != NULL && i < bill->orders->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            ((OsyBillOrder *)g_ptr_array_index (bill->orders, i))->number);
  g_autofree char *orders = g_strdup_printf (_ ("Orders %s"), text->str);
  g_autofree char *about =
      day != NULL && *day != '\0' ? g_strdup_printf ("%s · %s", orders, day) : g_strdup (orders);
  gtk_label_set_label (GTK_LABEL (self->about), bill != NULL ? about : "");
}

static const char *
find_page (OscRefund *self, const OsyBill *bill)
{
  const char *now = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  if (g_strcmp0 (now, "find") == 0)
    return "find";
  if (osc_refund_store_failed (self->store))
    return "failed";
  return bill != NULL && osc_refund_store_payments (self->store) != NULL ? "desk" : "loading";
}

static void
show_all (OscRefund *self)
{
  const OsyBill *bill = osc_bill_store_bill (osc_refund_store_bill (self->store));
  const char *page = find_page (self, bill);
  gboolean desk = g_str_equal (page, "desk");

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  gtk_widget_set_visible (self->tools, !g_str_equal (page, "find"));
  show_about (self, desk ? bill : NULL);
  if (!desk)
    return;
  osc_refund_choice_show (OSC_REFUND_CHOICE (self->choice));
  show_notice (self);
  show_effects (self);
  show_past (self);
  show_button (self);
}

/* ---- acts ---- */

static void
on_reason (OscRefund *self, const char *reason)
{
  self->done = 0;
  osc_refund_store_refund (self->store, reason);
}

static void
on_confirm (OscRefund *self)
{
  if (!osc_reasons_confirm (OSC_REASONS (self->reasons)))
    osc_toasts_say (GTK_WIDGET (self), osc_refund_store_plan (self->store) == NULL
                                           ? _ ("Choose what goes back")
                                           : _ ("Choose a reason"));
}

static void
on_done (OscRefund *self, gint64 won, const char *check_id)
{
  const OsyBill *bill = osc_bill_store_bill (osc_refund_store_bill (self->store));

  if (bill == NULL || g_strcmp0 (bill->id, check_id) != 0)
    return;
  self->done = won;
  osc_reasons_ask (OSC_REASONS (self->reasons), OSC_REASONS_REFUND);
  show_all (self);
}

static void
on_failed (OscRefund *self, const GError *error, const char *permission)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (permission != NULL) {
    ask_pin (self, permission);
    return;
  }
  g_autofree char *text = osy_error_is (error, OSY_ERROR_STATE_CONFLICT) ||
                                  osy_error_is (error, OSY_ERROR_INVALID_REQUEST)
                              ? trouble_text (error)
                              : g_strdup (_ ("That didn't work. Nothing was refunded"));
  osc_toasts_say (GTK_WIDGET (self), text);
}

/* ---- which check ---- */

static void
show_find (OscRefund *self)
{
  osc_refund_store_show (self->store, NULL);
  self->done = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "find");
  show_all (self);
  osc_refund_find_start (OSC_REFUND_FIND (self->find));
}

static void
show_check (OscRefund *self, const char *check_id)
{
  self->done = 0;
  osc_refund_choice_move (OSC_REFUND_CHOICE (self->choice), 0);
  osc_reasons_ask (OSC_REASONS (self->reasons), OSC_REASONS_REFUND);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  osc_refund_store_show (self->store, check_id);
}

static void
on_another (OscRefund *self)
{
  show_find (self);
}

static void
on_chosen (OscRefund *self, const char *check_id)
{
  show_check (self, check_id);
}

/* What was done is no news any more. */
static void
on_touched (OscRefund *self)
{
  self->done = 0;
}

static void
on_retry (OscRefund *self)
{
  const OsyBill *bill = osc_bill_store_bill (osc_refund_store_bill (self->store));

  if (bill == NULL) {
    show_find (self);
    return;
  }
  g_autofree char *id = g_strdup (bill->id);
  show_check (self, id);
}

/* ---- the view ---- */

static void
on_close (OscRefund *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s",
                              self->back != NULL ? self->back : "orders");
}

static void
osc_refund_open (OscView *view, const char *what)
{
  OscRefund *self = OSC_REFUND (view);
  g_auto (GStrv) parts = g_strsplit (what, "/", 2);

  g_free (self->back);
  self->back = parts[0] != NULL ? g_strdup (parts[1]) : NULL;
  if (parts[0] == NULL || *parts[0] == '\0')
    show_find (self);
  else
    show_check (self, parts[0]);
}

static gboolean
on_desk_key (OscRefund *self, OscKey key)
{
  OscRefundChoice *choice = OSC_REFUND_CHOICE (self->choice);

  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9)
    return osc_refund_choice_take (choice, key - OSC_KEY_CARD_1 + 1);
  switch (key) {
  case OSC_KEY_UP: osc_refund_choice_move (choice, -1); return TRUE;
  case OSC_KEY_DOWN: osc_refund_choice_move (choice, 1); return TRUE;
  case OSC_KEY_SPACE: return osc_refund_choice_take (choice, -1);
  case OSC_KEY_ZERO: return osc_refund_choice_take (choice, 0);
  case OSC_KEY_NEXT:
  case OSC_KEY_COMMIT: on_confirm (self); return TRUE;
  case OSC_KEY_PRINT:
  case OSC_KEY_REPRINT: print_last (self); return TRUE;
  default: return FALSE;
  }
}

static gboolean
osc_refund_key (OscView *view, OscKey key)
{
  OscRefund *self = OSC_REFUND (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (key == OSC_KEY_FIND) {
    show_find (self);
    return TRUE;
  }
  if (key == OSC_KEY_BACK) {
    /* Out of what is typed first; that stays. */
    if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)) &&
        g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "desk"))
      gtk_root_set_focus (root, NULL);
    else
      on_close (self);
    return TRUE;
  }
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "desk") &&
         on_desk_key (self, key);
}

static void
osc_refund_set_live (OscView *view, gboolean live)
{
  OscRefund *self = OSC_REFUND (view);

  self->live = live;
  if (self->store != NULL)
    show_all (self);
}

static gboolean
osc_refund_busy (OscView *view)
{
  return osc_refund_store_plan (OSC_REFUND (view)->store) != NULL;
}

static const OscKeyLine *
osc_refund_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"↑ ↓", N_ ("Pick a line")},         {"Space", N_ ("Take the line, or leave it")},
      {"1 – 9", N_ ("So many of it")},     {"Enter", N_ ("Refund")},
      {"Ctrl P", N_ ("Print the refund")}, {NULL},
  };

  return lines;
}

static void
osc_refund_view_init (OscViewInterface *iface)
{
  iface->open = osc_refund_open;
  iface->key = osc_refund_key;
  iface->set_live = osc_refund_set_live;
  iface->busy = osc_refund_busy;
  iface->key_lines = osc_refund_key_lines;
}

/* ---- life ---- */

static void
osc_refund_dispose (GObject *object)
{
  OscRefund *self = OSC_REFUND (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_REFUND);
  g_clear_object (&self->store);
  g_clear_object (&self->people);
  g_clear_object (&self->printers);
  g_clear_pointer (&self->back, g_free);
  G_OBJECT_CLASS (osc_refund_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, OscRefund, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (about);
  BIND (tools);
  BIND (stack);
  BIND (find);
  BIND (choice);
  BIND (notice);
  BIND (notice_icon);
  BIND (notice_spinner);
  BIND (notice_title);
  BIND (notice_detail);
  BIND (notice_act);
  BIND (head);
  BIND (head_word);
  BIND (head_won);
  BIND (effects);
  BIND (account);
  BIND (bank);
  BIND (account_number);
  BIND (holder);
  BIND (past_title);
  BIND (past);
  BIND (reasons);
  BIND (pin_hint);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_another);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_touched);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_act);
  gtk_widget_class_bind_template_callback (widget_class, on_account);
  gtk_widget_class_bind_template_callback (widget_class, on_reason);
}

static void
osc_refund_class_init (OscRefundClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_refund_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_REFUND_CHOICE);
  g_type_ensure (OSC_TYPE_REFUND_FIND);
  g_type_ensure (OSC_TYPE_REASONS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/refund/osc-refund.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "refund");
}

static void
osc_refund_init (OscRefund *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_reasons_ask (OSC_REASONS (self->reasons), OSC_REASONS_REFUND);
}

GtkWidget *
osc_refund_new (const OscContext *context)
{
  OscRefund *self = g_object_new (OSC_TYPE_REFUND, NULL);

  self->store = g_object_ref (context->refunds);
  self->people = g_object_ref (context->people);
  self->printers = g_object_ref (context->printers);
  osc_refund_find_follow (OSC_REFUND_FIND (self->find), self->store);
  osc_refund_choice_follow (OSC_REFUND_CHOICE (self->choice), self->store);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  show_all (self);
  return GTK_WIDGET (self);
}
