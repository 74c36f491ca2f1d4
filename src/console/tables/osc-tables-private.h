/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-table-panel.h"
#include "osc-tables.h"

G_BEGIN_DECLS

/** What the next tap on the plan is for. */
typedef enum {
  OSC_TABLES_PICK,
  OSC_TABLES_MOVE,
  OSC_TABLES_MERGE,
  OSC_TABLES_TRANSFER,
  OSC_TABLES_SEAT_BOOKING, /* for: its id */
  OSC_TABLES_SEAT_WAITING, /* for: its id */
} OscTablesAim;

/* The parts of the view, shared by osc-tables.c (what is on screen) and osc-tables-acts.c (what is
 * done). */
struct _OscTables {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *templates;
  GtkWidget *work;
  GtkWidget *left;
  GtkWidget *floors;
  GtkWidget *legend;
  GtkWidget *waiting;
  GtkWidget *waiting_label;
  GtkWidget *bookings;
  GtkWidget *bookings_label;
  GtkWidget *foot;
  GtkWidget *hint;
  GtkWidget *side;
  GtkWidget *plan;
  GtkWidget *panel;
  GtkWidget *booking_list;
  GtkWidget *waiting_list;
  GtkWidget *editor;

  OscTableStore *tables;
  OscTablesAim aim;
  char *aim_for;        /* nullable */
  JsonObject *aim_what; /* (nullable): what is to be transferred */
  char *typed;          /* (nullable): digits of a table's number */
  gboolean live;
  gboolean filling;
};

/* ---- osc-tables.c ---- */

/** osc_tables_pick: @id: (nullable): the table that panel and keys are about. */
void osc_tables_pick (OscTables *self, const char *id);
/** osc_tables_picked: (nullable). */
const OsyTable *osc_tables_picked (OscTables *self);
/** osc_tables_aim: the next tap is for @aim; OSC_TABLES_PICK ends it. @what: (nullable): kept as
 * aim_for. */
void osc_tables_aim (OscTables *self, OscTablesAim aim, const char *what);
/** osc_tables_show_side: "table", "bookings", "waiting". */
void osc_tables_show_side (OscTables *self, const char *name);

/* ---- osc-tables-acts.c ---- */

/** osc_tables_install_acts: the actions of the view. */
void osc_tables_install_acts (GtkWidgetClass *widget_class);
/** osc_tables_pay: takes the money of the chosen table. */
void osc_tables_pay (OscTables *self);
/** osc_tables_primary: what Enter does. */
void osc_tables_primary (OscTables *self);
/** osc_tables_hit: table @on was chosen for what is aimed at. */
void osc_tables_hit (OscTables *self, const char *on);
/** osc_tables_dropped: table @from was dragged onto @on. */
void osc_tables_dropped (OscTables *self, const char *from, const char *on);
/** osc_tables_book: the sheet of a booking. @id: (nullable): of one that is there. */
void osc_tables_book (OscTables *self, const char *id);

G_END_DECLS
