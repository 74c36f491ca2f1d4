/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Aligo's /send/ and /list/, and its AlimTalk: one account with one sender; forms in, JSON out that
 * calls itself HTML, and a result_code that is a text one time and a number the next. */

#include <string.h>

#include "osy-json.h"
#include "osy-sim-message.h"

#define KEY "simulated-key-of-aligo"
#define ACCOUNT "sodam"
#define STRANGER "elsewhere" /* an account that does not allow this house's address */
#define SENDER "0212345678"
#define SMS_BYTES 90
#define LMS_BYTES 2000
#define TITLE_BYTES 44
#define SERVICE "aligo"
#define OLD_ACCOUNT "sodam-before" /* one that wants a token */
#define TOKEN "simulated-token"
#define SENDER_KEY "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567"
#define TEMPLATE_CODE "TI_0001"
#define TEMPLATE "\\A\\[[^\n]+\\] 알림\n[^\n]+\\z" /* "[#{가게}] 알림\n#{내용}", as approved */
#define TEMPLATE_LETTERS 1000

static guint n_answers;

/* @object: (transfer full) */
static OsySimAnswer
answer_with (JsonObject *object, gint64 code, const char *message)
{
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, code);

  if (n_answers++ % 2 == 0)
    json_object_set_string_member (object, "result_code", digits);
  else
    json_object_set_int_member (object, "result_code", code);
  json_object_set_string_member (object, "message", message);
  return (OsySimAnswer){200, "text/html", osy_json_print (node)};
}

static OsySimAnswer
refuse (gint64 code, const char *message)
{
  return answer_with (json_object_new (), code, message);
}

static const char *
field (GHashTable *form, const char *name)
{
  const char *value = g_hash_table_lookup (form, name);

  return value != NULL ? value : "";
}

/* (transfer full) (nullable): the form, when it is one of these fields alone. */
static GHashTable *
read_form (OsySimMessages *self, const OsySimCall *call, const char *known)
{
  const char *type = soup_message_headers_get_content_type (call->headers, NULL);
  g_auto (GStrv) words = g_strsplit (known, " ", -1);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (call->body, &size);
  g_autofree char *text = g_strndup (bytes != NULL ? bytes : "", size);
  GHashTableIter iter;
  gpointer name;

  if (g_strcmp0 (type, "application/x-www-form-urlencoded") != 0)
    return NULL;
  g_autoptr (GHashTable) form = soup_form_decode (text);
  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains ((const char *const *)words, name)) {
      osy_sim_message_violate (self, "aligo has no field %s", (char *)name);
      return NULL;
    }
  return g_steal_pointer (&form);
}

/* Letters that EUC-KR lacks would arrive as '?': a correct client never sends them. -1: there are
 * some. */
static gssize
bytes_of (OsySimMessages *self, const char *text)
{
  gsize size = 0;
  g_autofree char *encoded = g_convert (text, -1, "EUC-KR", "UTF-8", NULL, &size, NULL);

  if (encoded == NULL)
    osy_sim_message_violate (self, "a letter that EUC-KR lacks: %s", text);
  return encoded != NULL ? (gssize)size : -1;
}

static gboolean
is_message (OsySimMessages *self, GHashTable *form)
{
  const gboolean is_long = g_str_equal (field (form, "msg_type"), "LMS");
  const gssize bytes = bytes_of (self, field (form, "msg"));
  const gssize title = bytes_of (self, field (form, "title"));

  if (bytes < 1 || bytes > (is_long ? LMS_BYTES : SMS_BYTES) || title < 0 || title > TITLE_BYTES ||
      is_long != (title > 0) || !(is_long || g_str_equal (field (form, "msg_type"), "SMS"))) {
    osy_sim_message_violate (self, "%s of %d bytes, title of %d", field (form, "msg_type"),
                             (int)bytes, (int)title);
    return FALSE;
  }
  return TRUE;
}

/* 0, or the code of what is wrong. */
static gint64
find_stranger (GHashTable *form, const char **message)
{
  *message = "인증오류입니다.-IP";
  if (g_str_equal (field (form, "user_id"), STRANGER))
    return -101;
  *message = "인증오류입니다.";
  if (!g_str_equal (field (form, "user_id"), ACCOUNT))
    return -101;
  *message = "API 인증오류입니다.";
  return g_str_equal (field (form, "key"), KEY) ? 0 : -102;
}

static gboolean
is_taken (OsySimMessages *self, const char *text)
{
  for (guint i = 0; i < self->taken->len; i++) {
    JsonObject *one = self->taken->pdata[i];
    if (g_str_equal (json_object_get_string_member (one, "service"), SERVICE) &&
        g_str_equal (json_object_get_string_member (one, "text"), text))
      return TRUE;
  }
  return FALSE;
}

OsySimAnswer
osy_sim_aligo_send (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (GHashTable) form =
      read_form (self, call, "key user_id sender receiver msg msg_type title");
  const char *message = NULL;

  if (form == NULL)
    return refuse (-99, "요청이 올바르지 않습니다.");
  const gint64 code = find_stranger (form, &message);
  if (code != 0)
    return refuse (code, message);
  if (!g_str_equal (field (form, "sender"), SENDER) ||
      !g_regex_match_simple ("\\A01[0-9]{8,9}\\z", field (form, "receiver"), 0, 0) ||
      !is_message (self, form))
    return refuse (-103, "요청이 올바르지 않습니다.");
  if (is_taken (self, field (form, "msg")))
    osy_sim_message_violate (self, "sent twice: %s", field (form, "msg"));
  JsonObject *note = json_object_new ();
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (note, "to", field (form, "receiver"));
  json_object_set_string_member (note, "text", field (form, "msg"));
  json_object_set_string_member (note, "kind", field (form, "msg_type"));
  json_object_set_string_member (note, "title", field (form, "title"));
  osy_sim_message_take (self, SERVICE, note);
  json_object_set_string_member (answer, "msg_id", "123456789");
  json_object_set_int_member (answer, "success_cnt", 1);
  json_object_set_int_member (answer, "error_cnt", 0);
  json_object_set_string_member (answer, "msg_type", field (form, "msg_type"));
  return answer_with (answer, 1, "success");
}

OsySimAnswer
osy_sim_aligo_list (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (GHashTable) form = read_form (self, call, "key user_id page page_size");
  const char *message = NULL;

  if (form == NULL)
    return refuse (-99, "요청이 올바르지 않습니다.");
  const gint64 code = find_stranger (form, &message);
  if (code != 0)
    return refuse (code, message);
  JsonArray *list = json_array_new ();
  for (guint i = self->taken->len; i > 0; i--) {
    JsonObject *one = self->taken->pdata[i - 1];
    if (!g_str_equal (json_object_get_string_member (one, "service"), SERVICE))
      continue;
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "mid", "123456789");
    json_object_set_string_member (row, "type", json_object_get_string_member (one, "kind"));
    json_object_set_string_member (row, "sender", SENDER);
    json_object_set_string_member (row, "msg", json_object_get_string_member (one, "text"));
    json_array_add_object_element (list, row);
  }
  JsonObject *answer = json_object_new ();
  json_object_set_array_member (answer, "list", list);
  json_object_set_string_member (answer, "next_yn", "N");
  return answer_with (answer, 1, "success");
}

/* ---- AlimTalk ---- */

/* @object: (transfer full) */
static OsySimAnswer
alimtalk_says (JsonObject *object, gint64 code, const char *message)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, code);

  if (n_answers++ % 2 == 0)
    json_object_set_string_member (object, "code", digits);
  else
    json_object_set_int_member (object, "code", code);
  json_object_set_string_member (object, "message", message);
  return osy_sim_message_json (200, object);
}

static gboolean
may_send (GHashTable *form)
{
  const gboolean is_old = g_str_equal (field (form, "userid"), OLD_ACCOUNT);

  return g_str_equal (field (form, "apikey"), KEY) &&
         (is_old ? g_str_equal (field (form, "token"), TOKEN)
                 : g_str_equal (field (form, "userid"), ACCOUNT));
}

static gboolean
is_approved (GHashTable *form)
{
  const char *text = field (form, "message_1");

  return g_str_equal (field (form, "tpl_code"), TEMPLATE_CODE) &&
         g_regex_match_simple (TEMPLATE, text, 0, 0) &&
         g_utf8_strlen (text, -1) <= TEMPLATE_LETTERS && *field (form, "subject_1") != '\0';
}

/* 0, or the code of what is wrong. */
static gint64
find_alimtalk_fault (OsySimMessages *self, GHashTable *form)
{
  const gssize instead = bytes_of (self, field (form, "fmessage_1"));
  const gssize title = bytes_of (self, field (form, "fsubject_1"));

  if (!may_send (form))
    return -99;
  if (!g_str_equal (field (form, "senderkey"), SENDER_KEY) ||
      !g_str_equal (field (form, "sender"), SENDER) ||
      !g_regex_match_simple ("\\A01[0-9]{8,9}\\z", field (form, "receiver_1"), 0, 0))
    return -101;
  if (!is_approved (form))
    return 509;
  if (!g_str_equal (field (form, "failover"), "Y") || instead < 1 || instead > LMS_BYTES ||
      title < 1 || title > TITLE_BYTES) {
    osy_sim_message_violate (self, "nothing to fail over to: %s", field (form, "fmessage_1"));
    return -99;
  }
  return 0;
}

OsySimAnswer
osy_sim_alimtalk_send (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (GHashTable) form =
      read_form (self, call,
                 "apikey userid token senderkey tpl_code sender receiver_1 subject_1 message_1 "
                 "failover fsubject_1 fmessage_1");
  const gint64 code = form != NULL ? find_alimtalk_fault (self, form) : -99;

  if (code != 0)
    return alimtalk_says (json_object_new (), code, "요청이 올바르지 않습니다.");
  JsonObject *note = json_object_new ();
  JsonObject *answer = json_object_new ();
  JsonObject *info = json_object_new ();
  json_object_set_string_member (note, "to", field (form, "receiver_1"));
  json_object_set_string_member (note, "text", field (form, "message_1"));
  json_object_set_string_member (note, "instead", field (form, "fmessage_1"));
  osy_sim_message_take (self, "alimtalk", note);
  json_object_set_string_member (info, "type", "AT");
  json_object_set_int_member (info, "mid", 987654321);
  json_object_set_object_member (answer, "info", info);
  return alimtalk_says (answer, 0, "성공적으로 전송요청 하였습니다.");
}
