/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What was different, day by day. */

#include "osc-finding-store.h"

#include <string.h>

#include "osy-json.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/analytics/findings"
#define KEPT_MOST 64

/* What is known of one day. */
typedef struct {
  GPtrArray *findings; /* (nullable): of OscFinding; NULL: not read */
  gboolean early;      /* nothing could be expected of it */
  gboolean failed;
  gboolean asking;
} Kept;

/* What somebody thinks of a finding, on its way to the daemon. */
typedef struct {
  OscFinding *finding;
  int useful;
  int before; /* what is shown again when it could not be kept */
} Verdict;

struct _OscFindingStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  GHashTable *kept; /* day → Kept */
  GPtrArray *days;  /* of char *: those that are looked at, oldest first */
  gboolean is_long;
  GQueue verdicts; /* of Verdict: one after the other, so that the last one said is kept */
};

enum { CHANGED, FAILED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscFindingStore, osc_finding_store, G_TYPE_OBJECT)

/* ---- one ---- */

static void
item_free (gpointer data)
{
  g_free (((OscFindingItem *)data)->name);
  g_free (data);
}

static void
finding_clear (gpointer data)
{
  OscFinding *self = data;

  g_free (self->day);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->name);
  g_ptr_array_unref (self->items);
}

OscFinding *
osc_finding_ref (OscFinding *self)
{
  return g_rc_box_acquire (self);
}

void
osc_finding_unref (OscFinding *self)
{
  g_rc_box_release_full (self, finding_clear);
}

int
osc_finding_days (const OscFinding *self)
{
  return g_str_has_suffix (self->kind, "_3_DAYS") ? 3 : 1;
}

gboolean
osc_finding_is_more (const OscFinding *self)
{
  return strstr (self->kind, "_HIGH") != NULL;
}

static void
read_item (JsonArray *array, guint index, JsonNode *node, gpointer items)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return;
  OscFindingItem *item = g_new0 (OscFindingItem, 1);
  item->name = g_strdup (osy_rest_text (object, "name", ""));
  item->sales = osy_rest_int (object, "sales", 0);
  item->usual = osy_rest_int (object, "usual", 0);
  g_ptr_array_add (items, item);
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static OscFinding *
read_finding (JsonObject *object, const char *day)
{
  OscFinding *self = g_rc_box_new0 (OscFinding);
  JsonNode *useful = json_object_get_member (object, "useful");
  JsonArray *items = array_of (object, "items");

  self->day = g_strdup (day);
  self->kind = g_strdup (osy_rest_text (object, "kind", ""));
  self->subject = g_strdup (osy_rest_text (object, "subject", ""));
  self->name = g_strdup (osy_rest_text (object, "name", NULL));
  self->observed = osy_rest_int (object, "observed", 0);
  self->expected = osy_rest_int (object, "expected", 0);
  self->low = osy_rest_int (object, "low", 0);
  self->high = osy_rest_int (object, "high", 0);
  self->weeks = osy_rest_int (object, "weeks", 0);
  self->items = g_ptr_array_new_with_free_func (item_free);
  if (items != NULL)
    json_array_foreach_element (items, read_item, self->items);
  self->useful = useful != NULL && json_node_get_value_type (useful) == G_TYPE_BOOLEAN
                     ? (int)json_node_get_boolean (useful)
                     : -1;
  return self;
}

static gboolean
is_same (const OscFinding *one, const OscFinding *other)
{
  return g_str_equal (one->day, other->day) && g_str_equal (one->kind, other->kind) &&
         g_str_equal (one->subject, other->subject);
}

/* How far it lies from what was to be expected, as a part of that. */
static double
surprise (const OscFinding *self)
{
  return (double)ABS (self->observed - self->expected) / (double)MAX (self->expected, 1);
}

static int
by_surprise (gconstpointer a, gconstpointer b)
{
  const OscFinding *one = *(OscFinding *const *)a;
  const OscFinding *other = *(OscFinding *const *)b;
  double left = surprise (one);
  double right = surprise (other);

  return left != right ? (left < right) - (left > right) : strcmp (other->day, one->day);
}

/* ---- asking ---- */

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_pointer (&kept->findings, g_ptr_array_unref);
  g_free (kept);
}

static Kept *
ensure_kept (OscFindingStore *self, const char *day)
{
  Kept *kept = g_hash_table_lookup (self->kept, day);

  if (kept == NULL) {
    kept = g_new0 (Kept, 1);
    g_hash_table_insert (self->kept, g_strdup (day), kept);
  }
  return kept;
}

typedef struct {
  OscFindingStore *store;
  char *day;
} Question;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (OscFindingStore) store = question->store;
  g_autofree char *day = question->day;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (store->cancellable))
    return;
  if (answer == NULL)
    g_info ("What was different on a day could not be read: %s", error->message);
  osc_finding_store_take (store, day, answer);
}

static void
ask (OscFindingStore *self, const char *day)
{
  Kept *kept = ensure_kept (self, day);
  g_autofree char *path = g_strconcat (PATH "?day=", day, NULL);

  if (kept->asking)
    return;
  kept->asking = TRUE;
  kept->failed = FALSE;
  g_signal_emit (self, signals[REQUESTED], 0, "GET", path, NULL);
  if (self->client == NULL)
    return;
  Question *question = g_new0 (Question, 1);
  *question = (Question){g_object_ref (self), g_strdup (day)};
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                         self->cancellable, read_cb, question);
}

/* (transfer full): the days of @range that are over. */
static GPtrArray *
days_of (const OscSalesRange *range, const GDate *today)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);
  GDate day = range->from;

  if (osc_sales_range_days (range) > OSC_FINDING_DAYS_MOST)
    return days;
  for (; g_date_compare (&day, &range->to) <= 0; g_date_add_days (&day, 1))
    if (g_date_compare (&day, today) < 0)
      g_ptr_array_add (days, osc_sales_range_print (&day));
  return days;
}

static gboolean
are_shown (OscFindingStore *self, GPtrArray *days)
{
  if (days->len != self->days->len)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    if (!g_str_equal (days->pdata[i], self->days->pdata[i]))
      return FALSE;
  return TRUE;
}

void
osc_finding_store_look (OscFindingStore *self, const OscSalesRange *range, const GDate *today)
{
  g_return_if_fail (OSC_IS_FINDING_STORE (self) && range != NULL && today != NULL);
  g_autoptr (GPtrArray) days = days_of (range, today);
  gboolean is_long = osc_sales_range_days (range) > 1;
  gboolean again = is_long == self->is_long && are_shown (self, days);

  if (!again && g_hash_table_size (self->kept) > KEPT_MOST && g_queue_is_empty (&self->verdicts))
    g_hash_table_remove_all (self->kept);
  g_ptr_array_unref (self->days);
  self->days = g_steal_pointer (&days);
  self->is_long = is_long;
  for (guint i = 0; i < self->days->len; i++) {
    Kept *kept = ensure_kept (self, self->days->pdata[i]);
    if (!again || kept->findings == NULL)
      ask (self, self->days->pdata[i]);
  }
  if (!again)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_finding_store_retry (OscFindingStore *self)
{
  g_return_if_fail (OSC_IS_FINDING_STORE (self));
  for (guint i = 0; i < self->days->len; i++)
    if (ensure_kept (self, self->days->pdata[i])->failed)
      ask (self, self->days->pdata[i]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is being said of it just now is newer than what was read. */
static void
keep_verdict (OscFindingStore *self, OscFinding *finding)
{
  for (GList *i = self->verdicts.head; i != NULL; i = i->next) {
    const Verdict *verdict = i->data;
    if (is_same (verdict->finding, finding))
      finding->useful = verdict->useful;
  }
}

void
osc_finding_store_take (OscFindingStore *self, const char *day, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_FINDING_STORE (self) && day != NULL);
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonArray *array = array_of (object, "findings");
  Kept *kept = ensure_kept (self, day);

  kept->asking = FALSE;
  kept->failed = array == NULL;
  if (array != NULL) {
    JsonNode *sales = json_object_get_member (object, "sales");
    kept->early = sales == NULL || JSON_NODE_HOLDS_NULL (sales);
    g_clear_pointer (&kept->findings, g_ptr_array_unref);
    kept->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)osc_finding_unref);
    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *node = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      OscFinding *finding = read_finding (json_node_get_object (node), day);
      keep_verdict (self, finding);
      g_ptr_array_add (kept->findings, finding);
    }
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- what is known ---- */

OscFindingState
osc_finding_store_state (OscFindingStore *self)
{
  g_return_val_if_fail (OSC_IS_FINDING_STORE (self), OSC_FINDINGS_NONE);
  gboolean reading = FALSE;
  gboolean failed = FALSE;
  gboolean early = TRUE;

  for (guint i = 0; i < self->days->len; i++) {
    const Kept *kept = ensure_kept (self, self->days->pdata[i]);
    gboolean read = kept->findings != NULL;
    reading = reading || (!read && !kept->failed);
    failed = failed || (!read && kept->failed);
    early = early && read && kept->early && kept->findings->len == 0;
  }
  return self->days->len == 0 ? OSC_FINDINGS_NONE
         : reading            ? OSC_FINDINGS_READING
         : failed             ? OSC_FINDINGS_FAILED
         : early              ? OSC_FINDINGS_EARLY
                              : OSC_FINDINGS_READ;
}

gboolean
osc_finding_store_is_long (OscFindingStore *self)
{
  g_return_val_if_fail (OSC_IS_FINDING_STORE (self), FALSE);
  return self->is_long;
}

/* Three bad days are told once, not by each day on which they go on. */
static gboolean
goes_on (GPtrArray *all, const OscFinding *finding)
{
  for (guint i = 0; i < all->len && osc_finding_days (finding) > 1; i++) {
    const OscFinding *other = all->pdata[i];
    if (g_str_equal (other->kind, finding->kind) && strcmp (other->day, finding->day) > 0)
      return TRUE;
  }
  return FALSE;
}

GPtrArray *
osc_finding_store_list (OscFindingStore *self)
{
  g_return_val_if_fail (OSC_IS_FINDING_STORE (self), NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)osc_finding_unref);

  for (guint i = 0; i < self->days->len; i++) {
    const Kept *kept = ensure_kept (self, self->days->pdata[i]);
    for (guint k = 0; kept->findings != NULL && k < kept->findings->len; k++)
      g_ptr_array_add (all, kept->findings->pdata[k]);
  }
  for (guint i = 0; i < all->len; i++)
    if (!goes_on (all, all->pdata[i]))
      g_ptr_array_add (list, osc_finding_ref (all->pdata[i]));
  g_ptr_array_sort (list, by_surprise);
  if (list->len > OSC_FINDINGS_MOST)
    g_ptr_array_set_size (list, OSC_FINDINGS_MOST);
  return list;
}

OscFinding *
osc_finding_store_find (OscFindingStore *self, const OscFinding *like)
{
  g_return_val_if_fail (OSC_IS_FINDING_STORE (self) && like != NULL, NULL);
  const Kept *kept = g_hash_table_lookup (self->kept, like->day);

  for (guint i = 0; kept != NULL && kept->findings != NULL && i < kept->findings->len; i++)
    if (is_same (kept->findings->pdata[i], like))
      return kept->findings->pdata[i];
  return NULL;
}

/* ---- useful or not ---- */

static void
verdict_free (gpointer data)
{
  osc_finding_unref (((Verdict *)data)->finding);
  g_free (data);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFindingStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    g_info ("What was thought of a finding could not be kept: %s", error->message);
  osc_finding_store_take_verdict (self, error == NULL);
}

static void
send_verdict (OscFindingStore *self)
{
  const Verdict *verdict = g_queue_peek_head (&self->verdicts);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_string_member (object, "day", verdict->finding->day);
  json_object_set_string_member (object, "kind", verdict->finding->kind);
  json_object_set_string_member (object, "subject", verdict->finding->subject);
  if (verdict->useful >= 0)
    json_object_set_boolean_member (object, "useful", verdict->useful == 1);
  else
    json_object_set_null_member (object, "useful");
  g_autofree char *text = osy_json_print (body);
  g_signal_emit (self, signals[REQUESTED], 0, "PUT", PATH, text);
  if (self->client != NULL)
    osy_client_send_async (self->client,
                           &(OsyClientRequest){.method = "PUT", .path = PATH, .body = body},
                           self->cancellable, judged_cb, g_object_ref (self));
}

static void
show_verdict (OscFindingStore *self, const OscFinding *finding, int useful)
{
  OscFinding *shown = osc_finding_store_find (self, finding);

  if (shown != NULL)
    shown->useful = useful;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_finding_store_judge (OscFindingStore *self, const OscFinding *finding, int useful)
{
  g_return_if_fail (OSC_IS_FINDING_STORE (self) && finding != NULL && useful >= -1 && useful <= 1);
  OscFinding *shown = osc_finding_store_find (self, finding);

  if (shown == NULL || shown->useful == useful)
    return;
  Verdict *verdict = g_new0 (Verdict, 1);
  verdict->finding = osc_finding_ref (shown);
  verdict->useful = useful;
  verdict->before = shown->useful;
  g_queue_push_tail (&self->verdicts, verdict);
  show_verdict (self, finding, useful);
  if (g_queue_get_length (&self->verdicts) == 1)
    send_verdict (self);
}

/* (transfer none) (nullable): what was said of the same finding after that. */
static Verdict *
find_verdict (OscFindingStore *self, const OscFinding *finding)
{
  for (GList *i = self->verdicts.head; i != NULL; i = i->next)
    if (is_same (((Verdict *)i->data)->finding, finding))
      return i->data;
  return NULL;
}

void
osc_finding_store_take_verdict (OscFindingStore *self, gboolean kept)
{
  g_return_if_fail (OSC_IS_FINDING_STORE (self) && !g_queue_is_empty (&self->verdicts));
  Verdict *verdict = g_queue_pop_head (&self->verdicts);
  Verdict *later = find_verdict (self, verdict->finding);

  if (!kept && later != NULL)
    later->before = verdict->before;
  else if (!kept)
    show_verdict (self, verdict->finding, verdict->before);
  verdict_free (verdict);
  if (!kept)
    g_signal_emit (self, signals[FAILED], 0);
  if (!g_queue_is_empty (&self->verdicts))
    send_verdict (self);
}

/* ---- life ---- */

static void
osc_finding_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_FINDING_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_finding_store_parent_class)->dispose (object);
}

static void
osc_finding_store_finalize (GObject *object)
{
  OscFindingStore *self = OSC_FINDING_STORE (object);

  g_queue_clear_full (&self->verdicts, verdict_free);
  g_ptr_array_unref (self->days);
  g_hash_table_unref (self->kept);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_finding_store_parent_class)->finalize (object);
}

static void
osc_finding_store_class_init (OscFindingStoreClass *klass)
{
  GType type = OSC_TYPE_FINDING_STORE;

  G_OBJECT_CLASS (klass)->dispose = osc_finding_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_finding_store_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
      g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
osc_finding_store_init (OscFindingStore *self)
{
  self->cancellable = g_cancellable_new ();
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  self->days = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->verdicts);
}

OscFindingStore *
osc_finding_store_new (OsyClient *client)
{
  OscFindingStore *self = g_object_new (OSC_TYPE_FINDING_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
