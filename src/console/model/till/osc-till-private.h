/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart-file.h"
#include "osc-till-store.h"

G_BEGIN_DECLS

#define OSC_TILL_API "/api/v1/restaurants/me/till"

/** What is under way, or wants a PIN. */
typedef struct {
  OscTillDeed deed;
  char *path; /* nullable: nothing is */
  JsonNode *body;
  char *key;
  gint64 at;
  gboolean maybe; /* it may have been done already: it is not forgotten */
} OscTillAct;

struct _OscTillStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  char *folder;      /* nullable */
  OscCartFile *file; /* nullable */
  char *shop;        /* nullable */
  gboolean watched;
  guint reload;
  OscTillState *state; /* nullable */
  gboolean failed;
  GPtrArray *rest; /* nullable */
  gboolean rest_failed;
  GPtrArray *closes; /* nullable */
  char *cursor;      /* (nullable): of the next page */
  gboolean paging;   /* the next page was asked for */
  gboolean closes_failed;
  GHashTable *known;                     /* number → OscTillClose: read one by one */
  OscTillDraft *drafts[OSC_N_TILL_FORS]; /* nullable */
  gint64 closed;
  OscTillAct act;
  OscTillPhase phase;
  gboolean asking;
  guint retry;
};

/** osc_till_store_tell: "changed". */
void osc_till_store_tell (OscTillStore *self);
void osc_till_store_emit_done (OscTillStore *self, OscTillDeed deed, gint64 number);
void osc_till_store_emit_failed (OscTillStore *self,
                                 OscTillDeed deed,
                                 const GError *error,
                                 const char *permission);
void osc_till_store_emit_requested (OscTillStore *self, const OsyClientRequest *request);
/** osc_till_store_keep: drafts and what is under way, to disk. */
void osc_till_store_keep (OscTillStore *self);
/** osc_till_store_resume: reads what an earlier run kept. */
void osc_till_store_resume (OscTillStore *self);
void osc_till_act_clear (OscTillAct *act);

G_END_DECLS
