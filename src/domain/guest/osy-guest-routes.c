/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of people: found and read masked; shown, told of and forgotten by who may, with a reason. */

#include "osy-guest-routes.h"

#include "osy-api.h"
#include "osy-json.h"

typedef struct {
  OsyGuestRoom *room;
  char *id;
  char *phone;
  char *reason;
  char *client;
  OsyGuestConsent *consent;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_free (work->phone);
  g_free (work->reason);
  g_free (work->client);
  g_clear_pointer (&work->consent, osy_guest_consent_free);
  g_free (work);
}

static Work *
work_new (OsyGuestRoom *room, OsyHttpRequest *http, const char *id)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->id = g_strdup (id);
  work->client = g_strdup (osy_http_request_client (http));
  return work;
}

/* Does @func, or answers with @error. */
static void
run (OsyHttpRequest *http, Work *work, OsyApiFunc func, const GError *error)
{
  if (error != NULL) {
    osy_http_reply_error (http, error);
    work_free (work);
    return;
  }
  osy_api_run (http, work->room->pool, NULL, func, work, work_free);
}

/* @guest: (transfer full) (nullable) */
static gboolean
answer (OsyGuest *guest, gboolean masked, OsyApiReply *reply)
{
  g_autoptr (OsyGuest) owned = guest;

  if (owned == NULL)
    return FALSE;
  reply->body = osy_guest_to_json (owned, masked);
  reply->version = owned->version;
  return TRUE;
}

/* ---- reading ---- */

static gboolean
find_guests (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyGuest) guest = NULL;

  if (!osy_guest_service_find (tx, work->room->ring, call, work->phone, &guest, error))
    return FALSE;
  JsonArray *array = json_array_new ();
  JsonObject *body = json_object_new ();
  if (guest != NULL)
    json_array_add_element (array, osy_guest_to_json (guest, TRUE));
  json_object_set_array_member (body, "guests", array);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
handle_find (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"phone", NULL};
  Work *work = work_new (room, http, NULL);
  g_autoptr (GError) error = NULL;

  work->phone = g_strdup (osy_http_request_query (http, "phone"));
  if (osy_api_only_query (http, allowed, &error) &&
      (work->phone == NULL || g_utf8_strlen (work->phone, -1) > 30))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                 "phone: send a whole phone number.");
  run (http, work, find_guests, error);
}

static gboolean
read_guest (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  return answer (osy_guest_service_get (tx, work->room->ring, call, work->id, error), TRUE, reply);
}

static void
handle_read (OsyHttpRequest *http, gpointer room)
{
  run (http, work_new (room, http, osy_http_request_param (http, "id")), read_guest, NULL);
}

/* ---- showing ---- */

typedef struct {
  OsyGuestRoom *room;
  char *restaurant_id;
  char *actor;
  char *client;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->restaurant_id);
  g_free (shown->actor);
  g_free (shown->client);
  g_free (shown);
}

static gboolean
tell_shown (gpointer data)
{
  const Shown *shown = data;
  const OsyGuestRoom *room = shown->room;

  room->unmasked (shown->restaurant_id, shown->actor, shown->client, room->unmasked_data);
  return G_SOURCE_REMOVE;
}

void
osy_guest_tell_unmasked (OsyGuestRoom *room, OsyDbTx *tx, const OsyCall *call, const char *client)
{
  if (room->unmasked == NULL)
    return;
  Shown *shown = g_new0 (Shown, 1);
  shown->room = room;
  shown->restaurant_id = g_strdup (osy_db_tx_restaurant (tx));
  shown->actor = g_strdup (osy_principal_actor (call->principal));
  shown->client = g_strdup (client);
  osy_db_tx_on_commit (tx, tell_shown, shown, shown_free);
}

char *
osy_guest_read_reason (OsyHttpRequest *http, const char *const *allowed, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (http, error);
  if (body == NULL)
    return NULL;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  g_autofree char *reason = g_strdup (osy_json_reader_enum (reader, "reason", allowed, NULL));

  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&reason) : NULL;
}

static gboolean
unmask_guest (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyGuest *guest =
      osy_guest_service_unmask (tx, work->room->ring, call, work->id, work->reason, error);

  if (guest != NULL)
    osy_guest_tell_unmasked (work->room, tx, call, work->client);
  return answer (guest, FALSE, reply);
}

static void
handle_unmask (OsyHttpRequest *http, gpointer room)
{
  Work *work = work_new (room, http, osy_http_request_param (http, "id"));
  g_autoptr (GError) error = NULL;

  work->reason = osy_guest_read_reason (http, osy_guest_unmask_reasons (), &error);
  run (http, work, unmask_guest, error);
}

/* ---- consents ---- */

static gboolean
add_consent (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->status = 201;
  return answer (
      osy_guest_service_consent (tx, work->room->ring, call, work->id, work->consent, error), TRUE,
      reply);
}

static OsyGuestConsent *
read_consent (JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  OsyGuestConsent *consent = g_new0 (OsyGuestConsent, 1);

  consent->purpose =
      g_strdup (osy_json_reader_enum (reader, "purpose", osy_guest_purposes (), NULL));
  consent->given = osy_json_reader_opt_bool (reader, "given", FALSE);
  if (!osy_json_reader_has (reader, "given"))
    osy_json_reader_fault (reader, "given", "REQUIRED", "Say whether it is given or taken back.");
  consent->text_version = g_strdup (osy_json_reader_string (reader, "text_version", 1, 40));
  consent->source =
      g_strdup (osy_json_reader_enum (reader, "source", osy_guest_sources (), "COUNTER"));
  if (!osy_json_reader_finish (reader, error))
    g_clear_pointer (&consent, osy_guest_consent_free);
  return consent;
}

static void
handle_consent (OsyHttpRequest *http, gpointer room)
{
  Work *work = work_new (room, http, osy_http_request_param (http, "id"));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);

  if (body != NULL)
    work->consent = read_consent (body, &error);
  run (http, work, add_consent, error);
}

/* ---- telling all, forgetting ---- */

static gboolean
export_guest (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->body =
      osy_guest_service_export (tx, work->room->ring, call, work->room->holders, work->id, error);
  return reply->body != NULL;
}

static void
handle_export (OsyHttpRequest *http, gpointer room)
{
  run (http, work_new (room, http, osy_http_request_param (http, "id")), export_guest, NULL);
}

static gboolean
erase_guest (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyGuestErasure erasure = {.id = work->id, .reason = work->reason};
  g_autoptr (OsyGuest) guest =
      osy_guest_service_erase (tx, work->room->ring, call, work->room->holders, &erasure, error);

  if (guest == NULL)
    return FALSE;
  reply->body = osy_guest_to_json (guest, TRUE);
  json_object_set_int_member (json_node_get_object (reply->body), "orders", erasure.n_overwritten);
  return TRUE;
}

static void
handle_erase (OsyHttpRequest *http, gpointer room)
{
  Work *work = work_new (room, http, osy_http_request_param (http, "id"));
  g_autoptr (GError) error = NULL;

  work->reason = osy_guest_read_reason (http, osy_guest_erase_reasons (), &error);
  run (http, work, erase_guest, error);
}

#define GUESTS "/api/v1/restaurants/me/guests"

const OsyRoute osy_guest_routes[] = {
    {"GET", GUESTS "/find", "findGuests", OSY_PERM_ORDER_READ, 0, handle_find},
    {"GET", GUESTS "/{id}", "getGuest", OSY_PERM_ORDER_READ, 0, handle_read},
    {"POST", GUESTS "/{id}/unmask", "unmaskGuest", OSY_PERM_GUEST_UNMASK, 0, handle_unmask},
    {"POST", GUESTS "/{id}/consents", "addGuestConsent", OSY_PERM_ORDER_WRITE, 0, handle_consent},
    {"GET", GUESTS "/{id}/export", "exportGuest", OSY_PERM_PRIVACY_MANAGE, OSY_ROUTE_AUDITED,
     handle_export},
    {"POST", GUESTS "/{id}/erase", "eraseGuest", OSY_PERM_PRIVACY_MANAGE, 0, handle_erase},
    {NULL},
};
