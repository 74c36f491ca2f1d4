/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One-time codes by liboath. */

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "osy-crypto.h"

#define STEP_SECONDS 30
#define DIGITS 6
/* RFC 6238 §5.2: one step for the way of the code, and for clocks that differ a little. */
#define WINDOW 1

static void
init_once (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done)) {
    oath_init ();
    g_once_init_leave (&done, 1);
  }
}

gboolean
osy_totp_check (const guint8 secret[OSY_TOTP_SECRET_SIZE],
                gint64 now,
                const char *code,
                gint64 *step)
{
  guint64 counter = 0;
  int position = 0;

  if (code == NULL || strlen (code) != DIGITS || strspn (code, "0123456789") != DIGITS)
    return FALSE;
  init_once ();
  if (oath_totp_validate3 ((const char *)secret, OSY_TOTP_SECRET_SIZE, now / G_USEC_PER_SEC,
                           STEP_SECONDS, 0, WINDOW, &position, &counter, code) < 0)
    return FALSE;
  *step = (gint64)counter;
  return TRUE;
}

char *
osy_totp_secret_to_text (const guint8 secret[OSY_TOTP_SECRET_SIZE])
{
  char *text = NULL;
  gsize len = 0;

  if (oath_base32_encode ((const char *)secret, OSY_TOTP_SECRET_SIZE, &text, &len) != OATH_OK)
    return NULL;
  char *copy = g_strndup (text, len);
  osy_wipe (text, len);
  free (text);
  return copy;
}
