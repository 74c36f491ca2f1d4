/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-threat.h"

G_BEGIN_DECLS

/** Counts what happened to each subject within a sliding window, in memory that is bounded however
 * many subjects an attacker invents. Main thread. */
typedef struct _OsyThreatWindow OsyThreatWindow;

/** Subjects remembered; those beyond share the subject OSY_THREAT_MANY. */
#define OSY_THREAT_SUBJECTS_MAX 4096
#define OSY_THREAT_MANY "client:many"

/** osy_threat_window_new: Returns: (transfer full): nothing counted yet. */
OsyThreatWindow *osy_threat_window_new (void);
/** osy_threat_window_free: forgets everything. */
void osy_threat_window_free (OsyThreatWindow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyThreatWindow, osy_threat_window_free)

/**
 * osy_threat_window_note:
 * @subject: (inout): who; becomes OSY_THREAT_MANY when there are too many
 * @now: UTC µs
 *
 * Returns: whether this one makes the threat: the figure of the rule is reached, and none was
 * raised within the window before.
 */
gboolean osy_threat_window_note (OsyThreatWindow *self,
                                 OsyThreatKind kind,
                                 const char *restaurant_id,
                                 const char **subject,
                                 gint64 now);

/** osy_threat_window_unraise: the threat could not be written down: the next one raises it. */
void osy_threat_window_unraise (OsyThreatWindow *self,
                                OsyThreatKind kind,
                                const char *restaurant_id,
                                const char *subject);

/** osy_threat_window_size: Returns: subjects remembered now. */
guint osy_threat_window_size (OsyThreatWindow *self);

G_END_DECLS
