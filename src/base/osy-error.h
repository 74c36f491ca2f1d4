/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OSY_ERROR (osy_error_quark ())

/**
 * OsyErrorCode:
 *
 * Every way an act can be refused. The order matches the table in osy-error.c, which
 * gives each its stable wire code and its HTTP status (RFC 9457 problem+json).
 */
typedef enum {
  OSY_ERROR_INTERNAL,
  OSY_ERROR_INVALID_REQUEST,
  OSY_ERROR_INVALID_JSON,
  OSY_ERROR_UNAUTHENTICATED,
  OSY_ERROR_INVALID_CREDENTIALS,
  OSY_ERROR_TOTP_REQUIRED,
  OSY_ERROR_INSUFFICIENT_PERMISSION,
  OSY_ERROR_NOT_FOUND,
  OSY_ERROR_METHOD_NOT_ALLOWED,
  OSY_ERROR_CONFLICT,
  OSY_ERROR_VERSION_CONFLICT,
  OSY_ERROR_STATE_CONFLICT,
  OSY_ERROR_IDEMPOTENCY_KEY_REQUIRED,
  OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
  OSY_ERROR_IN_PROGRESS,
  OSY_ERROR_MENU_CHANGED,
  OSY_ERROR_SOLD_OUT,
  OSY_ERROR_OUTSIDE_HOURS,
  OSY_ERROR_UNKNOWN_ITEM,
  OSY_ERROR_UNKNOWN_OPTION,
  OSY_ERROR_OPTION_COUNT,
  OSY_ERROR_SHOP_CLOSED,
  OSY_ERROR_BELOW_MINIMUM,
  OSY_ERROR_GUESTS_NOT_ALLOWED,
  OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE,
  OSY_ERROR_STAFF_ONLY,
  OSY_ERROR_CHECK_CLOSED,
  OSY_ERROR_UNROUTED,
  OSY_ERROR_OUT_OF_AREA,
  OSY_ERROR_UNPROCESSABLE,
  OSY_ERROR_TOO_LARGE,
  OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
  OSY_ERROR_LENGTH_REQUIRED,
  OSY_ERROR_RATE_LIMITED,
  OSY_ERROR_TIMEOUT,
  OSY_ERROR_UNAVAILABLE,
  OSY_ERROR_STORAGE_FULL,
  OSY_ERROR_ALREADY_SET_UP,
  OSY_ERROR_KEY_UNAVAILABLE,
  OSY_ERROR_NEWER_DATA,
  OSY_ERROR_ERASED,
  OSY_ERROR_CANCELLED,
  OSY_N_ERRORS
} OsyErrorCode;

/** osy_error_quark: Returns: the domain OSY_ERROR. */
GQuark osy_error_quark (void);

/**
 * osy_error_add_field:
 * @error: (inout): an error of the domain OSY_ERROR
 * @pointer: RFC 6901 JSON pointer to the member at fault, such as "/items/0/quantity"
 * @code: stable code of the fault, such as "OUT_OF_RANGE"
 * @detail: one sentence
 *
 * Adds one row to the `errors` list of the problem document.
 */
void osy_error_add_field (GError *error, const char *pointer, const char *code, const char *detail);

/**
 * osy_error_set_extra:
 * @error: an error of the domain OSY_ERROR
 * @name: member to add to the problem document
 * @value: (transfer full): its value
 *
 * Adds what a client needs to go on, such as `current_version` or the new prices.
 */
void osy_error_set_extra (GError *error, const char *name, JsonNode *value);

/** osy_error_code_name: Returns: (transfer none): the stable wire code, e.g. "NOT_FOUND". */
const char *osy_error_code_name (OsyErrorCode code);

/** osy_error_code_from_name: Returns: the code with that wire name, or OSY_ERROR_INTERNAL. */
OsyErrorCode osy_error_code_from_name (const char *name);

/** osy_error_http_status: Returns: HTTP status of @error; 500 for foreign domains. */
guint osy_error_http_status (const GError *error);

/**
 * osy_error_to_problem:
 * @error: any error; foreign domains and INTERNAL never show their message
 * @trace_id: (nullable): id under which the log holds the details
 *
 * Returns: (transfer full): the RFC 9457 problem document.
 */
JsonNode *osy_error_to_problem (const GError *error, const char *trace_id);

/**
 * osy_error_from_problem:
 * @problem: a problem document as a server sent it; may be anything
 * @status: HTTP status it came with, used when @problem has no known code
 *
 * The client's half of osy_error_to_problem(). Returns: (transfer full): an error.
 */
GError *osy_error_from_problem (JsonNode *problem, guint status);

/** osy_error_get_extra: Returns: (transfer none) (nullable): a member set before. */
JsonNode *osy_error_get_extra (const GError *error, const char *name);

/** osy_error_is: Returns: whether @error is of OSY_ERROR with @code. */
gboolean osy_error_is (const GError *error, OsyErrorCode code);

G_END_DECLS
