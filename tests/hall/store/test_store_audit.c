/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit log is a chain: whatever is done to its rows behind the hall's back shows, and says where.
 */
#include "test.h"

#include "hall/database.h"

#include "tools/hall/store/store_audit.h"

static struct store *store;
static char dir[40];
static struct audit_seen seen;
static struct err e;

static int sql(const char *text)
{
    return sql_exec(store_sql(store), text, &e);
}

static void begin(void)
{
    static const char *const reasons[] = {"核对", "", "当面办理", "投诉"};

    snprintf(dir, sizeof dir, "/tmp/tongban-audit-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    for (int i = 0; i < 4; i++) {
        CHECK_INT(store_audit(store, 1103, "0417", "case-open", "1103001260105000018", reasons[i], &e), 0);
        CHECK_INT(store_audit(store, 1104, "0503", "sign-in", "0503", "", &e), 0);
    }
    seen = (struct audit_seen){0};
    CHECK_INT(audit_verify(store, &seen, &e), 0);
    CHECK_INT(seen.n, 2);
    CHECK_INT(seen.heads[0].office, 1103);
    CHECK_INT(seen.heads[0].seq, 4);
}

static void end(void)
{
    audit_seen_finish(&seen);
    store_close(store);
    char rm[60];
    snprintf(rm, sizeof rm, "rm -rf %s", dir);
    CHECK_INT(system(rm), 0);
    e = (struct err){0};
}

/* Without what was seen before, and with it. */
static void broken(bool alone, const char *words)
{
    struct audit_seen none = {0};
    struct err why = {0};

    CHECK_INT(audit_verify(store, &none, &why), alone ? -ERR_CHECKSUM : 0);
    audit_seen_finish(&none);
    why = (struct err){0};
    CHECK_INT(audit_verify(store, &seen, &why), -ERR_CHECKSUM);
    if (!strstr(why.text, words))
        printf("# %s\n", why.text);
    CHECK(strstr(why.text, words));
    CHECK_INT(seen.wrong_office, 1103);
    CHECK_INT(seen.heads[0].seq, 4); /* what was seen stays */
}

TEST(whole)
{
    begin();
    CHECK_INT(store_audit(store, 1105, "0601", "sign-in", "0601", "", &e), 0);
    CHECK_INT(audit_verify(store, &seen, &e), 0);
    CHECK_INT(seen.n, 3);
    end();
}

TEST(changed)
{
    static const char *const changes[] = {"UPDATE audit SET reason='' WHERE office=1103 AND seq=3",
                                          "UPDATE audit SET who='0503' WHERE office=1103 AND seq=3",
                                          "UPDATE audit SET at=at-1 WHERE office=1103 AND seq=3",
                                          "UPDATE audit SET subject='1103' WHERE office=1103 AND seq=3",
                                          "UPDATE audit SET action='case-show' WHERE office=1103 AND seq=3"};

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        begin();
        CHECK_INT(sql(changes[i]), 0);
        broken(true, "office 1103, row 3: it was changed");
        end();
    }
}

TEST(removed)
{
    begin();
    CHECK_INT(sql("DELETE FROM audit WHERE office=1103 AND seq=2"), 0);
    broken(true, "office 1103, row 3: the row before it is missing");
    end();
    begin();
    CHECK_INT(sql("DELETE FROM audit WHERE office=1103 AND seq=1"), 0);
    broken(true, "office 1103, row 2: the row before it is missing");
    end();
}

/* Removed, and those behind it moved up: their hashes say so. */
TEST(moved_up)
{
    begin();
    CHECK_INT(sql("DELETE FROM audit WHERE office=1103 AND seq=2"), 0);
    CHECK_INT(sql("UPDATE audit SET seq=2 WHERE office=1103 AND seq=3"), 0);
    CHECK_INT(sql("UPDATE audit SET seq=3 WHERE office=1103 AND seq=4"), 0);
    broken(true, "office 1103, row 2: it was changed");
    end();
}

/* A chain that was cut at its end is a good chain: who saw it before knows. */
TEST(cut)
{
    begin();
    CHECK_INT(sql("DELETE FROM audit WHERE office=1103 AND seq=4"), 0);
    broken(false, "office 1103: it ends at row 3, and went to row 4 before");
    end();
    begin();
    CHECK_INT(sql("DELETE FROM audit WHERE office=1103"), 0);
    broken(false, "office 1103: it ends at row 0, and went to row 4 before");
    end();
}

/* Cut and written on: another row stands there. */
TEST(written_anew)
{
    begin();
    CHECK_INT(sql("DELETE FROM audit WHERE office=1103 AND seq=4"), 0);
    CHECK_INT(store_audit(store, 1103, "0417", "case-open", "1103001260105000018", "别的", &e), 0);
    broken(false, "office 1103, row 4: it is another one than was seen there before");
    end();
}

static int keep_seq(void *ctx, const struct audit_row *r, const uint8_t hash[SHA256_LEN])
{
    char *text = ctx;
    size_t len = strlen(text);

    CHECK_INT(r->office, 1103);
    snprintf(text + len, 40 - len, "%d ", (int)r->seq);
    return r->seq == 2; /* enough */
}

static const char *span(int64_t from, int64_t before, int64_t begins, int64_t ends, const char *subject)
{
    static char text[40];
    const struct audit_span part = {
        .office = 1103, .from = from, .before = before, .begins = begins, .ends = ends, .subject = subject};
    text[0] = '\0';
    CHECK_INT(audit_each_back(store, &part, keep_seq, text, &e), 0);
    return text;
}

/* The newest first, down to where the reader has enough. */
TEST(backwards)
{
    struct audit_head head;
    begin();
    CHECK_INT(audit_head_read(store, 1103, &head, &e), 0);
    CHECK_INT(head.seq, 4);
    CHECK_MEM(head.hash, seen.heads[0].hash, sizeof head.hash);
    CHECK_INT(audit_head_read(store, 9999, &head, &e), 0);
    CHECK_INT(head.seq, 0);
    CHECK_INT(sql("UPDATE audit SET at = seq * 100"), 0);
    CHECK_STR(span(1, 5, 0, INT64_MAX, ""), "4 3 2 ");
    CHECK_STR(span(3, 4, 0, INT64_MAX, ""), "3 ");
    CHECK_STR(span(1, 5, 300, 400, ""), "3 ");
    CHECK_STR(span(1, 5, 0, INT64_MAX, "1103001260105000018"), "4 3 2 ");
    CHECK_STR(span(1, 5, 0, INT64_MAX, "0503"), "");
    end();
}

TEST_MAIN(T(whole), T(changed), T(removed), T(moved_up), T(cut), T(written_anew), T(backwards))
