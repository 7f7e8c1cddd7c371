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

static bool ask(struct catalog *c, struct effect f)
{
    return lookup_answer(l, c, &f, &in);
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

TEST_MAIN(T(each_question_has_its_answer), T(without_a_catalogue_nothing_is_found), T(nothing_stays_of_the_last_visit))
