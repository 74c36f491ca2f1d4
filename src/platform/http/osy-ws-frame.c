/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Frames from server to client: unmasked, never fragmented. */

#include "osy-ws-private.h"

#include <string.h>

#define FIN 0x80
#define OPCODE_TEXT 0x1
#define OPCODE_CLOSE 0x8
#define CLOSE_REASON_MAX 123

GBytes *
osy_ws_frame (guint8 opcode, const void *payload, gsize len)
{
  guint8 head[10] = {FIN | opcode};
  gsize head_len = 2;
  guint8 *frame;

  if (len < 126) {
    head[1] = (guint8)len;
  } else if (len <= G_MAXUINT16) {
    guint16 wide = GUINT16_TO_BE ((guint16)len);
    head[1] = 126;
    memcpy (head + 2, &wide, sizeof wide);
    head_len += sizeof wide;
  } else {
    guint64 wide = GUINT64_TO_BE ((guint64)len);
    head[1] = 127;
    memcpy (head + 2, &wide, sizeof wide);
    head_len += sizeof wide;
  }
  frame = g_malloc (head_len + len);
  memcpy (frame, head, head_len);
  if (len > 0)
    memcpy (frame + head_len, payload, len);
  return g_bytes_new_take (frame, head_len + len);
}

GBytes *
osy_ws_frame_text (const char *text, gssize len)
{
  return osy_ws_frame (OPCODE_TEXT, text, len < 0 ? strlen (text) : (gsize)len);
}

GBytes *
osy_ws_frame_close (guint16 code, const char *reason)
{
  guint8 payload[2 + CLOSE_REASON_MAX] = {(guint8)(code >> 8), (guint8)code};
  gsize len = reason ? strlen (reason) : 0;

  /* A reason that is too long is left out: cut, it might not be UTF-8 any more. */
  if (len > CLOSE_REASON_MAX)
    len = 0;
  if (len > 0)
    memcpy (payload + 2, reason, len);
  return osy_ws_frame (OPCODE_CLOSE, payload, 2 + len);
}
