/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-document.h"
#include "osc-field.h"
#include "osc-sheet.h"

G_BEGIN_DECLS

/** How a change of a document is told. */
typedef struct {
  OscDocument *document;
  GtkWidget *from;      /* the page: where toasts come from */
  OscField *field;      /* (nullable): where a refusal is said */
  const char *sentence; /* past tense, translated */
  OscSheet *sheet;      /* (nullable): says a refusal, and closes when it is done */
} OscTradePut;

/** osc_trade_put: PUTs @body, says @sentence and offers the way back: PUT of @inverse (nullable:
 * none). Both: (transfer full). */
void osc_trade_put (const OscTradePut *put, JsonObject *body, JsonObject *inverse);
/** osc_trade_failure: (transfer none): what went wrong, in words. */
const char *osc_trade_failure (const GError *error);
/** osc_trade_number: Returns: the won or other number typed in @field ("3,000"), which is said to
 * be wrong when it is not within @max; then -1. Empty: 0. */
gint64 osc_trade_number (OscField *field, gint64 max);

G_END_DECLS
