/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What may be the picture of a room: told by its bytes alone, never by what it is called. Nothing
 * is decoded here; the bounds keep what decodes it later from running out of memory. */

#include <string.h>

#include "osy-floor-service.h"

static guint32
read_be (const guint8 *bytes, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

static gboolean
sides_fit (guint32 width, guint32 height)
{
  return width >= 1 && width <= OSY_FLOOR_PHOTO_SIDE && height >= 1 &&
         height <= OSY_FLOOR_PHOTO_SIDE;
}

/* Signature, then the header chunk with the sides; the end chunk closes the file. */
static gboolean
is_png (const guint8 *bytes, gsize size)
{
  static const guint8 head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                0,    0,   0,   13,  'I',  'H',  'D',  'R'};
  static const guint8 tail[] = {'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

  return size >= sizeof head + 17 + sizeof tail && memcmp (bytes, head, sizeof head) == 0 &&
         memcmp (bytes + size - sizeof tail, tail, sizeof tail) == 0 &&
         sides_fit (read_be (bytes + 16, 4), read_be (bytes + 20, 4));
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Segments up to the frame, which tells the sides. */
static gboolean
is_jpeg (const guint8 *bytes, gsize size)
{
  gsize at = 2;

  if (size < 8 || bytes[0] != 0xff || bytes[1] != 0xd8)
    return FALSE;
  while (at + 9 <= size && bytes[at] == 0xff) {
    if (is_frame (bytes[at + 1]))
      return sides_fit (read_be (bytes + at + 7, 2), read_be (bytes + at + 5, 2));
    gsize length = read_be (bytes + at + 2, 2);
    if (length < 2)
      return FALSE;
    at += 2 + length;
  }
  return FALSE;
}

const char *
osy_floor_photo_type (GBytes *content)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (content, &size);

  if (size == 0 || size > OSY_FLOOR_PHOTO_MAX)
    return NULL;
  return is_png (bytes, size) ? "image/png" : is_jpeg (bytes, size) ? "image/jpeg" : NULL;
}
