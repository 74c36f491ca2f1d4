/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-fetch-queue.h"

G_BEGIN_DECLS

/* What Aligo's text messages and its AlimTalk have in common: a form goes in, and JSON comes out,
 * whatever it calls itself, with numbers that may be texts. */

/** osy_alert_aligo_field: adds a field to @form. */
void osy_alert_aligo_field (GString *form, const char *name, const char *value);
/** osy_alert_aligo_fill: @form (transfer full) goes to @path. Fills @call but for its id; @what:
 * its word. */
void osy_alert_aligo_fill (OsyFetchCall *call,
                           const char *base_url,
                           const char *path,
                           GString *form,
                           const char *what);
/** osy_alert_aligo_answer: (transfer full) (nullable): the object that came back. */
JsonNode *osy_alert_aligo_answer (const OsyFetchCall *call);
/** osy_alert_aligo_text: a member of it; "" when it is none. */
const char *osy_alert_aligo_text (JsonObject *object, const char *name);
/** osy_alert_aligo_number: one that may come as a text; 0 when it is neither. */
gint64 osy_alert_aligo_number (JsonObject *object, const char *name);
/** osy_alert_aligo_word: (transfer full): of a refusal: ALIGO_IP, ALIGO_102. */
char *osy_alert_aligo_word (JsonObject *answer, gint64 code);

G_END_DECLS
