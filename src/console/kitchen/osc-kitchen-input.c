/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is tapped or pressed in the kitchen becomes an act. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-keypad.h"
#include "osc-kitchen-private.h"
#include "osc-kitchen-row.h"
#include "osc-kitchen-stop.h"
#include "osc-toasts.h"
#include "osc-widget.h"

/* One press never sends two tickets out as the cells move on. */
#define BUMP_GUARD (400 * G_TIME_SPAN_MILLISECOND)

void
osc_kitchen_act_on (OscKitchen *self, OscKitchenItem *item, OscKitchenDeed deed, const char *what)
{
  osc_kitchen_acts_do (self->acts, &(OscKitchenAct){.deed = deed, .item = item, .what = what});
}

/* ---- acts ---- */

static void
see (OscKitchen *self, OscKitchenItem *item, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (changes, i);

    if (change->seen_at == 0)
      osc_kitchen_act_on (self, item, OSC_KITCHEN_SEEN, change->id);
  }
}

static void
touch (OscKitchen *self, OscKitchenItem *item)
{
  osc_kitchen_grid_hold (grid_of (self));
  osc_kitchen_acts_report (self->acts, item, OSC_KITCHEN_TOUCH);
  see (self, item, osc_kitchen_item_data (item)->changes);
}

static gboolean
has_cancelled (OscKitchenItem *item)
{
  GPtrArray *lines = osc_kitchen_item_data (item)->lines;

  for (guint i = 0; i < lines->len; i++)
    if (osc_kitchen_item_unseen (g_ptr_array_index (lines, i), OSY_CHANGE_VOIDED) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- which one goes first ---- */

static void
wait_for_first (OscKitchen *self, gboolean waits)
{
  self->chooses_first = waits;
  osc_widget_set_class (self->first, "chosen", waits);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->first), GTK_ACCESSIBLE_STATE_PRESSED,
                               waits ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
put_first (OscKitchen *self, OscKitchenItem *item)
{
  touch (self, item);
  osc_kitchen_act_on (
      self, item,
      osc_kitchen_item_data (item)->priority ? OSC_KITCHEN_NOT_FIRST : OSC_KITCHEN_FIRST, NULL);
}

/* The ticket that is touched is the answer, and nothing else is done to it. */
static gboolean
takes_first (OscKitchen *self, OscKitchenItem *item)
{
  if (!self->chooses_first)
    return FALSE;
  wait_for_first (self, FALSE);
  put_first (self, item);
  return TRUE;
}

gboolean
osc_kitchen_forget_first (OscKitchen *self)
{
  gboolean waited = self->chooses_first;

  wait_for_first (self, FALSE);
  return waited;
}

void
osc_kitchen_go_first (OscKitchen *self)
{
  OscKitchenItem *item = osc_kitchen_grid_selected (grid_of (self));

  if (osc_kitchen_forget_first (self))
    return;
  if (item != NULL) {
    put_first (self, item);
    return;
  }
  wait_for_first (self, TRUE);
  osc_toasts_say (GTK_WIDGET (self), _ ("Tap the ticket that goes first"));
}

/* ---- sending out ---- */

/* What was cancelled has to be seen before the ticket goes: it may be on the stove. */
void
osc_kitchen_bump (OscKitchen *self, OscKitchenItem *item)
{
  gint64 now = g_get_monotonic_time ();

  if (takes_first (self, item)) {
    self->bumped_at = now;
    return;
  }
  if (now - self->bumped_at < BUMP_GUARD || osc_kitchen_item_get_leaving (item))
    return;
  if (has_cancelled (item)) {
    osc_toasts_say (GTK_WIDGET (self), _ ("Something was cancelled. Tap it first"));
    return;
  }
  self->bumped_at = now;
  touch (self, item);
  osc_kitchen_act_on (self, item, OSC_KITCHEN_BUMP, NULL);
}

static const OsyKitchenLine *
find_line (OscKitchenItem *item, const char *line_id)
{
  GPtrArray *lines = osc_kitchen_item_data (item)->lines;

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (((OsyKitchenLine *)g_ptr_array_index (lines, i))->line_id, line_id) == 0)
      return g_ptr_array_index (lines, i);
  return NULL;
}

static gboolean
is_held (OscKitchenItem *item, const OsyKitchenLine *line)
{
  return strcmp (osy_kitchen_ticket_course_state (osc_kitchen_item_data (item), line->course),
                 OSY_COURSE_HELD) == 0;
}

/* The first tap on what was cancelled or changed says that it was seen; it makes nothing. */
static void
tap_line (OscKitchen *self, OscKitchenItem *item, const OsyKitchenLine *line)
{
  gboolean only_seen = osc_kitchen_item_unseen (line, OSY_CHANGE_VOIDED) != NULL ||
                       osc_kitchen_item_unseen (line, OSY_CHANGE_CHANGED) != NULL ||
                       osc_kitchen_item_unseen (line, OSY_CHANGE_MOVED) != NULL;
  gboolean made = osc_kitchen_item_is_made (item, line);
  g_autofree char *id = g_strdup (line->line_id);
  gboolean can_make = !only_seen && !is_held (item, line) && !osc_kitchen_row_is_void (line);

  see (self, item, line->changes);
  if (can_make)
    osc_kitchen_act_on (self, item, made ? OSC_KITCHEN_UNMAKE : OSC_KITCHEN_MAKE, id);
}

void
osc_kitchen_tap (OscKitchen *self, OscKitchenItem *item, const char *line_id, int course)
{
  const OsyKitchenLine *line = find_line (item, line_id);

  if (takes_first (self, item))
    return;
  touch (self, item);
  osc_kitchen_grid_select (grid_of (self), item, line_id);
  if (line != NULL)
    tap_line (self, item, line);
  else if (line_id == NULL)
    osc_kitchen_acts_do (
        self->acts, &(OscKitchenAct){.deed = OSC_KITCHEN_FIRE, .item = item, .course = course});
}

void
osc_kitchen_recall_last (OscKitchen *self)
{
  OscKitchenItem *item = osc_kitchen_store_last (self->context.kitchen, self->station);

  if (item != NULL)
    osc_kitchen_act_on (self, item, OSC_KITCHEN_RECALL, NULL);
  else
    osc_toasts_say (GTK_WIDGET (self), _ ("Look under Sent out for earlier ones"));
}

void
osc_kitchen_ask_stop (OscKitchen *self)
{
  OscKitchenItem *item = osc_kitchen_grid_selected (grid_of (self));
  const char *line = osc_kitchen_grid_line (grid_of (self));

  if (item == NULL || line == NULL || find_line (item, line) == NULL)
    osc_toasts_say (GTK_WIDGET (self), _ ("Tap the dish first"));
  else
    osc_kitchen_stop_ask (self->stop, &self->context, item, find_line (item, line));
}

/* ---- keys ---- */

static void
press_number (OscKitchen *self, int number)
{
  OscKitchenItem *item = osc_kitchen_grid_at (grid_of (self), number);

  if (item == NULL)
    return;
  if (osc_keypad_is_direct ())
    osc_kitchen_bump (self, item);
  else
    osc_kitchen_grid_select (grid_of (self), item, NULL);
}

static void
bump_selected (OscKitchen *self)
{
  OscKitchenItem *item = osc_kitchen_grid_selected (grid_of (self));

  if (item == NULL) {
    osc_kitchen_grid_step (grid_of (self), 0);
    return;
  }
  osc_kitchen_bump (self, item);
  if (osc_kitchen_item_get_leaving (item))
    osc_kitchen_grid_step (grid_of (self), 1);
}

/* The first row that is not made; those of a course that waits are not. */
static const OsyKitchenLine *
next_line (OscKitchenItem *item)
{
  GPtrArray *lines = osc_kitchen_item_data (item)->lines;

  for (guint i = 0; i < lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (lines, i);
    gboolean wants_look = osc_kitchen_item_unseen (line, OSY_CHANGE_VOIDED) != NULL;

    if (wants_look || (!osc_kitchen_item_is_made (item, line) && !is_held (item, line) &&
                       !osc_kitchen_row_is_void (line)))
      return line;
  }
  return NULL;
}

static void
make_next (OscKitchen *self)
{
  OscKitchenItem *item = osc_kitchen_grid_selected (grid_of (self));
  const OsyKitchenLine *line = item != NULL ? next_line (item) : NULL;

  if (item == NULL)
    osc_kitchen_grid_step (grid_of (self), 0);
  else if (line != NULL)
    osc_kitchen_tap (self, item, line->line_id, 0);
}

/* Selects a row of the selected ticket, for X. */
static void
step_line (OscKitchen *self, int by)
{
  OscKitchenItem *item = osc_kitchen_grid_selected (grid_of (self));
  GPtrArray *lines = item != NULL ? osc_kitchen_item_data (item)->lines : NULL;
  int at = -1;

  if (item == NULL || lines->len == 0)
    return;
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (((OsyKitchenLine *)g_ptr_array_index (lines, i))->line_id,
                   osc_kitchen_grid_line (grid_of (self))) == 0)
      at = (int)i;
  at = CLAMP (at + by, 0, (int)lines->len - 1);
  osc_kitchen_grid_select (grid_of (self), item,
                           ((OsyKitchenLine *)g_ptr_array_index (lines, (guint)at))->line_id);
}

static gboolean
key_of_grid (OscKitchen *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_PAGE_UP: osc_kitchen_turn (self, -1); return TRUE;
  case OSC_KEY_PAGE_DOWN: osc_kitchen_turn (self, 1); return TRUE;
  case OSC_KEY_HOME: osc_kitchen_grid_step (grid_of (self), -G_MAXSHORT); return TRUE;
  case OSC_KEY_END: osc_kitchen_grid_step (grid_of (self), G_MAXSHORT); return TRUE;
  case OSC_KEY_LEFT: osc_kitchen_grid_step (grid_of (self), -1); return TRUE;
  case OSC_KEY_RIGHT: osc_kitchen_grid_step (grid_of (self), 1); return TRUE;
  case OSC_KEY_UP: step_line (self, -1); return TRUE;
  case OSC_KEY_DOWN: step_line (self, 1); return TRUE;
  default: return FALSE;
  }
}

static gboolean
key_of_acts (OscKitchen *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_ZERO: press_number (self, 10); return TRUE;
  case OSC_KEY_NEXT: bump_selected (self); return TRUE;
  case OSC_KEY_SPACE: make_next (self); return TRUE;
  case OSC_KEY_RECALL: osc_kitchen_recall_last (self); return TRUE;
  case OSC_KEY_SOLD_OUT: osc_kitchen_ask_stop (self); return TRUE;
  case OSC_KEY_PRINT: osc_kitchen_go_first (self); return TRUE;
  case OSC_KEY_BACK: return osc_kitchen_forget_first (self);
  case OSC_KEY_FIND: osc_kitchen_open_past (self); return TRUE;
  case OSC_KEY_UNDO: osc_kitchen_acts_undo (self->acts); return TRUE;
  default: return FALSE;
  }
}

gboolean
osc_kitchen_press (OscKitchen *self, OscKey key)
{
  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9) {
    press_number (self, (int)(key - OSC_KEY_CARD_1) + 1);
    return TRUE;
  }
  if (self->alone && (key == OSC_KEY_BIGGER || key == OSC_KEY_SMALLER)) {
    osc_kitchen_step_zoom (self, key == OSC_KEY_BIGGER ? 1 : -1);
    return TRUE;
  }
  return key_of_grid (self, key) || key_of_acts (self, key);
}
