/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** osy_channel_sign: (transfer full): "v1=" and the hexadecimal HMAC-SHA256 of @timestamp, ".",
 * @body under the 32 characters of @secret. */
char *osy_channel_sign (const char *secret, const char *timestamp, GBytes *body);

/** A call as it came. */
typedef struct {
  const char *timestamp; /* (nullable): Unix seconds */
  const char *signature; /* nullable */
  GBytes *body;
} OsyChannelCall;

/** osy_channel_is_signed: @now: UTC µs. Returns: whether it was signed with @secret, by a clock
 * that is wrong by OSY_CHANNEL_LEEWAY_S at most. Takes as long whatever is wrong with it. */
gboolean osy_channel_is_signed (const char *secret, const OsyChannelCall *call, gint64 now);

G_END_DECLS
