/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Turns the main loop until @condition holds; fails the test after @ms. */
#define SPIN_UNTIL(condition, ms)                                                           \
  G_STMT_START                                                                              \
  {                                                                                         \
    gint64 spin_end = g_get_monotonic_time () + (gint64)(ms)*1000;                          \
    while (!(condition)) {                                                                  \
      guint spin_wake = g_timeout_add (20, spin_nothing, NULL);                             \
      g_main_context_iteration (NULL, TRUE);                                                \
      if (g_main_context_find_source_by_id (NULL, spin_wake) != NULL)                       \
        g_source_remove (spin_wake);                                                        \
      if (g_get_monotonic_time () > spin_end && !(condition))                               \
        g_error ("%s:%d: not within %d ms: %s", __FILE__, __LINE__, (int)(ms), #condition); \
    }                                                                                       \
  }                                                                                         \
  G_STMT_END

/* Turns the main loop for @ms, to see that something does not happen. */
#define SPIN_FOR(ms)                                                \
  G_STMT_START                                                      \
  {                                                                 \
    gint64 spin_stop = g_get_monotonic_time () + (gint64)(ms)*1000; \
    SPIN_UNTIL (g_get_monotonic_time () >= spin_stop, (ms) + 5000); \
  }                                                                 \
  G_STMT_END

static inline gboolean
spin_nothing (gpointer data)
{
  return G_SOURCE_REMOVE;
}
