/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"

G_BEGIN_DECLS

/** What an OscField of the menu editor writes to. */
typedef enum {
  OSC_BIND_TEXT,
  OSC_BIND_NUMBER,
  OSC_BIND_PRICE, /* the general price of an item or option; @name is not read */
  OSC_BIND_FAULT, /* shows its fault; who made the field fills and reads it */
} OscBindKind;

typedef struct {
  OscBindKind kind;
  JsonObject *entry; /* (transfer none): held while bound */
  const char *name;  /* of the member */
  const char *place; /* of its fault, as osc_menu_draft_check() names it */
} OscBind;

/** osc_menu_bind: shows the member in @field (an OscField) and writes what is typed there, at once,
 * to the draft. */
void osc_menu_bind (GtkWidget *field, OscMenuDraft *draft, const OscBind *bind);
/** osc_menu_bind_faults: puts each sentence under the field that it is about, in all of @parent,
 * and takes away what is no longer wrong. Returns: (transfer none) (nullable): the first field at
 * fault. */
GtkWidget *osc_menu_bind_faults (GtkWidget *parent, GHashTable *faults);

/** osc_menu_bind_button: a button with an icon of ours, named @name for assistive technology. */
GtkWidget *
osc_menu_bind_button (const char *icon, const char *name, GCallback clicked, gpointer object);
/** osc_menu_bind_label: a label aligned to its start. @css_class: (nullable). */
GtkWidget *osc_menu_bind_label (const char *text, const char *css_class);

G_END_DECLS
