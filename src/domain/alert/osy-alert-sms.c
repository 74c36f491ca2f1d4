/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts as text messages, through Aligo: a form in, JSON out that calls itself HTML. */

#include "osy-alert-sms.h"

#include <string.h>

#include "osy-alert-aligo.h"

#define SMS_BYTES 90 /* of EUC-KR; beyond, it is an LMS, which has a title */
#define LMS_BYTES 2000
#define TITLE_BYTES 44
#define MARK_DIGITS 6
/* The newest of an account; a shop sends few. */
#define LOOK_SIZE "500"
/* What the two calls are called. */
#define SEND "sms"
#define LOOK "sms-look"

/* ---- text ---- */

/* What EUC-KR lacks and has something like. */
static const struct {
  const char *from;
  const char *to;
} likes[] = {{"\xe2\x82\xa9", "￦"}, {"–", "-"},          {"—", "-"}, {"−", "-"},
             {"\xef\xb8\x8f", ""},   {"\xe2\x80\x8d", ""}};

/* (transfer full): @text in EUC-KR. */
static char *
encode (const char *text)
{
  g_autoptr (GString) like = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (likes); i++)
    g_string_replace (like, likes[i].from, likes[i].to, 0);
  char *encoded = g_convert_with_fallback (like->str, -1, "EUC-KR", "UTF-8", "?", NULL, NULL, NULL);
  return encoded != NULL ? encoded : g_strdup ("");
}

/* Cuts @encoded to @bytes, never within a letter, and gives it back as UTF-8 (transfer full). */
static char *
decode (char *encoded, gsize bytes)
{
  gsize end = 0;

  while (encoded[end] != '\0') {
    const gsize letter = (guchar)encoded[end] >= 0x80 && encoded[end + 1] != '\0' ? 2 : 1;
    if (end + letter > bytes)
      break;
    end += letter;
  }
  char *text = g_convert (encoded, (gssize)end, "UTF-8", "EUC-KR", NULL, NULL, NULL);
  return text != NULL ? text : g_strdup ("");
}

/* " #4f09a1": the end of the message's id, which is random. */
static char *
mark_of (const char *id)
{
  const gsize length = strlen (id);

  return g_strconcat (" #", id + (length > MARK_DIGITS ? length - MARK_DIGITS : 0), NULL);
}

char *
osy_alert_sms_title (const char *shop)
{
  g_autofree char *encoded = encode (shop);

  return decode (encoded, TITLE_BYTES);
}

char *
osy_alert_sms_text (const OsyAlertNote *note, char **title)
{
  g_autofree char *mark = mark_of (note->id);
  g_autofree char *line = g_strdup_printf ("[%s] %s", note->shop, note->text);
  g_autofree char *encoded = encode (line);
  g_autofree char *text = decode (encoded, LMS_BYTES - strlen (mark));

  *title = strlen (encoded) + strlen (mark) > SMS_BYTES ? osy_alert_sms_title (note->shop) : NULL;
  return g_strconcat (text, mark, NULL);
}

/* ---- calls ---- */

static GString *
form_of (const OsyAlertNote *note)
{
  GString *form = g_string_new (NULL);

  osy_alert_aligo_field (form, "key", note->target->key);
  osy_alert_aligo_field (form, "user_id", note->target->user_id);
  return form;
}

void
osy_alert_sms_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call)
{
  GString *form = form_of (note);
  g_autofree char *title = NULL;
  g_autofree char *text = osy_alert_sms_text (note, &title);

  osy_alert_aligo_field (form, "sender", note->target->from);
  osy_alert_aligo_field (form, "receiver", note->target->address);
  osy_alert_aligo_field (form, "msg", text);
  osy_alert_aligo_field (form, "msg_type", title != NULL ? "LMS" : "SMS");
  if (title != NULL)
    osy_alert_aligo_field (form, "title", title);
  osy_alert_aligo_fill (call, base_url, "/send/", form, SEND);
}

void
osy_alert_sms_look_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call)
{
  GString *form = form_of (note);

  osy_alert_aligo_field (form, "page", "1");
  osy_alert_aligo_field (form, "page_size", LOOK_SIZE);
  osy_alert_aligo_fill (call, base_url, "/list/", form, LOOK);
}

/* ---- answers ---- */

static gboolean
is_listed (JsonObject *answer, const char *id)
{
  JsonNode *node = json_object_get_member (answer, "list");
  JsonArray *list =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *mark = mark_of (id);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *row = json_array_get_element (list, i);
    JsonObject *one = JSON_NODE_HOLDS_OBJECT (row) ? json_node_get_object (row) : NULL;
    if (one != NULL && g_str_has_suffix (osy_alert_aligo_text (one, "msg"), mark))
      return TRUE;
  }
  return FALSE;
}

static OsyAlertSmsFate
judge_answer (const OsyFetchCall *call, gboolean looked, char **problem)
{
  g_autoptr (JsonNode) node = osy_alert_aligo_answer (call);
  JsonObject *answer = node != NULL ? json_node_get_object (node) : NULL;
  const gint64 code = answer != NULL ? osy_alert_aligo_number (answer, "result_code") : 0;

  if (code == 0) {
    *problem = g_strdup ("NO_ANSWER");
    return OSY_ALERT_SMS_UNKNOWN;
  }
  if (code < 0) {
    *problem = osy_alert_aligo_word (answer, code);
    return looked ? OSY_ALERT_SMS_UNKNOWN : OSY_ALERT_SMS_REFUSED;
  }
  if (looked)
    return is_listed (answer, call->id) ? OSY_ALERT_SMS_TAKEN : OSY_ALERT_SMS_ABSENT;
  if (osy_alert_aligo_number (answer, "success_cnt") > 0 ||
      osy_alert_aligo_number (answer, "error_cnt") == 0)
    return OSY_ALERT_SMS_TAKEN;
  *problem = g_strdup ("ALIGO_0");
  return OSY_ALERT_SMS_REFUSED;
}

gboolean
osy_alert_sms_is (const OsyFetchCall *call)
{
  return g_strcmp0 (call->what, SEND) == 0 || g_strcmp0 (call->what, LOOK) == 0;
}

OsyAlertSmsFate
osy_alert_sms_judge (const OsyFetchCall *call, char **problem)
{
  const gboolean looked = g_strcmp0 (call->what, LOOK) == 0;

  *problem = NULL;
  if (call->status >= 200 && call->status < 300)
    return judge_answer (call, looked, problem);
  if (call->status == 0)
    *problem =
        g_strdup (osy_error_is (call->error, OSY_ERROR_TIMEOUT) ? "NO_ANSWER" : "UNREACHABLE");
  else
    *problem = g_strdup_printf ("HTTP_%u", call->status);
  /* What could not be looked up is as unknown as before. */
  if (looked || call->status == 408 || call->status >= 500 ||
      osy_error_is (call->error, OSY_ERROR_TIMEOUT))
    return OSY_ALERT_SMS_UNKNOWN;
  return call->status == 0 || call->status == 429 ? OSY_ALERT_SMS_LATER : OSY_ALERT_SMS_REFUSED;
}
