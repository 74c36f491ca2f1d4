/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/** WycheproofFunc: @group: the test group, @test: one of its tests. */
typedef void (*WycheproofFunc) (JsonObject *group, JsonObject *test, gpointer data);

/** wycheproof_each: Returns: FALSE, with the running test marked as skipped, when ../shared/corpora
 * is not beside the source. */
gboolean wycheproof_each (const char *file, WycheproofFunc func, gpointer data);
/** wycheproof_hex: Returns: (transfer full): the bytes of a member written in hexadecimal. */
GBytes *wycheproof_hex (JsonObject *object, const char *name);
