/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* People by the API: four parts to read, a table of what can be done. */

#include "osc-people.h"

#include "osy-json.h"
#include "osy-principal.h"

#define AUTH "/api/v1/auth/"
#define SHOP "/api/v1/restaurants/me/"
#define NOTHING OSC_N_PEOPLE_PARTS

static const char *const part_paths[OSC_N_PEOPLE_PARTS] = {
    [OSC_PEOPLE_ME] = AUTH "me",
    [OSC_PEOPLE_SIGN_INS] = AUTH "sessions",
    [OSC_PEOPLE_STAFF] = SHOP "staff",
    [OSC_PEOPLE_DEVICES] = SHOP "devices",
};

static const struct {
  const char *method;
  const char *path; /* with an id, between this and the tail */
  const char *tail; /* NULL: without an id */
  OscPeoplePart changes;
} acts[] = {
    [OSC_PEOPLE_CHANGE_PASSWORD] = {"POST", AUTH "password", NULL, OSC_PEOPLE_SIGN_INS},
    [OSC_PEOPLE_SET_PIN] = {"POST", AUTH "pin", NULL, OSC_PEOPLE_ME},
    [OSC_PEOPLE_REMOVE_PIN] = {"POST", AUTH "pin/remove", NULL, OSC_PEOPLE_ME},
    [OSC_PEOPLE_BEGIN_TOTP] = {"POST", AUTH "totp", NULL, NOTHING},
    [OSC_PEOPLE_CONFIRM_TOTP] = {"POST", AUTH "totp/confirm", NULL, OSC_PEOPLE_ME},
    [OSC_PEOPLE_REMOVE_TOTP] = {"POST", AUTH "totp/remove", NULL, OSC_PEOPLE_ME},
    [OSC_PEOPLE_END_SIGN_IN] = {"POST", AUTH "sessions/", "/revoke", OSC_PEOPLE_SIGN_INS},
    [OSC_PEOPLE_INVITE] = {"POST", SHOP "staff", NULL, OSC_PEOPLE_STAFF},
    [OSC_PEOPLE_CHANGE_ROLE] = {"PATCH", SHOP "staff/", "", OSC_PEOPLE_STAFF},
    [OSC_PEOPLE_REMOVE_STAFF] = {"POST", SHOP "staff/", "/remove", OSC_PEOPLE_STAFF},
    [OSC_PEOPLE_RESET_PIN] = {"POST", SHOP "staff/", "/reset-pin", OSC_PEOPLE_STAFF},
    [OSC_PEOPLE_ADD_DEVICE] = {"POST", SHOP "devices", NULL, OSC_PEOPLE_DEVICES},
    [OSC_PEOPLE_REVOKE_DEVICE] = {"POST", SHOP "devices/", "/revoke", OSC_PEOPLE_DEVICES},
    [OSC_PEOPLE_ALLOW] = {"POST", AUTH "act", NULL, NOTHING},
    [OSC_PEOPLE_FIND_EDGE] = {"GET", SHOP "edge", NULL, NOTHING},
};

struct _OscPeople {
  GObject parent;
  OsyClient *client; /* nullable */
  OscPerson *me;     /* nullable */
  GPtrArray *lists[OSC_N_PEOPLE_PARTS];
  GError *troubles[OSC_N_PEOPLE_PARTS];
  GCancellable *cancellable;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPeople, osc_people, G_TYPE_OBJECT)

/* ---- reading ---- */

static void
take_part (OscPeople *self, OscPeoplePart part, JsonNode *answer, GError **error)
{
  GPtrArray *list = NULL;
  OscPerson *me = NULL;

  switch (part) {
  case OSC_PEOPLE_ME: me = osc_people_data_person (answer, error); break;
  case OSC_PEOPLE_SIGN_INS: list = osc_people_data_sign_ins (answer, error); break;
  case OSC_PEOPLE_STAFF: list = osc_people_data_staff (answer, error); break;
  default: list = osc_people_data_devices (answer, error);
  }
  if (me != NULL) {
    g_clear_pointer (&self->me, osc_people_data_person_free);
    self->me = me;
  } else if (list != NULL) {
    g_clear_pointer (&self->lists[part], g_ptr_array_unref);
    self->lists[part] = list;
  }
}

typedef struct {
  OscPeople *self;
  OscPeoplePart part;
} Load;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (OscPeople) self = load->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (osy_error_is (error, OSY_ERROR_CANCELLED))
    return;
  g_clear_error (&self->troubles[load->part]);
  if (answer != NULL)
    take_part (self, load->part, answer, &error);
  if (error != NULL)
    g_info ("%s could not be read: %s", part_paths[load->part], error->message);
  self->troubles[load->part] = g_steal_pointer (&error);
  g_signal_emit (self, signals[CHANGED], 0, load->part);
}

void
osc_people_load (OscPeople *self, OscPeoplePart part)
{
  g_return_if_fail (OSC_IS_PEOPLE (self) && part < OSC_N_PEOPLE_PARTS);
  Load *load;

  if (self->client == NULL)
    return;
  load = g_new0 (Load, 1);
  load->self = g_object_ref (self);
  load->part = part;
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "GET", .path = part_paths[part]},
                         self->cancellable, loaded_cb, load);
}

const GError *
osc_people_trouble (OscPeople *self, OscPeoplePart part)
{
  g_return_val_if_fail (OSC_IS_PEOPLE (self) && part < OSC_N_PEOPLE_PARTS, NULL);
  return self->troubles[part];
}

const OscPerson *
osc_people_me (OscPeople *self)
{
  g_return_val_if_fail (OSC_IS_PEOPLE (self), NULL);
  return self->me;
}

gboolean
osc_people_may (OscPeople *self, const char *permission)
{
  g_return_val_if_fail (OSC_IS_PEOPLE (self) && permission != NULL, FALSE);
  return self->me == NULL ||
         g_strv_contains ((const char *const *)self->me->permissions, permission);
}

GPtrArray *
osc_people_list (OscPeople *self, OscPeoplePart part)
{
  g_return_val_if_fail (OSC_IS_PEOPLE (self) && part < OSC_N_PEOPLE_PARTS, NULL);
  return self->lists[part];
}

/* ---- doing ---- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OscPeople *self = g_task_get_source_object (task);
  OscPeoplePart changes = GPOINTER_TO_UINT (g_task_get_task_data (task));
  GError *error = NULL;
  JsonNode *answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (changes != NOTHING)
    osc_people_load (self, changes);
  g_task_return_pointer (task, answer, (GDestroyNotify)json_node_unref);
}

void
osc_people_do_async (OscPeople *self,
                     const OscPeopleCall *call,
                     GAsyncReadyCallback cb,
                     gpointer data)
{
  g_return_if_fail (OSC_IS_PEOPLE (self) && call != NULL);
  g_autoptr (JsonNode) body = call->body != NULL ? osy_json_take_object (call->body) : NULL;
  const char *tail = acts[call->act].tail;
  g_autofree char *path = tail != NULL ? g_strconcat (acts[call->act].path, call->id, tail, NULL)
                                       : g_strdup (acts[call->act].path);
  GTask *task = g_task_new (self, self->cancellable, cb, data);

  g_task_set_source_tag (task, osc_people_do_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (acts[call->act].changes), NULL);
  if (self->client == NULL) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "There is no server.");
    g_object_unref (task);
    return;
  }
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = acts[call->act].method,
                                             .path = path,
                                             .body = body,
                                             .if_version = call->if_version},
                         self->cancellable, done_cb, task);
}

JsonNode *
osc_people_do_finish (OscPeople *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
osc_people_end_others (OscPeople *self)
{
  g_return_if_fail (OSC_IS_PEOPLE (self));
  GPtrArray *sign_ins = self->lists[OSC_PEOPLE_SIGN_INS];

  for (guint i = 0; sign_ins != NULL && i < sign_ins->len; i++) {
    const OscSignIn *row = g_ptr_array_index (sign_ins, i);

    if (!row->current)
      osc_people_do_async (self, &(OscPeopleCall){.act = OSC_PEOPLE_END_SIGN_IN, .id = row->id},
                           NULL, NULL);
  }
}

/* ---- who may allow an act ---- */

/* Those whose role has not @permission are taken out. */
static void
keep_able (GPtrArray *helpers, const char *permission)
{
  for (guint i = helpers->len; i > 0; i--) {
    const OscStaff *staff = g_ptr_array_index (helpers, i - 1);
    g_auto (GStrv) names = NULL;
    OsyRole role;

    if (osy_role_from_name (staff->role, &role))
      names = osy_permission_names (osy_role_permissions (role));
    if (names == NULL || !g_strv_contains ((const char *const *)names, permission))
      g_ptr_array_remove_index (helpers, i - 1);
  }
}

static void
helpers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  GPtrArray *helpers = answer != NULL ? osc_people_data_helpers (answer, &error) : NULL;

  if (helpers == NULL) {
    g_task_return_error (task, error);
    return;
  }
  keep_able (helpers, g_task_get_task_data (task));
  g_task_return_pointer (task, helpers, (GDestroyNotify)g_ptr_array_unref);
}

void
osc_people_helpers_async (OscPeople *self,
                          const char *permission,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  g_return_if_fail (OSC_IS_PEOPLE (self) && permission != NULL);
  GTask *task = g_task_new (self, self->cancellable, cb, data);

  g_task_set_source_tag (task, osc_people_helpers_async);
  g_task_set_task_data (task, g_strdup (permission), g_free);
  if (self->client == NULL) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "There is no server.");
    g_object_unref (task);
    return;
  }
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "GET", .path = AUTH "act/people"},
                         self->cancellable, helpers_cb, task);
}

GPtrArray *
osc_people_helpers_finish (OscPeople *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- life ---- */

static void
on_token (OscPeople *self)
{
  if (osy_client_access_token (self->client) != NULL)
    osc_people_load (self, OSC_PEOPLE_ME);
}

static void
osc_people_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_PEOPLE (object)->cancellable);
  G_OBJECT_CLASS (osc_people_parent_class)->dispose (object);
}

static void
osc_people_finalize (GObject *object)
{
  OscPeople *self = OSC_PEOPLE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->me, osc_people_data_person_free);
  for (int i = 0; i < OSC_N_PEOPLE_PARTS; i++) {
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
    g_clear_error (&self->troubles[i]);
  }
  G_OBJECT_CLASS (osc_people_parent_class)->finalize (object);
}

static void
osc_people_class_init (OscPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_people_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_people_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
osc_people_init (OscPeople *self)
{
  self->cancellable = g_cancellable_new ();
}

OscPeople *
osc_people_new (OsyClient *client)
{
  OscPeople *self = g_object_new (OSC_TYPE_PEOPLE, NULL);

  if (client != NULL) {
    self->client = g_object_ref (client);
    g_signal_connect_object (client, "notify::access-token", G_CALLBACK (on_token), self,
                             G_CONNECT_SWAPPED);
    osc_people_load (self, OSC_PEOPLE_ME);
  }
  return self;
}
