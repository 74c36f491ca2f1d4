/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Pictures of dishes made of whatever a camera, a phone or a stranger wrote. */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "osc-photo-make.h"
#include "osy-picture.h"

#define RED 0xff0000ffU
#define BLUE 0x0000ffffU

/* ---- making files ---- */

static GBytes *
save (GdkPixbuf *pixbuf, const char *kind)
{
  char *bytes = NULL;
  gsize size = 0;

  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, kind, NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

/* Red above, blue below. */
static GBytes *
two_halves (int width, int height, const char *kind)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) below =
      gdk_pixbuf_new_subpixbuf (pixbuf, 0, height / 2, width, height - height / 2);

  gdk_pixbuf_fill (pixbuf, RED);
  gdk_pixbuf_fill (below, BLUE);
  return save (pixbuf, kind);
}

/* The same JPEG with Exif that says how the camera was held. */
static GBytes *
held (GBytes *jpeg, guint8 orientation)
{
  const guint8 exif[] = {0xff, 0xe1, 0, 34, 'E', 'x',         'i', 'f', 0, 0,    'M', 'M',
                         0,    42,   0, 0,  0,   8,           0,   1,   1, 0x12, 0,   3,
                         0,    0,    0, 1,  0,   orientation, 0,   0,   0, 0,    0,   0};
  gsize size;
  const guint8 *bytes = g_bytes_get_data (jpeg, &size);
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, bytes, 2);
  g_byte_array_append (array, exif, sizeof exif);
  g_byte_array_append (array, bytes + 2, (guint)size - 2);
  return g_byte_array_free_to_bytes (array);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* What becomes of a file with these bytes. */
static GBytes *
make (GBytes *bytes, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("osc-photo-XXXXXX", &path, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  osc_photo_make_async (file, NULL, made_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_unlink (path);
  return osc_photo_make_finish (result, error);
}

/* What the daemon would keep: square, whole, silent. Returns: (transfer full): it as pixels. */
static GdkPixbuf *
look (GBytes *jpeg)
{
  OsyPicture picture;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (jpeg);

  g_assert_true (osy_picture_look (jpeg, &picture));
  g_assert_cmpstr (picture.type, ==, "image/jpeg");
  g_assert_cmpuint (picture.width, ==, picture.height);
  g_assert_cmpuint (picture.width, >=, OSC_PHOTO_LEAST);
  g_assert_cmpuint (picture.width, <=, OSC_PHOTO_SIDE);
  g_assert_true (picture.whole);
  g_assert_false (picture.more);
  g_assert_false (picture.spoken);
  g_assert_cmpuint (g_bytes_get_size (jpeg), <=, 512 * 1024);
  return gdk_pixbuf_new_from_stream (stream, NULL, NULL);
}

static void
assert_color (GdkPixbuf *pixbuf, double x, double y, guint rgba)
{
  const guint8 *pixel =
      gdk_pixbuf_read_pixels (pixbuf) +
      (int)(y * gdk_pixbuf_get_height (pixbuf)) * gdk_pixbuf_get_rowstride (pixbuf) +
      (int)(x * gdk_pixbuf_get_width (pixbuf)) * gdk_pixbuf_get_n_channels (pixbuf);

  for (int i = 0; i < 3; i++)
    g_assert_cmpint (ABS (pixel[i] - (int)(rgba >> (24 - 8 * i) & 255)), <, 24);
}

/* ---- tests ---- */

static void
test_sizes (void)
{
  static const struct {
    int width;
    int height;
    int side;
  } cases[] = {{4000, 3000, 640}, {3000, 4000, 640}, {641, 2000, 640}, {640, 640, 640},
               {639, 641, 639},   {65, 64, 64},      {64, 3000, 64}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int png = 0; png < 2; png++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file = two_halves (cases[i].width, cases[i].height, png ? "png" : "jpeg");
      g_autoptr (GBytes) jpeg = make (file, &error);
      g_assert_no_error (error);
      g_autoptr (GdkPixbuf) pixbuf = look (jpeg);
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, cases[i].side);
      assert_color (pixbuf, .5, .2, RED);
      assert_color (pixbuf, .5, .8, BLUE);
    }
}

/* A phone on its side: what it says of that is done and then not said. */
static void
test_turned (void)
{
  g_autoptr (GBytes) plain = two_halves (300, 200, "jpeg");
  g_autoptr (GBytes) file = held (plain, 6);
  g_autoptr (GError) error = NULL;
  OsyPicture picture;

  g_assert_true (osy_picture_look (file, &picture));
  g_assert_true (picture.spoken);
  g_autoptr (GBytes) jpeg = make (file, &error);
  g_assert_no_error (error);
  g_autoptr (GdkPixbuf) pixbuf = look (jpeg);
  assert_color (pixbuf, .8, .5, RED);
  assert_color (pixbuf, .2, .5, BLUE);
}

/* Phones put a short film behind a picture. */
static void
test_film_behind (void)
{
  g_autoptr (GBytes) plain = two_halves (300, 200, "jpeg");
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 film[5000];

  memset (film, 'f', sizeof film);
  g_byte_array_append (array, g_bytes_get_data (plain, NULL), (guint)g_bytes_get_size (plain));
  g_byte_array_append (array, film, sizeof film);
  g_autoptr (GBytes) file = g_bytes_new (array->data, array->len);
  g_autoptr (GBytes) jpeg = make (file, &error);
  g_assert_no_error (error);
  g_autoptr (GdkPixbuf) pixbuf = look (jpeg);
  assert_color (pixbuf, .5, .2, RED);
}

static void
test_holes_are_white (void)
{
  g_autoptr (GdkPixbuf) clear = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 100, 100);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (clear, 0);
  g_autoptr (GBytes) file = save (clear, "png");
  g_autoptr (GBytes) jpeg = make (file, &error);
  g_assert_no_error (error);
  g_autoptr (GdkPixbuf) pixbuf = look (jpeg);
  assert_color (pixbuf, .5, .5, 0xffffffffU);
}

static void
assert_refused (const guint8 *bytes, gsize size, const char *words)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) jpeg = make (file, &error);

  g_assert_null (jpeg);
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” and not “%s”", error->message, words);
}

/* Heads alone: nothing of these is ever decoded. */
static void
test_refused (void)
{
  guint8 bomb[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,   0, 0,    13,
                   'I',  'H', 'D', 'R', 0,    1,    0x86, 0xa0, 0,   1, 0x86, 0xa0,
                   8,    2,   0,   0,   0,    1,    2,    3,    4,   0, 0,    0,
                   0,    'I', 'E', 'N', 'D',  0xae, 0x42, 0x60, 0x82};
  const guint8 wide[] = {0xff, 0xd8, 0xff, 0xc0, 0,    11, 8,    0xff, 0xff,
                         0xff, 0xff, 1,    1,    0x11, 0,  0xff, 0xd9};
  const guint8 small[] = {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 63, 1, 0, 1, 1, 0x11, 0, 0xff, 0xd9};
  g_autofree guint8 *long_one = g_malloc0 (OSC_PHOTO_MAX_FILE + 1);
  g_autoptr (GBytes) good = two_halves (200, 200, "jpeg");
  gsize size;
  const guint8 *bytes = g_bytes_get_data (good, &size);

  assert_refused (bomb, sizeof bomb, "60 million");
  assert_refused (wide, sizeof wide, "60 million");
  assert_refused (small, sizeof small, "too small");
  assert_refused (long_one, OSC_PHOTO_MAX_FILE + 1, "25 MB");
  assert_refused (bytes, size - 40, "end is missing");
  assert_refused ((const guint8 *)"", 0, "not a JPEG");
  assert_refused ((const guint8 *)"GIF89a\1\0\1\0", 10, "not a JPEG");
  assert_refused ((const guint8 *)"<svg width='9999999' height='9999999'/>", 39, "not a JPEG");
  /* The head of a picture, and nothing behind it. */
  bomb[17] = bomb[21] = 0;
  bomb[18] = bomb[22] = 0;
  bomb[19] = bomb[23] = 100;
  assert_refused (bomb, sizeof bomb, "damaged");
}

/* Neither of these is read without an end. */
static void
test_no_file (void)
{
  static const char *const paths[] = {"/nothing/there", "/dev/zero", "/tmp"};

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    osc_photo_make_async (file, NULL, made_cb, &result);
    while (result == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_null (osc_photo_make_finish (result, &error));
    g_assert_nonnull (strstr (error->message, "can't be read"));
  }
}

/* Bytes changed and cut at random: a sentence, or a picture that the daemon would keep. */
static void
test_broken (void)
{
  guint kept = 0;
  guint refused = 0;

  for (guint i = 0; i < 300; i++) {
    g_autoptr (GBytes) good = two_halves (160, 120, i % 2 ? "png" : "jpeg");
    gsize size;
    g_autofree guint8 *bytes = g_bytes_unref_to_data (g_bytes_ref (good), &size);
    gsize length =
        g_test_rand_int_range (0, 4) == 0 ? (gsize)g_test_rand_int_range (1, (int)size) : size;
    for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
      bytes[g_test_rand_int_range (0, (int)size)] = (guint8)g_test_rand_int_range (0, 256);
    g_autoptr (GBytes) file = g_bytes_new (bytes, length);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) jpeg = make (file, &error);
    if (jpeg != NULL) {
      g_autoptr (GdkPixbuf) pixbuf = look (jpeg);
      g_assert_nonnull (pixbuf);
      kept++;
    } else {
      g_assert_nonnull (error);
      refused++;
    }
  }
  g_test_message ("%u kept, %u refused", kept, refused);
  g_assert_cmpuint (refused, >, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/photo/sizes", test_sizes);
  g_test_add_func ("/console/photo/turned", test_turned);
  g_test_add_func ("/console/photo/film-behind", test_film_behind);
  g_test_add_func ("/console/photo/holes-are-white", test_holes_are_white);
  g_test_add_func ("/console/photo/refused", test_refused);
  g_test_add_func ("/console/photo/no-file", test_no_file);
  g_test_add_func ("/console/photo/broken", test_broken);
  return g_test_run ();
}
