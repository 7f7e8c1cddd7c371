/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the sample catalogue as the screens do; files that are no catalogue; search.
 */
#include "catalog/catalog.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "catalog_test.h"
#include "test.h"

#define RENEWAL "11110105MB0A0000164000709102000"
#define ELDERLY "11110105MB0A0000294002011901000"
#define INSURANCE "11110105MB0A00003C4002014003000"
#define ITEMS 12 /* in the sample */

TEST(hot_items_by_popularity)
{
    struct item_row rows[4];
    int here = 0, all = 0, n = catalog_hot(sample_open(), rows, 4, &here, &all);

    CHECK_INT(catalog_version(sample_open()), 7);
    CHECK_INT(n, 4);
    CHECK_INT(here, ITEMS);
    CHECK_INT(all, ITEMS);
    CHECK_STR(rows[0].task_code, ELDERLY);
    CHECK_STR(rows[1].task_code, INSURANCE);
    CHECK_STR(rows[2].task_code, RENEWAL);
    CHECK_STR(rows[2].name, "居民身份证有效期满换领");
    CHECK_STR(rows[2].dept_name, "示例区公安分局");
    CHECK_STR(rows[2].name_en, "Renew an expiring resident identity card");
    CHECK_STR(rows[2].dept_name_en, "Sample District Public Security Bureau");
    CHECK_STR(rows[2].icon, "certificate");
    CHECK_INT(rows[2].promise_day, 20);
    CHECK_INT(rows[2].promise_unit, DAY_WORKING);
    CHECK_INT(rows[2].fee_cent, 2000);
    CHECK(rows[2].terminal && rows[2].online && rows[2].nearby && rows[2].one_visit && !rows[2].on_the_spot);
    CHECK_INT(catalog_hot(sample_open(), rows, 2, &here, &all), 2);
    CHECK_INT(here, ITEMS);
}

TEST(themes_that_hold_something)
{
    struct item_theme themes[12];
    int n = catalog_themes(sample_open(), themes, 12);

    CHECK_INT(n, 9); /* of eleven */
    CHECK_STR(themes[0].name, "养老");
    CHECK_STR(themes[0].icon, "elder");
    CHECK_STR(themes[7].name, "证照");
    CHECK_STR(themes[7].name_en, "Cards and papers");
    CHECK_INT(themes[7].items, 4);
    CHECK_INT(themes[7].here, 4);
    CHECK_INT(catalog_themes(sample_open(), themes, 2), 2);
}

/* Every department once, with all its items: what the groups count, the rows show. */
TEST(departments_hold_every_item)
{
    struct item_theme depts[40];
    struct item_row rows[4];
    int n = catalog_depts(sample_open(), depts, 40), items = 0, here = 0;

    CHECK(n > 3 && n < ITEMS);
    for (int i = 0; i < n; i++) {
        int total = -1, k = catalog_dept_rows(sample_open(), depts[i].name, 0, rows, 4, &total);

        CHECK_INT(total, depts[i].items);
        CHECK_INT(k, total < 4 ? total : 4);
        CHECK_STR(rows[0].dept_name, depts[i].name);
        CHECK_STR(depts[i].icon, "hall");
        CHECK(i == 0 || depts[i].here <= depts[i - 1].here);
        items += depts[i].items;
        here += depts[i].here;
    }
    CHECK_INT(items, ITEMS);
    CHECK_INT(here, ITEMS);
    CHECK_INT(catalog_depts(sample_open(), depts, 2), 2);
    CHECK_INT(catalog_dept_rows(sample_open(), depts[0].name, 1, rows, 4, &n), depts[0].items - 1);
    CHECK_INT(catalog_dept_rows(sample_open(), "没有这个部门", 0, rows, 4, &n), 0);
    CHECK_INT(n, 0);
}

TEST(rows_of_a_theme)
{
    struct item_row rows[4];
    int total = -1;

    CHECK_INT(catalog_rows(sample_open(), "证照", 0, rows, 4, &total), 4);
    CHECK_INT(total, 4);
    CHECK_STR(rows[0].task_code, ELDERLY);
    CHECK_STR(rows[1].task_code, RENEWAL);
    CHECK_INT(catalog_rows(sample_open(), "证照", 3, rows, 4, &total), 1);
    CHECK_STR(rows[0].name, "居住登记和居住证申领");
    CHECK_INT(catalog_rows(sample_open(), "证照", 4, rows, 4, &total), 0);
    CHECK_INT(total, 4);
    CHECK_INT(catalog_rows(sample_open(), "没有", 0, rows, 4, &total), 0);
    CHECK_INT(total, 0);
}

TEST(one_item_whole)
{
    struct err e = {0};
    const struct item *i = catalog_item(sample_open(), RENEWAL, &e);

    CHECK(i);
    if (!i)
        return;
    CHECK_STR(i->task_name, "居民身份证有效期满换领");
    CHECK_STR(i->task_type_name, "行政确认");
    CHECK_STR(i->icon, "certificate");
    CHECK(i->is_service_terminals && i->sample);
    CHECK_INT(i->n_laws, 2);
    CHECK_STR(i->laws[1].article, "第十二条");
    CHECK_INT(i->anticipate.day, 60);
    CHECK_INT(i->anticipate.unit, DAY_CALENDAR);
    CHECK_INT(i->promise.day, 20);
    CHECK_INT(i->n_steps, 3);
    CHECK_STR(i->steps[2].post, "制证岗");
    CHECK_STR(i->steps[2].phone, "010-00000003");
    CHECK_INT(i->n_materials, 2);
    CHECK_INT(i->materials[0].state, MATERIAL_HAVE);
    CHECK_INT(i->materials[1].state, MATERIAL_LATER);
    CHECK_INT(i->materials[1].defer_day, 10);
    CHECK_INT(i->form.n_groups, 3);
    CHECK_STR(i->form.consent_id, "consent-2026-1");
    CHECK(form_field_by_id(&i->form, "mobile") >= 0);
    CHECK(catalog_item(sample_open(), RENEWAL, &e) == i);
    CHECK(catalog_item(sample_open(), ELDERLY, &e));
    CHECK(catalog_item(sample_open(), RENEWAL, &e) == i);
    catalog_release_items(sample_open());
    CHECK(catalog_item(sample_open(), RENEWAL, &e));
}

/* The same item, with its texts in English as far as it has them. */
TEST(an_item_in_english)
{
    const struct item *zh = catalog_item(sample_open(), RENEWAL, NULL), *en = zh ? item_in(zh, LANGUAGE_EN) : NULL;
    int reason;

    CHECK(en && en != zh && item_in(en, LANGUAGE_ZH_CN) == zh && item_in(en, LANGUAGE_EN) == en);
    if (!en)
        return;
    CHECK_STR(en->task_name, "Renew an expiring resident identity card");
    CHECK_STR(en->task_code, zh->task_code);
    CHECK_STR(en->icon, "certificate");
    CHECK_STR(en->steps[0].step, "Accept");
    CHECK_STR(en->materials[1].name, "Recent photo");
    CHECK_STR(en->laws[1].article, "Article 12");
    CHECK_STR(en->fees[0].pay_at, "At collection");
    CHECK_STR(en->questions[0].a, "No. Your fingerprints are checked.");
    CHECK_STR(en->form.groups[1].title, "Reason");
    CHECK_STR(en->form.rules[0].message, "The card we read is still valid. Please choose “It expires soon”.");
    CHECK_STR(en->form.consent, "I filled this in myself and it is true.");
    CHECK_INT(en->form.n_fields, zh->form.n_fields);
    reason = form_field_by_id(&en->form, "reason");
    CHECK_STR(en->form.fields[reason].label, "Why do you renew");
    CHECK_STR(en->form.fields[reason].choices[1].label, "It has expired");
    CHECK_STR(zh->form.fields[reason].choices[1].label, "已经过期");
}

TEST(an_item_in_traditional_characters)
{
    const struct item *zh = catalog_item(sample_open(), RENEWAL, NULL), *hant = zh ? item_in(zh, LANGUAGE_ZH_HANT) : NULL;

    CHECK(hant && hant != zh && item_in(hant, LANGUAGE_ZH_CN) == zh);
    if (!hant)
        return;
    CHECK_STR(hant->task_code, zh->task_code);
    CHECK_STR(hant->dept_name, "示例區公安分局");
    CHECK_STR(hant->form.rules[0].message, "讀到的證件還在有效期內。請改選「有效期快到了」。");
    CHECK_STR(hant->form.consent, "以上內容由本人填寫並確認屬實。");
    CHECK_STR(hant->form.fields[form_field_by_id(&hant->form, "reason")].choices[1].label, "已經過期");
    CHECK_STR(zh->form.fields[form_field_by_id(&zh->form, "reason")].choices[1].label, "已经过期");
}

/* Each can be taken here, asks for five things or more, and promises half of what the law allows. */
TEST(sample_forms)
{
    struct item_row rows[ITEMS + 1];
    int here, all, n = catalog_hot(sample_open(), rows, ITEMS + 1, &here, &all);

    CHECK_INT(n, ITEMS);
    for (int k = 0; k < n; k++) {
        const struct item *i = catalog_item(sample_open(), rows[k].task_code, NULL);
        int own = 0;

        CHECK(i && i->is_service_terminals);
        for (size_t f = 0; i && f < i->form.n_fields; f++)
            own += !i->form.fields[f].locked;
        CHECK(own >= 5);
        CHECK(i && i->form.n_rules >= 1 && i->promise.day * 2 <= i->anticipate.day);
    }
}

TEST(item_not_there)
{
    struct err e = {0};

    CHECK(!catalog_item(sample_open(), "11110105MB0A0000164000709102999", &e));
    CHECK_INT(e.code, ERR_NOTFOUND);
}

TEST(queues_in_order)
{
    struct queue q[5];

    CHECK_INT(catalog_queues(sample_open(), q, 5), 3);
    CHECK_STR(q[0].id, "general");
    CHECK_STR(q[0].name, "综合受理");
    CHECK_INT(q[0].letter, 'A');
    CHECK(q[0].open);
    CHECK_INT(q[1].letter, 'B');
    CHECK_INT(catalog_queues(sample_open(), q, 1), 1);
}

/* What cannot be done here stands behind what can, however popular it is. */
TEST(a_suspended_item_stands_last)
{
    char dir[160], path[160], command[600];
    struct catalog *c = NULL;
    struct err e = {0};
    struct item_row rows[4];
    struct item_theme themes[12];
    int n = 0, all = 0;

    snprintf(dir, sizeof dir, "%s/items", sample_folder());
    snprintf(path, sizeof path, "%s/items.db", sample_folder());
    snprintf(command, sizeof command, "cp -r tests/catalogues/zone %s && sed -i s/in-use/suspended/ %s/elderly-card.json",
             dir, dir);
    CHECK_INT(system(command), 0);
    CHECK_INT(sample_build_from(dir, path, 1, &e), 0);
    CHECK_INT(catalog_open(path, &c, &e), 0);
    if (!c)
        return;
    CHECK_INT(catalog_rows(c, "证照", 0, rows, 4, &n), 4);
    CHECK_STR(rows[0].task_code, RENEWAL);
    CHECK(rows[0].terminal);
    CHECK_STR(rows[3].task_code, ELDERLY);
    CHECK(!rows[3].terminal);
    CHECK_INT(catalog_hot(c, rows, 4, &n, &all), 4);
    CHECK_INT(n, ITEMS - 1);
    CHECK_INT(catalog_themes(c, themes, 12), 9);
    CHECK_INT(themes[0].here, 0);
    CHECK_INT(themes[0].items, 1);
    CHECK_INT(themes[7].here, 3);
    CHECK(catalog_item(c, ELDERLY, &e) && !catalog_item(c, ELDERLY, &e)->is_service_terminals);
    catalog_close(c);
}

/* The table is read in with the first query and again after it was given back. */
TEST(search_in_the_catalogue)
{
    struct catalog *c = sample_open();
    struct search_answer answer;
    struct item_row rows[4];

    for (int again = 0; again < 2; again++) {
        CHECK(catalog_search(c, &(struct search_query){"sfz", true, false}, SEARCH_ALL, 0, rows, 4, &answer) >= 1);
        CHECK_STR(rows[0].task_code, RENEWAL);
        CHECK_INT(rows[0].match_from, strlen("居民"));
        CHECK_INT(rows[0].match_to, strlen("居民身份证"));
        CHECK(answer.total[SEARCH_ALL] >= 1);
        catalog_release_items(c);
    }
    CHECK_INT(catalog_search(c, &(struct search_query){"敬老卡", true, false}, SEARCH_AT_TERMINAL, 0, rows, 4, &answer), 1);
    CHECK_STR(rows[0].task_code, ELDERLY);
    CHECK_STR(rows[0].name_en, "Apply for a senior citizen card");
    CHECK_INT(rows[0].match_to, 0);
    catalog_release_items(c);
}

/* Runs statements on a copy and opens that. */
static int change(const char *sql, struct catalog **ret, struct err *e)
{
    char path[160], command[400];

    sample_open();
    snprintf(path, sizeof path, "%s/changed #1.db", sample_folder());
    snprintf(command, sizeof command, "cp '%s' '%s'", sample_path_, path);
    if (system(command))
        abort();
    if (sql) {
        sqlite3 *db;

        CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
        CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
    }
    return catalog_open(path, ret, e);
}

#define OUTLINE 1

/* And reads an item of it. */
static int open_changed(const char *sql, struct err *e)
{
    const struct item *item;
    struct catalog *c = NULL;
    int rc = change(sql, &c, e);

    if (rc == 0) {
        item = catalog_item(c, RENEWAL, e);
        rc = !item ? -e->code : item->newer ? OUTLINE : 0;
    }
    catalog_close(c);
    return rc;
}

TEST(other_databases_are_refused)
{
    struct err e = {0};

    CHECK_INT(open_changed(NULL, &e), 0); /* and a path with # in it is found */
    CHECK_INT(open_changed("PRAGMA user_version=2", &e), -ERR_VERSION);
    CHECK_INT(open_changed("PRAGMA application_id=1", &e), -ERR_INVALID);
    CHECK_INT(open_changed("DELETE FROM meta", &e), -ERR_INVALID);
}

TEST(an_item_that_makes_no_sense_here_has_an_outline)
{
    struct err e = {0};

    CHECK_INT(open_changed("UPDATE items SET body = replace(body, '\"by_law\":', '\"related\":')", &e), -ERR_INVALID);
    CHECK_INT(open_changed("UPDATE items SET body = json_remove(body, '$.handle_flow')", &e), OUTLINE);
    CHECK_INT(open_changed("UPDATE items SET body = json_set(body, '$.form.groups[0].fields[0].type', 'photo')", &e),
              OUTLINE);
    CHECK_INT(open_changed("UPDATE items SET body = json_set(body, '$.promise', 'soon', '$.dept', 0)", &e), OUTLINE);
    CHECK_INT(open_changed("UPDATE items SET body = json_remove(body, '$.task_name')", &e), -ERR_INVALID);
    CHECK_INT(open_changed("UPDATE items SET body = '{'", &e), -ERR_INVALID);
    CHECK_INT(open_changed("UPDATE items SET body = json_remove(body, '$.keywords')", &e), 0);
}

/* Beyond whatever this software has. */
#define NEWER_ITEM "UPDATE items SET needs = 1000 WHERE task_code = '" RENEWAL "'"

static void check_newer_item(struct catalog *c, struct item_row *rows)
{
    const struct item *item = catalog_item(c, RENEWAL, NULL), *en = item_in(item, LANGUAGE_EN);

    CHECK(item->newer && !item->is_service_terminals && !item->form.n_fields && !item->n_materials);
    CHECK(item->dept_name && item->transact_addr && item->link_way);
    CHECK(en->newer && strcmp(en->task_name, item->task_name));
    CHECK_STR(rows->name, item->task_name);
    CHECK_INT(catalog_trouble(c), CATALOG_WELL);
}

TEST(what_is_newer_is_shown_and_not_done)
{
    struct item_row rows[8], *row = NULL;
    struct queue queues[5];
    struct catalog *c;
    int here_before, all_before, here, all, n, total;

    catalog_hot(sample_open(), rows, 4, &here_before, &all_before);
    CHECK_INT(change(NEWER_ITEM "; UPDATE queues SET needs = 1000 WHERE rank = 1", &c, NULL), 0);
    n = catalog_hot(c, rows, 8, &here, &all);
    CHECK_INT(here, here_before - 1);
    CHECK_INT(all, all_before);
    for (int i = 0; i < n; i++)
        CHECK(!rows[i].newer && strcmp(rows[i].task_code, RENEWAL));
    n = catalog_rows(c, "证照", 0, rows, 8, &total);
    for (int i = 0; i < n; i++)
        if (strcmp(rows[i].task_code, RENEWAL) == 0)
            row = &rows[i];
        else
            CHECK(!rows[i].newer);
    CHECK(row && row->newer);
    if (row)
        check_newer_item(c, row);
    n = catalog_queues(c, queues, 5);
    CHECK(n > 1 && queues[0].newer && !queues[1].newer);
    catalog_close(c);
}

/* Counts and the search filter tell of what can be done here: one less of each. */
TEST(what_is_newer_is_not_counted)
{
    static const struct search_query all = {"", true, false};
    struct item_theme before[40], now[40];
    struct search_answer found, found_before;
    struct item_row rows[8];
    struct catalog *c;
    int n, less = 0;

    catalog_search(sample_open(), &all, SEARCH_AT_TERMINAL, 0, rows, 8, &found_before);
    CHECK_INT(change(NEWER_ITEM, &c, NULL), 0);
    catalog_search(c, &all, SEARCH_AT_TERMINAL, 0, rows, 8, &found);
    CHECK_INT(found.total[SEARCH_AT_TERMINAL], found_before.total[SEARCH_AT_TERMINAL] - 1);
    CHECK_INT(found.total[SEARCH_ALL], found_before.total[SEARCH_ALL]);
    n = catalog_themes(sample_open(), before, 40);
    CHECK_INT(catalog_themes(c, now, 40), n);
    for (int i = 0; i < n; i++)
        less += before[i].here - now[i].here;
    CHECK_INT(less, 1); /* it stands in one theme */
    n = catalog_depts(sample_open(), before, 40);
    CHECK_INT(catalog_depts(c, now, 40), n);
    less = 0;
    for (int i = 0; i < n; i++)
        less += before[i].here - now[i].here;
    CHECK_INT(less, 1);
    catalog_close(c);
}

/* More columns and tables than this software knows do no harm where `needs` does not say so. */
TEST(tables_of_a_later_version)
{
    CHECK_INT(open_changed("ALTER TABLE queues ADD COLUMN hours TEXT; ALTER TABLE items ADD COLUMN x INTEGER;"
                           "CREATE TABLE closures(day INTEGER); PRAGMA user_version=99",
                           NULL),
              0);
}

TEST(a_whole_catalogue_for_newer_software_is_refused)
{
    struct err e = {0};

    CHECK_INT(open_changed("UPDATE meta SET value = '1000' WHERE key = 'needs'", &e), -ERR_VERSION);
    CHECK(strstr(e.text, "needs level 1000"));
}

/* All but the first page is gone under an open catalogue: it is told once, and lists end early. */
TEST(damaged_while_it_is_open)
{
    struct item_row rows[4];
    struct catalog *c = NULL;
    struct search_answer answer;
    char path[160];
    int here, all;

    snprintf(path, sizeof path, "%s/damaged.db", sample_folder());
    CHECK_INT(sample_build(path, 7, NULL), 0);
    CHECK_INT(catalog_open(path, &c, NULL), 0);
    CHECK(catalog_item(c, "not there", NULL) == NULL);
    CHECK_INT(catalog_trouble(c), CATALOG_WELL);
    CHECK_INT(truncate(path, 4096), 0);
    CHECK_INT(catalog_search(c, &(struct search_query){"jm", false, false}, SEARCH_ALL, 0, rows, 4, &answer), 0);
    CHECK_INT(catalog_trouble(c), CATALOG_DAMAGED);
    CHECK_INT(catalog_trouble(c), CATALOG_WELL);
    catalog_hot(c, rows, 4, &here, &all);
    CHECK(catalog_item(c, RENEWAL, NULL) == NULL);
    CHECK_INT(catalog_trouble(c), CATALOG_DAMAGED);
    catalog_close(c);
}

/* It reads, and is no item: the file may be another than was signed, or it was signed so. */
TEST(an_item_that_is_none)
{
    struct catalog *c = NULL;
    sqlite3 *db = NULL;
    char path[160];

    snprintf(path, sizeof path, "%s/doubted.db", sample_folder());
    CHECK_INT(sample_build(path, 7, NULL), 0);
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, "UPDATE items SET body = '{' WHERE task_code = '" RENEWAL "'", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    CHECK_INT(catalog_open(path, &c, NULL), 0);
    CHECK(catalog_item(c, ELDERLY, NULL) != NULL);
    CHECK_INT(catalog_trouble(c), CATALOG_WELL);
    CHECK(catalog_item(c, RENEWAL, NULL) == NULL);
    CHECK_INT(catalog_trouble(c), CATALOG_DOUBTED);
    catalog_close(c);
}

TEST(no_file_no_database)
{
    struct catalog *c = NULL;
    struct err e = {0};
    char path[160];

    CHECK_INT(catalog_open("/nonexistent/catalog.db", &c, &e), -ERR_NOTFOUND);
    snprintf(path, sizeof path, "%s/text.db", sample_folder());
    CHECK_INT(fs_write_atomic(path, "this is no database, only a text of some length", 47, 0644, NULL), 0);
    CHECK_INT(catalog_open(path, &c, &e), -ERR_CHECKSUM);
    CHECK_INT(fs_write_atomic(path, "", 0, 0644, NULL), 0);
    CHECK_INT(catalog_open(path, &c, &e), -ERR_INVALID);
    catalog_close(NULL);
    sample_close();
}

TEST_MAIN(T(hot_items_by_popularity), T(themes_that_hold_something), T(departments_hold_every_item), T(rows_of_a_theme),
          T(one_item_whole), T(an_item_in_english), T(an_item_in_traditional_characters), T(sample_forms), T(item_not_there),
          T(queues_in_order), T(a_suspended_item_stands_last), T(search_in_the_catalogue), T(other_databases_are_refused),
          T(an_item_that_makes_no_sense_here_has_an_outline), T(what_is_newer_is_shown_and_not_done),
          T(what_is_newer_is_not_counted), T(tables_of_a_later_version), T(a_whole_catalogue_for_newer_software_is_refused),
          T(damaged_while_it_is_open), T(an_item_that_is_none), T(no_file_no_database))
