/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules about people: who is known, who may see the whole, what they agreed to, and how they are
 * told of or forgotten. */

#include "osy-guest-service.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-guest-store.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-phone.h"

/* ---- who it is ---- */

static gboolean
make_guest (OsyDbTx *tx,
            OsyKeyring *ring,
            const OsyGuestSighting *sighting,
            const char *digits,
            char **guest_id,
            GError **error)
{
  g_autoptr (OsyGuest) guest = osy_guest_new ();

  guest->id = osy_id_new ();
  guest->name = g_strdup (sighting->name);
  guest->phone = g_strdup (digits);
  guest->created_at = guest->last_seen_at = sighting->at;
  if (!osy_guest_store_add (tx, ring, guest, error))
    return FALSE;
  *guest_id = g_steal_pointer (&guest->id);
  return TRUE;
}

gboolean
osy_guest_service_link (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyGuestSighting *sighting,
                        char **guest_id,
                        GError **error)
{
  g_autofree char *digits = osy_phone_digits (sighting->phone);
  g_autofree char *known = NULL;

  *guest_id = NULL;
  if (!osy_phone_is_personal (digits))
    return TRUE;
  if (!osy_guest_store_lock_phone (tx, digits, error) ||
      !osy_guest_store_find (tx, ring, digits, &known, error))
    return FALSE;
  if (known == NULL)
    return make_guest (tx, ring, sighting, digits, guest_id, error);
  if (!osy_guest_store_see (tx, ring, known, sighting->name, sighting->at, error))
    return FALSE;
  *guest_id = g_steal_pointer (&known);
  return TRUE;
}

static OsyGuest *
load (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (OsyGuest) guest = NULL;

  if (osy_id_is_valid (id) && !osy_guest_store_get (tx, ring, id, &guest, error))
    return NULL;
  if (guest == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such guest.");
  return g_steal_pointer (&guest);
}

gboolean
osy_guest_service_find (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const char *phone,
                        OsyGuest **ret,
                        GError **error)
{
  g_autofree char *digits = osy_phone_digits (phone);
  g_autofree char *id = NULL;

  *ret = NULL;
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error) ||
      !osy_guest_store_find (tx, ring, digits, &id, error))
    return FALSE;
  return id == NULL || osy_guest_store_get (tx, ring, id, ret, error);
}

OsyGuest *
osy_guest_service_get (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyCall *call,
                       const char *id,
                       GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return load (tx, ring, id, error);
}

/* ---- what is done with a person ---- */

/* What was done, and its circumstances: (transfer full). */
typedef struct {
  const char *action;
  const char *guest_id;
  JsonObject *value;
} Deed;

static gboolean
audit (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, Deed deed, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_take_object (deed.value);
  const OsyAuditEntry entry = {
      .action = deed.action, .object_type = "guest", .object_id = deed.guest_id, .new_value = node};

  return osy_audit_record (tx, ring, call, &entry, error);
}

static JsonObject *
reason_value (const char *reason)
{
  JsonObject *value = json_object_new ();

  json_object_set_string_member (value, "reason", reason);
  return value;
}

static gboolean
refuse_erased (const OsyGuest *guest, GError **error)
{
  if (guest->erased_at == 0)
    return FALSE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_ERASED,
                       "What was kept of this person was erased.");
  return TRUE;
}

OsyGuest *
osy_guest_service_unmask (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const char *id,
                          const char *reason,
                          GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_GUEST_UNMASK, error))
    return NULL;
  g_autoptr (OsyGuest) guest = load (tx, ring, id, error);
  if (guest == NULL || refuse_erased (guest, error) ||
      !audit (tx, ring, call, (Deed){"guest.unmasked", guest->id, reason_value (reason)}, error))
    return NULL;
  return g_steal_pointer (&guest);
}

OsyGuest *
osy_guest_service_consent (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const char *id,
                           const OsyGuestConsent *consent,
                           GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  g_autoptr (OsyGuest) guest = load (tx, ring, id, error);
  if (guest == NULL || refuse_erased (guest, error))
    return NULL;
  OsyGuestConsent said = *consent;
  JsonObject *value = json_object_new ();
  said.at = osy_clock_now ();
  json_object_set_string_member (value, "purpose", said.purpose);
  json_object_set_boolean_member (value, "given", said.given);
  json_object_set_string_member (value, "text_version", said.text_version);
  json_object_set_string_member (value, "source", said.source);
  if (!audit (tx, ring, call, (Deed){"guest.consent", guest->id, value}, error) ||
      !osy_guest_store_add_consent (tx, guest->id, &said, error))
    return NULL;
  return load (tx, ring, id, error);
}

/* ---- telling all ---- */

JsonNode *
osy_guest_service_export (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const OsyGuestHolder *const *holders,
                          const char *id,
                          GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_PRIVACY_MANAGE, error))
    return NULL;
  g_autoptr (OsyGuest) guest = load (tx, ring, id, error);
  if (guest == NULL ||
      !audit (tx, ring, call, (Deed){"guest.exported", guest->id, json_object_new ()}, error))
    return NULL;
  /* Every consent ever said, and not the last ones alone. */
  g_ptr_array_unref (guest->consents);
  guest->consents = osy_guest_store_consents (tx, guest->id, FALSE, error);
  if (guest->consents == NULL) {
    guest->consents = g_ptr_array_new ();
    return NULL;
  }
  g_autofree char *now = osy_clock_format (osy_clock_now ());
  const OsyGuestSubject subject = {guest->id, guest->phone};
  JsonObject *all = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (all);
  json_object_set_string_member (all, "exported_at", now);
  json_object_set_member (all, "guest", osy_guest_to_json (guest, FALSE));
  for (gsize i = 0; holders[i] != NULL; i++) {
    JsonNode *held = holders[i]->collect (tx, ring, &subject, error);
    if (held == NULL)
      return NULL;
    json_object_set_member (all, holders[i]->name, held);
  }
  return g_steal_pointer (&node);
}

/* ---- forgetting ---- */

static gboolean
tell_erased (OsyDbTx *tx, const OsyCall *call, const OsyGuest *guest, GError **error)
{
  const OsyEventDraft draft = {
      .type = "guest.erased",
      .aggregate_type = "guest",
      .aggregate_id = guest->id,
      .aggregate_seq = guest->version + 1,
  };

  return osy_event_emit (tx, call, &draft, error);
}

static gboolean
erase_held (OsyDbTx *tx,
            OsyKeyring *ring,
            const OsyGuestHolder *const *holders,
            const OsyGuest *guest,
            gint64 *n,
            GError **error)
{
  const OsyGuestSubject subject = {guest->id, guest->phone};

  *n = 0;
  for (gsize i = 0; holders[i] != NULL; i++) {
    gint64 rows = 0;
    if (!holders[i]->erase (tx, ring, &subject, &rows, error))
      return FALSE;
    *n += rows;
  }
  return TRUE;
}

OsyGuest *
osy_guest_service_erase (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         const OsyGuestHolder *const *holders,
                         OsyGuestErasure *erasure,
                         GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_PRIVACY_MANAGE, error))
    return NULL;
  g_autoptr (OsyGuest) guest = load (tx, ring, erasure->id, error);
  if (guest == NULL || !erase_held (tx, ring, holders, guest, &erasure->n_overwritten, error) ||
      !osy_guest_store_erase (tx, ring, guest->id, osy_clock_now (), error))
    return NULL;
  JsonObject *value = reason_value (erasure->reason);
  json_object_set_int_member (value, "orders", erasure->n_overwritten);
  if (!audit (tx, ring, call, (Deed){"guest.erased", guest->id, value}, error) ||
      !tell_erased (tx, call, guest, error))
    return NULL;
  return load (tx, ring, erasure->id, error);
}

gboolean
osy_guest_service_sweep (OsyDbTx *tx,
                         OsyKeyring *ring,
                         gint64 before,
                         gint64 limit,
                         gint64 *n,
                         GError **error)
{
  gint64 now = osy_clock_now ();
  g_autoptr (GPtrArray) ids = osy_guest_store_stale (tx, before, limit, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!osy_guest_store_erase (tx, ring, g_ptr_array_index (ids, i), now, error))
      return FALSE;
  *n = ids->len;
  return TRUE;
}
