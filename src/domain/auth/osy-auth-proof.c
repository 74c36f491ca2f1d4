/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Acts for which a person shows anew who he is, so that a stolen token does not guess its way. */

#include "osy-auth-proof.h"

#include <string.h>

#include "osy-auth-throttle.h"

typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  OsyPrincipal *principal;
  char *trace_id;
  OsyAuthProof proof;
  OsyAuthGuess guess;
  gint64 wait;
  OsyAuthUser *user;
  char *hash;
  OsyApiReply reply;
} Work;

static void
free_secret (char **secret)
{
  if (*secret != NULL)
    osy_wipe (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

void
osy_auth_proof_clear (OsyAuthProof *self)
{
  free_secret (&self->password);
  free_secret (&self->secret);
  if (self->destroy != NULL)
    self->destroy (self->data);
  *self = (OsyAuthProof){NULL};
}

static void
work_free (Work *work)
{
  osy_auth_proof_clear (&work->proof);
  osy_http_request_unref (work->request);
  osy_principal_unref (work->principal);
  g_clear_pointer (&work->user, osy_auth_user_free);
  g_clear_pointer (&work->reply.body, json_node_unref);
  g_free (work->trace_id);
  g_free (work->hash);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* (transfer full) work */
static void
run (Work *work, OsyDbFunc func, GAsyncReadyCallback done)
{
  OsyDbScope scope = {.restaurant_id = osy_principal_restaurant_id (work->principal),
                      .user_id = osy_principal_user_id (work->principal)};

  osy_db_pool_run_async (work->room->pool, &scope, func, work, NULL, NULL, done, work);
}

/* ---- 3: the work ---- */

static gboolean
do_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  const OsyCall call = {.principal = work->principal, .trace_id = work->trace_id};
  const OsyAuthProven proven = {.user = work->user, .hash = work->hash};

  g_clear_pointer (&work->reply.body, json_node_unref);
  work->reply = (OsyApiReply){0};
  return work->proof.func (tx, &call, &proven, work->proof.data, &work->reply, error) &&
         osy_auth_throttle_give_back (tx, work->room->ring, &work->guess, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  osy_http_reply_add_header (work->request, "Cache-Control", "no-store");
  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    osy_http_reply_error (work->request, error);
  else if (work->reply.body != NULL)
    osy_http_reply_json (work->request, work->reply.status ? work->reply.status : 200,
                         work->reply.body);
  else
    osy_http_reply_empty (work->request, 204);
}

/* ---- 2: the password, and what is to be hashed ---- */

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  work->hash = osy_password_hasher_hash_finish (OSY_PASSWORD_HASHER (source), result, &error);
  if (work->hash == NULL)
    osy_http_reply_error (work->request, error);
  else
    run (g_steal_pointer (&work), do_work, done_cb);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  OsyPasswordHasher *hasher = OSY_PASSWORD_HASHER (source);
  gboolean right = FALSE;

  if (osy_password_hasher_verify_finish (hasher, result, &right, &error) && !right)
    error =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS, "The password is wrong.");
  if (error != NULL) {
    osy_http_reply_error (work->request, error);
    return;
  }
  Work *data = g_steal_pointer (&work);
  if (data->proof.secret != NULL)
    osy_password_hasher_hash_async (hasher, data->proof.secret, hashed_cb, data);
  else
    run (data, do_work, done_cb);
}

/* ---- 1: count ---- */

static gboolean
begin (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_clear_pointer (&work->user, osy_auth_user_free);
  return osy_auth_throttle_take (tx, work->room->ring, &work->guess, &work->wait, error) &&
         osy_auth_store_load_user (tx, work->room->ring, work->guess.subject, &work->user, error);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) ||
      (work->wait > 0 && !osy_auth_throttle_refuse (work->wait, &error))) {
    osy_http_reply_error (work->request, error);
    return;
  }
  Work *data = g_steal_pointer (&work);
  if (data->proof.password == NULL)
    run (data, do_work, done_cb);
  else
    osy_password_hasher_verify_async (data->room->hasher, data->proof.password,
                                      data->user != NULL ? data->user->password_hash : NULL,
                                      verified_cb, data);
}

void
osy_auth_prove (OsyHttpRequest *request, OsyAuthRoom *room, OsyAuthProof *proof)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->request = osy_http_request_ref (request);
  work->room = room;
  work->principal = osy_principal_ref (osy_http_request_principal (request));
  work->trace_id = g_strdup (osy_http_request_trace_id (request));
  work->proof = *proof;
  *proof = (OsyAuthProof){NULL};
  work->guess = (OsyAuthGuess){.kind = OSY_AUTH_GUESS_OWN,
                               .subject = osy_principal_user_id (work->principal)};
  if (work->guess.subject == NULL) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
                                 "Only a person can do this.");
    osy_http_reply_error (request, error);
    return;
  }
  run (g_steal_pointer (&work), begin, begun_cb);
}
