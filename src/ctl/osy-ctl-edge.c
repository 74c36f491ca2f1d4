/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl edge: makes the shop's own authority and certificate, says how they stand, and shows
 * a code for phones to fetch what they are to trust. */

#include <qrencode.h>
#include <string.h>

#include "osy-clock.h"
#include "osy-ctl-command.h"
#include "osy-edge.h"
#include "osy-postgres.h"

#define DEFAULT_PORT 8443
#define QUIET_MODULES 2

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRcode, QRcode_free)

/* Two rows of modules in each line of text. Light is drawn, for dark terminals. */
static void
print_code (const char *text)
{
  static const char *const halves[] = {"█", "▀", "▄", " "};
  g_autoptr (QRcode) code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  g_autoptr (GString) line = g_string_new (NULL);

  if (code == NULL)
    return;
  for (int y = -QUIET_MODULES; y < code->width + QUIET_MODULES; y += 2) {
    g_string_truncate (line, 0);
    for (int x = -QUIET_MODULES; x < code->width + QUIET_MODULES; x++) {
      guint dark = 0;
      for (int half = 0; half < 2; half++) {
        gboolean inside = x >= 0 && x < code->width && y + half >= 0 && y + half < code->width;
        if (inside && (code->data[(y + half) * code->width + x] & 1))
          dark |= half == 0 ? 2 : 1;
      }
      g_string_append (line, halves[dark]);
    }
    g_print ("%s\n", line->str);
  }
}

/* What the daemon shall read must be its own. */
static gboolean
become_owner (const char *data_dir, GError **error)
{
  if (g_file_test (data_dir, G_FILE_TEST_IS_DIR))
    return osy_drop_root (data_dir, error);
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "There is no data directory %s: start with “ordersyncctl setup”.", data_dir);
  return FALSE;
}

static gboolean
read_options (int argc, char **argv, int *port, char ***names, GError **error)
{
  const GOptionEntry entries[] = {
      {"port", 0, 0, G_OPTION_ARG_INT, port, "Port of TLS [8443]", "PORT"},
      {"name", 0, 0, G_OPTION_ARG_STRING_ARRAY, names, "A name or address to be reached by",
       "NAME"},
      {NULL},
  };

  return osy_ctl_parse (entries, argc, argv, NULL, error);
}

static char *
address_of (const OsyEdgeStatus *status, int port)
{
  const char *name = status->names[0];

  return strchr (name, ':') != NULL ? g_strdup_printf ("https://[%s]:%d", name, port)
                                    : g_strdup_printf ("https://%s:%d", name, port);
}

static void
print_trust (const OsyEdgeStatus *status, int port)
{
  g_autofree char *address = address_of (status, port);
  g_autofree char *url = g_strconcat (address, "/ca.crt", NULL);

  print_code (url);
  g_print (
      "%s\n\n"
      "Open this on the phone; it warns once, since it does not know the shop yet. Install the\n"
      "certificate only when the phone shows this fingerprint (SHA-256):\n\n%.47s\n%s\n",
      url, status->fingerprint, status->fingerprint + 48);
}

int
osy_ctl_edge_setup (const char *data_dir, int argc, char **argv, GError **error)
{
  g_auto (OsyEdgeStatus) status = {NULL};
  g_auto (GStrv) names = NULL;
  int port = DEFAULT_PORT;

  if (!read_options (argc, argv, &port, &names, error) || !become_owner (data_dir, error) ||
      !osy_edge_set_up (data_dir, (const char *const *)names, error) ||
      !osy_edge_read_status (data_dir, &status, error))
    return -1;
  print_trust (&status, port);
  g_print ("\nThe edge serves the network from the next start of ordersyncd on.\n");
  return OSY_CTL_OK;
}

int
osy_ctl_edge_trust (const char *data_dir, int argc, char **argv, GError **error)
{
  g_auto (OsyEdgeStatus) status = {NULL};
  g_auto (GStrv) names = NULL;
  int port = DEFAULT_PORT;

  if (!read_options (argc, argv, &port, &names, error) || !become_owner (data_dir, error) ||
      !osy_edge_read_status (data_dir, &status, error))
    return -1;
  print_trust (&status, port);
  return OSY_CTL_OK;
}

int
osy_ctl_edge_status (const char *data_dir, int argc, char **argv, GError **error)
{
  g_auto (OsyEdgeStatus) status = {NULL};
  g_auto (GStrv) names = NULL;
  int port = DEFAULT_PORT;

  if (!read_options (argc, argv, &port, &names, error) || !become_owner (data_dir, error) ||
      !osy_edge_read_status (data_dir, &status, error))
    return -1;
  g_autofree char *address = address_of (&status, port);
  g_autofree char *known_as = g_strjoinv (" ", status.names);
  g_autofree char *ends = osy_clock_format (status.certificate_ends);
  g_print ("address      %s\nnames        %s\ncertificate  ends %.10s\nauthority    %s\n", address,
           known_as, ends, status.fingerprint);
  return OSY_CTL_OK;
}
