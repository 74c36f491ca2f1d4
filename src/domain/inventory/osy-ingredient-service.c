/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What people do with ingredients: name them, move them, take a movement back. */

#include "osy-ingredient-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-ingredient-store.h"
#include "osy-json-canonical.h"

GPtrArray *
osy_ingredient_service_list (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  return osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error)
             ? osy_ingredient_store_list (tx, NULL, error)
             : NULL;
}

static gboolean
check_promised (const OsyIngredient *self, GError **error)
{
  if (!self->block || self->reserved <= MAX (self->on_hand, 0))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT,
               "More of “%s” is promised to orders than would be there; cancel one of them first.",
               self->name);
  return FALSE;
}

/* ---- what it is ---- */

static gboolean
check_version (const OsyIngredient *self, gint64 if_version, GError **error)
{
  if (if_version == 0 || if_version == self->version)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "It was changed meanwhile; read it again.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), self->version));
  g_propagate_error (error, refusal);
  return FALSE;
}

/* What the audit log keeps: what people said, not what the days' use was. */
static JsonNode *
audit_value (const OsyIngredient *self)
{
  JsonObject *object = osy_ingredient_to_json (self);

  json_object_remove_member (object, "used");
  json_object_remove_member (object, "days_left");
  return osy_json_take_object (object);
}

static gboolean
edit (OsyIngredient *self, JsonNode *body, gboolean is_new, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  osy_ingredient_edit (self, reader, is_new);
  return osy_json_reader_finish (reader, error) && check_promised (self, error);
}

static gboolean
add (OsyDbTx *tx,
     const OsyCall *call,
     const OsyStockRoom *room,
     JsonNode *body,
     OsyIngredient **ret,
     GError **error)
{
  g_autoptr (OsyIngredient) self = osy_ingredient_new ();

  self->id = osy_id_new ();
  if (!edit (self, body, TRUE, error) || !osy_ingredient_store_add (tx, self, error) ||
      !osy_ingredient_store_tell (tx, self->id, error))
    return FALSE;
  *ret = osy_ingredient_store_get (tx, self->id, FALSE, error);
  if (*ret == NULL)
    return FALSE;
  g_autoptr (JsonNode) value = audit_value (*ret);
  const OsyAuditEntry audit = {"stock.ingredient_created", "ingredient", self->id, NULL, value};
  return osy_audit_record (tx, room->ring, call, &audit, error);
}

gboolean
osy_ingredient_service_change (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyStockRoom *room,
                               const OsyIngredientChange *change,
                               OsyIngredient **ret,
                               GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_STOCK_MANAGE, error))
    return FALSE;
  if (change->id == NULL)
    return add (tx, call, room, change->body, ret, error);
  g_autoptr (OsyIngredient) self = osy_ingredient_store_get (tx, change->id, TRUE, error);
  if (self == NULL || !check_version (self, change->if_version, error))
    return FALSE;
  gboolean deleted = change->body == NULL;
  g_autoptr (JsonNode) before = audit_value (self);
  if (!deleted && !edit (self, change->body, FALSE, error))
    return FALSE;
  self->version++;
  g_autoptr (JsonNode) after = deleted ? NULL : audit_value (self);
  const OsyAuditEntry audit = {deleted ? "stock.ingredient_deleted" : "stock.ingredient_updated",
                               "ingredient", self->id, before, after};
  if (!osy_ingredient_store_save (tx, self, deleted, error) ||
      !osy_ingredient_store_tell (tx, self->id, error) ||
      !osy_audit_record (tx, room->ring, call, &audit, error))
    return FALSE;
  *ret = deleted ? NULL : g_steal_pointer (&self);
  return TRUE;
}

/* ---- what moves ---- */

/* The sign that a kind gives a quantity; 0: what the count differs by, or as it is said. */
static const struct {
  const char *kind;
  int sign;
  gboolean needs_reason;
} kinds[] = {
    {OSY_MOVEMENT_RECEIVE, 1, FALSE},
    {OSY_MOVEMENT_WASTE, -1, TRUE},
    {OSY_MOVEMENT_COUNT, 0, FALSE},
    {OSY_MOVEMENT_ADJUST, 0, TRUE},
};

static const char *const kind_names[] = {OSY_MOVEMENT_RECEIVE, OSY_MOVEMENT_WASTE,
                                         OSY_MOVEMENT_COUNT, OSY_MOVEMENT_ADJUST, NULL};

static gsize
find_kind (const char *name)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (kinds) - 1 && g_strcmp0 (kinds[i].kind, name) != 0)
    i++;
  return i;
}

static void
read_quantity (OsyStockMovement *self,
               const OsyIngredient *ingredient,
               gsize kind,
               OsyJsonReader *reader)
{
  gboolean counts = g_str_equal (self->kind, OSY_MOVEMENT_COUNT);
  gint64 least =
      g_str_equal (self->kind, OSY_MOVEMENT_ADJUST) ? -OSY_STOCK_MAX_FACTOR : (counts ? 0 : 1);
  gint64 quantity = osy_json_reader_int (reader, "quantity", least, OSY_STOCK_MAX_FACTOR);
  const char *unit = osy_json_reader_opt_string (reader, "unit", 1, 20);
  gint64 factor = osy_ingredient_factor (ingredient, unit);

  if (factor == 0)
    osy_json_reader_fault (reader, "unit", "UNKNOWN", "The ingredient has no such unit.");
  else if (!osy_stock_convert (quantity, factor, &quantity))
    osy_json_reader_fault (reader, "quantity", "OUT_OF_RANGE", "That is more than can be.");
  self->counted = counts ? quantity : 0;
  self->quantity = counts                 ? quantity - ingredient->on_hand
                   : kinds[kind].sign < 0 ? -quantity
                                          : quantity;
  osy_set_str (&self->cost_unit, unit);
}

static OsyStockMovement *
read_movement (const OsyIngredient *ingredient, JsonNode *body, GError **error)
{
  g_autoptr (OsyStockMovement) self = osy_stock_movement_new ();
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  self->kind = g_intern_string (osy_json_reader_enum (reader, "kind", kind_names, NULL));
  gsize kind = find_kind (self->kind);
  read_quantity (self, ingredient, kind, reader);
  self->reason =
      g_strdup (kinds[kind].needs_reason ? osy_json_reader_string (reader, "reason", 1, 200)
                                         : osy_json_reader_opt_string (reader, "reason", 1, 200));
  self->unit_cost = osy_json_reader_opt_int (reader, "unit_cost", 0, OSY_STOCK_MAX_FACTOR, -1);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

static OsyStockMovement *
read_opposite (OsyDbTx *tx, const OsyStockAct *act, GError **error)
{
  g_autoptr (OsyStockMovement) of =
      osy_ingredient_store_movement (tx, act->ingredient_id, act->undoes, error);

  if (of == NULL)
    return NULL;
  if (!osy_stock_movement_can_undo (of)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         of->undone_by ? "It was taken back already."
                                       : "What an order used is not taken back here.");
    return NULL;
  }
  OsyStockMovement *self = osy_stock_movement_new ();
  self->kind = g_intern_string (OSY_MOVEMENT_UNDO);
  self->undoes = g_strdup (act->undoes);
  self->quantity = -of->quantity;
  return self;
}

static gboolean
check_bounds (const OsyIngredient *ingredient, const OsyStockMovement *movement, GError **error)
{
  g_autofree OsyIngredient *after = g_memdup2 (ingredient, sizeof *ingredient);

  after->on_hand += movement->quantity;
  if (ABS (after->on_hand) > OSY_STOCK_MAX) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "That is more than can be.");
    return FALSE;
  }
  return movement->quantity >= 0 || check_promised (after, error);
}

static gboolean
audit_move (OsyDbTx *tx,
            const OsyCall *call,
            const OsyStockRoom *room,
            const OsyStockMovement *movement,
            GError **error)
{
  static const struct {
    const char *kind;
    const char *action;
  } actions[] = {{OSY_MOVEMENT_RECEIVE, "stock.received"},
                 {OSY_MOVEMENT_WASTE, "stock.wasted"},
                 {OSY_MOVEMENT_COUNT, "stock.counted"},
                 {OSY_MOVEMENT_ADJUST, "stock.adjusted"},
                 {OSY_MOVEMENT_UNDO, "stock.undone"}};
  g_autoptr (JsonNode) value = osy_json_take_object (osy_stock_movement_to_json (movement));
  OsyAuditEntry audit = {NULL, "ingredient", movement->ingredient_id, NULL, value};

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].kind, movement->kind))
      audit.action = actions[i].action;
  return osy_audit_record (tx, room->ring, call, &audit, error);
}

/* The key as it is kept: of this caller, and no longer than any other. */
static char *
key_of (const OsyCall *call, const char *key)
{
  g_autofree char *text = g_strconcat (osy_principal_actor (call->principal), " ", key, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static GBytes *
fingerprint_of (const OsyStockAct *act)
{
  guint8 sum[32];

  if (act->undoes != NULL)
    return g_bytes_new (act->undoes, strlen (act->undoes));
  osy_json_fingerprint (act->body, act->ingredient_id, sum);
  return g_bytes_new (sum, sizeof sum);
}

static gboolean
may_move (const OsyCall *call, const OsyStockMovement *movement, GError **error)
{
  gboolean adjusts = g_str_equal (movement->kind, OSY_MOVEMENT_ADJUST);

  return osy_principal_check (call->principal,
                              adjusts ? OSY_PERM_STOCK_MANAGE : OSY_PERM_STOCK_WRITE, error);
}

OsyIngredient *
osy_ingredient_service_move (OsyDbTx *tx,
                             const OsyCall *call,
                             const OsyStockRoom *room,
                             OsyStockAct *act,
                             OsyStockMovement **ret,
                             GError **error)
{
  g_autofree char *name = act->key ? key_of (call, act->key) : NULL;
  g_autoptr (GBytes) fingerprint = fingerprint_of (act);
  const OsyStockKey key = {name, fingerprint};
  g_autoptr (OsyStockMovement) movement = NULL;

  if (!osy_principal_check (call->principal, OSY_PERM_STOCK_WRITE, error))
    return NULL;
  /* Held first: the same request at the same moment waits here, and then finds its key. */
  g_autoptr (OsyIngredient) self = osy_ingredient_store_get (tx, act->ingredient_id, TRUE, error);
  if (self == NULL || (name != NULL && !osy_ingredient_store_find_key (tx, &key, &movement, error)))
    return NULL;
  act->replayed = movement != NULL;
  if (!act->replayed) {
    movement =
        act->undoes ? read_opposite (tx, act, error) : read_movement (self, act->body, error);
    if (movement == NULL || !may_move (call, movement, error) ||
        !check_bounds (self, movement, error))
      return NULL;
    movement->id = osy_id_new ();
    movement->ingredient_id = g_strdup (self->id);
    movement->actor = g_strdup (osy_principal_actor (call->principal));
    movement->at = osy_clock_now ();
    if (!osy_ingredient_store_move (tx, self, movement, &key, error) ||
        !audit_move (tx, call, room, movement, error))
      return NULL;
  }
  *ret = g_steal_pointer (&movement);
  return g_steal_pointer (&self);
}
