/* SPDX-License-Identifier: Apache-2.0
 *
 * What the session has looked up: answers of the sample catalogue, lent until the next of their kind, wiped with the visit.
 */
#include "kiosk/lookup.h"

#include "base/text.h"
#include "catalog/catalog_test.h"
#include "test.h"

static struct lookup *l;
static struct input in;

static struct halts off;

static bool ask(struct catalog *c, struct effect f)
{
    return lookup_answer(l, c, &off, &f, &in);
}

TEST(each_question_has_its_answer)
{
    struct catalog *c = sample_open();

    l = lookup_create("assets/divisions");
    CHECK(ask(c, (struct effect){.kind = EFFECT_HOME}));
    CHECK_INT(in.kind, INPUT_HOME);
    CHECK(in.listing->n_rows > 0 && in.listing->n_rows <= 4 && in.listing->all >= in.listing->here);
    CHECK(ask(c, (struct effect){.kind = EFFECT_BROWSE, .theme = -1}));
    CHECK_INT(in.kind, INPUT_BROWSE);
    CHECK(in.listing->n_themes > 0 && in.listing->n_rows == 0 && in.listing->pages == 1);
    CHECK(ask(c, (struct effect){.kind = EFFECT_BROWSE, .theme = 0}));
    CHECK(in.listing->n_rows > 0 && in.listing->total >= in.listing->n_rows);
    CHECK_INT(in.listing->pages, (in.listing->total + VIEW_PAGE_ROWS - 1) / VIEW_PAGE_ROWS);
    CHECK(ask(c, (struct effect){.kind = EFFECT_SEARCH, .search = {.text = "sfz"}}));
    CHECK_INT(in.kind, INPUT_SEARCH);
    CHECK(in.listing->n_rows > 0 && in.listing->found.total[FOUND_ALL] >= in.listing->n_rows);
    struct effect item = {.kind = EFFECT_ITEM};
    text_copy(item.task_code, sizeof item.task_code, in.listing->rows[0].task_code);
    CHECK(ask(c, item));
    CHECK_INT(in.kind, INPUT_ITEM);
    CHECK(in.item && !strcmp(in.item->task_code, item.task_code));
    CHECK(ask(c, (struct effect){.kind = EFFECT_ITEM, .task_code = "none"}) && !in.item);
    CHECK(ask(c, (struct effect){.kind = EFFECT_REGION, .code = "1101"}));
    CHECK_INT(in.kind, INPUT_REGION);
    CHECK(in.regions->n > 0 && in.regions->name[0]);
    CHECK(!ask(c, (struct effect){.kind = EFFECT_TIMER}));
    lookup_destroy(l);
}

/* How many a theme, or a department, says can be done here; and the first item of it that can. */
static int counted(struct catalog *c, bool by_dept, int theme, struct item_row *first)
{
    CHECK(ask(c, (struct effect){.kind = EFFECT_BROWSE, .theme = theme, .by_dept = by_dept}));
    if (first)
        *first = in.listing->rows[0];
    return in.listing->themes[theme].here;
}

TEST(what_is_off_is_not_counted)
{
    struct catalog *c = sample_open();
    struct item_row row;

    l = lookup_create("assets/divisions");
    for (int by_dept = 0; by_dept < 2; by_dept++) {
        off.n = 0;
        int theme = 0;
        while (counted(c, by_dept, theme, &row) == 0)
            theme++;
        int before = counted(c, by_dept, theme, NULL);
        int rows = in.listing->total;
        text_copy(off.list[0].task_code, sizeof off.list[0].task_code, row.task_code);
        text_copy(off.list[1].task_code, sizeof off.list[1].task_code, "none-of-these");
        off.n = 2;
        CHECK_INT(counted(c, by_dept, theme, NULL), before - 1);
        CHECK_INT(in.listing->total, rows); /* it can still be read */
    }
    off.n = 0;
    lookup_destroy(l);
}

TEST(without_a_catalogue_nothing_is_found)
{
    l = lookup_create("assets/divisions");
    CHECK(ask(NULL, (struct effect){.kind = EFFECT_HOME}) && in.listing->n_rows == 0);
    CHECK(ask(NULL, (struct effect){.kind = EFFECT_BROWSE, .theme = 0}) && in.listing->n_themes == 0);
    CHECK(ask(NULL, (struct effect){.kind = EFFECT_SEARCH, .search = {.text = "a"}}) && in.listing->n_rows == 0);
    CHECK(ask(NULL, (struct effect){.kind = EFFECT_ITEM, .task_code = "x"}) && !in.item);
    lookup_destroy(l);
}

TEST(nothing_stays_of_the_last_visit)
{
    const struct listing *home, *found;

    l = lookup_create("assets/divisions");
    ask(sample_open(), (struct effect){.kind = EFFECT_HOME});
    home = in.listing;
    ask(sample_open(), (struct effect){.kind = EFFECT_SEARCH, .search = {.text = "sfz"}});
    found = in.listing;
    CHECK(home != found && home->n_rows > 0 && found->rows[0].task_code[0]);
    lookup_wipe(l);
    CHECK(home->n_rows == 0 && found->n_rows == 0 && !found->rows[0].task_code[0] && !found->rows[0].name[0]);
    CHECK(ask(sample_open(), (struct effect){.kind = EFFECT_REGION, .code = "1101"}) && in.regions->n > 0);
    lookup_destroy(l);
    lookup_destroy(NULL);
    sample_close();
}

TEST_MAIN(T(each_question_has_its_answer), T(what_is_off_is_not_counted), T(without_a_catalogue_nothing_is_found),
          T(nothing_stays_of_the_last_visit))
