/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl privacy: what the operator owes a person who asks: all that is held, or the end of
 * it. The phone comes by standard input, since anybody on the machine may read a command line. */

#include <stdio.h>
#include <string.h>

#include "osy-booking-service.h"
#include "osy-ctl-command.h"
#include "osy-ctl-session.h"
#include "osy-json.h"
#include "osy-order-privacy.h"

static const OsyGuestHolder *const holders[] = {&osy_order_guest_holder, &osy_booking_guest_holder,
                                                &osy_waiting_guest_holder, NULL};

typedef struct Task Task;

typedef JsonNode *(*TaskFunc) (OsyDbTx *tx, const OsyCall *call, const Task *task, GError **error);

/* One command. */
struct Task {
  TaskFunc func;
  OsyKeyring *ring;
  const char *phone;    /* of find */
  const char *guest_id; /* of the others */
  const char *reason;   /* of erase */
  JsonNode *answer;
};

static gboolean
run_task (OsyDbTx *tx, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (OsyPrincipal) self = osy_principal_new_system (osy_db_tx_restaurant (tx), "ctl");
  const OsyCall call = {.principal = self};

  g_clear_pointer (&task->answer, json_node_unref);
  task->answer = task->func (tx, &call, task, error);
  return task->answer != NULL;
}

/* Returns: (transfer full): what the task answers in the shop that was meant. */
static JsonNode *
run_in_shop (const char *data_dir, const char *restaurant_id, Task *task, GError **error)
{
  g_autoptr (OsyCtlSession) session = osy_ctl_session_open (data_dir, NULL, 0, error);
  g_autofree char *shop =
      session != NULL ? osy_ctl_session_shop (session, restaurant_id, error) : NULL;
  const OsyDbScope scope = {.restaurant_id = shop};

  if (shop == NULL)
    return NULL;
  task->ring = osy_ctl_session_ring (session);
  return osy_db_pool_run (osy_ctl_session_pool (session), &scope, run_task, task, error)
             ? task->answer
             : NULL;
}

static void
print_json (JsonNode *node)
{
  g_autofree char *text = osy_json_print (node);

  g_print ("%s\n", text);
}

/* The one word that must be left over. */
static gboolean
one_word (char **rest, gsize n, const char *usage, GError **error)
{
  if (g_strv_length (rest) == n)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s.", usage);
  return FALSE;
}

/* ---- find ---- */

static JsonNode *
find (OsyDbTx *tx, const OsyCall *call, const Task *task, GError **error)
{
  g_autoptr (OsyGuest) guest = NULL;

  if (!osy_guest_service_find (tx, task->ring, call, task->phone, &guest, error))
    return NULL;
  if (guest == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "No guest has this phone number.");
  return guest != NULL ? osy_guest_to_json (guest, TRUE) : NULL;
}

int
osy_ctl_privacy_find (const char *data_dir, int argc, char **argv, GError **error)
{
  g_autofree char *restaurant_id = NULL;
  const GOptionEntry entries[] = {
      {"restaurant", 0, 0, G_OPTION_ARG_STRING, &restaurant_id, "Of several shops, which", "ID"},
      {NULL},
  };
  char phone[64];
  Task task = {.func = find, .phone = phone};

  if (!osy_ctl_parse (entries, argc, argv, NULL, error))
    return -1;
  if (fgets (phone, sizeof phone, stdin) == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Give the phone number on standard input.");
    return -1;
  }
  g_strchomp (phone);
  g_autoptr (JsonNode) answer = run_in_shop (data_dir, restaurant_id, &task, error);
  if (answer == NULL)
    return -1;
  print_json (answer);
  return OSY_CTL_OK;
}

/* ---- export ---- */

static JsonNode *export(OsyDbTx *tx, const OsyCall *call, const Task *task, GError **error)
{
  return osy_guest_service_export (tx, task->ring, call, holders, task->guest_id, error);
}

static gboolean
write_json (GOutputStream *out, JsonNode *node, GError **error)
{
  g_autofree char *text = osy_json_print (node);

  return g_output_stream_write_all (out, text, strlen (text), NULL, NULL, error) &&
         g_output_stream_close (out, NULL, error);
}

int
osy_ctl_privacy_export (const char *data_dir, int argc, char **argv, GError **error)
{
  g_autofree char *restaurant_id = NULL;
  const GOptionEntry entries[] = {
      {"restaurant", 0, 0, G_OPTION_ARG_STRING, &restaurant_id, "Of several shops, which", "ID"},
      {NULL},
  };
  g_auto (GStrv) rest = NULL;

  if (!osy_ctl_parse (entries, argc, argv, &rest, error) ||
      !one_word (rest, 3, "Name the guest and the file: ordersyncctl privacy export ID FILE",
                 error))
    return -1;
  Task task = {.func = export, .guest_id = rest[1]};
  /* First, while we may still write where the caller may: the session becomes the owner. */
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (rest[2]);
  g_autoptr (GFileOutputStream) out = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
  if (out == NULL)
    return -1;
  g_autoptr (JsonNode) answer = run_in_shop (data_dir, restaurant_id, &task, error);
  if (answer != NULL && write_json (G_OUTPUT_STREAM (out), answer, error))
    return OSY_CTL_OK;
  g_file_delete (file, NULL, NULL);
  return -1;
}

/* ---- erase ---- */

static JsonNode *
erase (OsyDbTx *tx, const OsyCall *call, const Task *task, GError **error)
{
  OsyGuestErasure erasure = {.id = task->guest_id, .reason = task->reason};
  g_autoptr (OsyGuest) left =
      osy_guest_service_erase (tx, task->ring, call, holders, &erasure, error);

  return left != NULL ? osy_guest_to_json (left, TRUE) : NULL;
}

int
osy_ctl_privacy_erase (const char *data_dir, int argc, char **argv, GError **error)
{
  g_autofree char *restaurant_id = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
      {"restaurant", 0, 0, G_OPTION_ARG_STRING, &restaurant_id, "Of several shops, which", "ID"},
      {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, "PERSON_ASKED, CONSENT_WITHDRAWN or MISTAKE",
       "WORD"},
      {NULL},
  };
  g_auto (GStrv) rest = NULL;

  if (!osy_ctl_parse (entries, argc, argv, &rest, error) ||
      !one_word (rest, 2, "Name the guest: ordersyncctl privacy erase --reason WORD ID", error))
    return -1;
  if (reason == NULL || !g_strv_contains (osy_guest_erase_reasons (), reason)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Say why: --reason PERSON_ASKED, CONSENT_WITHDRAWN or MISTAKE.");
    return -1;
  }
  Task task = {.func = erase, .guest_id = rest[1], .reason = reason};
  g_autoptr (JsonNode) answer = run_in_shop (data_dir, restaurant_id, &task, error);
  if (answer == NULL)
    return -1;
  print_json (answer);
  return OSY_CTL_OK;
}
