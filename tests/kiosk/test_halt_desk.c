/* SPDX-License-Identifier: Apache-2.0
 *
 * Items that are taken off, as kiosk has them: only the hall's signature counts, an older list never, and what was kept
 * holds after a restart.
 */
#include "kiosk/halt_desk.h"

#include "crypto/sign.h"
#include "kiosk/desk_test.h"
#include "wire/halts.h"

#define CODE "11110105MB0A0000164000709102000" /* version 3 in the catalogue in use */
#define BUNDLE "YJS-110105-retirement"
#define MEMBER "11110105MB0A00043G4002000132000" /* version 1 */

static struct halt_desk *d;

static void start(void)
{
    hear_anew();
    d = halt_desk_create(data, catalogue, authority, &port);
    halt_desk_load(d);
}

static void begin(void)
{
    desk_begin(5);
    start();
}

static void end(void)
{
    halt_desk_destroy(d);
    desk_end();
}

/* `code` NULL: nothing is off. */
static const char *list_of(int64_t at, int64_t version, const char *code, int upto, int signer)
{
    static struct buf text;
    struct halts_told t = {.at_ms = at, .halts = {.version = version, .n = code != NULL, .list = {{.upto = upto}}}};
    struct public_key pub;
    struct news_word w = {.state = ""};
    struct buf state;

    text_copy(t.halts.list[0].task_code, sizeof t.halts.list[0].task_code, code ? code : "");
    text_copy(t.halts.list[0].zh, sizeof t.halts.list[0].zh, "材料有误");
    buf_init(&state, NEWS_QUEUES_MAX);
    CHECK_INT(halts_encode(&t, &state, NULL), 0);
    text_copy(w.state, sizeof w.state, buf_str(&state));
    CHECK_INT(sign_message(keys[signer], HALTS_PREFIX, state.data, state.len, w.by.sig, &w.by.sig_len, NULL), 0);
    key_public(keys[signer], &pub);
    public_key_id(&pub, w.by.key_id);
    buf_finish(&state);
    buf_finish(&text);
    buf_init(&text, NEWS_WORD_MAX);
    CHECK_INT(news_word_encode(&w, &text), 0);
    return buf_str(&text);
}

static int n_told(void)
{
    return fed(INPUT_HALTS) ? fed(INPUT_HALTS)->halts->n : -1;
}

TEST(off_and_on)
{
    begin();
    CHECK_INT(n_told(), -1);
    halt_desk_said(d, list_of(NINE, 1, CODE, 3, ACK));
    CHECK_INT(n_told(), 1);
    CHECK_STR(fed(INPUT_HALTS)->halts->list[0].zh, "材料有误");
    CHECK_INT(halt_desk_version(d), 1);
    CHECK(heard.n_changes > 0); /* the hall is told */
    halt_desk_said(d, list_of(NINE, 2, NULL, 0, ACK));
    CHECK_INT(n_told(), 0);
    end();
}

/* The catalogue in use has version 3 of it. */
TEST(what_of_it_counts)
{
    begin();
    halt_desk_said(d, list_of(NINE, 1, CODE, 2, ACK));
    CHECK_INT(n_told(), 0);
    halt_desk_said(d, list_of(NINE, 2, CODE, 9, ACK));
    CHECK_INT(n_told(), 1);
    halt_desk_said(d, list_of(NINE, 3, "no-such-item", 9, ACK));
    CHECK_INT(n_told(), 0);
    end();
}

TEST(only_the_halls_and_never_an_older_one)
{
    begin();
    halt_desk_said(d, list_of(NINE, 5, CODE, 3, CATALOGUE));
    halt_desk_said(d, "{");
    halt_desk_said(d, "");
    CHECK_INT(n_told(), -1);
    halt_desk_said(d, list_of(NINE, 5, CODE, 3, ACK));
    CHECK_INT(n_told(), 1);
    halt_desk_said(d, list_of(NINE - 1, 4, NULL, 0, ACK));
    halt_desk_said(d, list_of(NINE, 5, NULL, 0, ACK));
    CHECK_INT(n_told(), 1);
    halt_desk_said(d, list_of(NINE + 1, 1, NULL, 0, ACK)); /* a hall that was restored goes on in time */
    CHECK_INT(n_told(), 0);
    halt_desk_said(d, list_of(NINE - 5, 9, CODE, 3, ACK)); /* one whose clock was set back, in versions */
    CHECK_INT(n_told(), 1);
    end();
}

TEST(kept_over_a_restart)
{
    char path[600];
    struct err e = {0};

    begin();
    halt_desk_said(d, list_of(NINE, 1, CODE, 3, ACK));
    halt_desk_destroy(d);
    start();
    CHECK_INT(n_told(), 1);
    halt_desk_destroy(d);
    snprintf(path, sizeof path, "%s/catalog/halts.json", data);
    const char *swapped = list_of(NINE + 9, 9, NULL, 0, OTHER_CATALOGUE);
    CHECK_INT(fs_write_atomic(path, swapped, strlen(swapped), 0644, &e), 0);
    start(); /* somebody else's list is of no use, and the hall says its own again */
    CHECK_INT(n_told(), -1);
    halt_desk_said(d, list_of(NINE, 1, CODE, 3, ACK));
    CHECK_INT(n_told(), 1);
    CHECK_INT(unlink(path), 0);
    halt_desk_destroy(d);
    start();
    CHECK_INT(n_told(), -1);
    end();
}

/* A root that names another key for the hall's word, as of now. */
static void change_key(int64_t version)
{
    key_free(keys[ACK]);
    CHECK_INT(key_generate(&keys[ACK], NULL), 0);
    put_root(data, version, CATALOGUE, SEALING, ROOT);
    authority_load_root(authority);
    halt_desk_load(d);
}

/* It goes on by what it has, and says that it needs it anew: a start would find nothing that holds. */
TEST(the_hall_has_another_key)
{
    begin();
    halt_desk_said(d, list_of(NINE, 4, CODE, 3, ACK));
    CHECK_INT(halt_desk_version(d), 4);
    char *before = strdup(list_of(NINE, 4, CODE, 3, ACK));
    change_key(2);
    CHECK_INT(halt_desk_version(d), 0);
    CHECK_INT(n_told(), 1);
    halt_desk_said(d, before);
    halt_desk_said(d, list_of(NINE - 1, 3, NULL, 0, ACK));
    CHECK_INT(halt_desk_version(d), 0);
    CHECK_INT(n_told(), 1);
    halt_desk_said(d, list_of(NINE - 1, 4, CODE, 3, ACK)); /* the same list, whatever the hall's clock is by now */
    CHECK_INT(halt_desk_version(d), 4);
    halt_desk_destroy(d);
    start();
    CHECK_INT(halt_desk_version(d), 4);
    CHECK_INT(n_told(), 1);
    free(before);
    end();
}

/* It is told as if it were off itself, wherever it stands; and what cannot be done here now is not counted as such. */
TEST(a_member_stops_its_bundle)
{
    char path[PATH_MAX];
    struct err e = {0};

    snprintf(path, sizeof path, "%s/v9.db", sample_folder());
    CHECK_INT(sample_build_from("tests/catalogues/bundle", path, 9, &e), 0);
    CHECK_STR(e.text, "");
    desk_begin(9);
    start();
    halt_desk_said(d, list_of(NINE, 1, MEMBER, 1, ACK));
    const struct halt *h = fed(INPUT_HALTS) ? halts_code(fed(INPUT_HALTS)->halts, BUNDLE) : NULL;
    CHECK_INT(n_told(), 2);
    CHECK(h != NULL);
    CHECK_STR(h ? h->zh : "", "材料有误");
    CHECK_INT(h ? h->upto : 0, 1);
    CHECK_INT(fed(INPUT_HALTS)->halted_here, 2);
    halt_desk_said(d, list_of(NINE, 2, BUNDLE, 1, ACK)); /* its members are none the worse */
    CHECK_INT(n_told(), 1);
    CHECK_INT(fed(INPUT_HALTS)->halted_here, 1);
    halt_desk_said(d, list_of(NINE, 3, NULL, 0, ACK));
    CHECK_INT(n_told(), 0);
    CHECK_INT(fed(INPUT_HALTS)->halted_here, 0);
    end();
}

TEST_MAIN(T(a_member_stops_its_bundle), T(off_and_on), T(what_of_it_counts), T(only_the_halls_and_never_an_older_one),
          T(kept_over_a_restart), T(the_hall_has_another_key))
