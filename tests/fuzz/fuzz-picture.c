/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whatever the bytes: it is none, or a picture of a kind and size that its own head says. */

#include "fuzz.h"
#include "osy-picture.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  OsyPicture picture;

  if (!osy_picture_look (bytes, &picture))
    return 0;
  g_assert_true (g_str_equal (picture.type, data[0] == 0xff ? "image/jpeg" : "image/png"));
  g_assert_cmpuint (picture.width, >, 0);
  g_assert_cmpuint (picture.height, >, 0);
  g_assert_true (picture.whole || !picture.more);
  return 0;
}
