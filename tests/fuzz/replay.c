/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Runs the kept corpus and each input's prefixes and bent bytes through a target, in place of
 * libFuzzer. */

#include "fuzz.h"

#include <string.h>

/* Exactly as long as the input, so that a sanitizer sees one byte read too far. */
static void
run_copy (const char *data, gsize len)
{
  g_autofree guint8 *copy = g_memdup2 (data, len);
  g_autofree guint8 *empty = copy == NULL ? g_malloc (1) : NULL;

  LLVMFuzzerTestOneInput (copy ? copy : empty, len);
}

static void
run_input (const char *text, gsize len)
{
  g_autofree char *bent = g_memdup2 (text, len);

  run_copy (text, len);
  for (gsize n = 0; n < MIN (len, 300); n++) {
    run_copy (text, n);
    for (int bit = 0; bit < 8; bit++) {
      bent[n] ^= (char)(1 << bit);
      run_copy (bent, len);
      bent[n] ^= (char)(1 << bit);
    }
  }
}

static void
test_input (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize len;

  g_file_get_contents (data, &text, &len, &error);
  g_assert_no_error (error);
  run_input (text, len);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_strconcat ("/corpus/", name, NULL);
    g_test_add_data_func_full (path, g_build_filename (argv[1], name, NULL), test_input, g_free);
  }
  return g_test_run ();
}
