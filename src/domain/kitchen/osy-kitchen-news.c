/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a station has to learn of a change, for those who print it. */

#include "osy-kitchen-news.h"

#include "osy-kitchen-read.h"

static gboolean
contains (GPtrArray *ids, const char *id)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

static gboolean
tell (const OsyKitchenWork *work, OsyKitchenNews *news, GError **error)
{
  news->station = osy_kitchen_setup_find (work->setup, news->ticket->station_id);
  news->order = osy_order_data (work->order);
  return news->station == NULL ||
         work->room->tell (work->edit.tx, work->call, news, work->room->tell_data, error);
}

static gboolean
tell_course (const OsyKitchenWork *work,
             const OsyKitchenTicketData *ticket,
             const OsyKitchenCourse *course,
             GError **error)
{
  gpointer number = GINT_TO_POINTER ((gint)course->course);
  gboolean fired = g_hash_table_contains (work->fired, number);

  if (!fired && !g_hash_table_contains (work->held, number))
    return TRUE;
  g_autofree char *key =
      g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, fired ? "fired" : "held",
                       ticket->id, course->course, fired ? course->fired_at : ticket->version);
  OsyKitchenNews news = {.kind = fired ? OSY_KITCHEN_TOLD_FIRED : OSY_KITCHEN_TOLD_HELD,
                         .ticket = ticket,
                         .course = course->course,
                         .news_key = key};
  return tell (work, &news, error);
}

static gboolean
tell_courses (const OsyKitchenWork *work, const OsyKitchenTicketData *ticket, GError **error)
{
  for (guint i = 0; i < ticket->courses->len; i++)
    if (!tell_course (work, ticket, g_ptr_array_index (ticket->courses, i), error))
      return FALSE;
  return TRUE;
}

static void
add_new (const OsyKitchenWork *work, GPtrArray *changes, GPtrArray *ret)
{
  for (guint i = 0; i < changes->len; i++) {
    OsyKitchenChange *change = g_ptr_array_index (changes, i);
    if (contains (work->edit.changes, change->id))
      g_ptr_array_add (ret, change);
  }
}

static gboolean
tell_changes (const OsyKitchenWork *work, const OsyKitchenTicketData *ticket, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  add_new (work, ticket->changes, changes);
  for (guint i = 0; i < ticket->lines->len; i++)
    add_new (work, ((OsyKitchenLine *)g_ptr_array_index (ticket->lines, i))->changes, changes);
  if (changes->len == 0)
    return TRUE;
  g_autofree char *key =
      g_strconcat ("delta:", ((OsyKitchenChange *)g_ptr_array_index (changes, 0))->id, NULL);
  OsyKitchenNews news = {
      .kind = OSY_KITCHEN_TOLD_DELTA, .ticket = ticket, .changes = changes, .news_key = key};
  return tell (work, &news, error);
}

static gboolean
tell_ticket (const OsyKitchenWork *work, const OsyKitchenTicketData *ticket, GError **error)
{
  if (!g_str_equal (ticket->stage, OSY_TICKET_PREP) ||
      !g_str_equal (ticket->state, OSY_TICKET_OPEN))
    return TRUE;
  if (contains (work->sent, ticket->id)) {
    g_autofree char *key = g_strconcat ("sent:", ticket->id, NULL);
    OsyKitchenNews news = {.kind = OSY_KITCHEN_TOLD_SENT, .ticket = ticket, .news_key = key};
    return tell (work, &news, error);
  }
  return tell_courses (work, ticket, error) && tell_changes (work, ticket, error);
}

gboolean
osy_kitchen_news_tell (const OsyKitchenWork *work, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  if (work->room->tell == NULL ||
      (work->sent->len == 0 && work->edit.changes->len == 0 &&
       g_hash_table_size (work->fired) == 0 && g_hash_table_size (work->held) == 0))
    return TRUE;
  g_hash_table_iter_init (&iter, work->edit.touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_autoptr (GPtrArray) tickets =
      osy_kitchen_read_some (work->edit.tx, work->room->ring, ids, error);
  for (guint i = 0; tickets != NULL && i < tickets->len; i++)
    if (!tell_ticket (work, osy_kitchen_ticket_data (g_ptr_array_index (tickets, i)), error))
      return FALSE;
  return tickets != NULL;
}
