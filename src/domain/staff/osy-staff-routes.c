/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of staff: see, invite, change the role, remove. */

#include "osy-staff-routes.h"

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-json.h"

static const char *const role_names[] = {"COURIER", "KITCHEN", "STAFF", "MANAGER", "OWNER", NULL};

/** Work on the pool. */
typedef struct {
  OsyStaff staff;
  OsyStaffInvitation *draft; /* inviting */
  OsyStaffMember *wanted;    /* changing, removing */
  gint64 if_version;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->draft, osy_staff_invitation_free);
  g_clear_pointer (&work->wanted, osy_staff_member_free);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

OsyStaff
osy_staff_of (OsyStaffRoom *room)
{
  return (OsyStaff){.ring = room->auth->ring, .sessions = &room->auth->sessions};
}

static Work *
work_new (OsyStaffRoom *room, const char *user_id)
{
  Work *work = g_new0 (Work, 1);

  work->staff = osy_staff_of (room);
  work->wanted = osy_staff_member_new ();
  work->wanted->user_id = g_strdup (user_id);
  return work;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) members = osy_staff_service_list (&work->staff, tx, call, error);

  if (members == NULL)
    return FALSE;
  reply->body = osy_staff_list_to_json (members);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, ((OsyStaffRoom *)room)->pool, NULL, list_work, work_new (room, NULL),
               work_free);
}

static gboolean
invite_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autofree char *code = NULL;

  if (!osy_staff_service_invite (&work->staff, tx, call, work->draft, &code, error))
    return FALSE;
  g_autofree char *until = osy_clock_format (work->draft->expires_at);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", work->draft->id);
  json_object_set_string_member (object, "invitation_code", code);
  json_object_set_string_member (object, "expires_at", until);
  reply->body = osy_json_take_object (object);
  reply->status = 201;
  return TRUE;
}

static OsyRole
read_role (OsyJsonReader *reader)
{
  OsyRole role = OSY_ROLE_GUEST;
  const char *name = osy_json_reader_enum (reader, "role", role_names, NULL);

  return name != NULL && osy_role_from_name (name, &role) ? role : OSY_ROLE_GUEST;
}

static gboolean
read_invitation (JsonNode *body, OsyStaffInvitation *draft, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  const char *email = osy_json_reader_string (reader, "email", 1, 254);

  draft->name = g_strdup (osy_json_reader_string (reader, "name", 1, 100));
  draft->email = osy_auth_email_normalise (email);
  draft->role = read_role (reader);
  if (email != NULL && draft->email == NULL)
    osy_json_reader_fault (reader, "email", "EMAIL", "The e-mail address is not valid.");
  return osy_json_reader_finish (reader, error);
}

static void
handle_invite (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (Work) work = work_new (room, NULL);

  work->draft = osy_staff_invitation_new ();
  if (body == NULL || !read_invitation (body, work->draft, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  osy_http_reply_add_header (request, "Cache-Control", "no-store");
  osy_api_run (request, ((OsyStaffRoom *)room)->pool, NULL, invite_work, g_steal_pointer (&work),
               work_free);
}

static gboolean
change_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyStaffMember) member =
      osy_staff_service_set_role (&work->staff, tx, call, work->wanted, work->if_version, error);

  if (member == NULL)
    return FALSE;
  reply->body = osy_staff_member_to_json (member);
  reply->version = member->version;
  return TRUE;
}

static void
handle_change (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (OsyJsonReader) reader = body ? osy_json_reader_new (body) : NULL;
  g_autoptr (Work) work = work_new (room, osy_http_request_param (request, "user_id"));

  if (reader != NULL)
    work->wanted->role = read_role (reader);
  if (reader == NULL || !osy_json_reader_finish (reader, &error) ||
      !osy_api_if_match (request, &work->if_version, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  osy_api_run (request, ((OsyStaffRoom *)room)->pool, NULL, change_work, g_steal_pointer (&work),
               work_free);
}

static gboolean
remove_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  return osy_staff_service_remove (&work->staff, tx, call, work->wanted->user_id, error);
}

static void
handle_remove (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, ((OsyStaffRoom *)room)->pool, NULL, remove_work,
               work_new (room, osy_http_request_param (request, "user_id")), work_free);
}

static gboolean
reset_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  return osy_staff_service_reset_pin (&work->staff, tx, call, work->wanted->user_id, error);
}

static void
handle_reset_pin (OsyHttpRequest *request, gpointer room)
{
  osy_api_run (request, ((OsyStaffRoom *)room)->pool, NULL, reset_work,
               work_new (room, osy_http_request_param (request, "user_id")), work_free);
}

#define STAFF "/api/v1/restaurants/me/staff"
const OsyRoute osy_staff_routes[] = {
    {"GET", STAFF, "listStaff", OSY_PERM_STAFF_MANAGE, 0, handle_list},
    {"POST", STAFF, "inviteStaff", OSY_PERM_STAFF_MANAGE, 0, handle_invite},
    {"PATCH", STAFF "/{user_id}", "changeStaff", OSY_PERM_STAFF_MANAGE, 0, handle_change},
    {"POST", STAFF "/{user_id}/remove", "removeStaff", OSY_PERM_STAFF_MANAGE, OSY_ROUTE_NO_BODY,
     handle_remove},
    {"POST", STAFF "/{user_id}/reset-pin", "resetStaffPin", OSY_PERM_STAFF_MANAGE,
     OSY_ROUTE_NO_BODY, handle_reset_pin},
    {"POST", "/api/v1/auth/invitation", "acceptInvitation", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_SECRET, osy_staff_handle_join},
    {NULL},
};
