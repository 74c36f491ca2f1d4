/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tables in words. */

#include "osc-table-words.h"

#include <glib/gi18n.h>

#include "osc-words.h"
#include "osy-clock.h"

const char *
osc_table_words_class (const OsyTable *table, const OsyBooking *booking)
{
  static const char *const classes[OSY_N_TABLE_STATES] = {"free", "seated", "dining", "bill",
                                                          "clean"};

  g_return_val_if_fail (table != NULL && table->state < OSY_N_TABLE_STATES, classes[0]);
  return table->state == OSY_TABLE_FREE && booking != NULL ? "booked" : classes[table->state];
}

int
osc_table_words_minutes_since (gint64 then, gint64 now)
{
  return (int)(MAX (now - then, 0) / (60 * G_USEC_PER_SEC));
}

gboolean
osc_table_words_attention (const OsyTable *table, const OsyBooking *booking, gint64 now)
{
  const OsySeating *seating = table->seating;

  switch (table->state) {
  case OSY_TABLE_FREE: return booking != NULL && osy_booking_is_late (booking, now);
  case OSY_TABLE_SEATED:
    return seating != NULL &&
           osc_table_words_minutes_since (seating->seated_at, now) >= OSC_TABLE_UNASKED_MINUTES;
  case OSY_TABLE_DINING:
  case OSY_TABLE_BILL:
    return seating != NULL &&
           osc_table_words_minutes_since (seating->last_act_at, now) >= OSC_TABLE_FORGOTTEN_MINUTES;
  case OSY_TABLE_CLEAN:
  case OSY_N_TABLE_STATES:
  default: return FALSE;
  }
}

char *
osc_table_words_state (const OsyTable *table, const OsyBooking *booking)
{
  static const char *const words[OSY_N_TABLE_STATES] = {N_ ("Free"), N_ ("Not ordered yet"),
                                                        N_ ("Dining"), N_ ("Asked for the bill"),
                                                        N_ ("To be cleared")};

  g_return_val_if_fail (table->state < OSY_N_TABLE_STATES, g_strdup (""));
  if (table->state == OSY_TABLE_FREE && booking != NULL)
    return g_strdup (_ ("Booked"));
  return g_strdup (_ (words[table->state]));
}

char *
osc_table_words_guests (int count)
{
  return g_strdup_printf (g_dngettext (NULL, "%d person", "%d people", (gulong)count), count);
}

char *
osc_table_words_who (const OsyBooking *booking)
{
  if (booking->name == NULL)
    return osc_table_words_guests (booking->guest_count);
  /* Translators: a guest by name; in Korean with 님 */
  return g_strdup_printf (C_ ("guest", "%s"), booking->name);
}

/* ---- on a tile ---- */

typedef struct {
  char *when;
  char *line;
  char *detail;
} Texts;

/* "Asked for the bill · 3 people"; either may be missing. (transfer full) */
static char *
join (const char *state, int guests)
{
  g_autofree char *people = guests > 0 ? osc_table_words_guests (guests) : NULL;

  if (people == NULL)
    return g_strdup (state);
  return state != NULL ? g_strconcat (state, " · ", people, NULL) : g_steal_pointer (&people);
}

static void
say_booking (Texts *texts, const OsyBooking *booking)
{
  texts->when = osc_words_clock (booking->at);
  texts->line = osc_table_words_who (booking);
  texts->detail = join (_ ("Booked"), booking->guest_count);
}

static void
say_seating (Texts *texts, const OsyTable *table, const OsyTable *root, gint64 now)
{
  const OsySeating *seating = table->seating;

  texts->when = osc_words_minutes (osc_table_words_minutes_since (seating->seated_at, now));
  if (root != table) {
    /* Translators: a table that was merged with another one */
    texts->line = g_strdup_printf (_ ("With %s"), root->number);
  } else if (table->state == OSY_TABLE_SEATED) {
    texts->line = g_strdup (_ ("Not ordered yet"));
    texts->detail = join (NULL, seating->guest_count);
  } else {
    texts->line = osc_words_money (seating->total);
    texts->detail = join (table->state == OSY_TABLE_BILL ? _ ("Bill") : NULL, seating->guest_count);
  }
}

static const char *
icon_of (const OsyTable *table, const OsyBooking *booking, gboolean attention)
{
  if (attention)
    return "osy-soon-symbolic";
  switch (table->state) {
  case OSY_TABLE_FREE: return booking != NULL ? "osy-calendar-symbolic" : NULL;
  case OSY_TABLE_SEATED: return "osy-note-symbolic";
  case OSY_TABLE_BILL: return "osy-bell-symbolic";
  case OSY_TABLE_CLEAN: return "osy-broom-symbolic";
  case OSY_TABLE_DINING:
  case OSY_N_TABLE_STATES:
  default: return NULL;
  }
}

/* (transfer full) */
static char *
spoken (const OsyTable *table, const OsyBooking *booking, const Texts *texts, gboolean attention)
{
  g_autofree char *state = osc_table_words_state (table, booking);
  g_autofree char *name = g_strdup_printf (_ ("Table %s"), table->number);
  const char *const parts[] = {texts->when, texts->line, texts->detail,
                               attention ? _ ("Nobody has looked after it for a while") : NULL};
  g_autoptr (GString) text = g_string_new (name);

  g_string_append_printf (text, ", %s", state);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && !g_str_equal (parts[i], state))
      g_string_append_printf (text, ", %s", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
osc_table_words_show (OscTableStore *store,
                      const OsyTable *table,
                      gboolean round,
                      OscTableTile *tile)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (store) && table != NULL);
  gint64 now = osy_clock_now ();
  const OsyBooking *booking =
      table->state == OSY_TABLE_FREE ? osc_table_store_booking (store, table->table_id, now) : NULL;
  gboolean attention = osc_table_words_attention (table, booking, now);
  Texts texts = {NULL, NULL, NULL};
  g_autofree char *name = NULL;

  if (booking != NULL)
    say_booking (&texts, booking);
  else if (table->seating != NULL && table->state != OSY_TABLE_CLEAN)
    say_seating (&texts, table, osc_table_store_root (store, table), now);
  else
    texts.line = osc_table_words_state (table, NULL);
  name = spoken (table, booking, &texts, attention);
  osc_table_tile_show (tile, &(OscTableLook){.state = osc_table_words_class (table, booking),
                                             .attention = attention,
                                             .round = round,
                                             .icon = icon_of (table, booking, attention),
                                             .number = table->number,
                                             .when = texts.when,
                                             .line = texts.line,
                                             .detail = texts.detail,
                                             .spoken = name});
  g_free (texts.when);
  g_free (texts.line);
  g_free (texts.detail);
}
