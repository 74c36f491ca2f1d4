/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Counts failures per key in memory, as GCRA: a burst, then one more each interval. Main thread.
 */
typedef struct _OsyAuthThrottle OsyAuthThrottle;

/** osy_auth_throttle_new: @burst: failures in a row; @interval: µs until one more is allowed. */
OsyAuthThrottle *osy_auth_throttle_new (guint burst, gint64 interval);
void osy_auth_throttle_free (OsyAuthThrottle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthThrottle, osy_auth_throttle_free)

/** osy_auth_throttle_wait: Returns: µs until @key may try again; 0: now. */
gint64 osy_auth_throttle_wait (OsyAuthThrottle *self, const char *key);
/** osy_auth_throttle_fail: notes one failure of @key. */
void osy_auth_throttle_fail (OsyAuthThrottle *self, const char *key);
/** osy_auth_throttle_forget: forgives @key, after a success. */
void osy_auth_throttle_forget (OsyAuthThrottle *self, const char *key);

G_END_DECLS
