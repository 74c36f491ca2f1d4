/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Strict JSON: json-glib accepts what is no JSON, crashes on deep nesting and cuts numbers, so
 * nothing reaches it before this validator has read the whole text. One pass over the bytes with
 * a stack of its own; names are compared by sorting, so no input can make that slow. */

#include "osy-json.h"

#include <string.h>

#include "osy-error.h"

#define MAX_DEPTH 32
#define MAX_MEMBERS 1000
#define MAX_DIGITS 15
#define MAX_EXPONENT 300
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

/* A member name of an object that is still open; its decoded bytes lie in the arena. */
typedef struct {
  gsize start;
  gsize len;
  gsize offset;
} Name;

typedef struct {
  const char *start;
  const char *p;
  const char *end;
  OsyJsonMode mode;
  GByteArray *open; /* '[' or '{' of every open container */
  guint first_name[MAX_DEPTH];
  GArray *names;
  GString *arena;
  gboolean keep; /* the string being read is a name */
  const char *rule;
  const char *detail;
  gsize fault_at;
} Reading;

typedef enum {
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_NAME,
  EXPECT_NAME_OR_END,
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expect;

static gboolean
refuse_at (Reading *r, gsize offset, const char *rule, const char *detail)
{
  r->rule = rule;
  r->detail = detail;
  r->fault_at = offset;
  return FALSE;
}

static gboolean
refuse (Reading *r, const char *rule, const char *detail)
{
  return refuse_at (r, (gsize)(r->p - r->start), rule, detail);
}

static void
skip_blank (Reading *r)
{
  while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t'))
    r->p++;
}

/* ---- strings ---- */

static void
keep_char (Reading *r, gunichar c)
{
  /* A lone surrogate passes the grammar and is no character; names are kept under policy only. */
  if (r->keep)
    g_string_append_unichar (r->arena, c);
}

static gboolean
read_hex4 (Reading *r, gunichar *ret)
{
  *ret = 0;
  for (int i = 0; i < 4; i++, r->p++) {
    int digit = r->p < r->end ? g_ascii_xdigit_value (*r->p) : -1;
    if (digit < 0)
      return refuse (r, "SYNTAX", "\\u needs four hexadecimal digits");
    *ret = *ret << 4 | (gunichar)digit;
  }
  return TRUE;
}

/* After "\u". */
static gboolean
read_unicode_escape (Reading *r)
{
  gunichar high, low;

  if (!read_hex4 (r, &high))
    return FALSE;
  if (r->mode == OSY_JSON_GRAMMAR)
    return TRUE;
  if (high == 0)
    return refuse (r, "NUL", "the character U+0000 is not allowed");
  if (high < 0xd800 || high > 0xdfff) {
    keep_char (r, high);
    return TRUE;
  }
  if (high > 0xdbff || r->end - r->p < 2 || r->p[0] != '\\' || r->p[1] != 'u')
    return refuse (r, "SURROGATE", "a lone surrogate is not a character");
  r->p += 2;
  if (!read_hex4 (r, &low))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    return refuse (r, "SURROGATE", "a lone surrogate is not a character");
  keep_char (r, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
  return TRUE;
}

/* After the backslash. */
static gboolean
read_escape (Reading *r)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";

  if (r->p == r->end)
    return refuse (r, "SYNTAX", "the text ends inside a string");
  char c = *r->p;
  if (c == 'u') {
    r->p++;
    return read_unicode_escape (r);
  }
  const char *at = memchr (letters, c, sizeof letters - 1);
  if (at == NULL)
    return refuse (r, "SYNTAX", "unknown escape in a string");
  r->p++;
  keep_char (r, (guchar)meanings[at - letters]);
  return TRUE;
}

static gboolean
read_utf8 (Reading *r)
{
  gunichar c = g_utf8_get_char_validated (r->p, r->end - r->p);

  if (c == (gunichar)-1 || c == (gunichar)-2)
    return refuse (r, "UTF8", "the text is not valid UTF-8");
  keep_char (r, c);
  r->p = g_utf8_next_char (r->p);
  return TRUE;
}

static gboolean
read_string (Reading *r)
{
  for (r->p++; r->p < r->end;) {
    guchar c = (guchar)*r->p;
    if (c == '"') {
      r->p++;
      return TRUE;
    }
    if (c < 0x20)
      return refuse (r, "SYNTAX", "control characters in strings must be escaped");
    if (c >= 0x80) {
      if (!read_utf8 (r))
        return FALSE;
      continue;
    }
    r->p++;
    if (c != '\\')
      keep_char (r, c);
    else if (!read_escape (r))
      return FALSE;
  }
  return refuse (r, "SYNTAX", "the text ends inside a string");
}

static gboolean
read_name (Reading *r)
{
  gsize offset = (gsize)(r->p - r->start);

  if (r->mode == OSY_JSON_GRAMMAR)
    return read_string (r);
  if (r->names->len - r->first_name[r->open->len - 1] >= MAX_MEMBERS)
    return refuse (r, "MEMBERS", "an object has more than 1,000 members");
  Name name = {.start = r->arena->len, .offset = offset};
  r->keep = TRUE;
  gboolean good = read_string (r);
  r->keep = FALSE;
  name.len = r->arena->len - name.start;
  g_array_append_val (r->names, name);
  return good;
}

/* ---- numbers and words ---- */

static guint
read_digits (Reading *r)
{
  const char *from = r->p;

  while (r->p < r->end && g_ascii_isdigit (*r->p))
    r->p++;
  return (guint)MIN (r->p - from, G_MAXINT);
}

static gboolean
check_integer (Reading *r, const char *from)
{
  gint64 value = 0;

  for (const char *p = *from == '-' ? from + 1 : from; p < r->p; p++) {
    value = value * 10 + (*p - '0');
    if (value > MAX_INTEGER)
      return refuse (r, "NUMBER", "an integer lies beyond 2^53");
  }
  return TRUE;
}

static gboolean
read_exponent (Reading *r, int *ret)
{
  gboolean negative = FALSE;
  int exponent = 0;

  r->p++;
  if (r->p < r->end && (*r->p == '+' || *r->p == '-'))
    negative = *r->p++ == '-';
  const char *from = r->p;
  if (read_digits (r) == 0)
    return refuse (r, "SYNTAX", "an exponent has no digits");
  for (const char *p = from; p < r->p && exponent <= MAX_EXPONENT; p++)
    exponent = exponent * 10 + (*p - '0');
  if (r->mode == OSY_JSON_POLICY && exponent > MAX_EXPONENT)
    return refuse (r, "NUMBER", "an exponent is too large");
  *ret = negative ? -exponent : exponent;
  return TRUE;
}

/* Zeros before the first other digit only place the point. */
static guint
count_significant (const char *p, const char *end)
{
  guint digits = 0;

  for (; p < end; p++)
    if (g_ascii_isdigit (*p) && (*p != '0' || digits > 0))
      digits++;
  return digits;
}

/* The power of ten of the first digit that is not zero. */
static int
find_magnitude (const char *p, const char *end)
{
  const char *point = p;
  const char *first = p;

  while (point < end && *point != '.')
    point++;
  while (first < end && (*first == '0' || *first == '.'))
    first++;
  return (int)(first < point ? point - first - 1 : point - first);
}

/* As it would be printed, so that what is read can be read again. */
static gboolean
check_fraction (Reading *r, guint digits, int magnitude)
{
  if (digits > MAX_DIGITS)
    return refuse (r, "NUMBER", "a number has more than 15 digits");
  if (digits > 0 && ABS (magnitude) > MAX_EXPONENT)
    return refuse (r, "NUMBER", "a number is too large or too small");
  return TRUE;
}

static gboolean
read_number (Reading *r)
{
  const char *from = r->p;
  gboolean integer = TRUE;
  int exponent = 0;

  if (*r->p == '-')
    r->p++;
  const char *first = r->p;
  guint digits = read_digits (r);
  if (digits == 0)
    return refuse (r, "SYNTAX", "a number has no digits");
  if (*first == '0' && digits > 1)
    return refuse (r, "SYNTAX", "a number begins with 0");
  if (r->p < r->end && *r->p == '.') {
    integer = FALSE;
    r->p++;
    if (read_digits (r) == 0)
      return refuse (r, "SYNTAX", "a fraction has no digits");
  }
  digits = count_significant (first, r->p);
  int magnitude = find_magnitude (first, r->p);
  if (r->p < r->end && (*r->p == 'e' || *r->p == 'E')) {
    integer = FALSE;
    if (!read_exponent (r, &exponent))
      return FALSE;
  }
  if (r->mode == OSY_JSON_GRAMMAR)
    return TRUE;
  if (integer)
    return check_integer (r, from);
  return check_fraction (r, digits, exponent + magnitude);
}

static gboolean
read_word (Reading *r, const char *word)
{
  gsize len = strlen (word);

  if ((gsize)(r->end - r->p) < len || memcmp (r->p, word, len) != 0)
    return refuse (r, "SYNTAX", "a value is expected");
  r->p += len;
  return TRUE;
}

static gboolean
read_scalar (Reading *r)
{
  switch (*r->p) {
  case '"': return read_string (r);
  case 't': return read_word (r, "true");
  case 'f': return read_word (r, "false");
  case 'n': return read_word (r, "null");
  default:
    if (*r->p == '-' || g_ascii_isdigit (*r->p))
      return read_number (r);
    return refuse (r, "SYNTAX", "a value is expected");
  }
}

/* ---- containers ---- */

static gboolean
open_container (Reading *r)
{
  if (r->mode == OSY_JSON_POLICY) {
    if (r->open->len >= MAX_DEPTH)
      return refuse (r, "DEPTH", "the nesting is deeper than 32");
    r->first_name[r->open->len] = r->names->len;
  }
  g_byte_array_append (r->open, (const guint8 *)r->p, 1);
  r->p++;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer arena)
{
  const Name *x = a, *y = b;
  const char *bytes = ((const GString *)arena)->str;
  int order = memcmp (bytes + x->start, bytes + y->start, MIN (x->len, y->len));

  return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* The names of the innermost object, which ends here. */
static gboolean
close_names (Reading *r)
{
  guint first = r->first_name[r->open->len - 1];
  guint n = r->names->len - first;

  if (n == 0)
    return TRUE;
  Name *names = &g_array_index (r->names, Name, first);
  gsize arena_start = names[0].start;
  if (n > 1)
    g_qsort_with_data (names, (int)n, sizeof (Name), compare_names, r->arena);
  for (guint i = 1; i < n; i++)
    if (compare_names (&names[i - 1], &names[i], r->arena) == 0)
      return refuse_at (r, MAX (names[i - 1].offset, names[i].offset), "DUPLICATE_NAME",
                        "an object has the same member twice");
  g_string_truncate (r->arena, arena_start);
  g_array_set_size (r->names, first);
  return TRUE;
}

static gboolean
close_container (Reading *r)
{
  char opener = (char)r->open->data[r->open->len - 1];

  if (*r->p != (opener == '{' ? '}' : ']'))
    return refuse (r, "SYNTAX", "a comma or the closing bracket is expected");
  if (opener == '{' && r->mode == OSY_JSON_POLICY && !close_names (r))
    return FALSE;
  g_byte_array_set_size (r->open, r->open->len - 1);
  r->p++;
  return TRUE;
}

static Expect
after_value (Reading *r)
{
  return r->open->len > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static gboolean
step_value (Reading *r, Expect *expect)
{
  if (*r->p == '[' || *r->p == '{') {
    *expect = *r->p == '[' ? EXPECT_VALUE_OR_END : EXPECT_NAME_OR_END;
    return open_container (r);
  }
  *expect = after_value (r);
  return read_scalar (r);
}

static gboolean
step_end (Reading *r, Expect *expect)
{
  if (!close_container (r))
    return FALSE;
  *expect = after_value (r);
  return TRUE;
}

static gboolean
step_comma (Reading *r, Expect *expect)
{
  if (*r->p != ',')
    return step_end (r, expect);
  *expect = r->open->data[r->open->len - 1] == '{' ? EXPECT_NAME : EXPECT_VALUE;
  r->p++;
  return TRUE;
}

static gboolean
step_name (Reading *r, Expect *expect)
{
  if (*r->p != '"')
    return refuse (r, "SYNTAX", "a member name in double quotes is expected");
  *expect = EXPECT_COLON;
  return read_name (r);
}

/* One token at r->p, which is no blank. */
static gboolean
step (Reading *r, Expect *expect)
{
  switch (*expect) {
  case EXPECT_VALUE: return step_value (r, expect);
  case EXPECT_VALUE_OR_END: return *r->p == ']' ? step_end (r, expect) : step_value (r, expect);
  case EXPECT_NAME: return step_name (r, expect);
  case EXPECT_NAME_OR_END: return *r->p == '}' ? step_end (r, expect) : step_name (r, expect);
  case EXPECT_COLON:
    if (*r->p != ':')
      return refuse (r, "SYNTAX", "a colon is expected");
    r->p++;
    *expect = EXPECT_VALUE;
    return TRUE;
  case EXPECT_COMMA_OR_END: return step_comma (r, expect);
  case EXPECT_NOTHING:
  default: return refuse (r, "SYNTAX", "something follows the value");
  }
}

static gboolean
read_document (Reading *r)
{
  Expect expect = EXPECT_VALUE;

  skip_blank (r);
  if (r->p == r->end)
    return refuse (r, "EMPTY", "the text is empty");
  for (; r->p < r->end; skip_blank (r))
    if (!step (r, &expect))
      return FALSE;
  return expect == EXPECT_NOTHING || refuse (r, "SYNTAX", "the text ends too early");
}

gboolean
osy_json_validate (const char *text, gsize len, OsyJsonMode mode, GError **error)
{
  g_return_val_if_fail (text != NULL || len == 0, FALSE);

  const char *start = text != NULL ? text : "";
  g_autoptr (GByteArray) open = g_byte_array_sized_new (MAX_DEPTH);
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_autoptr (GString) arena = g_string_new (NULL);
  Reading reading = {
      .start = start,
      .p = start,
      .end = start + len,
      .mode = mode,
      .open = open,
      .names = names,
      .arena = arena,
  };

  if (read_document (&reading))
    return TRUE;
  g_autoptr (GError) local =
      g_error_new (OSY_ERROR, OSY_ERROR_INVALID_JSON, "The JSON is not valid at byte %zu: %s.",
                   reading.fault_at, reading.detail);
  osy_error_add_field (local, "", reading.rule, local->message);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

JsonNode *
osy_json_parse (const char *text, gsize len, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local = NULL;

  if (!osy_json_validate (text, len, OSY_JSON_POLICY, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, (gssize)len, &local)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_JSON, "The JSON cannot be read: %s",
                 local->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}

JsonNode *
osy_json_take_object (JsonObject *object)
{
  /* json_node_init_object() would take a reference of its own. */
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}
