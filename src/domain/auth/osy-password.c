/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Passwords: what is accepted, how they are hashed, and the one thread that does it. */

#include "osy-password.h"

#include <stdlib.h>
#include <string.h>

#include "osy-common-passwords.h"

#define DEFAULT_COST 12
#define QUEUE_MAX 20

/** One password on its way through the thread. */
typedef struct {
  char *password;
  char *hash;      /* (nullable): to be compared with */
  gboolean verify; /* else a new hash is made */
} Job;

struct _OsyPasswordHasher {
  GObject parent;
  guint8 pepper[OSY_KEY_SIZE];
  guint cost;
  GThreadPool *thread;
  int waiting;  /* atomic: queued and running */
  int verified; /* atomic: comparisons so far */
};

G_DEFINE_FINAL_TYPE (OsyPasswordHasher, osy_password_hasher, G_TYPE_OBJECT)

static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static gboolean
refuse (GError **error, const char *pointer, const char *code, const char *detail)
{
  GError *fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);

  osy_error_add_field (fault, pointer, code, detail);
  g_propagate_error (error, fault);
  return FALSE;
}

static int
compare (const void *a, const void *b)
{
  return strcmp (a, b);
}

/* What remains without the figures and signs that people add when they must. */
static char *
without_tail (const char *folded)
{
  g_autofree char *rest = g_strdup (folded);
  gsize len = strlen (rest);

  while (len > 0 && (g_ascii_isdigit (rest[len - 1]) || g_ascii_ispunct (rest[len - 1])))
    rest[--len] = '\0';
  return g_steal_pointer (&rest);
}

/* The list is made by data/common-passwords.py. */
static gboolean
is_common (const char *folded, const char *const *words)
{
  g_autofree char *rest = without_tail (folded);

  if (bsearch (folded, common, G_N_ELEMENTS (common), sizeof common[0], compare) != NULL)
    return TRUE;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++) {
    g_autofree char *word = fold (words[i]);
    if (*word != '\0' && (strcmp (word, folded) == 0 || strcmp (word, rest) == 0))
      return TRUE;
  }
  return FALSE;
}

gboolean
osy_password_check (const char *password,
                    const char *const *words,
                    const char *pointer,
                    GError **error)
{
  if (!g_utf8_validate (password, -1, NULL))
    return refuse (error, pointer, "UTF8", "The password must be text.");
  g_autofree char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  glong length = g_utf8_strlen (normal, -1);
  if (length < OSY_PASSWORD_MIN || length > OSY_PASSWORD_MAX)
    return refuse (error, pointer, "LENGTH", "Choose a password of 8 to 128 characters.");
  g_autofree char *folded = fold (normal);
  if (is_common (folded, words))
    return refuse (error, pointer, "COMMON",
                   "This password is too easy to guess: choose a longer, less usual one.");
  return TRUE;
}

/* What bcrypt sees: 43 characters, whatever the password was. */
static char *
prehash (OsyPasswordHasher *self, const char *password)
{
  g_autofree char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  const char *text = normal ? normal : "";
  guint8 mac[32];

  osy_hmac_sha256 (self->pepper, (const guint8 *)text, strlen (text), mac);
  char *secret = g_base64_encode (mac, sizeof mac);
  osy_wipe (mac, sizeof mac);
  if (normal != NULL)
    osy_wipe (normal, strlen (normal));
  return secret;
}

static void
free_secret (char *secret)
{
  if (secret != NULL)
    osy_wipe (secret, strlen (secret));
  g_free (secret);
}

char *
osy_password_hasher_hash (OsyPasswordHasher *self, const char *password, GError **error)
{
  char *secret = prehash (self, password);
  char *hash = osy_bcrypt_hash (secret, self->cost, error);

  free_secret (secret);
  return hash;
}

gboolean
osy_password_hasher_verify (OsyPasswordHasher *self, const char *password, const char *hash)
{
  char *secret = prehash (self, password);
  /* A well-formed hash of nothing: costs what a real one costs. */
  g_autofree char *nobody = g_strdup_printf (
      "$2b$%02u$......................o2DxT0mbvb6gJbnLXFQTwrzVwBzRL3S", self->cost);
  gboolean right = osy_bcrypt_verify (secret, hash ? hash : nobody);
  g_atomic_int_inc (&self->verified);

  free_secret (secret);
  return right && hash != NULL;
}

gboolean
osy_password_hasher_is_outdated (OsyPasswordHasher *self, const char *hash)
{
  g_autofree char *prefix = g_strdup_printf ("$2b$%02u$", self->cost);

  return !g_str_has_prefix (hash, prefix);
}

guint
osy_password_hasher_verified (OsyPasswordHasher *self)
{
  return (guint)g_atomic_int_get (&self->verified);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  free_secret (job->password);
  g_free (job->hash);
  g_free (job);
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  OsyPasswordHasher *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (job->verify) {
    gboolean right = osy_password_hasher_verify (self, job->password, job->hash);
    g_atomic_int_add (&self->waiting, -1);
    g_task_return_int (task, right ? 1 : 0);
    return;
  }
  char *hash = osy_password_hasher_hash (self, job->password, &error);
  g_atomic_int_add (&self->waiting, -1);
  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else
    g_task_return_error (task, error);
}

static void
push (OsyPasswordHasher *self, GTask *task, Job *job)
{
  g_task_set_task_data (task, job, job_free);
  /* One runs, twenty wait. */
  if (g_atomic_int_add (&self->waiting, 1) > QUEUE_MAX) {
    g_atomic_int_add (&self->waiting, -1);
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                             "Too many people are signing in just now: try again in a moment.");
    return;
  }
  g_thread_pool_push (self->thread, g_object_ref (task), NULL);
}

void
osy_password_hasher_hash_async (OsyPasswordHasher *self,
                                const char *password,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, osy_password_hasher_hash_async);
  job->password = g_strdup (password);
  push (self, task, job);
}

char *
osy_password_hasher_hash_finish (OsyPasswordHasher *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
osy_password_hasher_verify_async (OsyPasswordHasher *self,
                                  const char *password,
                                  const char *hash,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, osy_password_hasher_verify_async);
  job->password = g_strdup (password);
  job->hash = g_strdup (hash);
  job->verify = TRUE;
  push (self, task, job);
}

gboolean
osy_password_hasher_verify_finish (OsyPasswordHasher *self,
                                   GAsyncResult *result,
                                   gboolean *ret,
                                   GError **error)
{
  gssize right = g_task_propagate_int (G_TASK (result), error);

  *ret = right == 1;
  return right >= 0;
}

void
osy_password_hasher_set_cost (OsyPasswordHasher *self, guint cost)
{
  self->cost = cost;
}

static void
osy_password_hasher_finalize (GObject *object)
{
  OsyPasswordHasher *self = OSY_PASSWORD_HASHER (object);

  /* Every queued job holds a reference, so nothing is left; the last one may end right here. */
  g_thread_pool_free (self->thread, FALSE, FALSE);
  osy_wipe (self->pepper, sizeof self->pepper);
  G_OBJECT_CLASS (osy_password_hasher_parent_class)->finalize (object);
}

static void
osy_password_hasher_class_init (OsyPasswordHasherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_password_hasher_finalize;
}

static void
osy_password_hasher_init (OsyPasswordHasher *self)
{
  self->cost = DEFAULT_COST;
  self->thread = g_thread_pool_new (run_job, NULL, 1, FALSE, NULL);
}

OsyPasswordHasher *
osy_password_hasher_new (const guint8 pepper[OSY_KEY_SIZE])
{
  OsyPasswordHasher *self = g_object_new (OSY_TYPE_PASSWORD_HASHER, NULL);

  memcpy (self->pepper, pepper, OSY_KEY_SIZE);
  return self;
}
