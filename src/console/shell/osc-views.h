/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** One view of the shell. What is not built is not in the table. */
typedef struct {
  const char *name;  /* "orders" */
  const char *tile;  /* the view whose tile of the rail is lit; NULL: without the rail */
  OscKey key;        /* that leads here */
  const char *title; /* msgid of its own tile; NULL: it has none */
  const char *hint;  /* the key as the tile shows it */
  const char *icon;
  GtkWidget *(*make) (const OscContext *context); /* an OscView */
  const char *permission;                         /* (nullable): for whom it is there at all */
} OscViewKind;

/** osc_views: in the order of the rail; ends with name == NULL. */
const OscViewKind *osc_views (void);
/** osc_views_find: (nullable). */
const OscViewKind *osc_views_find (const char *name);
/** osc_views_open_to: Returns: whether who is signed in may open @view. */
gboolean osc_views_open_to (const OscViewKind *view, OscPeople *people);

G_END_DECLS
