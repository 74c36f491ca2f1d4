/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Understands the rows of a menu file: which column is what, and what each cell means. */

#include "osy-menu-sheet.h"

#include <string.h>

#include "osy-menu-allergens.h"
#include "osy-menu-file.h"
#include "osy-menu-options.h"
#include "osy-money.h"

#define MAX_REMARKS 500
/* Prices outside are looked at twice, in won. */
#define LEAST_LIKELY 100
#define MOST_LIKELY 1000000

typedef struct {
  OsyMenuColumn column;
  const char *name;
  const char *synonyms; /* as fold_header() leaves them, parted by blanks */
} Header;

static const Header headers[] = {
    {OSY_MENU_COLUMN_CATEGORY, "category",
     "분류 카테고리 구분 메뉴분류 상품분류 category categoryname section"},
    {OSY_MENU_COLUMN_NAME, "name",
     "메뉴명 상품명 메뉴 상품 메뉴이름 상품이름 이름 품명 품목 name item itemname menuname product "
     "productname"},
    {OSY_MENU_COLUMN_NAME_EN, "name_en",
     "영문명 영어명 영문 영어 영문이름 영어이름 영문메뉴명 nameen english englishname"},
    {OSY_MENU_COLUMN_PRICE, "price", "가격 판매가 판매가격 단가 금액 price unitprice sellingprice"},
    {OSY_MENU_COLUMN_DESCRIPTION, "description", "설명 메뉴설명 상품설명 소개 description"},
    {OSY_MENU_COLUMN_OPTIONS, "options",
     "옵션 옵션그룹 선택옵션 옵션목록 options option optiongroups modifiers"},
    {OSY_MENU_COLUMN_ORIGIN, "origin", "원산지 원산지표시 원산지정보 origin countryoforigin"},
    {OSY_MENU_COLUMN_ALLERGENS, "allergens",
     "알레르기 알러지 알레르기정보 알레르기유발물질 알레르기유발식품 allergens allergen allergy"},
    {OSY_MENU_COLUMN_STATION, "station", "조리대 주방 스테이션 조리파트 station kitchen"},
    {OSY_MENU_COLUMN_PREP_MINUTES, "prep_minutes",
     "조리시간 준비시간 prepminutes preptime cooktime cookingtime minutes"},
    {OSY_MENU_COLUMN_TAX_FREE, "tax_free", "면세 면세여부 과세구분 taxfree taxclass taxexempt"},
    {OSY_MENU_COLUMN_SOLD_OUT, "sold_out", "품절 품절여부 판매상태 soldout status"},
    {OSY_MENU_COLUMN_CODE, "code", "코드 상품코드 메뉴코드 바코드 code barcode plu sku"},
    {OSY_MENU_COLUMN_KITCHEN_NAME, "kitchen_name", "주방명 주방이름 주방표시명 kitchenname"},
};
G_STATIC_ASSERT (G_N_ELEMENTS (headers) == OSY_MENU_N_COLUMNS);

typedef struct {
  OsyMenuSheet *sheet;
  const OsyMenuCsvRow *header;
  const OsyMenuCsvRow *row; /* being read */
  char *category;           /* of the row above */
  GHashTable *seen;         /* category + name → row number */
  GHashTable *codes;        /* code → row number */
  guint kept;               /* of the row being read */
} Reading;

const char *
osy_menu_column_name (OsyMenuColumn column)
{
  return headers[column].name;
}

int
osy_menu_column_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (g_strcmp0 (headers[i].name, name) == 0)
      return (int)i;
  return -1;
}

static void
remark_free (OsyMenuRemark *self)
{
  g_free (self->column);
  g_free (self->code);
  g_free (self->detail);
  g_free (self);
}

static void
sheet_row_free (OsyMenuSheetRow *self)
{
  g_free (self->category);
  g_free (self->name);
  g_free (self->name_en);
  g_free (self->description);
  g_free (self->origin);
  g_free (self->station);
  g_free (self->code);
  g_free (self->kitchen_name);
  g_strfreev (self->allergens);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuSheetRow, sheet_row_free)

void
osy_menu_sheet_free (OsyMenuSheet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->errors);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/* ---- header ---- */

/* "조리시간 (분)" → "조리시간": lower case, without blanks, marks and brackets. */
static char *
fold_header (const char *text)
{
  g_autofree char *lower = g_utf8_casefold (text, -1);
  GString *out = g_string_new (NULL);
  guint depth = 0;

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == '(' || c == 0xff08)
      depth++;
    else if (c == ')' || c == 0xff09)
      depth = depth > 0 ? depth - 1 : 0;
    else if (depth == 0 && g_unichar_isalnum (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static int
find_column (const char *text)
{
  g_autofree char *folded = fold_header (text);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_auto (GStrv) synonyms = g_strsplit (headers[i].synonyms, " ", -1);
    if (g_strv_contains ((const char *const *)synonyms, folded))
      return (int)headers[i].column;
  }
  return -1;
}

/* A header with a known word in it: "판매가(VAT포함)" holds 판매가. The longest word says which. */
static int
guess_column (const char *text)
{
  g_autofree char *folded = fold_header (text);
  gsize best = 0;
  int column = -1;

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_auto (GStrv) synonyms = g_strsplit (headers[i].synonyms, " ", -1);
    for (char **one = synonyms; *one != NULL; one++)
      if (strlen (*one) > best && strstr (folded, *one) != NULL) {
        best = strlen (*one);
        column = (int)headers[i].column;
      }
  }
  return column;
}

/* What a remark is about: a cell, or a row when there is no column. */
typedef struct {
  OsyMenuSheet *sheet;
  guint row;
  const char *header; /* nullable */
  int column;         /* -1: none */
} Place;

static void
add_remark (const Place *place, OsyMenuSeverity severity, const char *code, const char *detail)
{
  OsyMenuSheet *sheet = place->sheet;
  GPtrArray *list = severity == OSY_MENU_REMARK_ERROR ? sheet->errors : sheet->warnings;

  if (list->len >= MAX_REMARKS)
    return;
  OsyMenuRemark *remark = g_new0 (OsyMenuRemark, 1);
  remark->severity = severity;
  remark->row = place->row;
  remark->column = g_strdup (place->header);
  remark->field = place->column >= 0 ? headers[place->column].name : NULL;
  remark->code = g_strdup (code);
  remark->detail = g_strdup (detail);
  g_ptr_array_add (list, remark);
}

static void G_GNUC_PRINTF (4, 5)
    remark (const Place *place, OsyMenuSeverity severity, const char *code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *detail = g_strdup_vprintf (format, args);
  va_end (args);
  add_remark (place, severity, code, detail);
}

void
osy_menu_sheet_warn (OsyMenuSheet *self, guint row, const char *code, const char *detail)
{
  add_remark (&(Place){self, row, NULL, -1}, OSY_MENU_REMARK_WARNING, code, detail);
}

/* Exact names first; then the columns left over may stand for what is still wanted. */
static void
match_columns (Reading *self)
{
  OsyMenuSheet *sheet = self->sheet;
  const OsyMenuCsvRow *row = self->header;

  for (guint i = 0; i < row->cells->len; i++) {
    const char *text = g_ptr_array_index (row->cells, i);
    int column = find_column (text);
    Place place = {sheet, row->number, text, column};
    if (column >= 0 && sheet->at[column] >= 0)
      remark (&place, OSY_MENU_REMARK_ERROR, "DUPLICATE_COLUMN",
              "two columns mean the same; take “%s” out.", text);
    else if (column >= 0)
      sheet->at[column] = (int)i;
  }
  for (guint i = 0; i < row->cells->len; i++) {
    const char *text = g_ptr_array_index (row->cells, i);
    if (*text == '\0' || find_column (text) >= 0)
      continue;
    int column = guess_column (text);
    Place place = {sheet, row->number, text, column};
    if (column >= 0 && sheet->at[column] < 0) {
      sheet->at[column] = (int)i;
      remark (&place, OSY_MENU_REMARK_DOUBT, "GUESSED_COLUMN", "the column “%s” is taken for %s.",
              text, headers[column].name);
    } else {
      place.column = -1;
      remark (&place, OSY_MENU_REMARK_DOUBT, "UNKNOWN_COLUMN",
              "the column “%s” is not known and is left out.", text);
    }
  }
}

static void
read_header (Reading *self)
{
  static const OsyMenuColumn required[] = {OSY_MENU_COLUMN_CATEGORY, OSY_MENU_COLUMN_NAME,
                                           OSY_MENU_COLUMN_PRICE};
  static const char *const korean[] = {"분류", "메뉴명", "가격"};

  match_columns (self);
  for (guint i = 0; i < G_N_ELEMENTS (required); i++) {
    Place place = {self->sheet, self->header->number, NULL, (int)required[i]};
    if (self->sheet->at[required[i]] < 0)
      remark (&place, OSY_MENU_REMARK_ERROR, "MISSING_COLUMN",
              "there is no column “%s” (%s); add it to the first row.", korean[i],
              headers[required[i]].name);
  }
}

/* ---- cells ---- */

/* Without its category, name and price a row says nothing. */
static gboolean
is_kept (OsyMenuColumn column, const char *text)
{
  return column != OSY_MENU_COLUMN_CATEGORY && column != OSY_MENU_COLUMN_NAME &&
         column != OSY_MENU_COLUMN_PRICE &&
         (strcmp (text, OSY_MENU_KEEP) == 0 || strcmp (text, "(unchanged)") == 0);
}

/* The cell, "" when the row is short, the file has no such column, or what is there is kept. */
static const char *
cell_of (Reading *self, OsyMenuColumn column)
{
  int at = self->sheet->at[column];
  const char *text =
      at >= 0 && (guint)at < self->row->cells->len ? g_ptr_array_index (self->row->cells, at) : "";

  if (!is_kept (column, text))
    return text;
  self->kept |= 1u << column;
  return "";
}

static Place
place_of (Reading *self, OsyMenuColumn column)
{
  int at = self->sheet->at[column];
  const char *header = at >= 0 ? g_ptr_array_index (self->header->cells, at) : NULL;

  return (Place){self->sheet, self->row->number, header, (int)column};
}

static void
fault (Reading *self, OsyMenuColumn column, const char *code, const char *detail)
{
  Place place = place_of (self, column);

  add_remark (&place, OSY_MENU_REMARK_ERROR, code, detail);
}

/* A cell of one line; NULL when empty. */
static char *
line_of (Reading *self, OsyMenuColumn column, glong max)
{
  g_autofree char *line = osy_menu_fold_line (cell_of (self, column));

  if (g_utf8_strlen (line, -1) > max) {
    g_autofree char *detail =
        g_strdup_printf ("there are more than %ld characters; shorten it.", max);
    fault (self, column, "TOO_LONG", detail);
  }
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

static int
find_word (const char *text, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  g_autofree char *folded = fold_header (text);

  return g_strv_contains ((const char *const *)list, folded);
}

/* 1, 0; -1 for a blank cell; -2 with a fault. */
static int
flag_of (Reading *self, OsyMenuColumn column, const char *yes, const char *no)
{
  const char *text = cell_of (self, column);

  if (*text == '\0')
    return -1;
  if (find_word (text, yes))
    return 1;
  if (find_word (text, no))
    return 0;
  g_autofree char *detail = g_strdup_printf ("“%s” is neither yes nor no; write Y or N.", text);
  fault (self, column, "FLAG", detail);
  return -2;
}

static gboolean
is_price (const char *text, gint64 *price)
{
  return osy_money_parse (text, price) && *price <= OSY_MENU_MAX_PRICE;
}

/* The one number in a text such as "약 4,500" or "4500원~"; not in "4500~5000", "-500", "45OO" or
 * "5천", which is another number. */
static gboolean
find_price (const char *text, gint64 *price)
{
  static const char digits[] = "0123456789,";
  const char *start = text + strcspn (text, digits);
  const char *end = start + strspn (start, digits);
  const char *unit = end + strspn (end, " ");
  g_autofree char *number = g_strndup (start, (gsize)(end - start));
  gboolean glued = start > text && g_ascii_isalpha (start[-1]);

  if (g_unichar_isalpha (g_utf8_get_char (unit)) && !g_str_has_prefix (unit, "원") &&
      g_ascii_strncasecmp (unit, "won", 3) != 0)
    return FALSE;
  return !glued && strpbrk (text, "-%.") == NULL && strstr (text, "−") == NULL &&
         end[strcspn (end, digits)] == '\0' && is_price (number, price);
}

static void
read_price (Reading *self, OsyMenuSheetRow *item)
{
  const char *text = cell_of (self, OSY_MENU_COLUMN_PRICE);
  Place place = place_of (self, OSY_MENU_COLUMN_PRICE);

  if (*text == '\0') {
    remark (&place, OSY_MENU_REMARK_ERROR, "PRICE", "the price is missing.");
  } else if (!is_price (text, &item->price)) {
    if (find_price (text, &item->price))
      remark (&place, OSY_MENU_REMARK_DOUBT, "ODD_PRICE",
              "“%s” is read as %" G_GINT64_FORMAT " won.", text, item->price);
    else
      remark (&place, OSY_MENU_REMARK_ERROR, "PRICE",
              "“%s” is not a price; write it like 4500 or 4,500원.", text);
  } else if (item->price < LEAST_LIKELY || item->price > MOST_LIKELY) {
    remark (&place, OSY_MENU_REMARK_DOUBT, "UNLIKELY_PRICE",
            "%" G_GINT64_FORMAT " won is an unlikely price.", item->price);
  }
}

static void
read_prep_minutes (Reading *self, OsyMenuSheetRow *item)
{
  g_autofree char *text = g_strdup (cell_of (self, OSY_MENU_COLUMN_PREP_MINUTES));
  guint64 minutes = 0;

  if (*text == '\0')
    return;
  if (g_str_has_suffix (text, "분"))
    text[strlen (text) - strlen ("분")] = '\0';
  if (g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, 999, &minutes, NULL))
    item->prep_minutes = (int)minutes;
  else
    fault (self, OSY_MENU_COLUMN_PREP_MINUTES, "MINUTES",
           "the minutes must be a whole number from 0 to 999.");
}

static void
read_options (Reading *self, OsyMenuSheetRow *item)
{
  g_autoptr (GError) error = NULL;

  item->groups = osy_menu_options_parse (cell_of (self, OSY_MENU_COLUMN_OPTIONS), &error);
  if (item->groups != NULL)
    return;
  item->groups = g_ptr_array_new ();
  fault (self, OSY_MENU_COLUMN_OPTIONS, "OPTIONS", error->message);
}

/* Food Sanitation rules: what must be named when it is in the dish, or said not to be in it. */
static gboolean
is_known_allergen (const char *text)
{
  gboolean none = g_str_has_suffix (text, OSY_MENU_ALLERGEN_NONE);
  g_autofree char *what =
      g_strndup (text, strlen (text) - (none ? strlen (OSY_MENU_ALLERGEN_NONE) : 0));

  return find_word (what,
                    "난류 계란 우유 메밀 땅콩 대두 콩 밀 고등어 게 새우 돼지고기 복숭아 토마토 "
                    "아황산류 호두 닭고기 쇠고기 소고기 오징어 조개류 굴 전복 홍합 잣");
}

static void
read_allergens (Reading *self, OsyMenuSheetRow *item)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_auto (GStrv) parts = g_strsplit_set (cell_of (self, OSY_MENU_COLUMN_ALLERGENS), ",;/\n", -1);
  Place place = place_of (self, OSY_MENU_COLUMN_ALLERGENS);

  for (char **part = parts; *part != NULL; part++) {
    char *one = g_strstrip (*part);
    if (*one == '\0' || g_ptr_array_find_with_equal_func (list, one, g_str_equal, NULL))
      continue;
    if (g_utf8_strlen (one, -1) > OSY_MENU_MAX_NAME || list->len >= 50) {
      fault (self, OSY_MENU_COLUMN_ALLERGENS, "TOO_LONG",
             "the allergens are too many or too long.");
      break;
    }
    if (!is_known_allergen (one))
      remark (&place, OSY_MENU_REMARK_DOUBT, "UNKNOWN_ALLERGEN",
              "“%s” is not one of the allergens the law lists.", one);
    g_ptr_array_add (list, one);
  }
  g_ptr_array_add (list, NULL);
  item->allergens = g_strdupv ((char **)list->pdata);
}

static void
read_category (Reading *self, OsyMenuSheetRow *item)
{
  char *category = line_of (self, OSY_MENU_COLUMN_CATEGORY, OSY_MENU_MAX_NAME);

  if (category != NULL) {
    g_free (self->category);
    self->category = category;
  }
  item->category = g_strdup (self->category);
  if (item->category == NULL)
    fault (self, OSY_MENU_COLUMN_CATEGORY, "CATEGORY", "the category is missing.");
}

/* @key: (transfer full): what only one row may have. */
static void
check_single (Reading *self, OsyMenuColumn column, GHashTable *seen, char *key, const char *shown)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));
  Place place = place_of (self, column);

  if (first == 0) {
    g_hash_table_insert (seen, key, GUINT_TO_POINTER (self->row->number));
    return;
  }
  remark (&place, OSY_MENU_REMARK_ERROR, "DUPLICATE", "“%s” already stands in row %u.", shown,
          first);
  g_free (key);
}

static void
check_name (Reading *self, OsyMenuSheetRow *item)
{
  Place place = place_of (self, OSY_MENU_COLUMN_NAME);

  if (item->name == NULL) {
    remark (&place, OSY_MENU_REMARK_ERROR, "NAME", "the name is missing.");
    return;
  }
  if (strchr ("=+-@", *item->name) != NULL)
    remark (&place, OSY_MENU_REMARK_DOUBT, "FORMULA",
            "“%s” looks like a formula and is kept as plain text.", item->name);
  check_single (self, OSY_MENU_COLUMN_NAME, self->seen,
                g_strconcat (item->category ? item->category : "", "\n", item->name, NULL),
                item->name);
}

static void
read_row (Reading *self)
{
  g_autoptr (OsyMenuSheetRow) item = g_new0 (OsyMenuSheetRow, 1);
  guint errors_before = self->sheet->errors->len;

  item->row = self->row->number;
  self->kept = 0;
  read_category (self, item);
  item->name = line_of (self, OSY_MENU_COLUMN_NAME, OSY_MENU_MAX_NAME);
  check_name (self, item);
  read_price (self, item);
  item->name_en = line_of (self, OSY_MENU_COLUMN_NAME_EN, OSY_MENU_MAX_NAME);
  item->description = line_of (self, OSY_MENU_COLUMN_DESCRIPTION, 500);
  item->origin = line_of (self, OSY_MENU_COLUMN_ORIGIN, 500);
  item->station = line_of (self, OSY_MENU_COLUMN_STATION, OSY_MENU_MAX_NAME);
  item->kitchen_name = line_of (self, OSY_MENU_COLUMN_KITCHEN_NAME, OSY_MENU_MAX_NAME);
  item->code = line_of (self, OSY_MENU_COLUMN_CODE, OSY_MENU_MAX_CODE);
  if (item->code != NULL)
    check_single (self, OSY_MENU_COLUMN_CODE, self->codes, g_strdup (item->code), item->code);
  read_options (self, item);
  read_allergens (self, item);
  read_prep_minutes (self, item);
  item->tax_free = flag_of (self, OSY_MENU_COLUMN_TAX_FREE, "y yes o 예 네 1 true 면세 taxfree",
                            "n no x 아니오 아니요 0 false 과세 taxed") == 1;
  item->sold_out = flag_of (self, OSY_MENU_COLUMN_SOLD_OUT, "품절 y yes o 예 네 1 true soldout",
                            "판매 판매중 n no x 아니오 아니요 0 false available");
  item->kept = self->kept;
  if (self->sheet->errors->len == errors_before)
    g_ptr_array_add (self->sheet->rows, g_steal_pointer (&item));
}

OsyMenuSheet *
osy_menu_sheet_read (const OsyMenuCsv *csv)
{
  OsyMenuSheet *sheet = g_new0 (OsyMenuSheet, 1);
  Reading self = {.sheet = sheet};

  sheet->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)sheet_row_free);
  sheet->errors = g_ptr_array_new_with_free_func ((GDestroyNotify)remark_free);
  sheet->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify)remark_free);
  for (guint i = 0; i < OSY_MENU_N_COLUMNS; i++)
    sheet->at[i] = -1;
  if (csv->rows->len == 0) {
    remark (&(Place){sheet, 1, NULL, -1}, OSY_MENU_REMARK_ERROR, "EMPTY",
            "the file is empty; the first row names the columns.");
    return sheet;
  }
  self.header = g_ptr_array_index (csv->rows, 0);
  self.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read_header (&self);
  if (csv->sheet != NULL)
    remark (&(Place){sheet, 1, NULL, -1}, OSY_MENU_REMARK_DOUBT, "OTHER_SHEETS",
            "the workbook has several sheets; only “%s” is read.", csv->sheet);
  for (guint i = 1; i < csv->rows->len && self.sheet->errors->len < MAX_REMARKS; i++) {
    self.row = g_ptr_array_index (csv->rows, i);
    /* Without its columns a row says nothing. */
    if (sheet->at[OSY_MENU_COLUMN_NAME] >= 0 && sheet->at[OSY_MENU_COLUMN_PRICE] >= 0)
      read_row (&self);
  }
  g_hash_table_unref (self.seen);
  g_hash_table_unref (self.codes);
  g_free (self.category);
  return sheet;
}
