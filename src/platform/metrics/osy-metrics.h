/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Counters of the process, for /metrics. Any thread. */

/**
 * osy_metrics_count:
 * @name: without the prefix "ordersync_", such as "auth_failures_total"
 * @label: name of its one label
 * @value: one of a small closed set of our own words; never anything that was sent to us
 *
 * Adds one to ordersync_@name{@label="@value"}.
 */
void osy_metrics_count (const char *name, const char *label, const char *value);

/** osy_metrics_print: adds every counter to @text in the text format of Prometheus 0.0.4. */
void osy_metrics_print (GString *text);

G_END_DECLS
