/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Places at which a test makes the daemon die as a power cut would: no handler runs, nothing is
 * flushed. Only the wrappers of transactions, calls, bus and sockets have them, and only the
 * program that tests/chaos builds of those files anew; what is built for a shop has nothing of
 * this. */
#ifdef OSY_FAILPOINTS
/** OSY_FAILPOINT: @name: of the place. Any thread. */
#define OSY_FAILPOINT(name) osy_failpoint_pass (name, NULL)
/** OSY_FAILPOINT_OF: @detail: text that tells passages of the place from one another. */
#define OSY_FAILPOINT_OF(name, detail) osy_failpoint_pass (name, detail)
/** OSY_FAILPOINT_WORK: @func: what this thread is about to do in its transaction. */
#define OSY_FAILPOINT_WORK(func) osy_failpoint_set_work ((gpointer)(func))
/** OSY_FAILPOINT_OF_WORK: a place told apart by the work of this thread's transaction. */
#define OSY_FAILPOINT_OF_WORK(name) osy_failpoint_pass_work (name)
void osy_failpoint_pass (const char *name, const char *detail);
void osy_failpoint_set_work (gconstpointer func);
void osy_failpoint_pass_work (const char *name);
#else
#define OSY_FAILPOINT(name) ((void)0)
#define OSY_FAILPOINT_OF(name, detail) ((void)0)
#define OSY_FAILPOINT_WORK(func) ((void)0)
#define OSY_FAILPOINT_OF_WORK(name) ((void)0)
#endif
