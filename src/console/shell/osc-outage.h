/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What may be away, the most important first. */
typedef enum {
  OSC_OUTAGE_SERVER,
  OSC_OUTAGE_DATABASE,
  OSC_OUTAGE_PRINTER,
  OSC_OUTAGE_SOUND,
  OSC_OUTAGE_PAYMENTS,
  OSC_OUTAGE_DISK, /* almost full */
  OSC_N_OUTAGES,   /* nothing is */
} OscOutage;

/** osc_outage_worst: @away: bits 1 << OscOutage. @others: (out): how many more there are. Returns:
 * what is told of. */
OscOutage osc_outage_worst (guint away, guint *others);
/** osc_outage_words: (transfer full): what is away, what goes on, and how many others there are.
 * @own: (nullable): said in place of the words of @outage. */
char *osc_outage_words (OscOutage outage, const char *own, guint others);
/** osc_outage_page: Returns: the page of the settings that helps; NULL: it is tried again. */
const char *osc_outage_page (OscOutage outage);

G_END_DECLS
