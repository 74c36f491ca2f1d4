/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whence a request comes: addresses as osy_http_request_client() has them. */

/** osy_address_is_local: Returns: whether it comes from the shop's own machine. */
gboolean osy_address_is_local (const char *address);

/** osy_address_coarse: Returns: (transfer full): as much of an address as tells a person where
 * a sign-in came from: the network ("203.0.113.0/24", "2001:db8:1::/48"), or "local". */
char *osy_address_coarse (const char *address);

G_END_DECLS
