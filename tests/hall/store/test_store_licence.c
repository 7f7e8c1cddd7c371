/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of licences: kept once each, found by whose they are, replaced by a later word, and what was revoked here is
 * not forgotten with what the platform said before.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_licence.h"

#define OFFICE 1103
#define NUMBER "1103003260105000279"
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

static struct store *store;
static char dir[] = "/tmp/tongban-licence-XXXXXX";
static char seen[400];
static const uint8_t zhang[SHA256_LEN] = {1}, li[SHA256_LEN] = {2}, none[SHA256_LEN] = {3};

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_STR(e.text, "");
}

static struct licence licence(uint8_t id, const char *kind, enum licence_source source)
{
    struct licence l = {.id = {id},
                        .code = "C-1",
                        .number = "****0123",
                        .issuer = "it's the bureau",
                        .from = {2024, 1, 5},
                        .to = {2029, 1, 4},
                        .source = source,
                        .told = {2026, 1, 5},
                        .learned = NINE};

    text_copy(l.kind, sizeof l.kind, kind);
    return l;
}

static void put(const uint8_t *idx, struct licence l)
{
    struct err e = {0};

    CHECK_INT(licence_put(store, idx, &l, &e), 0);
    CHECK_STR(e.text, "");
}

static int see(void *ctx, const struct licence *l)
{
    size_t len = strlen(seen);

    snprintf(seen + len, sizeof seen - len, "%d %s %s;", l->id[0], l->kind, licence_state_word(l->state));
    return ctx && --*(int *)ctx == 0;
}

static const char *of(const uint8_t *idx)
{
    seen[0] = '\0';
    CHECK_INT(licence_each_of(store, idx, see, NULL, NULL), 0);
    return seen;
}

static const char *all(const char *kind, int most)
{
    seen[0] = '\0';
    CHECK_INT(licence_each(store, kind, see, &most, NULL), 0);
    return seen;
}

TEST(kept_as_it_was)
{
    struct licence l = licence(1, "residence", LICENCE_IMPORT), again;

    put(zhang, l);
    CHECK_INT(licence_find(store, l.id, &again, NULL), 0);
    CHECK_MEM(&again, &l, sizeof l);
    l.to = (struct date){0};
    l.told.day = 6;
    put(zhang, l);
    CHECK_INT(licence_find(store, l.id, &again, NULL), 0);
    CHECK_MEM(&again, &l, sizeof l);
    CHECK_INT(licence_find(store, none, &again, NULL), -ERR_NOTFOUND);
    CHECK_MEM(&again, &l, sizeof l);
}

TEST(found_by_whose_it_is)
{
    put(zhang, licence(3, "driving", LICENCE_IMPORT));
    put(li, licence(2, "residence", LICENCE_IMPORT));
    CHECK_STR(of(zhang), "3 driving valid;1 residence valid;");
    CHECK_STR(of(li), "2 residence valid;");
    CHECK_STR(of(none), "");
    CHECK_STR(all(NULL, 99), "3 driving valid;1 residence valid;2 residence valid;");
    CHECK_STR(all("residence", 99), "1 residence valid;2 residence valid;");
    CHECK_STR(all("C-1", 1), "3 driving valid;");
    CHECK_STR(all("fishing", 99), "");
}

TEST(revoked_is_not_forgotten)
{
    struct licence l = licence(5, "marriage", LICENCE_PLATFORM), again;

    put(zhang, licence(4, "marriage", LICENCE_PLATFORM));
    put(zhang, l);
    put(li, licence(6, "marriage", LICENCE_PLATFORM));
    l.state = LICENCE_REVOKED;
    text_copy(l.staff, sizeof l.staff, "王");
    text_copy(l.reason, sizeof l.reason, "已注销");
    CHECK_INT(licence_set(store, &l, NULL), 0);
    CHECK_INT(licence_find(store, l.id, &again, NULL), 0);
    CHECK_MEM(&again, &l, sizeof l);
    CHECK_INT(licence_forget(store, zhang, "residence", NULL), 0); /* it was imported */
    CHECK_INT(licence_forget(store, zhang, "marriage", NULL), 0);
    CHECK_STR(of(zhang), "3 driving valid;5 marriage revoked;1 residence valid;");
    CHECK_STR(of(li), "6 marriage valid;2 residence valid;");
}

static void see_check(void *ctx, const struct licence_check *c)
{
    size_t len = strlen(seen);

    CHECK_INT(c->at, NINE);
    snprintf(seen + len, sizeof seen - len, "%s %s %s;", c->kind, licence_asked_word(c->asked), licence_why_word(c->why));
}

static const char *checks(int office)
{
    seen[0] = '\0';
    CHECK_INT(licence_check_each(store, office, NUMBER, see_check, NULL, NULL), 0);
    return seen;
}

TEST(what_came_of_asking)
{
    struct licence_check c = {.kind = "residence", .asked = LICENCE_NOT_TOLD, .at = NINE, .why = LICENCE_WHY_LATE};

    CHECK_STR(checks(OFFICE), "");
    CHECK_INT(licence_check_put(store, OFFICE, NUMBER, &c, NULL), 0);
    CHECK_STR(checks(OFFICE), "residence not-told late;");
    c.asked = LICENCE_SAID_NONE;
    c.why = LICENCE_WHY_NONE;
    CHECK_INT(licence_check_put(store, OFFICE, NUMBER, &c, NULL), 0);
    text_copy(c.kind, sizeof c.kind, "marriage");
    CHECK_INT(licence_check_put(store, OFFICE, NUMBER, &c, NULL), 0);
    CHECK_STR(checks(OFFICE), "marriage none ;residence none ;");
    CHECK_STR(checks(OFFICE + 1), "");
}

TEST(teardown)
{
    char command[100];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(kept_as_it_was), T(found_by_whose_it_is), T(revoked_is_not_forgotten), T(what_came_of_asking),
          TEARDOWN(teardown))
