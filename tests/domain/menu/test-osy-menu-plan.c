/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Menu files against menus: both samples, shared groups, faults by row, and what stays alone. */

#include <string.h>

#include "osy-error.h"
#include "osy-menu-fixture.h"
#include "osy-menu-plan.h"

#define NOW G_GINT64_CONSTANT (1800000000000000)
#define HEADER "분류,메뉴명,가격,옵션\n"

typedef struct {
  OsyMenuCsv *csv;
  OsyMenuSheet *sheet;
  OsyMenuPlan *plan; /* NULL when the sheet has errors */
} Result;

static void
result_clear (Result *self)
{
  osy_menu_plan_free (self->plan);
  osy_menu_sheet_free (self->sheet);
  osy_menu_csv_free (self->csv);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static Result
plan_bytes (OsyMenu *menu, const char *data, gsize len)
{
  g_autoptr (GError) error = NULL;
  Result result = {osy_menu_csv_parse (data, len, &error), NULL, NULL};

  g_assert_no_error (error);
  result.sheet = osy_menu_sheet_read (result.csv);
  if (result.sheet->errors->len == 0)
    result.plan = osy_menu_plan_new (menu, result.sheet, NOW);
  return result;
}

static Result
plan_text (OsyMenu *menu, const char *text)
{
  return plan_bytes (menu, text, strlen (text));
}

static Result
plan_sample (const char *name)
{
  g_autoptr (OsyMenu) menu = osy_menu_new (osy_menu_data_new (ID_SHOP, 0), NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  g_file_get_contents (path, &data, &len, &error);
  g_assert_no_error (error);
  return plan_bytes (menu, data, len);
}

static OsyMenu *
fixture (void)
{
  return osy_menu_new (fixture_menu_data (NOW), NULL);
}

static guint
count_code (GPtrArray *remarks, const char *code)
{
  guint n = 0;

  for (guint i = 0; i < remarks->len; i++)
    n += g_str_equal (((OsyMenuRemark *)g_ptr_array_index (remarks, i))->code, code);
  return n;
}

static OsyMenuItem *
planned (const Result *result, const char *name)
{
  for (guint i = 0; i < result->plan->items->len; i++) {
    OsyMenuItem *item = g_ptr_array_index (result->plan->items, i);
    if (g_str_equal (item->name, name))
      return item;
  }
  return NULL;
}

static gint64
general_price (GPtrArray *prices)
{
  gint64 won = -1;

  return osy_menu_price_general (prices, NOW, &won) ? won : -1;
}

static void
test_bunsik (void)
{
  g_auto (Result) result = plan_sample ("menu-bunsik.csv");

  g_assert_nonnull (result.plan);
  g_assert_cmpstr (result.csv->encoding, ==, "UTF-8");
  g_assert_cmpuint (result.plan->created, ==, 20);
  g_assert_cmpuint (result.plan->changed + result.plan->unchanged, ==, 0);
  g_assert_cmpuint (result.plan->categories->len, ==, 6);
  /* 라면, 비빔국수, 콜라, 사이다 name no origin */
  g_assert_cmpuint (count_code (result.sheet->warnings, "MISSING_ORIGIN"), ==, 4);
  g_assert_cmpuint (result.sheet->warnings->len, ==, 4);
  OsyMenuItem *tteok = planned (&result, "떡볶이");
  g_assert_cmpstr (tteok->name_en, ==, "Tteokbokki");
  g_assert_cmpint (general_price (tteok->prices), ==, 4500);
  g_assert_cmpuint (tteok->groups->len, ==, 3);
  g_assert_cmpstr (tteok->station, ==, "불판");
  g_assert_cmpint (tteok->prep_minutes, ==, 8);
  g_assert_cmpuint (g_strv_length (tteok->allergens), ==, 3);
  const OsyMenuGroup *topping = g_ptr_array_index (tteok->groups, 2);
  g_assert_cmpstr (topping->name, ==, "토핑");
  g_assert_cmpint (topping->max, ==, 3);
  const OsyMenuOption *dumplings = g_ptr_array_index (topping->options, 3);
  g_assert_cmpstr (dumplings->name, ==, "만두 2개");
  g_assert_cmpint (general_price (dumplings->prices), ==, 1000);
  /* the same spiciness on two dishes is one group, another list of the same name is not */
  g_assert_true (g_ptr_array_index (planned (&result, "로제떡볶이")->groups, 0) ==
                 g_ptr_array_index (planned (&result, "라볶이")->groups, 0));
  g_assert_true (g_ptr_array_index (tteok->groups, 0) !=
                 g_ptr_array_index (planned (&result, "라볶이")->groups, 0));
}

static void
test_cafe (void)
{
  g_auto (Result) result = plan_sample ("menu-cafe-cp949.csv");

  g_assert_nonnull (result.plan);
  g_assert_cmpstr (result.csv->encoding, ==, "CP949");
  g_assert_cmpuint (result.plan->created, ==, 10);
  g_assert_cmpuint (result.plan->categories->len, ==, 4);
  g_assert_cmpuint (count_code (result.sheet->warnings, "MISSING_ORIGIN"), ==, 10);
  g_assert_cmpint (general_price (planned (&result, "아메리카노")->prices), ==, 4000);
  g_assert_nonnull (planned (&result, "똠얌에이드"));
  for (guint i = 0; i < result.plan->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (result.plan->items, i);
    g_assert_true (osy_menu_stop_at (&item->stop, NOW) == g_str_equal (item->name, "콜드브루"));
  }
}

/* Against the fixture: names what differs, leaves alone what the file does not say. */
static void
test_changes (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_auto (Result) result = plan_text (
      menu, "category\tname\tprice\n분식\t원조김밥\t3,800원\n\t라면\t4000\n\t쫄면\t₩6000\n");

  g_assert_cmpuint (result.plan->changed, ==, 1);
  g_assert_cmpuint (result.plan->unchanged, ==, 1);
  g_assert_cmpuint (result.plan->created, ==, 1);
  g_assert_cmpuint (result.plan->dropped->len, ==, 0);
  OsyMenuItem *gimbap = planned (&result, "원조김밥");
  g_assert_cmpstr (gimbap->id, ==, ID_GIMBAP);
  g_assert_cmpint (general_price (gimbap->prices), ==, 3800);
  g_assert_cmpstr (gimbap->origin, ==, "쌀:국내산");
  g_assert_cmpuint (g_strv_length (gimbap->allergens), ==, 2);
  const OsyMenuPlanStep *step = g_ptr_array_index (result.plan->steps, 0);
  g_assert_cmpuint (step->row, ==, 2);
  g_assert_cmpuint (step->fields->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (step->fields, 0), ==, "price");
  g_assert_cmpstr (planned (&result, "쫄면")->category_id, ==, ID_CATEGORY);
}

/* A group's only user writes it over: ids, translations and nested groups live on. */
static void
test_group_written_over (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_auto (Result) result =
      plan_text (menu, HEADER "분식,떡볶이,4500,\"맵기(1-1): 순한맛, 불맛(+500); "
                              "토핑(0-5): 치즈(+2000), 삶은 계란(+700), 라면사리(+1000)\"\n");
  g_assert_cmpuint (result.plan->changed, ==, 1);
  g_assert_cmpuint (result.plan->groups->len, ==, 1);
  const OsyMenuGroup *topping = g_ptr_array_index (result.plan->groups, 0);
  g_assert_cmpstr (topping->id, ==, ID_TOPPING);
  g_assert_cmpint (topping->max, ==, 5);
  const OsyMenuOption *cheese = g_ptr_array_index (topping->options, 0);
  g_assert_cmpstr (cheese->id, ==, ID_CHEESE);
  g_assert_cmpstr (cheese->name_en, ==, "Cheese");
  g_assert_cmpint (general_price (cheese->prices), ==, 2000);
  g_assert_cmpuint (cheese->groups->len, ==, 1);
  const OsyMenuOption *egg = g_ptr_array_index (topping->options, 1);
  g_assert_true (osy_menu_stop_at (&egg->stop, NOW));
  g_assert_cmpuint (result.plan->dropped->len, ==, 0);
}

/* One of two users changes: the other keeps the old group. Both gone: it is dropped. */
static void
test_group_shared_and_dropped (void)
{
  OsyMenuData *data = fixture_menu_data (NOW);
  OsyMenuCategory *category = g_ptr_array_index (data->categories, 0);
  OsyMenuGroup *heat = g_ptr_array_index (data->groups, 0);
  g_ptr_array_add (((OsyMenuItem *)g_ptr_array_index (category->items, 3))->groups, heat);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);

  g_auto (Result) one = plan_text (menu, HEADER "분식,라면,4000,\"맵기(1-1): 순한맛, 매운맛\"\n");
  g_assert_cmpuint (one.plan->groups->len, ==, 1);
  g_assert_cmpstr (((OsyMenuGroup *)g_ptr_array_index (one.plan->groups, 0))->id, !=, ID_HEAT);
  g_assert_cmpuint (one.plan->dropped->len, ==, 0);
  g_auto (Result) both = plan_text (menu, HEADER "분식,라면,4000,\n분식,떡볶이,4500,\n");
  g_assert_cmpuint (both.plan->changed, ==, 2);
  g_assert_cmpuint (both.plan->dropped->len, ==, 3);
}

/* Whoever leaves a shared group keeps what no file says: which dish a choice is, its other name. */
static void
test_group_left (void)
{
  OsyMenuData *data = fixture_menu_data (NOW);
  OsyMenuCategory *category = g_ptr_array_index (data->categories, 0);
  OsyMenuGroup *heat = g_ptr_array_index (data->groups, 0);
  OsyMenuOption *linked = g_ptr_array_index (heat->options, 1);
  heat->name_en = g_strdup ("Heat");
  linked->name_en = g_strdup ("Fire");
  linked->item_id = g_strdup (ID_SUNDAE);
  linked->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  g_ptr_array_add (((OsyMenuItem *)g_ptr_array_index (category->items, 3))->groups, heat);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);

  g_auto (Result) result =
      plan_text (menu, HEADER "분식,라면,4000,\"맵기(1-1): 순한맛, 불맛(+700), 새맛\"\n");
  g_assert_cmpuint (result.plan->groups->len, ==, 1);
  const OsyMenuGroup *group = g_ptr_array_index (result.plan->groups, 0);
  g_assert_cmpstr (group->id, !=, ID_HEAT);
  g_assert_cmpstr (group->name_en, ==, "Heat");
  const OsyMenuOption *option = g_ptr_array_index (group->options, 1);
  g_assert_cmpstr (option->item_id, ==, ID_SUNDAE);
  g_assert_cmpstr (option->name_en, ==, "Fire");
  g_assert_true (osy_menu_stop_at (&option->stop, NOW));
  g_assert_cmpint (general_price (option->prices), ==, 700);
  g_assert_cmpstr (option->id, !=, ID_FIRE);
  g_assert_nonnull (((OsyMenuOption *)g_ptr_array_index (group->options, 2))->id);
}

typedef struct {
  const char *text;
  guint row;
  const char *code;
} Fault;

static const Fault faults[] = {
    {"", 1, "EMPTY"},
    {"메뉴명,가격\na,1\n", 1, "MISSING_COLUMN"},
    {"분류,메뉴명,상품명,가격\n", 1, "DUPLICATE_COLUMN"},
    {HEADER "면,라면,비쌈\n", 2, "PRICE"},
    {HEADER "면,라면,\n", 2, "PRICE"},
    {HEADER "면,라면,-500\n", 2, "PRICE"},
    {HEADER "면,라면,100000001\n", 2, "PRICE"},
    {HEADER ",라면,4000\n", 2, "CATEGORY"},
    {HEADER "면,,4000\n", 2, "NAME"},
    {HEADER "면,라면,4000\n\n면,라면,4000\n", 4, "DUPLICATE"},
    {HEADER "면,라면,4000,맵기: a\n", 2, "OPTIONS"},
    {"분류,메뉴명,가격,면세\n면,라면,4000,글쎄\n", 2, "FLAG"},
    {"분류,메뉴명,가격,조리시간(분)\n면,라면,4000,곧\n", 2, "MINUTES"},
};

static void
test_faults (void)
{
  g_autoptr (OsyMenu) menu = fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_auto (Result) result = plan_text (menu, faults[i].text);
    g_test_message ("%s", faults[i].text);
    g_assert_null (result.plan);
    const OsyMenuRemark *remark = g_ptr_array_index (result.sheet->errors, 0);
    g_assert_cmpuint (remark->row, ==, faults[i].row);
    g_assert_cmpstr (remark->code, ==, faults[i].code);
  }
}

static void
test_long_name (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_autofree char *name = g_strnfill (OSY_MENU_MAX_NAME + 1, 'n');
  g_autofree char *text = g_strdup_printf (HEADER "면,%s,1\n", name);
  g_auto (Result) result = plan_text (menu, text);

  g_assert_cmpuint (count_code (result.sheet->errors, "TOO_LONG"), ==, 1);
}

/* Cells that a spreadsheet would run stay text; unknown columns and allergens are told. */
static void
test_warnings (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_auto (Result) result = plan_text (
      menu,
      "Category,Name,Price,Memo,Allergens,Sold out\n면,=1+2,4000,x,\"밀, 딸기, 새우 없음\",N\n"
      "면,\"탄탄\n면\",\"5,000원\",,,품절\n");

  g_assert_nonnull (planned (&result, "=1+2"));
  g_assert_nonnull (planned (&result, "탄탄 면"));
  g_assert_cmpuint (count_code (result.sheet->warnings, "FORMULA"), ==, 1);
  g_assert_cmpuint (count_code (result.sheet->warnings, "UNKNOWN_COLUMN"), ==, 1);
  g_assert_cmpuint (count_code (result.sheet->warnings, "UNKNOWN_ALLERGEN"), ==, 1);
  g_autoptr (JsonNode) report = osy_menu_plan_report (result.plan, result.sheet, result.csv);
  JsonObject *root = json_node_get_object (report);
  g_assert_cmpint (json_object_get_int_member (root, "created"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (root, "rows"), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "warnings")), ==, 5);
}

static const OsyMenuRemark *
find_remark (const Result *result, const char *code)
{
  for (guint i = 0; i < result->sheet->warnings->len; i++) {
    const OsyMenuRemark *remark = g_ptr_array_index (result->sheet->warnings, i);
    if (g_str_equal (remark->code, code))
      return remark;
  }
  return NULL;
}

/* What can be read but should be looked at is told by cell; what cannot is not guessed. */
static void
test_doubts (void)
{
  static const struct {
    const char *price;
    const char *code; /* NULL: an error */
    gint64 won;
  } cases[] = {
      {"약 4,500", "ODD_PRICE", 4500},
      {"4500원~", "ODD_PRICE", 4500},
      {"50", "UNLIKELY_PRICE", 50},
      {"0", "UNLIKELY_PRICE", 0},
      {"1000001", "UNLIKELY_PRICE", 1000001},
      {"4500~5000", NULL, 0},
      {"45OO", NULL, 0},
      {"5천", NULL, 0},

      {"4500 won", "ODD_PRICE", 4500},
      {"4.500", NULL, 0},
      {"약 -500", NULL, 0},
      {"45,00", NULL, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OsyMenu) menu = fixture ();
    g_autofree char *text = g_strdup_printf (HEADER "면,라면,\"%s\"\n", cases[i].price);
    g_auto (Result) result = plan_text (menu, text);
    g_test_message ("%s", cases[i].price);
    g_assert_cmpuint (result.sheet->errors->len, ==, cases[i].code ? 0 : 1);
    if (cases[i].code == NULL)
      continue;
    const OsyMenuRemark *remark = find_remark (&result, cases[i].code);
    g_assert_nonnull (remark);
    g_assert_cmpint (remark->severity, ==, OSY_MENU_REMARK_DOUBT);
    g_assert_cmpstr (remark->field, ==, "price");
    const OsyMenuSheetRow *row = g_ptr_array_index (result.sheet->rows, 0);
    g_assert_cmpint (row->price, ==, cases[i].won);
  }
}

/* A header that holds a known word stands for it, unless another column is just that. */
static void
test_guessed_columns (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_auto (Result) guessed =
      plan_text (menu, "대분류,상품명(한글),매장 판매가격,할인가격\n면,라면,4000,3000\n");
  g_auto (Result) known = plan_text (menu, "할인가격,분류,메뉴명,가격\n3000,면,라면,4000\n");

  g_assert_cmpuint (guessed.sheet->errors->len, ==, 0);
  g_assert_cmpuint (count_code (guessed.sheet->warnings, "GUESSED_COLUMN"), ==, 2);
  g_assert_cmpuint (count_code (guessed.sheet->warnings, "UNKNOWN_COLUMN"), ==, 1);
  g_assert_cmpint (((OsyMenuSheetRow *)g_ptr_array_index (guessed.sheet->rows, 0))->price, ==,
                   4000);
  g_assert_cmpint (known.sheet->at[OSY_MENU_COLUMN_PRICE], ==, 3);
  g_assert_cmpuint (count_code (known.sheet->warnings, "GUESSED_COLUMN"), ==, 0);
}

/* Read, shown, mended and sent back, a file means what it meant. */
static void
test_table (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_auto (Result) file = plan_text (menu, "메모,분류,메뉴명,가격\nx,면,라면,4000\n\n,,우동,오천\n");
  g_autoptr (JsonNode) shown = osy_menu_plan_sheet (file.sheet, file.csv);
  JsonObject *sheet = json_node_get_object (shown);
  JsonObject *first =
      json_array_get_object_element (json_object_get_array_member (sheet, "columns"), 0);
  g_assert_true (json_object_get_null_member (first, "field"));
  JsonObject *last =
      json_array_get_object_element (json_object_get_array_member (sheet, "rows"), 1);
  g_assert_cmpint (json_object_get_int_member (last, "row"), ==, 4);

  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) table = json_from_string (
      "{\"columns\":[null,\"category\",\"name\",\"price\"],\"row_numbers\":[2,4],"
      "\"rows\":[[\"x\",\"면\",\" 라면 \",\"4000\"],[null,\"\",\"우동\",\"5천\"]]}",
      &error);
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_from_json (table, &error);
  g_assert_no_error (error);
  g_autoptr (OsyMenuSheet) read = osy_menu_sheet_read (csv);
  g_assert_cmpuint (read->errors->len, ==, 1);
  const OsyMenuRemark *remark = g_ptr_array_index (read->errors, 0);
  g_assert_cmpuint (remark->row, ==, 4);
  g_assert_cmpstr (remark->field, ==, "price");
  const OsyMenuSheetRow *row = g_ptr_array_index (read->rows, 0);
  g_assert_cmpstr (row->name, ==, "라면");
}

static void
test_bad_tables (void)
{
  static const char *const texts[] = {
      "[]",
      "{\"columns\":[]}",
      "{\"columns\":[\"colour\"],\"rows\":[]}",
      "{\"columns\":[\"name\"],\"rows\":[{}]}",
      "{\"columns\":[\"name\"],\"rows\":[[1]]}",
      "{\"columns\":[\"name\"],\"rows\":[[\"a\\u0007\"]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) table = json_from_string (texts[i], NULL);
    g_autoptr (OsyMenuCsv) csv = osy_menu_csv_from_json (table, &error);
    g_test_message ("%s", texts[i]);
    g_assert_null (csv);
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/plan/bunsik", test_bunsik);
  g_test_add_func ("/menu/plan/cafe", test_cafe);
  g_test_add_func ("/menu/plan/changes", test_changes);
  g_test_add_func ("/menu/plan/group-written-over", test_group_written_over);
  g_test_add_func ("/menu/plan/group-shared-and-dropped", test_group_shared_and_dropped);
  g_test_add_func ("/menu/plan/group-left", test_group_left);
  g_test_add_func ("/menu/plan/faults", test_faults);
  g_test_add_func ("/menu/plan/long-name", test_long_name);
  g_test_add_func ("/menu/plan/warnings", test_warnings);
  g_test_add_func ("/menu/plan/doubts", test_doubts);
  g_test_add_func ("/menu/plan/guessed-columns", test_guessed_columns);
  g_test_add_func ("/menu/plan/table", test_table);
  g_test_add_func ("/menu/plan/bad-tables", test_bad_tables);
  return g_test_run ();
}
