/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The switches for what goes wrong between a shop and its payment service. */

#include "osy-sim-toss-fault.h"

#include "osy-rest.h"
#include "osy-sim-choice.h"
#include "osy-sim-toss-error.h"

static const struct {
  const char *name;
  OsySimTossFaultKind kind;
  gboolean of_webhook;
} kinds[] = {
    {"delay", OSY_SIM_TOSS_FAULT_DELAY, FALSE},
    {"hold-before", OSY_SIM_TOSS_FAULT_HOLD_BEFORE, FALSE},
    {"hold-after", OSY_SIM_TOSS_FAULT_HOLD_AFTER, FALSE},
    {"drop-before", OSY_SIM_TOSS_FAULT_DROP_BEFORE, FALSE},
    {"drop-after", OSY_SIM_TOSS_FAULT_DROP_AFTER, FALSE},
    {"error-before", OSY_SIM_TOSS_FAULT_ERROR_BEFORE, FALSE},
    {"error-stored", OSY_SIM_TOSS_FAULT_ERROR_STORED, FALSE},
    {"error-after", OSY_SIM_TOSS_FAULT_ERROR_AFTER, FALSE},
    {"decline", OSY_SIM_TOSS_FAULT_DECLINE, FALSE},
    {"never", OSY_SIM_TOSS_FAULT_NEVER, TRUE},
    {"duplicate", OSY_SIM_TOSS_FAULT_DUPLICATE, TRUE},
    {"late", OSY_SIM_TOSS_FAULT_LATE, TRUE},
    {"early", OSY_SIM_TOSS_FAULT_EARLY, TRUE},
};

static const char *const ops[] = {"*",       "confirm",      "payment",     "order", "cancel",
                                  "account", "transactions", "settlements", "issue", "receipts",
                                  "revoke",  "webhook",      NULL};

typedef struct {
  const char *op;
  gsize kind; /* in the table */
  const char *code;
  gint64 times; /* left; -1: always */
  gint64 skip;  /* calls that are left alone before */
  gint64 chance;
  gint64 ms;
} Rule;

struct _OsySimTossFaults {
  GArray *rules;
  GRand *rand;
};

OsySimTossFaults *
osy_sim_toss_faults_new (void)
{
  OsySimTossFaults *self = g_new0 (OsySimTossFaults, 1);

  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  self->rand = g_rand_new ();
  return self;
}

void
osy_sim_toss_faults_free (OsySimTossFaults *self)
{
  g_array_unref (self->rules);
  g_rand_free (self->rand);
  g_free (self);
}

static const char *
op_of (const char *name)
{
  for (gsize i = 0; ops[i] != NULL; i++)
    if (g_str_equal (ops[i], name))
      return ops[i];
  return NULL;
}

static const char *
read_rule (JsonObject *wish, Rule *rule)
{
  static const char *const known[] = {"op", "kind", "times", "skip", "chance", "code", "ms", NULL};
  g_autoptr (GList) names = json_object_get_members (wish);
  const char *kind = osy_rest_text (wish, "kind", "");
  const char *code = osy_rest_text (wish, "code", "FAILED_INTERNAL_SYSTEM_PROCESSING");
  const OsySimTossError *error = osy_sim_toss_error_find (code);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return "a rule has op, kind, times, skip, chance, code and ms";
  for (rule->kind = 0; rule->kind < G_N_ELEMENTS (kinds); rule->kind++)
    if (g_str_equal (kinds[rule->kind].name, kind))
      break;
  rule->op = op_of (osy_rest_text (wish, "op", "*"));
  if (rule->op == NULL || rule->kind == G_N_ELEMENTS (kinds) || error == NULL)
    return "there is no such op, kind or code";
  if (kinds[rule->kind].of_webhook != g_str_equal (rule->op, "webhook"))
    return "that kind is not of that op";
  rule->code = error->code;
  rule->times = osy_rest_int (wish, "times", -1);
  rule->skip = osy_rest_int (wish, "skip", 0);
  rule->chance = osy_rest_int (wish, "chance", 100);
  rule->ms = osy_rest_int (wish, "ms", 1000);
  return NULL;
}

const char *
osy_sim_toss_faults_set (OsySimTossFaults *self, JsonObject *wish)
{
  JsonNode *node = json_object_get_member (wish, "rules");
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (Rule));

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return "rules is a list";
  JsonArray *list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonNode *element = json_array_get_element (list, i);
    Rule rule;
    const char *wrong = JSON_NODE_HOLDS_OBJECT (element)
                            ? read_rule (json_node_get_object (element), &rule)
                            : "a rule is an object";
    if (wrong != NULL)
      return wrong;
    g_array_append_val (rules, rule);
  }
  g_array_unref (self->rules);
  self->rules = g_steal_pointer (&rules);
  if (json_object_has_member (wish, "seed"))
    g_rand_set_seed (self->rand, (guint32)osy_rest_int (wish, "seed", 0));
  return NULL;
}

static gboolean
strikes (OsySimTossFaults *self, Rule *rule, const char *op)
{
  gboolean of_call = !kinds[rule->kind].of_webhook && !g_str_equal (op, "webhook");

  if (!g_str_equal (rule->op, op) && !(g_str_equal (rule->op, "*") && of_call))
    return FALSE;
  if (rule->times == 0 || !osy_sim_chance (self->rand, (int)rule->chance))
    return FALSE;
  if (rule->skip > 0) {
    rule->skip--;
    return FALSE;
  }
  rule->times -= rule->times > 0 ? 1 : 0;
  return TRUE;
}

OsySimTossFault
osy_sim_toss_faults_take (OsySimTossFaults *self, const char *op)
{
  OsySimTossFault fault = {OSY_SIM_TOSS_FAULT_NONE};

  for (guint i = 0; i < self->rules->len; i++) {
    Rule *rule = &g_array_index (self->rules, Rule, i);
    if (strikes (self, rule, op)) {
      fault.kind = kinds[rule->kind].kind;
      fault.code = rule->code;
      fault.ms = (guint)rule->ms;
      break;
    }
  }
  return fault;
}

gint64
osy_sim_toss_faults_left (const OsySimTossFaults *self)
{
  gint64 left = 0;

  for (guint i = 0; i < self->rules->len; i++)
    left += MAX (g_array_index (self->rules, Rule, i).times, 0);
  return left;
}
