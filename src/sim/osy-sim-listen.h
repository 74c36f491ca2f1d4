/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** osy_sim_listen: @address: "127.0.0.1:8080". Returns: FALSE with @error when it is none, or is
 * taken. */
gboolean osy_sim_listen (SoupServer *server, const char *address, GError **error);

G_END_DECLS
