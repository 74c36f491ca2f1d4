/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The view of the till: where one is in it, and what is done. What is typed lies in the store. */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "osc-numpad.h"
#include "osc-pin-ask.h"
#include "osc-sheet.h"
#include "osc-till-check.h"
#include "osc-till-counter.h"
#include "osc-till-export.h"
#include "osc-till-move.h"
#include "osc-till-view.h"
#include "osc-till-words.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define MAX_DIGITS 10

static void osc_till_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscTill,
                               osc_till,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_till_view_init))

gboolean
osc_till_may_close (OscTill *self)
{
  return osc_people_may (self->people, "till:manage");
}

char *
osc_till_day (OscTill *self)
{
  const OscTillState *state = osc_till_store_state (self->store);

  return osc_shop_store_business_day (
      self->shop, state != NULL && state->opened_at != 0 ? state->opened_at : osy_clock_now ());
}

gint64
osc_till_opening_won (OscTill *self)
{
  gint64 won = 0;
  int digits = 0;

  for (const char *c = gtk_editable_get_text (GTK_EDITABLE (self->opening)); *c != '\0'; c++)
    if (g_ascii_isdigit (*c) && digits++ < MAX_DIGITS)
      won = won * 10 + g_ascii_digit_value (*c);
  return won;
}

/* ---- where one is ---- */

static void
keep_step (OscTill *self)
{
  OscTillDraft *draft = osc_till_store_draft (self->store, self->what);

  if (draft == NULL || self->at < OSC_TILL_AT_REST || self->at > OSC_TILL_AT_CHECK)
    return;
  draft->step = (OscTillStep)(self->at - OSC_TILL_AT_REST);
  osc_till_store_touch (self->store);
}

void
osc_till_go (OscTill *self, OscTillAt at)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->at = at;
  if (at == OSC_TILL_AT_REST)
    osc_till_store_load_rest (self->store);
  if (at == OSC_TILL_AT_COUNT)
    osc_till_counter_follow (OSC_TILL_COUNTER (self->count), self->store, self->what);
  if (at == OSC_TILL_AT_CHECK)
    osc_till_check_follow (OSC_TILL_CHECK (self->check), self->store, self->what);
  keep_step (self);
  osc_till_show (self);
  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_root_set_focus (root, NULL);
  if (at == OSC_TILL_AT_COUNT)
    osc_till_counter_begin (OSC_TILL_COUNTER (self->count));
}

/* Begins a count, or goes on where it was. */
static void
count_for (OscTill *self, OscTillFor what, gint64 number)
{
  OscTillDraft *draft = osc_till_store_start (self->store, what, number);

  self->what = what;
  osc_till_go (self, (OscTillAt)(OSC_TILL_AT_REST + draft->step));
}

static gboolean
go_back (OscTill *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  switch (self->at) {
  case OSC_TILL_AT_DESK: return FALSE;
  case OSC_TILL_AT_CHECK:
    /* Out of what is typed first; that stays. */
    if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)))
      gtk_root_set_focus (root, NULL);
    else
      osc_till_go (self, OSC_TILL_AT_COUNT);
    return TRUE;
  case OSC_TILL_AT_COUNT:
    osc_till_go (self, self->what == OSC_TILL_FOR_CLOSE        ? OSC_TILL_AT_REST
                       : self->what == OSC_TILL_FOR_CORRECTION ? OSC_TILL_AT_CLOSE
                                                               : OSC_TILL_AT_DESK);
    return TRUE;
  case OSC_TILL_AT_CLOSE: osc_till_go (self, OSC_TILL_AT_LIST); return TRUE;
  case OSC_TILL_AT_DONE: osc_till_store_put_away (self->store); break;
  default: break;
  }
  osc_till_go (self, OSC_TILL_AT_DESK);
  return TRUE;
}

static void
on_back (OscTill *self)
{
  go_back (self);
}

static void
on_past (OscTill *self)
{
  osc_till_store_load_closes (self->store, FALSE);
  osc_till_go (self, OSC_TILL_AT_LIST);
}

static void
look_at (OscTill *self, gint64 number)
{
  self->number = number;
  osc_till_store_load_close (self->store, number);
  osc_till_go (self, OSC_TILL_AT_CLOSE);
}

static void
look_action (GtkWidget *widget, const char *name, GVariant *number)
{
  look_at (OSC_TILL (widget), g_variant_get_int64 (number));
}

static void
older_action (GtkWidget *widget, const char *name, GVariant *nothing)
{
  osc_till_store_load_closes (OSC_TILL (widget)->store, TRUE);
}

static void
pay_action (GtkWidget *widget, const char *name, GVariant *check_id)
{
  g_autofree char *what = g_strconcat (g_variant_get_string (check_id, NULL), "/till", NULL);

  gtk_widget_activate_action (widget, "shell.show", "(ss)", "payment", what);
}

static void
on_retry (OscTill *self)
{
  osc_till_store_load (self->store);
  if (self->at == OSC_TILL_AT_REST)
    osc_till_store_load_rest (self->store);
  if (self->at == OSC_TILL_AT_LIST)
    osc_till_store_load_closes (self->store, FALSE);
  if (self->at == OSC_TILL_AT_CLOSE)
    osc_till_store_load_close (self->store, self->number);
}

/* ---- acts ---- */

static void
on_begin_close (OscTill *self)
{
  count_for (self, OSC_TILL_FOR_CLOSE, 0);
}

static void
on_begin_count (OscTill *self)
{
  count_for (self, OSC_TILL_FOR_COUNT, 0);
}

/* Begins with what was counted then. */
static void
on_correct (OscTill *self)
{
  const OscTillClose *wrong = osc_till_store_find (self->store, self->number);
  const OscTillDraft *known = osc_till_store_draft (self->store, OSC_TILL_FOR_CORRECTION);

  if (wrong == NULL)
    return;
  if (known == NULL || known->number != self->number) {
    OscTillDraft *draft = osc_till_store_start (self->store, OSC_TILL_FOR_CORRECTION, self->number);
    draft->by_sum = !wrong->by_pieces;
    draft->sum = wrong->report->counted;
    for (guint i = 0; wrong->by_pieces && i < OSC_TILL_PIECES; i++)
      draft->pieces[i] = wrong->pieces[i];
  }
  count_for (self, OSC_TILL_FOR_CORRECTION, self->number);
}

static void
on_cash_in (OscTill *self)
{
  if (self->live)
    osc_till_move_ask (GTK_WIDGET (self), self->store, TRUE);
}

static void
on_cash_out (OscTill *self)
{
  if (self->live)
    osc_till_move_ask (GTK_WIDGET (self), self->store, FALSE);
}

static void
on_csv (OscTill *self)
{
  const OscTillClose *close = osc_till_store_find (self->store, self->number);
  gboolean one = self->at == OSC_TILL_AT_CLOSE || self->at == OSC_TILL_AT_DONE;

  osc_till_export_ask (GTK_WIDGET (self), self->store,
                       one && close != NULL ? close->business_day : NULL);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_till_store_print_finish (OSC_TILL_STORE (source), result, &error);

  if (gtk_widget_get_root (self) != NULL)
    osc_toasts_say (self, done ? _ ("The close goes to the printer")
                               : _ ("The server can't be reached. Try again when it is back"));
}

static void
on_print (OscTill *self)
{
  if (self->live && osc_till_store_find (self->store, self->number) != NULL)
    osc_till_store_print_async (self->store, self->number, printed_cb, g_object_ref (self));
}

static void
on_confirmed (OscTill *self, OscSheet *sheet)
{
  osc_till_store_finish (self->store, self->what);
  gtk_window_close (GTK_WINDOW (sheet));
}

/* The one question: it leaves the building, and is never changed. */
static void
confirm (OscTill *self)
{
  const OscTillDraft *draft = osc_till_store_draft (self->store, OSC_TILL_FOR_CLOSE);
  g_autofree char *day = osc_till_day (self);
  g_autofree char *words = osc_words_day (day);
  g_autofree char *title = g_strdup_printf (_ ("Close %s?"), words);
  gint64 left = osc_till_store_left (self->store, draft);
  g_autofree char *bank = osc_words_money (osc_till_draft_counted (draft) - left);
  g_autofree char *stays = osc_words_money (left);
  g_autofree char *lead = g_strdup_printf (
      _ ("%s goes to the bank, %s stays in the drawer. A close is never changed, only corrected"),
      bank, stays);
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));

  osc_sheet_ask (sheet, title, lead, _ ("Close the day"));
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_confirmed), self, G_CONNECT_SWAPPED);
}

static void
finish_check (OscTill *self)
{
  if (osc_till_check_wants_reason (OSC_TILL_CHECK (self->check))) {
    osc_toasts_say (GTK_WIDGET (self), _ ("Choose a reason"));
    osc_till_check_ask (OSC_TILL_CHECK (self->check));
    return;
  }
  if (self->what == OSC_TILL_FOR_CLOSE)
    confirm (self);
  else
    osc_till_store_finish (self->store, self->what);
}

static void
finish_count (OscTill *self)
{
  const OscTillDraft *draft = osc_till_store_draft (self->store, self->what);

  if (draft == NULL || !osc_till_draft_is_typed (draft))
    osc_toasts_say (GTK_WIDGET (self), _ ("Type what is in the drawer, 0 if it is empty"));
  else if (self->what == OSC_TILL_FOR_COUNT)
    osc_till_store_finish (self->store, OSC_TILL_FOR_COUNT);
  else
    osc_till_go (self, OSC_TILL_AT_CHECK);
}

static void
do_primary (OscTill *self)
{
  const OscTillState *state = osc_till_store_state (self->store);

  if (state == NULL || !gtk_widget_is_sensitive (self->primary))
    return;
  switch (self->at) {
  case OSC_TILL_AT_DESK:
    if (state->opened_at == 0 && osc_till_store_draft (self->store, OSC_TILL_FOR_CLOSE) == NULL)
      osc_till_store_open (self->store, osc_till_opening_won (self));
    else
      on_begin_close (self);
    break;
  case OSC_TILL_AT_REST: osc_till_go (self, OSC_TILL_AT_COUNT); break;
  case OSC_TILL_AT_COUNT: finish_count (self); break;
  case OSC_TILL_AT_CHECK: finish_check (self); break;
  case OSC_TILL_AT_DONE: go_back (self); break;
  default: break;
  }
}

static void
on_primary (OscTill *self)
{
  do_primary (self);
}

static void
on_counted (OscTill *self)
{
  do_primary (self);
}

/* ---- typing ---- */

static void
on_opening (OscTill *self)
{
  self->float_typed = TRUE;
  if (self->store != NULL && osc_till_store_state (self->store) != NULL)
    osc_till_show (self);
}

static void
on_opening_typed (OscTill *self, const char *digits)
{
  osc_numpad_write (GTK_EDITABLE (self->opening), digits);
}

static void
on_opening_erased (OscTill *self)
{
  osc_numpad_write (GTK_EDITABLE (self->opening), NULL);
}

static void
on_pad_typed (OscTill *self, const char *digits)
{
  osc_till_counter_write (OSC_TILL_COUNTER (self->count), digits);
}

static void
on_pad_erased (OscTill *self)
{
  osc_till_counter_write (OSC_TILL_COUNTER (self->count), NULL);
}

static void
on_pad_next (OscTill *self)
{
  osc_till_counter_next (OSC_TILL_COUNTER (self->count));
}

/* ---- what came of it ---- */

static void
on_done (OscTill *self, int deed, gint64 number)
{
  static const char *const sentences[] = {
      [OSC_TILL_OPEN] = N_ ("The day has begun"),
      [OSC_TILL_MOVE] = N_ ("Written down"),
      [OSC_TILL_COUNT] = N_ ("The count is kept"),
      [OSC_TILL_CORRECT] = N_ ("Corrected by a new close"),
  };

  self->float_typed = FALSE;
  if (deed == OSC_TILL_CLOSE) {
    self->number = number;
    self->what = OSC_TILL_FOR_CLOSE;
    osc_till_go (self, OSC_TILL_AT_DONE);
    return;
  }
  if (deed == OSC_TILL_CORRECT)
    look_at (self, number);
  else if (deed == OSC_TILL_COUNT)
    osc_till_go (self, OSC_TILL_AT_DESK);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_toasts_say (GTK_WIDGET (self), _ (sentences[deed]));
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscTill) self = user_data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (self->store == NULL)
    return;
  if (answer != NULL)
    osc_till_store_repeat (self->store, answer->act_token);
  else
    osc_till_store_give_up (self->store);
}

static void
ask_pin (OscTill *self, const char *permission)
{
  osc_pin_ask_async (GTK_WIDGET (self), self->people, permission,
                     _ ("Only a manager can close the day"), allowed_cb, g_object_ref (self));
}

static void
on_pin (OscTill *self)
{
  OscTillDeed deed = osc_till_store_deed (self->store);

  ask_pin (self,
           deed == OSC_TILL_CLOSE || deed == OSC_TILL_CORRECT ? "till:manage" : "payment:take");
}

static void
on_failed (OscTill *self, int deed, const GError *error, const char *permission)
{
  g_autofree char *text = osc_till_words_failure ((OscTillDeed)deed, error);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (permission != NULL) {
    ask_pin (self, permission);
    return;
  }
  osc_toasts_say (GTK_WIDGET (self), text);
  if (self->at == OSC_TILL_AT_CHECK && osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    osc_till_check_ask (OSC_TILL_CHECK (self->check));
}

/* ---- the view ---- */

/* A close that was made while nobody looked is shown now. */
static void
enter (OscView *view)
{
  OscTill *self = OSC_TILL (view);
  gint64 closed = osc_till_store_closed (self->store);

  osc_till_store_watch (self->store, TRUE);
  if (closed > 0) {
    self->number = closed;
    osc_till_go (self, OSC_TILL_AT_DONE);
  } else if (self->at == OSC_TILL_AT_REST) {
    osc_till_go (self, OSC_TILL_AT_REST);
  } else {
    osc_till_show (self);
  }
}

static void
open_at (OscView *view, const char *what)
{
  if (g_str_equal (what, "close"))
    on_begin_close (OSC_TILL (view));
}

static gboolean
key (OscView *view, OscKey pressed)
{
  OscTill *self = OSC_TILL (view);

  if (pressed == OSC_KEY_BACK)
    return go_back (self);
  if (pressed == OSC_KEY_EXPORT && gtk_widget_is_visible (self->csv)) {
    on_csv (self);
    return TRUE;
  }
  if (pressed == OSC_KEY_REPRINT && gtk_widget_is_visible (self->print)) {
    on_print (self);
    return TRUE;
  }
  if (self->at == OSC_TILL_AT_COUNT &&
      osc_till_counter_key (OSC_TILL_COUNTER (self->count), pressed))
    return TRUE;
  if (pressed != OSC_KEY_NEXT && pressed != OSC_KEY_COMMIT)
    return FALSE;
  do_primary (self);
  return TRUE;
}

static void
set_live (OscView *view, gboolean live)
{
  OscTill *self = OSC_TILL (view);

  self->live = live;
  osc_till_show (self);
}

static gboolean
busy (OscView *view)
{
  OscTill *self = OSC_TILL (view);

  return self->at == OSC_TILL_AT_COUNT || self->at == OSC_TILL_AT_CHECK;
}

static const OscKeyLine *
key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"Enter", N_ ("The next field, or the next step")},
      {"Ctrl Enter", N_ ("The next step")},
      {"↑ ↓", N_ ("Pick a field")},
      {"0 – 9", N_ ("How many there are")},
      {"+  −", N_ ("One more or one less")},
      {"Ctrl E", N_ ("Save as a spreadsheet")},
      {NULL},
  };

  return lines;
}

static void
osc_till_view_init (OscViewInterface *iface)
{
  iface->enter = enter;
  iface->open = open_at;
  iface->key = key;
  iface->set_live = set_live;
  iface->busy = busy;
  iface->key_lines = key_lines;
}

/* ---- life ---- */

static void
osc_till_unmap (GtkWidget *widget)
{
  if (OSC_TILL (widget)->store != NULL)
    osc_till_store_watch (OSC_TILL (widget)->store, FALSE);
  GTK_WIDGET_CLASS (osc_till_parent_class)->unmap (widget);
}

static void
osc_till_dispose (GObject *object)
{
  OscTill *self = OSC_TILL (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_TILL);
  g_clear_object (&self->store);
  g_clear_object (&self->people);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (osc_till_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, OscTill, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (back_icon);
  BIND (title);
  BIND (about);
  BIND (steps);
  BIND (past);
  BIND (notice);
  BIND (spinner);
  BIND (notice_text);
  BIND (notice_act);
  BIND (stack);
  BIND (left);
  BIND (sums);
  BIND (below);
  BIND (list);
  BIND (count);
  BIND (aside);
  BIND (opening);
  BIND (state);
  BIND (state_detail);
  BIND (last_count);
  BIND (cash_in);
  BIND (cash_out);
  BIND (info);
  BIND (hint);
  BIND (pad);
  BIND (check);
  BIND (more);
  BIND (correct);
  BIND (print);
  BIND (csv);
  BIND (foot);
  BIND (back);
  BIND (primary);
  BIND (primary_text);
  BIND (primary_key);
}

#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  CALL (on_back);
  CALL (on_past);
  CALL (on_pin);
  CALL (on_retry);
  CALL (on_counted);
  CALL (on_opening);
  CALL (on_opening_typed);
  CALL (on_opening_erased);
  CALL (on_primary);
  CALL (on_begin_close);
  CALL (on_begin_count);
  CALL (on_cash_in);
  CALL (on_cash_out);
  CALL (on_pad_typed);
  CALL (on_pad_erased);
  CALL (on_pad_next);
  CALL (on_correct);
  CALL (on_print);
  CALL (on_csv);
}

static void
osc_till_class_init (OscTillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_till_dispose;
  widget_class->unmap = osc_till_unmap;
  g_type_ensure (OSC_TYPE_NUMPAD);
  g_type_ensure (OSC_TYPE_TILL_CHECK);
  g_type_ensure (OSC_TYPE_TILL_COUNTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/till/osc-till.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "till.look", "x", look_action);
  gtk_widget_class_install_action (widget_class, "till.older", NULL, older_action);
  gtk_widget_class_install_action (widget_class, "till.pay", "s", pay_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "till");
}

static void
osc_till_init (OscTill *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_numpad_set_counts (OSC_NUMPAD (self->pad));
}

GtkWidget *
osc_till_new (const OscContext *context)
{
  OscTill *self = g_object_new (OSC_TYPE_TILL, NULL);

  self->store = g_object_ref (context->till);
  self->people = g_object_ref (context->people);
  self->shop = g_object_ref (context->shop);
  osc_till_counter_follow (OSC_TILL_COUNTER (self->count), self->store, OSC_TILL_FOR_CLOSE);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (osc_till_show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  osc_till_show (self);
  return GTK_WIDGET (self);
}
