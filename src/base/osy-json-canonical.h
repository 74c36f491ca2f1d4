/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * osy_json_fingerprint:
 * @node: a parsed document, at most 32 levels deep
 * @salt: what else must be the same: method, route, subject
 * @out: SHA-256
 *
 * The same for documents that differ only in white space and in the order of members.
 */
void osy_json_fingerprint (JsonNode *node, const char *salt, guint8 out[32]);

G_END_DECLS
