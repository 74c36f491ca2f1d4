/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-db.h"

G_BEGIN_DECLS

/** The one runner of periodic work: each job runs on the pool, never twice at once. */
#define OSY_TYPE_JOB_RUNNER (osy_job_runner_get_type ())
G_DECLARE_FINAL_TYPE (OsyJobRunner, osy_job_runner, OSY, JOB_RUNNER, GObject)

/** osy_job_runner_new: Returns: (transfer full): a runner on @pool; nothing runs before _start. */
OsyJobRunner *osy_job_runner_new (OsyDbPool *pool);
/** osy_job_runner_add: @func every @interval_ms (after the end of its last run), and at wake-ups. A
 *  failing job is logged and backs off, doubling up to one minute. */
void osy_job_runner_add (OsyJobRunner *self,
                         const char *name,
                         guint interval_ms,
                         const OsyDbScope *scope,
                         OsyDbFunc func,
                         gpointer data);
/** osy_job_runner_wake: runs @name as soon as it can (again after the present run). Main thread. */
void osy_job_runner_wake (OsyJobRunner *self, const char *name);
void osy_job_runner_start (OsyJobRunner *self);
/** osy_job_runner_stop: waits for the runs under way. */
void osy_job_runner_stop (OsyJobRunner *self);

G_END_DECLS
