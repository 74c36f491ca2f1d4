/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-state-table.h"

G_BEGIN_DECLS

/** States of a job. FAILED is shown until it prints or somebody sets it aside. */
#define OSY_PRINT_QUEUED "QUEUED"
#define OSY_PRINT_PRINTING "PRINTING"
#define OSY_PRINT_DONE "DONE"
#define OSY_PRINT_FAILED "FAILED"
#define OSY_PRINT_DISMISSED "DISMISSED"

/** What slips are printed for; a printer says which of these it serves. */
#define OSY_PRINT_KITCHEN "KITCHEN"
#define OSY_PRINT_RECEIPT "RECEIPT"
#define OSY_PRINT_BILL "BILL"
#define OSY_PRINT_DELIVERY "DELIVERY"
#define OSY_PRINT_REPORT "REPORT"

/** What can be wrong with a printer; PAPER_LOW alone does not stop it. */
#define OSY_PRINTER_OFF "OFF"
#define OSY_PRINTER_PAPER_END "PAPER_END"
#define OSY_PRINTER_PAPER_LOW "PAPER_LOW"
#define OSY_PRINTER_COVER "COVER"
#define OSY_PRINTER_UNKNOWN "UNKNOWN"

/** A printer of a computer that a console runs on (CUPS): the console takes its slips and prints
 * them; the daemon never does. */
#define OSY_PRINTER_SYSTEM "SYSTEM"

extern const OsyStateTable osy_print_job_states;

/** A printer as the shop set it up, and how it is. Times in UTC µs. */
typedef struct {
  char *id;
  char *name;
  char *transport; /* TCP, USB, SYSTEM, NONE: a pretended one that throws its slips away */
  char *address;   /* "192.168.0.20:9100", "/dev/usb/lp0", of SYSTEM the queue's name, "" */
  int columns;     /* 32: 58 mm; 42 or 48: 80 mm */
  gboolean text;   /* letters of its own instead of pictures */
  char *language;  /* ko, en */
  char *backup_id; /* nullable */
  char **purposes;
  gboolean drawer;
  char *problem; /* nullable */
  gint64 problem_since;
  gint64 waiting; /* slips that are not on paper */
  gint64 version;
} OsyPrinter;
OsyPrinter *osy_printer_new (void);
void osy_printer_free (OsyPrinter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrinter, osy_printer_free)

/** osy_printer_is_stopped: Returns: whether its problem keeps it from printing. */
gboolean osy_printer_is_stopped (const OsyPrinter *self);
/** osy_printer_to_json, _from_json: the printer of the contract. (transfer full) */
JsonNode *osy_printer_to_json (const OsyPrinter *self);
OsyPrinter *osy_printer_from_json (JsonNode *node, GError **error);
/** osy_printer_to_draft: what POST and PATCH take of it. (transfer full) */
JsonNode *osy_printer_to_draft (const OsyPrinter *self);
/** osy_printer_read_draft: reads what a client sent over @self, in which absent members stay as
 * they are. Returns: FALSE with INVALID_REQUEST. Addresses are those of a shop's own network, so
 * that nobody makes the daemon call elsewhere. */
gboolean osy_printer_read_draft (OsyPrinter *self, JsonNode *body, GError **error);

/** One slip on its way, without what it says. Times in UTC µs. */
typedef struct {
  char *id;
  char *printer_id;
  char *purpose;
  char *subject_type;
  char *subject_id;
  char *state;
  gint64 attempts;
  char *problem; /* nullable */
  gint64 copy;   /* 1: the first */
  gint64 created_at;
  gint64 done_at; /* 0: not yet */
  gint64 version;
} OsyPrintJob;
OsyPrintJob *osy_print_job_new (void);
void osy_print_job_free (OsyPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrintJob, osy_print_job_free)

/** osy_print_job_to_json, _from_json: the job of the contract. (transfer full) */
JsonNode *osy_print_job_to_json (const OsyPrintJob *self);
OsyPrintJob *osy_print_job_from_json (JsonNode *node, GError **error);

G_END_DECLS
