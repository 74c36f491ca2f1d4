/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/** OscDocument: one resource of the API that a page shows and changes. Signals: "changed": it was
 * read, or could not be; "requested" (const char *what): in tests, what would be sent. */
#define OSC_TYPE_DOCUMENT (osc_document_get_type ())
G_DECLARE_FINAL_TYPE (OscDocument, osc_document, OSC, DOCUMENT, GObject)

/** osc_document_new: @client: (nullable): NULL in tests. @path: below "/api/v1/restaurants/me/". */
OscDocument *osc_document_new (OsyClient *client, const char *path);
/** osc_document_load: reads it anew. */
void osc_document_load (OscDocument *self);
/** osc_document_take: @answer: (nullable): as GET would say it; NULL: it could not be read. */
void osc_document_take (OscDocument *self, JsonNode *answer);
/** osc_document_get: (transfer none) (nullable): NULL until it was read. */
JsonObject *osc_document_get (OscDocument *self);
/** osc_document_failed: Returns: whether it could not be read. */
gboolean osc_document_failed (OscDocument *self);

/** What became of an act: @answer: (nullable): NULL with @error. */
typedef void (*OscDocumentDone) (gpointer owner, JsonObject *answer, const GError *error);

/** What is asked for. */
typedef struct {
  const char *method;
  const char *path;     /* (nullable): below the document's; NULL: itself, which the answer is */
  JsonNode *body;       /* (transfer none) (nullable) */
  gint64 if_version;    /* 0: none */
  OscDocumentDone done; /* nullable */
  GObject *owner;       /* (nullable): kept until @done was called */
} OscDocumentAct;

/** osc_document_send: then the document is read again, or is the answer. */
void osc_document_send (OscDocument *self, const OscDocumentAct *act);

G_END_DECLS
