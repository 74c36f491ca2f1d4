/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The shop's own authority and server certificate, in the folder edge/ of the data directory. */

#include "osy-edge-private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "osy-certificate.h"
#include "osy-clock.h"
#include "osy-postgres-private.h"

#define CA_CERTIFICATE "ca.crt"
#define CA_KEY "ca.key"
#define CERTIFICATE "server.crt"
#define KEY "server.key"
#define NAMES "names"
/* Phones refuse what is valid for more than 825 days; nobody minds less. */
#define SERVER_DAYS 180
#define RENEW_BEFORE (30 * G_TIME_SPAN_DAY)

char *
osy_edge_path (const char *data_dir, const char *name)
{
  return g_build_filename (data_dir, OSY_EDGE_FOLDER, name, NULL);
}

char *
osy_edge_socket (const char *data_dir)
{
  g_autofree char *path = osy_edge_path (data_dir, OSY_EDGE_SOCKET);

  return g_strconcat ("unix:", path, NULL);
}

static char *
read_file (const char *data_dir, const char *name)
{
  g_autofree char *path = osy_edge_path (data_dir, name);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

gboolean
osy_edge_write (const char *data_dir, const char *name, const char *text, GError **error)
{
  g_autofree char *path = osy_edge_path (data_dir, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "Cannot write %s: %s", path,
               local ? local->message : g_strerror (errno));
  return FALSE;
}

gboolean
osy_edge_is_set_up (const char *data_dir)
{
  g_autofree char *path = osy_edge_path (data_dir, CERTIFICATE);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* ---- names ---- */

static gboolean
is_private_ipv4 (guint32 ip)
{
  return ip >> 24 == 10 || ip >> 20 == (172 << 4 | 1) || ip >> 16 == (192 << 8 | 168);
}

static void
add_address (GPtrArray *names, const struct sockaddr *address)
{
  char text[INET6_ADDRSTRLEN];

  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
    if (is_private_ipv4 (ntohl (in->sin_addr.s_addr)))
      g_ptr_array_add (names, g_strdup (inet_ntop (AF_INET, &in->sin_addr, text, sizeof text)));
  } else if (address->sa_family == AF_INET6) {
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)address;
    if ((in6->sin6_addr.s6_addr[0] & 0xfe) == 0xfc)
      g_ptr_array_add (names, g_strdup (inet_ntop (AF_INET6, &in6->sin6_addr, text, sizeof text)));
  }
}

/* Addresses of this machine in private networks: the only ones that its authority vouches for. */
static void
add_addresses (GPtrArray *names)
{
  struct ifaddrs *all = NULL;

  if (getifaddrs (&all) != 0)
    return;
  for (struct ifaddrs *one = all; one != NULL; one = one->ifa_next)
    if (one->ifa_addr != NULL && !(one->ifa_flags & IFF_LOOPBACK))
      add_address (names, one->ifa_addr);
  freeifaddrs (all);
}

static gboolean
is_host_name (const char *name)
{
  if (g_hostname_is_ip_address (name))
    return TRUE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
      return FALSE;
  return *name != '\0' && *name != '.' && *name != '-' && strlen (name) <= 253;
}

static void
add_given (GPtrArray *names, const char *data_dir)
{
  g_autofree char *text = read_file (data_dir, NAMES);
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (is_host_name (lines[i]))
      g_ptr_array_add (names, g_strdup (lines[i]));
}

/* What people chose, addresses, what the machine calls itself, itself. */
char **
osy_edge_list_names (const char *data_dir)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  char host[65] = {0};

  add_given (names, data_dir);
  add_addresses (names);
  if (gethostname (host, sizeof host - 1) == 0 && is_host_name (host) && strchr (host, '.') == NULL)
    g_ptr_array_add (names, g_strconcat (host, ".local", NULL));
  g_ptr_array_add (names, g_strdup ("localhost"));
  g_ptr_array_add (names, g_strdup ("127.0.0.1"));
  g_ptr_array_add (names, g_strdup ("::1"));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* ---- certificates ---- */

static gboolean
write_pair (const char *data_dir,
            const char *certificate,
            const char *key,
            const OsyCertificate *pair,
            GError **error)
{
  return osy_edge_write (data_dir, key, pair->key, error) &&
         osy_edge_write (data_dir, certificate, pair->certificate, error);
}

/* Public names alone need to be written into the authority. */
static gboolean
make_authority (const char *data_dir, OsyCertificate *authority, GError **error)
{
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) dns = g_ptr_array_new ();
  g_autofree char *name = g_strdup_printf ("OrderSync %s", g_get_host_name ());

  add_given (given, data_dir);
  for (guint i = 0; i < given->len; i++)
    if (!g_hostname_is_ip_address (given->pdata[i]))
      g_ptr_array_add (dns, given->pdata[i]);
  g_ptr_array_add (dns, NULL);
  return osy_certificate_make_authority (name, (const char *const *)dns->pdata, authority, error) &&
         write_pair (data_dir, CA_CERTIFICATE, CA_KEY, authority, error);
}

static gboolean
open_authority (const char *data_dir, OsyCertificate *authority, GError **error)
{
  authority->certificate = read_file (data_dir, CA_CERTIFICATE);
  authority->key = read_file (data_dir, CA_KEY);
  if (authority->certificate != NULL && authority->key != NULL)
    return osy_certificate_check_pair (authority->certificate, authority->key, error);
  if (authority->certificate == NULL && authority->key == NULL)
    return make_authority (data_dir, authority, error);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                       "Of the authority's two files in edge/ one is missing; restore it from the "
                       "backup, or remove the other and make all devices trust a new one.");
  return FALSE;
}

static gboolean
issue (const char *data_dir, GError **error)
{
  g_auto (GStrv) names = osy_edge_list_names (data_dir);
  g_auto (OsyCertificate) authority = {NULL};
  g_auto (OsyCertificate) server = {NULL};

  return open_authority (data_dir, &authority, error) &&
         osy_certificate_issue (&authority, (const char *const *)names, SERVER_DAYS, &server,
                                error) &&
         write_pair (data_dir, CERTIFICATE, KEY, &server, error);
}

gboolean
osy_edge_set_up (const char *data_dir, const char *const *names, GError **error)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (!is_host_name (names[i])) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                   "“%s” is neither a host name nor an address.", names[i]);
      return FALSE;
    }
  if (names != NULL && names[0] != NULL) {
    g_autofree char *text = g_strjoinv ("\n", (char **)names);
    if (!osy_edge_write (data_dir, NAMES, text, error))
      return FALSE;
  }
  return issue (data_dir, error);
}

gboolean
osy_edge_renew (const char *data_dir, gboolean *renewed, GError **error)
{
  g_autofree char *pem = read_file (data_dir, CERTIFICATE);
  g_autofree char *key = read_file (data_dir, KEY);
  g_auto (GStrv) names = osy_edge_list_names (data_dir);
  gint64 ends = 0;

  *renewed = FALSE;
  /* A power cut between the two files leaves a pair that does not fit. */
  if (osy_certificate_ends (pem, &ends) && ends - osy_clock_now () > RENEW_BEFORE &&
      osy_certificate_is_for (pem, (const char *const *)names) &&
      osy_certificate_check_pair (pem, key, NULL))
    return TRUE;
  *renewed = TRUE;
  return issue (data_dir, error);
}

gboolean
osy_edge_read_status (const char *data_dir, OsyEdgeStatus *ret, GError **error)
{
  g_autofree char *authority = read_file (data_dir, CA_CERTIFICATE);
  g_autofree char *pem = read_file (data_dir, CERTIFICATE);

  if (authority == NULL || !osy_certificate_ends (pem, &ret->certificate_ends)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "The edge is not set up: run “ordersyncctl edge setup”.");
    return FALSE;
  }
  ret->fingerprint = osy_certificate_fingerprint (authority);
  ret->names = osy_edge_list_names (data_dir);
  return TRUE;
}

void
osy_edge_status_clear (OsyEdgeStatus *self)
{
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->names, g_strfreev);
}
