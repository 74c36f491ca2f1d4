/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-sim-words.h"

G_BEGIN_DECLS

/** How somebody orders, before anything is chosen. */
typedef struct {
  const char *channel; /* QR, WEB, PHONE, COUNTER */
  const char *type;    /* DINE_IN, TAKEOUT, DELIVERY */
  gboolean by_staff;   /* taken by staff, who are signed in */
  int lead_minutes;    /* scheduled so far ahead; 0: as soon as possible */
} OsySimVisit;

/** osy_sim_visit_make: a way to order, each as frequent as in a small shop at lunch. */
OsySimVisit osy_sim_visit_make (GRand *rand);
/** osy_sim_visit_again: how those order more who sit at a table. */
OsySimVisit osy_sim_visit_again (GRand *rand);

/**
 * osy_sim_visit_body:
 * @lines: (transfer none): of OsyMenuRequestLine
 * @requested_at: UTC µs; 0: as soon as possible
 *
 * Returns: (transfer full): the body of POST /orders. Names are invented, phone numbers are of the
 * range 010-0000-xxxx, which is given to nobody.
 */
JsonNode *osy_sim_visit_body (const OsySimVisit *self,
                              const char *restaurant_id,
                              GPtrArray *lines,
                              gint64 requested_at,
                              const OsySimWords *words,
                              GRand *rand);

G_END_DECLS
