/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* To be included by one file of a program. */

#pragma once

/* SoupServer 3.2.3 never frees a socket it accepted. Only programs with this server in them look
 * away from that, and need the whole stack to know it; nothing of it is in the product. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_socket_accept\nleak:soup_server_listen_local\n";
}
