/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What the head of a picture says of it. */
typedef struct {
  const char *type; /* "image/jpeg" or "image/png" */
  guint width;
  guint height;
  gboolean whole; /* its end is there */
  gboolean more;  /* of a JPEG: something lies behind its end, as phones put films there */
  gboolean
      spoken; /* of a JPEG: it has words with it: Exif (where it was taken, by what), a comment */
} OsyPicture;

/** osy_picture_look: Returns: whether @content is a JPEG or PNG picture of at least a pixel, by its
 * own bytes; what it is called and how it is sent say nothing. Nothing is decoded. */
gboolean osy_picture_look (GBytes *content, OsyPicture *ret) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
