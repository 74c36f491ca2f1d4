/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* UUID v7 (RFC 9562 §5.7): ids made by the application, ordered by time. */

#include "osy-id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "osy-codec.h"

void
osy_random_bytes (guint8 *out, gsize len)
{
  while (len > 0) {
    gssize got = getrandom (out, MIN (len, 256), 0);
    if (got < 0 && errno != EINTR)
      g_error ("The kernel gives no random bytes: %s", g_strerror (errno));
    if (got > 0) {
      out += got;
      len -= (gsize)got;
    }
  }
}

char *
osy_random_token (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  osy_random_bytes (bytes, n_bytes);
  return osy_base64url_encode (bytes, n_bytes);
}

/* Milliseconds << 12 | counter: §6.2 method 3, so that ids of one process are in order of making.
 */
static guint64
next_tick (void)
{
  static GMutex lock;
  static guint64 last;
  guint64 now = (guint64)g_get_real_time ();
  guint64 tick = ((now / 1000) << 12) | ((now % 1000) * 4096 / 1000);

  g_mutex_lock (&lock);
  last = MAX (last + 1, tick);
  tick = last;
  g_mutex_unlock (&lock);
  return tick;
}

char *
osy_id_new (void)
{
  guint64 tick = next_tick ();
  guint64 ms = tick >> 12;
  guint8 bytes[16];

  osy_random_bytes (bytes + 8, 8);
  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8)(ms >> (40 - 8 * i));
  bytes[6] = (guint8)(0x70 | ((tick >> 8) & 0x0f));
  bytes[7] = (guint8)tick;
  bytes[8] = (guint8)(0x80 | (bytes[8] & 0x3f));
  return osy_id_from_bytes (bytes);
}

gboolean
osy_id_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != OSY_ID_SIZE - 1)
    return FALSE;
  for (int i = 0; i < OSY_ID_SIZE - 1; i++) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-')
        return FALSE;
    } else if (!g_ascii_isdigit (text[i]) && (text[i] < 'a' || text[i] > 'f')) {
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
osy_id_to_bytes (const char *text, guint8 out[16])
{
  if (!osy_id_is_valid (text))
    return FALSE;
  for (int i = 0, n = 0; n < 16; n++, i += 2) {
    if (text[i] == '-')
      i++;
    out[n] = (guint8)(g_ascii_xdigit_value (text[i]) << 4 | g_ascii_xdigit_value (text[i + 1]));
  }
  return TRUE;
}

char *
osy_id_from_bytes (const guint8 bytes[16])
{
  g_autofree char *hex = osy_hex_encode (bytes, 16);
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}
