/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Every refusal of the product: its wire code, its HTTP status and its problem document. */

#include "osy-error.h"

typedef struct {
  JsonArray *fields; /* nullable */
  JsonObject *extra; /* nullable */
} OsyErrorPrivate;

typedef struct {
  OsyErrorCode code;
  const char *name;
  guint status;
  const char *title;
} Row;

static const Row rows[] = {
    {OSY_ERROR_INTERNAL, "INTERNAL", 500, "Something went wrong on our side"},
    {OSY_ERROR_INVALID_REQUEST, "INVALID_REQUEST", 400, "The request is not valid"},
    {OSY_ERROR_INVALID_JSON, "INVALID_JSON", 400, "The body is not valid JSON"},
    {OSY_ERROR_UNAUTHENTICATED, "UNAUTHENTICATED", 401, "Sign in first"},
    {OSY_ERROR_INVALID_CREDENTIALS, "INVALID_CREDENTIALS", 401, "E-mail or password is wrong"},
    {OSY_ERROR_TOTP_REQUIRED, "TOTP_REQUIRED", 401, "A one-time code is needed"},
    {OSY_ERROR_INSUFFICIENT_PERMISSION, "INSUFFICIENT_PERMISSION", 403, "Not allowed"},
    {OSY_ERROR_NOT_FOUND, "NOT_FOUND", 404, "Not found"},
    {OSY_ERROR_METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", 405, "Method not allowed"},
    {OSY_ERROR_CONFLICT, "CONFLICT", 409, "Conflict"},
    {OSY_ERROR_VERSION_CONFLICT, "VERSION_CONFLICT", 409, "Somebody else changed it first"},
    {OSY_ERROR_STATE_CONFLICT, "STATE_CONFLICT", 409, "Not possible in its present state"},
    {OSY_ERROR_IDEMPOTENCY_KEY_REQUIRED, "IDEMPOTENCY_KEY_REQUIRED", 400,
     "Idempotency-Key missing"},
    {OSY_ERROR_IDEMPOTENCY_KEY_REUSED, "IDEMPOTENCY_KEY_REUSED", 422,
     "Key used for another request"},
    {OSY_ERROR_IN_PROGRESS, "IN_PROGRESS", 409, "The same request is still being worked on"},
    {OSY_ERROR_MENU_CHANGED, "MENU_CHANGED", 409, "The menu changed meanwhile"},
    {OSY_ERROR_SOLD_OUT, "SOLD_OUT", 409, "Sold out"},
    {OSY_ERROR_OUTSIDE_HOURS, "OUTSIDE_HOURS", 409, "Not sold at this hour"},
    {OSY_ERROR_UNKNOWN_ITEM, "UNKNOWN_ITEM", 422, "No such item on the menu"},
    {OSY_ERROR_UNKNOWN_OPTION, "UNKNOWN_OPTION", 422, "No such option on the item"},
    {OSY_ERROR_OPTION_COUNT, "OPTION_COUNT", 422, "Too few or too many options"},
    {OSY_ERROR_SHOP_CLOSED, "SHOP_CLOSED", 409, "The shop takes no orders now"},
    {OSY_ERROR_BELOW_MINIMUM, "BELOW_MINIMUM", 422, "Below the minimum order"},
    {OSY_ERROR_GUESTS_NOT_ALLOWED, "GUESTS_NOT_ALLOWED", 403, "The shop takes no guest orders"},
    {OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE, "PAYMENT_METHOD_UNAVAILABLE", 422,
     "This way of paying is not offered"},
    {OSY_ERROR_STAFF_ONLY, "STAFF_ONLY", 422, "Only staff may ask for this"},
    {OSY_ERROR_CHECK_CLOSED, "CHECK_CLOSED", 409, "The check takes no more orders"},
    {OSY_ERROR_UNROUTED, "UNROUTED", 422, "Something would reach no station"},
    {OSY_ERROR_OUT_OF_AREA, "OUT_OF_AREA", 422, "The shop does not deliver there"},
    {OSY_ERROR_UNPROCESSABLE, "UNPROCESSABLE", 422, "The message is not as agreed"},
    {OSY_ERROR_TOO_LARGE, "TOO_LARGE", 413, "Too large"},
    {OSY_ERROR_UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", 415, "Send application/json"},
    {OSY_ERROR_LENGTH_REQUIRED, "LENGTH_REQUIRED", 411, "Send Content-Length"},
    {OSY_ERROR_RATE_LIMITED, "RATE_LIMITED", 429, "Too many requests"},
    {OSY_ERROR_TIMEOUT, "TIMEOUT", 504, "Not finished in time"},
    {OSY_ERROR_UNAVAILABLE, "UNAVAILABLE", 503, "Not available just now"},
    {OSY_ERROR_STORAGE_FULL, "STORAGE_FULL", 507, "The disk is full"},
    {OSY_ERROR_ALREADY_SET_UP, "ALREADY_SET_UP", 409, "A shop exists already"},
    {OSY_ERROR_KEY_UNAVAILABLE, "KEY_UNAVAILABLE", 503, "The encryption key is not available"},
    {OSY_ERROR_NEWER_DATA, "NEWER_DATA", 503, "The data was written by a newer version"},
    {OSY_ERROR_ERASED, "ERASED", 410, "Erased"},
    {OSY_ERROR_CANCELLED, "CANCELLED", 503, "Cancelled"},
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == OSY_N_ERRORS);

static void
osy_error_private_init (OsyErrorPrivate *priv)
{
  priv->fields = NULL;
  priv->extra = NULL;
}

static void
osy_error_private_copy (const OsyErrorPrivate *src, OsyErrorPrivate *dest)
{
  dest->fields = src->fields ? json_array_ref (src->fields) : NULL;
  dest->extra = src->extra ? json_object_ref (src->extra) : NULL;
}

static void
osy_error_private_clear (OsyErrorPrivate *priv)
{
  g_clear_pointer (&priv->fields, json_array_unref);
  g_clear_pointer (&priv->extra, json_object_unref);
}

G_DEFINE_EXTENDED_ERROR (OsyError, osy_error)

static const Row *
find_row (const GError *error)
{
  if (error->domain == OSY_ERROR && error->code >= 0 && error->code < OSY_N_ERRORS)
    return &rows[error->code];
  return &rows[OSY_ERROR_INTERNAL];
}

void
osy_error_add_field (GError *error, const char *pointer, const char *code, const char *detail)
{
  g_return_if_fail (error != NULL && error->domain == OSY_ERROR);

  OsyErrorPrivate *priv = osy_error_get_private (error);
  JsonObject *field = json_object_new ();
  json_object_set_string_member (field, "pointer", pointer);
  json_object_set_string_member (field, "code", code);
  json_object_set_string_member (field, "detail", detail);
  if (priv->fields == NULL)
    priv->fields = json_array_new ();
  json_array_add_object_element (priv->fields, field);
}

void
osy_error_set_extra (GError *error, const char *name, JsonNode *value)
{
  g_return_if_fail (error != NULL && error->domain == OSY_ERROR);

  OsyErrorPrivate *priv = osy_error_get_private (error);
  if (priv->extra == NULL)
    priv->extra = json_object_new ();
  json_object_set_member (priv->extra, name, value);
}

JsonNode *
osy_error_get_extra (const GError *error, const char *name)
{
  if (error->domain != OSY_ERROR)
    return NULL;
  OsyErrorPrivate *priv = osy_error_get_private (error);
  return priv->extra ? json_object_get_member (priv->extra, name) : NULL;
}

const char *
osy_error_code_name (OsyErrorCode code)
{
  return code >= 0 && code < OSY_N_ERRORS ? rows[code].name : rows[OSY_ERROR_INTERNAL].name;
}

OsyErrorCode
osy_error_code_from_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].name, name) == 0)
      return rows[i].code;
  return OSY_ERROR_INTERNAL;
}

guint
osy_error_http_status (const GError *error)
{
  return find_row (error)->status;
}

gboolean
osy_error_is (const GError *error, OsyErrorCode code)
{
  return g_error_matches (error, OSY_ERROR, (int)code);
}

static void
copy_extra (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (node));
}

JsonNode *
osy_error_to_problem (const GError *error, const char *trace_id)
{
  const Row *row = find_row (error);
  JsonObject *problem = json_object_new ();

  json_object_set_string_member (problem, "type", "about:blank");
  json_object_set_string_member (problem, "title", row->title);
  json_object_set_int_member (problem, "status", row->status);
  json_object_set_string_member (problem, "code", row->name);
  /* What went wrong inside is for the log, not for strangers. */
  json_object_set_string_member (problem, "detail",
                                 row->code == OSY_ERROR_INTERNAL ? row->title : error->message);
  if (trace_id != NULL)
    json_object_set_string_member (problem, "trace_id", trace_id);
  if (error->domain == OSY_ERROR) {
    OsyErrorPrivate *priv = osy_error_get_private (error);
    if (priv->fields != NULL)
      json_object_set_array_member (problem, "errors", json_array_ref (priv->fields));
    if (priv->extra != NULL)
      json_object_foreach_member (priv->extra, copy_extra, problem);
  }
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, problem);
  return node;
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static OsyErrorCode
code_from_status (guint status)
{
  switch (status) {
  case 401: return OSY_ERROR_UNAUTHENTICATED;
  case 403: return OSY_ERROR_INSUFFICIENT_PERMISSION;
  case 404: return OSY_ERROR_NOT_FOUND;
  case 409: return OSY_ERROR_CONFLICT;
  case 410: return OSY_ERROR_ERASED;
  case 429: return OSY_ERROR_RATE_LIMITED;
  case 503: return OSY_ERROR_UNAVAILABLE;
  case 504: return OSY_ERROR_TIMEOUT;
  default: return status >= 500 ? OSY_ERROR_INTERNAL : OSY_ERROR_INVALID_REQUEST;
  }
}

GError *
osy_error_from_problem (JsonNode *problem, guint status)
{
  JsonObject *object =
      problem && JSON_NODE_HOLDS_OBJECT (problem) ? json_node_get_object (problem) : NULL;
  const char *name = text_member (object, "code");
  const char *detail = text_member (object, "detail");
  OsyErrorCode code = name ? osy_error_code_from_name (name) : OSY_ERROR_INTERNAL;
  /* A newer server may know codes that we do not. */
  if (code == OSY_ERROR_INTERNAL && g_strcmp0 (name, rows[OSY_ERROR_INTERNAL].name) != 0)
    code = code_from_status (status);
  GError *error = g_error_new (OSY_ERROR, (int)code, "%s", detail ? detail : rows[code].title);
  OsyErrorPrivate *priv = osy_error_get_private (error);

  if (object != NULL) {
    JsonNode *fields = json_object_get_member (object, "errors");
    if (fields != NULL && JSON_NODE_HOLDS_ARRAY (fields))
      priv->fields = json_array_ref (json_node_get_array (fields));
    priv->extra = json_object_ref (object);
  }
  return error;
}
