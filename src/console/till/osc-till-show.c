/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the view shows, drawn from the store each time. */

#include <glib/gi18n.h>

#include "osc-till-check.h"
#include "osc-till-counter.h"
#include "osc-till-paper.h"
#include "osc-till-view.h"
#include "osc-till-rows.h"
#include "osc-till-words.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-money.h"

/* ---- head ---- */

static void
show_steps (OscTill *self)
{
  static const char *const titles[] = {N_ ("What is open"), N_ ("Count cash"), N_ ("Check sales"),
                                       N_ ("Close day")};
  gboolean shown = self->at == OSC_TILL_AT_DONE ||
                   (self->at >= OSC_TILL_AT_REST && self->at <= OSC_TILL_AT_CHECK &&
                    self->what == OSC_TILL_FOR_CLOSE);

  osc_till_paper_empty (self->steps);
  for (int i = 0; shown && i < (int)G_N_ELEMENTS (titles); i++) {
    int now = (int)self->at - OSC_TILL_AT_REST;
    int state = self->at == OSC_TILL_AT_DONE ? -1 : i - now;
    gtk_box_append (GTK_BOX (self->steps), osc_till_rows_step (i + 1, _ (titles[i]), state));
  }
}

static char *
title_of (OscTill *self)
{
  switch (self->at) {
  case OSC_TILL_AT_LIST: return g_strdup (_ ("Past closes"));
  case OSC_TILL_AT_CLOSE: return g_strdup_printf (_ ("Close no. %d"), (int)self->number);
  case OSC_TILL_AT_COUNT:
  case OSC_TILL_AT_CHECK:
    if (self->what == OSC_TILL_FOR_COUNT)
      return g_strdup (_ ("Count in between"));
    if (self->what == OSC_TILL_FOR_CORRECTION)
      return g_strdup_printf (_ ("Correct close no. %d"), (int)self->number);
    return g_strdup (_ ("Close day"));
  default: return g_strdup (_ ("Close day"));
  }
}

static void
show_head (OscTill *self)
{
  const OscTillClose *close =
      self->at == OSC_TILL_AT_CLOSE ? osc_till_store_find (self->store, self->number) : NULL;
  g_autofree char *title = title_of (self);
  g_autofree char *day = close != NULL                  ? osc_words_day (close->business_day)
                         : self->at == OSC_TILL_AT_DESK ? osc_till_day (self)
                                                        : NULL;
  g_autofree char *words = day != NULL && close == NULL ? osc_words_day (day) : g_strdup (day);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->about), words != NULL ? words : "");
  gtk_widget_set_visible (self->back_icon,
                          self->at == OSC_TILL_AT_LIST || self->at == OSC_TILL_AT_CLOSE);
  gtk_widget_set_visible (self->past, self->at == OSC_TILL_AT_DESK && osc_till_may_close (self));
  show_steps (self);
}

static void
show_notice (OscTill *self)
{
  OscTillPhase phase = osc_till_store_phase (self->store);
  gboolean close = osc_till_store_deed (self->store) == OSC_TILL_CLOSE;
  gboolean unsure = phase == OSC_TILL_UNSURE;

  gtk_widget_set_visible (self->notice, unsure || phase == OSC_TILL_WANTS_PIN);
  gtk_widget_set_visible (self->spinner, unsure);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), unsure);
  gtk_widget_set_visible (self->notice_act, phase == OSC_TILL_WANTS_PIN);
  gtk_label_set_label (
      GTK_LABEL (self->notice_text),
      !unsure ? _ ("A PIN is needed to go on. It is never done twice")
      : close ? _ ("Checking whether the day was closed. It goes on by itself, and only once")
              : _ ("Checking whether the cash was written down. It goes on by itself, and only "
                   "once"));
}

/* ---- left ---- */

static void
show_sums (OscTill *self, const OscTillReport *report, gboolean close)
{
  osc_till_paper_empty (self->sums);
  osc_till_paper_empty (self->below);
  gtk_box_append (GTK_BOX (self->sums), osc_till_paper_tenders (report));
  gtk_box_append (GTK_BOX (self->sums), osc_till_paper_cash (report, close));
}

static void
show_counts (OscTill *self, GPtrArray *counts)
{
  GtkWidget *card = osc_till_paper_card (_ ("Counted in between"));

  for (guint i = 0; i < counts->len; i++) {
    const OscTillCounted *count = g_ptr_array_index (counts, i);
    g_autofree char *clock = osc_words_clock (count->at);
    g_autofree char *difference = osc_till_words_difference (count->difference);
    g_autofree char *note =
        count->told ? g_strdup_printf ("%s · %s", clock, difference) : g_strdup (clock);
    osc_till_paper_money (card, count->reason != NULL ? count->reason : _ ("Counted cash"), note,
                          count->counted, FALSE);
  }
  gtk_box_append (GTK_BOX (self->below), card);
}

static void
show_now (OscTill *self)
{
  const OscTillState *state = osc_till_store_state (self->store);

  show_sums (self, state->report, FALSE);
  if (state->moves->len > 0)
    gtk_box_append (GTK_BOX (self->below), osc_till_paper_moves (state->moves));
  if (state->counts->len > 0)
    show_counts (self, state->counts);
  gtk_stack_set_visible_child_name (GTK_STACK (self->left), "paper");
}

static void
show_close (OscTill *self)
{
  const OscTillClose *close = osc_till_store_find (self->store, self->number);

  gtk_stack_set_visible_child_name (GTK_STACK (self->left),
                                    close != NULL                                ? "paper"
                                    : osc_till_store_closes_failed (self->store) ? "failed_list"
                                                                                 : "waiting");
  if (close == NULL)
    return;
  show_sums (self, close->report, TRUE);
  if (close->moves != NULL && close->moves->len > 0)
    gtk_box_append (GTK_BOX (self->below), osc_till_paper_moves (close->moves));
}

static void
show_rest (OscTill *self)
{
  GPtrArray *rest = osc_till_store_rest (self->store);
  const char *page = rest != NULL && rest->len > 0 ? "list" : "nothing";

  osc_till_paper_empty (self->list);
  for (guint i = 0; rest != NULL && i < rest->len; i++)
    gtk_box_append (GTK_BOX (self->list), osc_till_rows_rest (g_ptr_array_index (rest, i)));
  if (rest == NULL)
    page = osc_till_store_rest_failed (self->store) ? "failed_list" : "waiting";
  gtk_stack_set_visible_child_name (GTK_STACK (self->left), page);
}

static void
show_list (OscTill *self)
{
  GPtrArray *closes = osc_till_store_closes (self->store);
  const char *page = closes != NULL && closes->len > 0 ? "list" : "none";

  osc_till_paper_empty (self->list);
  for (guint i = 0; closes != NULL && i < closes->len; i++)
    gtk_box_append (GTK_BOX (self->list), osc_till_rows_close (g_ptr_array_index (closes, i)));
  if (osc_till_store_has_more (self->store)) {
    GtkWidget *more = gtk_button_new_with_label (_ ("Older ones"));
    gtk_widget_add_css_class (more, "soft");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (more), "till.older");
    gtk_box_append (GTK_BOX (self->list), more);
  }
  if (closes == NULL)
    page = osc_till_store_closes_failed (self->store) ? "failed_list" : "waiting";
  gtk_stack_set_visible_child_name (GTK_STACK (self->left), page);
}

/* ---- right ---- */

static void
add_info (OscTill *self, const char *icon, const char *title, const char *detail)
{
  if (icon != NULL) {
    GtkWidget *image = gtk_image_new_from_icon_name (icon);
    gtk_widget_add_css_class (image, "till-tick");
    gtk_widget_set_halign (image, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (self->info), image);
  }
  gtk_box_append (GTK_BOX (self->info), osc_widget_new_text (title, "till-title"));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (self->info), osc_widget_new_text (detail, "secondary"));
}

static void
info_rest (OscTill *self)
{
  GPtrArray *rest = osc_till_store_rest (self->store);
  gint64 owed = 0;
  int checks = 0;

  for (guint i = 0; rest != NULL && i < rest->len; i++) {
    const OscTillRest *one = g_ptr_array_index (rest, i);
    owed += g_str_equal (one->kind, "CHECK") ? one->amount : 0;
    checks += g_str_equal (one->kind, "CHECK");
  }
  g_autofree char *money = osc_words_money (owed);
  g_autofree char *title =
      checks > 0 ? g_strdup_printf (g_dngettext (NULL, "%d is not paid: %s", "%d are not paid: %s",
                                                 (unsigned long)checks),
                                    checks, money)
                 : g_strdup (_ ("Everything is paid"));
  add_info (self, NULL, title,
            _ ("What is open goes over to tomorrow as it is. It never keeps you from closing"));
}

static void
info_done (OscTill *self)
{
  const OscTillClose *close = osc_till_store_find (self->store, self->number);
  g_autofree char *number = g_strdup_printf (_ ("Close no. %d"), (int)self->number);
  g_autofree char *carried = close != NULL ? osc_till_words_carried (close->report) : NULL;

  add_info (self, "osy-check-symbolic", _ ("Closed. Well done!"), NULL);
  gtk_box_append (GTK_BOX (self->info), osc_widget_new_text (number, "till-word"));
  if (close == NULL)
    return;
  g_autofree char *day = osc_words_day (close->business_day);
  osc_till_paper_add (self->info, _ ("Business day"), NULL, day, FALSE);
  osc_till_paper_money (self->info, _ ("To the bank"), NULL, close->report->banked, FALSE);
  osc_till_paper_money (self->info, _ ("Stays in the drawer"), NULL, close->report->left, FALSE);
  if (carried != NULL)
    osc_till_paper_add (self->info, _ ("Goes over"), carried, "", FALSE);
}

static void
info_close (OscTill *self)
{
  const OscTillClose *close = osc_till_store_find (self->store, self->number);

  if (close == NULL)
    return;
  g_autofree char *day = osc_words_day (close->business_day);
  g_autofree char *closed = osc_words_clock (close->closed_at);
  g_autofree char *difference = osc_till_words_difference (close->report->difference);
  g_autofree char *carried = osc_till_words_carried (close->report);
  add_info (self, NULL, day, NULL);
  if (close->opened_at != 0) {
    g_autofree char *opened = osc_words_clock (close->opened_at);
    osc_till_paper_add (self->info, _ ("Opened at"), NULL, opened, FALSE);
  }
  osc_till_paper_add (self->info, _ ("Closed at"), NULL, closed, FALSE);
  osc_till_paper_add (self->info, difference, close->reason, "", FALSE);
  if (carried != NULL)
    osc_till_paper_add (self->info, _ ("Went over"), carried, "", FALSE);
  if (close->corrects > 0) {
    g_autofree char *text = g_strdup_printf (_ ("Corrects no. %d"), (int)close->corrects);
    osc_till_paper_add (self->info, text, _ ("The same sales with another count"), "", FALSE);
  }
  if (close->corrected_by > 0) {
    g_autofree char *text = g_strdup_printf (_ ("Corrected by no. %d"), (int)close->corrected_by);
    osc_till_paper_add (self->info, text, _ ("That one holds"), "", FALSE);
  }
}

static void
info_list (OscTill *self)
{
  add_info (self, NULL, _ ("A close is never changed"),
            _ ("Who counted wrongly makes another one, which corrects it and has the next number"));
}

static void
show_state (OscTill *self, const OscTillState *state)
{
  const OscTillDraft *draft = osc_till_store_draft (self->store, OSC_TILL_FOR_CLOSE);
  g_autofree char *clock = osc_words_clock (state->opened_at);
  g_autofree char *money = osc_words_money (state->opening_float);
  g_autofree char *title = state->opened_at != 0 ? g_strdup_printf (_ ("Open since %s"), clock)
                                                 : g_strdup (_ ("The day is not open yet"));
  g_autofree char *detail = g_strdup_printf (_ ("Begun with %s"), money);

  gtk_label_set_label (GTK_LABEL (self->state), title);
  gtk_label_set_label (GTK_LABEL (self->state_detail), detail);
  gtk_widget_set_visible (self->last_count, draft != NULL && osc_till_draft_is_typed (draft));
  if (draft == NULL)
    return;
  g_autofree char *counted = osc_words_money (osc_till_draft_counted (draft));
  g_autofree char *going =
      g_strdup_printf (_ ("A count was begun: %s. It goes on where it was"), counted);
  gtk_label_set_label (GTK_LABEL (self->last_count), going);
}

/* The float that was left is offered, until somebody types. */
static void
show_opening (OscTill *self, const OscTillState *state)
{
  g_autofree char *won = osy_money_format (state->opening_float);

  if (self->float_typed || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->opening)), won))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->opening), won);
  gtk_editable_select_region (GTK_EDITABLE (self->opening), 0, -1);
  self->float_typed = FALSE;
}

static void
show_hint (OscTill *self)
{
  GPtrArray *rest = osc_till_store_rest (self->store);
  g_autofree char *text = NULL;

  osc_till_paper_empty (self->hint);
  switch (self->what) {
  case OSC_TILL_FOR_CLOSE:
    text = rest != NULL && rest->len > 0
               ? g_strdup_printf (g_dngettext (NULL, "%d goes over to tomorrow",
                                               "%d go over to tomorrow", (unsigned long)rest->len),
                                  (int)rest->len)
               : g_strdup (_ ("What is open was looked at"));
    break;
  case OSC_TILL_FOR_COUNT: text = g_strdup (_ ("The day stays open")); break;
  default: text = g_strdup (_ ("Count what was there then")); break;
  }
  gtk_box_append (GTK_BOX (self->hint), osc_widget_new_text (text, "strong"));
}

static const char *
aside_of (OscTill *self, const OscTillState *state)
{
  switch (self->at) {
  case OSC_TILL_AT_DESK:
    return state->opened_at == 0 && osc_till_store_draft (self->store, OSC_TILL_FOR_CLOSE) == NULL
               ? "open"
               : "desk";
  case OSC_TILL_AT_COUNT: return "pad";
  case OSC_TILL_AT_CHECK: return "ask";
  default: return "info";
  }
}

static void
show_aside (OscTill *self, const OscTillState *state)
{
  const char *page = aside_of (self, state);

  osc_till_paper_empty (self->info);
  switch (self->at) {
  case OSC_TILL_AT_DESK:
    show_state (self, state);
    show_opening (self, state);
    break;
  case OSC_TILL_AT_COUNT: show_hint (self); break;
  case OSC_TILL_AT_CHECK: osc_till_check_show (OSC_TILL_CHECK (self->check)); break;
  case OSC_TILL_AT_REST: info_rest (self); break;
  case OSC_TILL_AT_DONE: info_done (self); break;
  case OSC_TILL_AT_LIST: info_list (self); break;
  case OSC_TILL_AT_CLOSE: info_close (self); break;
  }
  gtk_stack_set_visible_child_name (GTK_STACK (self->aside), page);
}

/* ---- foot ---- */

/* (transfer full) (nullable): what the one button does. */
static char *
primary_of (OscTill *self, const OscTillState *state)
{
  const OscTillDraft *draft = osc_till_store_draft (self->store, OSC_TILL_FOR_CLOSE);
  g_autofree char *money = NULL;

  switch (self->at) {
  case OSC_TILL_AT_DESK:
    if (state->opened_at == 0 && draft == NULL) {
      money = osc_words_money (osc_till_opening_won (self));
      return g_strdup_printf (_ ("Begin with %s"), money);
    }
    return g_strdup (draft != NULL ? _ ("Go on closing") : _ ("Close the day"));
  case OSC_TILL_AT_REST: return g_strdup (_ ("Count the cash"));
  case OSC_TILL_AT_COUNT:
    return g_strdup (self->what == OSC_TILL_FOR_COUNT ? _ ("Keep the count") : _ ("All counted"));
  case OSC_TILL_AT_CHECK:
    if (self->what == OSC_TILL_FOR_CORRECTION)
      return g_strdup (_ ("Correct it"));
    return g_strdup (_ ("Close the day"));
  case OSC_TILL_AT_DONE: return g_strdup (_ ("To the till"));
  default: return NULL;
  }
}

/* Steps are walked without the daemon; what it is asked for waits for it. */
static gboolean
asks_daemon (OscTill *self, const OscTillState *state)
{
  if (self->at == OSC_TILL_AT_DESK)
    return state->opened_at == 0 && osc_till_store_draft (self->store, OSC_TILL_FOR_CLOSE) == NULL;
  return self->at == OSC_TILL_AT_CHECK ||
         (self->at == OSC_TILL_AT_COUNT && self->what == OSC_TILL_FOR_COUNT);
}

static void
show_more (OscTill *self)
{
  const OscTillClose *close = osc_till_store_find (self->store, self->number);
  GPtrArray *closes = osc_till_store_closes (self->store);
  gboolean looks = self->at == OSC_TILL_AT_DONE || self->at == OSC_TILL_AT_CLOSE;
  gboolean listed = self->at == OSC_TILL_AT_LIST && closes != NULL && closes->len > 0;
  gboolean may = osc_till_may_close (self);
  gboolean wrong =
      self->at == OSC_TILL_AT_CLOSE && close != NULL && close->corrected_by == 0 && may;

  gtk_widget_set_visible (self->correct, wrong);
  gtk_widget_set_sensitive (self->correct, self->live);
  gtk_widget_set_visible (self->print, looks && close != NULL && may);
  gtk_widget_set_sensitive (self->print, self->live);
  gtk_widget_set_visible (self->csv, (looks || listed) && may);
  gtk_widget_set_sensitive (self->csv, self->live);
  gtk_widget_set_visible (self->more, wrong || ((looks || listed) && may));
}

static void
show_foot (OscTill *self, const OscTillState *state)
{
  g_autofree char *text = primary_of (self, state);
  gboolean busy = osc_till_store_phase (self->store) != OSC_TILL_IDLE;

  gtk_widget_set_sensitive (self->cash_in, self->live && !busy);
  gtk_widget_set_sensitive (self->cash_out, self->live && !busy);
  gtk_label_set_label (GTK_LABEL (self->primary_text), text != NULL ? text : "");
  osc_widget_set_name (self->primary, text != NULL ? text : "");
  gtk_widget_set_visible (self->primary, text != NULL);
  gtk_widget_set_sensitive (self->primary, !asks_daemon (self, state) || (self->live && !busy));
  gtk_widget_set_visible (self->back,
                          self->at >= OSC_TILL_AT_REST && self->at <= OSC_TILL_AT_CHECK);
  gtk_widget_set_visible (self->foot, text != NULL);
  show_more (self);
}

/* ---- the whole ---- */

void
osc_till_show (OscTill *self)
{
  const OscTillState *state = osc_till_store_state (self->store);

  show_head (self);
  show_notice (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), state != NULL ? "work"
                                                             : osc_till_store_failed (self->store)
                                                                 ? "failed"
                                                                 : "loading");
  if (state == NULL)
    return;
  switch (self->at) {
  case OSC_TILL_AT_DESK:
  case OSC_TILL_AT_CHECK: show_now (self); break;
  case OSC_TILL_AT_REST: show_rest (self); break;
  case OSC_TILL_AT_COUNT:
    gtk_stack_set_visible_child_name (GTK_STACK (self->left), "count");
    osc_till_counter_show (OSC_TILL_COUNTER (self->count));
    break;
  case OSC_TILL_AT_LIST: show_list (self); break;
  case OSC_TILL_AT_DONE:
  case OSC_TILL_AT_CLOSE: show_close (self); break;
  }
  show_aside (self, state);
  show_foot (self, state);
}
