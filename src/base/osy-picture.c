/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What kind of picture some bytes are: told by them alone, never by what they are called. Nothing
 * is decoded here, where a decoder's fault would be the server's. */

#include "osy-picture.h"

#include <string.h>

static guint32
read_be (const guint8 *bytes, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

/* Signature, then the header chunk with the sides; the end chunk closes the file. */
static gboolean
is_png (const guint8 *bytes, gsize size, OsyPicture *ret)
{
  static const guint8 head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                0,    0,   0,   13,  'I',  'H',  'D',  'R'};
  static const guint8 tail[] = {'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

  if (size < sizeof head + 17 + sizeof tail || memcmp (bytes, head, sizeof head) != 0 ||
      memcmp (bytes + size - sizeof tail, tail, sizeof tail) != 0)
    return FALSE;
  *ret = (OsyPicture){"image/png", read_be (bytes + 16, 4), read_be (bytes + 20, 4), TRUE, FALSE,
                      FALSE};
  return TRUE;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
is_exif (const guint8 *segment, gsize length)
{
  return segment[1] == 0xe1 || (segment[1] == 0xfe && length > 2);
}

/* In what is coded the two bytes of the end mean nothing else. */
static void
find_end (const guint8 *bytes, gsize size, gsize at, OsyPicture *ret)
{
  while (at + 2 <= size && (bytes[at] != 0xff || bytes[at + 1] != 0xd9))
    at++;
  ret->whole = at + 2 <= size;
  ret->more = at + 2 < size;
}

/* Segments up to the scan; one of them is the frame, which tells the sides. */
static gboolean
is_jpeg (const guint8 *bytes, gsize size, OsyPicture *ret)
{
  gsize at = 2;

  if (size < 8 || bytes[0] != 0xff || bytes[1] != 0xd8)
    return FALSE;
  *ret = (OsyPicture){0};
  while (at + 4 <= size && bytes[at + 1] != 0xda) {
    gsize length = read_be (bytes + at + 2, 2);
    if (bytes[at] != 0xff || length < 2)
      return FALSE;
    if (is_frame (bytes[at + 1])) {
      if (ret->type != NULL || at + 9 > size)
        return FALSE;
      ret->type = "image/jpeg";
      ret->height = read_be (bytes + at + 5, 2);
      ret->width = read_be (bytes + at + 7, 2);
    }
    ret->spoken = ret->spoken || is_exif (bytes + at, length);
    at += 2 + length;
  }
  find_end (bytes, size, at, ret);
  return ret->type != NULL;
}

gboolean
osy_picture_look (GBytes *content, OsyPicture *ret)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (content, &size);

  return (is_png (bytes, size, ret) || is_jpeg (bytes, size, ret)) && ret->width > 0 &&
         ret->height > 0;
}
