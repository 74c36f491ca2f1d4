/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An item as others see it. The draft is laid on the menu by what does it in the daemon. */

#include "osc-menu-preview.h"

#include <glib/gi18n.h>

#include "osc-paper.h"
#include "osc-photo.h"
#include "osc-scale.h"
#include "osc-words-week.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-bill-slip.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-kitchen-slip.h"
#include "osy-menu-changes.h"
#include "osy-menu-allergens.h"
#include "osy-menu-origin.h"
#include "osy-money.h"
#include "osy-slip-form.h"
#include "osy-slip-paper.h"

#define NUMBER 37
#define MOST_HEIGHT 460 /* of what scrolls: fits the smallest screen */

/* A paper on the sheet. */
typedef struct {
  OscSheet *sheet;
  GtkWidget *picture;
  OsySlip *slip;
} Paper;

/* ---- the item ---- */

/* (transfer full) (nullable): the menu with the draft in it. */
static OsyMenu *
menu_with (OsyMenu *menu, OscMenuDraft *draft)
{
  g_autoptr (OsyMenuDraft) work = osy_menu_draft_new (menu);
  OsyMenuEdit edit = {.draft = work, .now = osy_clock_now ()};
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  g_autoptr (GError) error = NULL;

  if (!osc_menu_draft_is_dirty (draft))
    return g_object_ref (menu);
  json_object_set_member (object, "changes", osc_menu_draft_changes (draft));
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  if (!osy_menu_changes_apply (reader, &edit, &error))
    return NULL;
  return osy_menu_draft_finish (work, &error);
}

/* Of each group as many of the first as must be taken: an order that could be. */
static void
each_option (const OsyMenuItem *item, GFunc func, gpointer data)
{
  for (guint i = 0; i < item->groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (item->groups, i);

    for (guint j = 0; j < group->options->len && (gint64)j < group->min; j++)
      func (g_ptr_array_index (group->options, j), data);
  }
}

static void
add_price (gpointer option, gpointer sum)
{
  gint64 won = 0;

  if (osy_menu_price_general (((OsyMenuOption *)option)->prices, osy_clock_now (), &won))
    *(gint64 *)sum += won;
}

static gint64
price_of (const OsyMenuItem *item)
{
  gint64 won = 0;

  if (!osy_menu_price_general (item->prices, osy_clock_now (), &won))
    won = 0;
  each_option (item, add_price, &won);
  return won;
}

/* ---- the papers ---- */

static void
add_kitchen_option (gpointer option, gpointer line)
{
  OsyKitchenOption *one = g_new0 (OsyKitchenOption, 1);
  const OsyMenuItem *dish = ((OsyMenuOption *)option)->dish;

  one->name =
      g_strdup (dish != NULL && dish->kitchen_name != NULL ? dish->kitchen_name
                                                           : ((OsyMenuOption *)option)->name);
  one->quantity = 1;
  g_ptr_array_add (((OsyKitchenLine *)line)->options, one);
}

static OsySlip *
make_kitchen (const OsyMenuItem *item, const OsyShopData *shop)
{
  const OsyKitchenSlipWords words = {"ko", shop->time_zone, item->station};
  g_autoptr (OsyKitchenTicketData) ticket = osy_kitchen_ticket_data_new ();
  OsyKitchenLine *line = osy_kitchen_line_new ();

  line->name = g_strdup (item->name);
  line->kitchen_name = g_strdup (item->kitchen_name);
  g_strfreev (line->allergens);
  line->allergens = osy_menu_allergens_in ((const char *const *)item->allergens);
  line->quantity_sent = line->quantity_waiting = 1;
  line->course = 1;
  line->prep_minutes = item->prep_minutes;
  each_option (item, add_kitchen_option, line);
  ticket->order_number = NUMBER;
  ticket->order_type = g_strdup ("DINE_IN");
  ticket->table_number = g_strdup ("7");
  ticket->sent_at = osy_clock_now ();
  g_ptr_array_add (ticket->lines, line);
  return osy_kitchen_slip_new (ticket, &words);
}

static void
add_bill_option (gpointer option, gpointer line)
{
  OsyBillOption *one = g_new0 (OsyBillOption, 1);

  one->name = g_strdup (((OsyMenuOption *)option)->name);
  one->quantity = 1;
  g_ptr_array_add (((OsyBillLine *)line)->options, one);
}

static OsySlip *
make_receipt (const OsyMenuItem *item, const OsyShopData *shop)
{
  g_autoptr (OsyBill) bill = osy_bill_new ();
  g_autoptr (GHashTable) origins = g_hash_table_new (g_str_hash, g_str_equal);
  OsyBillLine *line = osy_bill_add_line (bill);

  osy_bill_add_order (bill)->number = NUMBER;
  bill->id = g_strdup (item->id);
  line->name = g_strdup (item->name);
  line->menu_item_id = g_strdup (item->id);
  line->quantity = 1;
  line->tax_free = item->tax_free;
  line->unit_price = line->amount = line->net = line->due = price_of (item);
  each_option (item, add_bill_option, line);
  bill->orders_amount = bill->total = bill->tenders = line->amount;
  if (!item->tax_free)
    osy_money_split_vat (bill->total, &bill->supply, &bill->vat);
  if (item->origin != NULL)
    g_hash_table_insert (origins, item->id, item->origin);
  const OsyBillSlip data = {
      .bill = bill, .shop = shop, .origins = origins, .language = "ko", .receipt = TRUE};
  return osy_bill_slip_new (&data);
}

static void
paper_free (gpointer data)
{
  Paper *paper = data;

  g_object_unref (paper->sheet);
  g_object_unref (paper->picture);
  osy_slip_free (paper->slip);
  g_free (paper);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paper, paper_free)

/* As the shop wants it; as it was made when that cannot be asked. */
static void
formed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paper) paper = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "form") : NULL;
  g_autoptr (OsySlipForm) form = node != NULL ? osy_slip_form_from_json (node, NULL) : NULL;

  if (form == NULL || !osc_sheet_is_open (paper->sheet))
    return;
  g_autoptr (OsySlip) formed = osy_slip_form_apply (form, paper->slip);
  osc_paper_show (GTK_PICTURE (paper->picture), formed, OSY_PAPER_DOTS_80);
}

/* @slip: (transfer full). */
static GtkWidget *
show_paper (OscSheet *sheet, const OscContext *context, const char *kind, OsySlip *slip)
{
  GtkWidget *picture = gtk_picture_new ();
  Paper *paper = g_new0 (Paper, 1);
  g_autofree char *path = g_strconcat ("slips/", kind, NULL);

  paper->sheet = g_object_ref (sheet);
  paper->picture = g_object_ref (picture);
  paper->slip = slip;
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (picture, "preview-paper");
  osc_paper_show (GTK_PICTURE (picture), slip, OSY_PAPER_DOTS_80);
  osc_printer_store_send_async (
      context->printers, &(OsyClientRequest){.method = "GET", .path = path}, formed_cb, paper);
  return picture;
}

/* ---- guests ---- */

static void
add_text (GtkWidget *box, const char *text, const char *css_class)
{
  if (text != NULL && *text != '\0')
    gtk_box_append (GTK_BOX (box), osc_widget_new_text (text, css_class));
}

/* Why guests see nothing; NULL when they do. */
static const char *
why_hidden (OsyMenu *menu, const OsyMenuItem *item)
{
  g_auto (GStrv) missing = osy_menu_origin_missing_in (item);

  if (osy_menu_is_offered (menu, item, NULL, osy_clock_now ()))
    return NULL;
  return osy_menu_origin_required (menu) && *missing != NULL
             ? _ ("Guests don't see it: its origin is missing")
             : _ ("Guests don't see it: it is not offered on QR and the web");
}

/* What must be said of the dishes that a combo offers, each by its name. */
static void
add_dishes (GtkWidget *box, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *options = ((OsyMenuGroup *)g_ptr_array_index (groups, i))->options;

    for (guint j = 0; j < options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (options, j);
      const OsyMenuItem *dish = option->dish;
      g_autofree char *allergens = dish != NULL ? g_strjoinv (", ", dish->allergens) : NULL;
      gboolean both = dish != NULL && dish->origin != NULL && *allergens != '\0';
      g_autofree char *said =
          dish == NULL || (dish->origin == NULL && *allergens == '\0')
              ? NULL
              : g_strdup_printf ("%s: %s%s%s", option->name, dish->origin ? dish->origin : "",
                                 both ? " · " : "", allergens);

      add_text (box, said, "secondary");
    }
  }
}

static GtkWidget *
make_tile (OscMenuStore *store, OsyMenu *menu, const OsyMenuItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *allergens = g_strjoinv (", ", item->allergens);
  g_autofree char *origin =
      item->origin != NULL ? g_strdup_printf ("%s: %s", _ ("Origin"), item->origin) : NULL;
  g_autofree char *holds =
      *allergens != '\0' ? g_strdup_printf ("%s: %s", _ ("Allergens"), allergens) : NULL;
  gint64 won = 0;
  gboolean priced = osy_menu_price_at (menu, item->prices, "QR", osy_clock_now (), &won);
  g_autofree char *price = priced ? osc_words_money (won) : NULL;
  const GArray *shut = osy_menu_shut_hours (menu, item, osy_clock_now ());
  g_autofree char *words = shut != NULL ? osc_words_week (shut) : NULL;
  /* Translators: %s is when it is sold, "Mon–Fri 11:00–14:30" */
  g_autofree char *hours = words != NULL ? g_strdup_printf (_ ("Sold %s"), words) : NULL;

  gtk_widget_add_css_class (box, "preview-tile");
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  if (item->photo != NULL) {
    GtkWidget *photo = osc_photo_new ();

    gtk_widget_set_halign (photo, GTK_ALIGN_CENTER);
    osc_photo_show (OSC_PHOTO (photo), store, item->photo);
    gtk_box_append (GTK_BOX (box), photo);
  }
  add_text (box, why_hidden (menu, item), "preview-hidden");
  add_text (box, hours, "preview-hidden");
  add_text (box, item->name, "preview-name");
  add_text (box, item->name_en, "secondary");
  add_text (box, item->description, NULL);
  add_text (box, osy_menu_stop_at (&item->stop, osy_clock_now ()) ? _ ("Sold out") : NULL,
            "preview-hidden");
  add_text (box, price, "preview-price");
  add_text (box, origin, "secondary");
  add_text (box, holds, "secondary");
  add_dishes (box, item->groups);
  return box;
}

/* ---- the sheet ---- */

static void
add_column (GtkWidget *columns, const char *title, GtkWidget *content)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (column, "preview-column");
  add_text (column, title, "section");
  gtk_box_append (GTK_BOX (column), content);
  gtk_box_append (GTK_BOX (columns), column);
}

OscSheet *
osc_menu_preview_open (GtkWidget *from, const OscContext *context, OscMenuDraft *draft)
{
  g_return_val_if_fail (GTK_IS_WIDGET (from) && context != NULL, NULL);
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (draft), NULL);
  OscSheet *sheet = osc_sheet_new (from);
  g_autoptr (OsyMenu) menu = menu_with (osc_menu_store_get (context->menu), draft);
  const OsyMenuItem *item =
      menu != NULL ? osy_menu_find_item (menu, osc_menu_draft_id (draft)) : NULL;
  OsyShop *known = osc_shop_store_get (context->shop);
  g_autoptr (OsyShopData) blank = osy_shop_data_new ();
  const OsyShopData *shop = known != NULL ? osy_shop_data (known) : blank;

  osc_sheet_ask (sheet, _ ("Preview"), item == NULL ? _ ("This can't be saved as it is yet") : NULL,
                 NULL);
  if (item == NULL)
    return sheet;
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (columns, "preview-columns");
  add_column (columns, _ ("Guest's screen"), make_tile (context->menu, menu, item));
  add_column (columns, _ ("Kitchen slip"),
              show_paper (sheet, context, "KITCHEN", make_kitchen (item, shop)));
  add_column (columns, _ ("Receipt"),
              show_paper (sheet, context, "RECEIPT", make_receipt (item, shop)));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              osc_scale_px (MOST_HEIGHT));
  osc_widget_set_name (scroller, _ ("Preview"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), columns);
  osc_sheet_add (sheet, scroller);
  return sheet;
}
