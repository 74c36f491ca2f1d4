/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Printers and print jobs as data, and as JSON. */

#include "osy-printing.h"

#include <gio/gio.h>
#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-json.h"

static const char *const transports[] = {"TCP", "USB", OSY_PRINTER_SYSTEM, "NONE", NULL};
static const char *const modes[] = {"RASTER", "TEXT", NULL};
static const char *const languages[] = {"ko", "en", NULL};
static const char *const purposes[] = {OSY_PRINT_KITCHEN,  OSY_PRINT_RECEIPT, OSY_PRINT_BILL,
                                       OSY_PRINT_DELIVERY, OSY_PRINT_REPORT,  NULL};

static const OsyStateRow rows[] = {
    {OSY_PRINT_QUEUED, "print", OSY_PRINT_PRINTING, TRUE},
    {OSY_PRINT_QUEUED, "fail", OSY_PRINT_FAILED, FALSE},
    {OSY_PRINT_QUEUED, "dismiss", OSY_PRINT_DISMISSED, FALSE},
    {OSY_PRINT_PRINTING, "finish", OSY_PRINT_DONE, TRUE},
    {OSY_PRINT_PRINTING, "again", OSY_PRINT_QUEUED, FALSE},
    {OSY_PRINT_PRINTING, "fail", OSY_PRINT_FAILED, FALSE},
    {OSY_PRINT_FAILED, "print", OSY_PRINT_PRINTING, TRUE},
    {OSY_PRINT_FAILED, "retry", OSY_PRINT_QUEUED, FALSE},
    {OSY_PRINT_FAILED, "dismiss", OSY_PRINT_DISMISSED, FALSE},
    {NULL},
};

const OsyStateTable osy_print_job_states = {
    .name = "print",
    .initial = {OSY_PRINT_QUEUED},
    .rows = rows,
};

OsyPrinter *
osy_printer_new (void)
{
  return g_new0 (OsyPrinter, 1);
}

void
osy_printer_free (OsyPrinter *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->transport);
  g_free (self->address);
  g_free (self->language);
  g_free (self->backup_id);
  g_strfreev (self->purposes);
  g_free (self->problem);
  g_free (self);
}

gboolean
osy_printer_is_stopped (const OsyPrinter *self)
{
  return self->problem != NULL && !g_str_equal (self->problem, OSY_PRINTER_PAPER_LOW);
}

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? osy_clock_format (time) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
describe (const OsyPrinter *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();

  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "transport", self->transport);
  json_object_set_string_member (object, "address", self->address);
  json_object_set_int_member (object, "width", self->columns == 32 ? 58 : 80);
  json_object_set_int_member (object, "columns", self->columns);
  json_object_set_string_member (object, "mode", modes[self->text ? 1 : 0]);
  json_object_set_string_member (object, "language", self->language);
  if (self->backup_id != NULL)
    json_object_set_string_member (object, "backup_id", self->backup_id);
  for (char **purpose = self->purposes; *purpose != NULL; purpose++)
    json_array_add_string_element (list, *purpose);
  json_object_set_array_member (object, "purposes", list);
  json_object_set_boolean_member (object, "drawer", self->drawer);
  return object;
}

JsonNode *
osy_printer_to_draft (const OsyPrinter *self)
{
  JsonObject *object = describe (self);

  if (self->backup_id == NULL)
    json_object_set_null_member (object, "backup_id");
  return osy_json_take_object (object);
}

JsonNode *
osy_printer_to_json (const OsyPrinter *self)
{
  JsonObject *object = describe (self);
  JsonObject *state = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_boolean_member (state, "ok", !osy_printer_is_stopped (self));
  if (self->problem != NULL)
    json_object_set_string_member (state, "problem", self->problem);
  set_time (state, "since", self->problem_since);
  json_object_set_int_member (state, "waiting", self->waiting);
  json_object_set_object_member (object, "state", state);
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}

/* ---- what people may set ---- */

static gboolean
is_own_network (GInetAddress *address)
{
  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address) ||
         g_inet_address_get_is_link_local (address) ||
         (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
          (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc);
}

static gboolean
is_tcp_address (const char *text)
{
  g_autoptr (GSocketConnectable) place = g_network_address_parse (text, 9100, NULL);

  if (place == NULL)
    return FALSE;
  g_autoptr (GInetAddress) address =
      g_inet_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (place)));
  return address != NULL && is_own_network (address) &&
         g_network_address_get_port (G_NETWORK_ADDRESS (place)) >= 1024;
}

static gboolean
is_usb_address (const char *text)
{
  const char *digits = text + strlen ("/dev/usb/lp");

  return g_str_has_prefix (text, "/dev/usb/lp") && strlen (digits) >= 1 && strlen (digits) <= 2 &&
         strspn (digits, "0123456789") == strlen (digits);
}

static gboolean
check_address (const OsyPrinter *self)
{
  if (g_str_equal (self->transport, "TCP"))
    return is_tcp_address (self->address);
  if (g_str_equal (self->transport, "USB"))
    return is_usb_address (self->address);
  if (g_str_equal (self->transport, OSY_PRINTER_SYSTEM))
    return *self->address != '\0';
  return *self->address == '\0';
}

static void
take (char **field, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

static void
read_paper (OsyPrinter *self, OsyJsonReader *reader)
{
  gint64 width = osy_json_reader_opt_int (reader, "width", 58, 80, self->columns == 32 ? 58 : 80);
  gint64 wide = self->columns == 42 ? 42 : 48;
  gint64 columns = osy_json_reader_opt_int (reader, "columns", 32, 48, width == 58 ? 32 : wide);

  if (width != 58 && width != 80)
    osy_json_reader_fault (reader, "width", "WIDTH", "Paper is 58 or 80 mm wide.");
  if (width == 58 ? columns != 32 : columns != 42 && columns != 48)
    osy_json_reader_fault (reader, "columns", "COLUMNS",
                           "A line has 32 cells on 58 mm, 42 or 48 on 80 mm.");
  self->columns = (int)columns;
}

static void
read_purposes (OsyPrinter *self, OsyJsonReader *reader)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = osy_json_reader_opt_array (reader, "purposes", G_N_ELEMENTS (purposes) - 1);

  for (guint i = 0; i < n; i++) {
    const char *purpose = osy_json_reader_element_string (reader, "purposes", i, 1, 20);
    if (purpose == NULL || !g_strv_contains (purposes, purpose) ||
        !g_hash_table_add (seen, (gpointer)purpose))
      osy_json_reader_fault (reader, "purposes", "PURPOSE", "There is no such purpose, or twice.");
    else
      g_strv_builder_add (list, purpose);
  }
  if (self->purposes != NULL && !osy_json_reader_said (reader, "purposes"))
    return;
  g_strfreev (self->purposes);
  self->purposes = g_strv_builder_end (list);
}

/* A new printer has to have a name and a place; an old one keeps what is not said. */
static void
read_place (OsyPrinter *self, OsyJsonReader *reader)
{
  gboolean fresh = self->name == NULL;

  if (fresh || osy_json_reader_has (reader, "name"))
    take (&self->name, osy_json_reader_string (reader, "name", 1, 40));
  take (&self->transport,
        osy_json_reader_enum (reader, "transport", transports, fresh ? NULL : self->transport));
  if (osy_json_reader_has (reader, "address"))
    take (&self->address, osy_json_reader_string (reader, "address", 0, 100));
  else if (self->address == NULL)
    take (&self->address, "");
  if (self->transport != NULL && self->address != NULL && !check_address (self))
    osy_json_reader_fault (reader, "address", "ADDRESS",
                           "A printer is at an address of the shop's own network, or at "
                           "/dev/usb/lp0 to lp99.");
}

gboolean
osy_printer_read_draft (OsyPrinter *self, JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  read_place (self, reader);
  read_paper (self, reader);
  read_purposes (self, reader);
  self->text =
      g_str_equal (osy_json_reader_enum (reader, "mode", modes, modes[self->text ? 1 : 0]), "TEXT");
  take (&self->language, osy_json_reader_enum (reader, "language", languages,
                                               self->language != NULL ? self->language : "ko"));
  if (osy_json_reader_said (reader, "backup_id"))
    take (&self->backup_id, osy_json_reader_opt_id (reader, "backup_id"));
  if (self->id != NULL && g_strcmp0 (self->backup_id, self->id) == 0)
    osy_json_reader_fault (reader, "backup_id", "SELF", "A printer cannot stand in for itself.");
  self->drawer = osy_json_reader_opt_bool (reader, "drawer", self->drawer);
  return osy_json_reader_finish (reader, error);
}

static void
read_state (OsyPrinter *self, OsyJsonReader *reader)
{
  OsyJsonReader *state = osy_json_reader_object (reader, "state");

  self->problem = g_strdup (osy_json_reader_opt_string (state, "problem", 1, 20));
  self->problem_since = osy_json_reader_opt_time (state, "since");
  self->waiting = osy_json_reader_int (state, "waiting", 0, G_MAXINT32);
}

OsyPrinter *
osy_printer_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyPrinter) self = osy_printer_new ();

  osy_json_reader_ignore_unknown (reader);
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->name = g_strdup (osy_json_reader_string (reader, "name", 1, 40));
  self->transport = g_strdup (osy_json_reader_enum (reader, "transport", transports, NULL));
  self->address = g_strdup (osy_json_reader_string (reader, "address", 0, 100));
  read_paper (self, reader);
  read_purposes (self, reader);
  self->text = g_strcmp0 (osy_json_reader_enum (reader, "mode", modes, NULL), "TEXT") == 0;
  self->language = g_strdup (osy_json_reader_enum (reader, "language", languages, NULL));
  self->backup_id = g_strdup (osy_json_reader_opt_id (reader, "backup_id"));
  self->drawer = osy_json_reader_opt_bool (reader, "drawer", FALSE);
  read_state (self, reader);
  self->version = osy_json_reader_int (reader, "version", 1, G_MAXINT64);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- jobs ---- */

OsyPrintJob *
osy_print_job_new (void)
{
  return g_new0 (OsyPrintJob, 1);
}

void
osy_print_job_free (OsyPrintJob *self)
{
  g_free (self->id);
  g_free (self->printer_id);
  g_free (self->purpose);
  g_free (self->subject_type);
  g_free (self->subject_id);
  g_free (self->state);
  g_free (self->problem);
  g_free (self);
}

JsonNode *
osy_print_job_to_json (const OsyPrintJob *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "printer_id", self->printer_id);
  json_object_set_string_member (object, "purpose", self->purpose);
  json_object_set_string_member (object, "subject_type", self->subject_type);
  json_object_set_string_member (object, "subject_id", self->subject_id);
  json_object_set_string_member (object, "state", self->state);
  json_object_set_int_member (object, "attempts", self->attempts);
  if (self->problem != NULL)
    json_object_set_string_member (object, "problem", self->problem);
  json_object_set_int_member (object, "copy", self->copy);
  set_time (object, "created_at", self->created_at);
  set_time (object, "done_at", self->done_at);
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}

OsyPrintJob *
osy_print_job_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyPrintJob) self = osy_print_job_new ();

  osy_json_reader_ignore_unknown (reader);
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->printer_id = g_strdup (osy_json_reader_id (reader, "printer_id"));
  self->purpose = g_strdup (osy_json_reader_enum (reader, "purpose", purposes, NULL));
  self->subject_type = g_strdup (osy_json_reader_string (reader, "subject_type", 1, 40));
  self->subject_id = g_strdup (osy_json_reader_string (reader, "subject_id", 1, 100));
  self->state = g_strdup (osy_json_reader_string (reader, "state", 1, 20));
  self->attempts = osy_json_reader_int (reader, "attempts", 0, G_MAXINT32);
  self->problem = g_strdup (osy_json_reader_opt_string (reader, "problem", 1, 20));
  self->copy = osy_json_reader_int (reader, "copy", 1, G_MAXINT32);
  self->created_at = osy_json_reader_opt_time (reader, "created_at");
  self->done_at = osy_json_reader_opt_time (reader, "done_at");
  self->version = osy_json_reader_int (reader, "version", 1, G_MAXINT64);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
