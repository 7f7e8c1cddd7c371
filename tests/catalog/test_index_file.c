/* SPDX-License-Identifier: Apache-2.0
 *
 * The search index beside a catalogue: whatever happens to it, the same is found as without one, and it is made anew.
 */
#include "test.h"

#include <sys/stat.h>

#include "base/fs.h"
#include "catalog/index_file.h"
#include "catalog_test.h"

static const char *const queries[] = {"老年", "ln",     "laonianren",   "yanglao", "z", "zh",
                                      "sb",   "shebao", "laonainzheng", "card",    "q", ""};
#define QUERIES (sizeof queries / sizeof *queries)

struct answer {
    struct search_answer said;
    struct item_row rows[SEARCH_PAGE_MAX];
    int n;
};
static struct answer want[QUERIES]; /* without an index */
static char index_path[160];
static struct catalog *c;

static void ask(const char *text, struct answer *ret)
{
    const struct search_query q = {text, true, false};

    memset(ret, 0, sizeof *ret);
    ret->n = catalog_search(c, &q, SEARCH_ALL, 0, ret->rows, SEARCH_PAGE_MAX, &ret->said);
}

static void found_as_ever(void)
{
    for (size_t i = 0; i < QUERIES; i++) {
        struct answer got;

        ask(queries[i], &got);
        CHECK_INT(got.n, want[i].n);
        CHECK_MEM(&got.said, &want[i].said, sizeof got.said);
        CHECK_MEM(got.rows, want[i].rows, sizeof got.rows);
    }
}

TEST(begin)
{
    c = sample_open();
    snprintf(index_path, sizeof index_path, "%s/sample.index", sample_folder());
    for (size_t i = 0; i < QUERIES; i++)
        ask(queries[i], &want[i]);
    CHECK(want[0].n > 0 && want[1].n > 0);
    catalog_release_items(c);
    CHECK_INT(index_file_check(sample_path_, NULL), -ERR_NOTFOUND);
    CHECK_INT(index_file_make(sample_path_, NULL), 0);
    CHECK_INT(index_file_check(sample_path_, NULL), 0);
}

TEST(with_it_the_same_is_found)
{
    found_as_ever();
    CHECK_INT(catalog_trouble(c), CATALOG_WELL);
    catalog_release_items(c);
}

TEST(it_is_the_same_whoever_makes_it)
{
    struct buf first, again;

    CHECK_INT(fs_read(index_path, 1 << 28, &first, NULL), 0);
    CHECK_INT(index_file_make(sample_path_, NULL), 0);
    CHECK_INT(fs_read(index_path, 1 << 28, &again, NULL), 0);
    CHECK_INT(again.len, first.len);
    CHECK_MEM(again.data, first.data, first.len);
    buf_finish(&first);
    buf_finish(&again);
}

/* Bytes all over the file. */
TEST(a_damaged_one_is_found_by_its_hash)
{
    struct buf whole;

    CHECK_INT(fs_read(index_path, 1 << 28, &whole, NULL), 0);
    for (size_t at = 0; at < whole.len; at += whole.len / 40 + 1) {
        whole.data[at] ^= 0x20;
        CHECK_INT(fs_write_atomic(index_path, whole.data, whole.len, 0644, NULL), 0);
        CHECK(index_file_check(sample_path_, NULL) < 0);
        whole.data[at] ^= 0x20;
    }
    CHECK_INT(fs_write_atomic(index_path, whole.data, whole.len, 0644, NULL), 0);
    CHECK_INT(index_file_check(sample_path_, NULL), 0);
    buf_finish(&whole);
}

/* What can be seen to make no sense is given up at once. */
TEST(numbers_that_lead_nowhere_are_not_followed)
{
    struct buf whole;
    size_t table;

    CHECK_INT(fs_read(index_path, 1 << 28, &whole, NULL), 0);
    memcpy(&table, whole.data + 8, 8);
    memset(whole.data + 64 + (table + 7) / 8 * 8 + 64 + 4, 0xff, 60); /* the first nodes */
    CHECK_INT(fs_write_atomic(index_path, whole.data, whole.len, 0644, NULL), 0);
    found_as_ever();
    CHECK_INT(catalog_trouble(c), CATALOG_DOUBTED); /* so that it is looked at */
    catalog_release_items(c);
    buf_finish(&whole);
    CHECK_INT(index_file_make(sample_path_, NULL), 0);
}

TEST(one_that_is_cut_short_while_it_is_mapped)
{
    struct answer got;

    ask(queries[0], &got);
    CHECK_INT(truncate(index_path, 64), 0);
    found_as_ever();
    CHECK_INT(catalog_trouble(c), CATALOG_DOUBTED);
    catalog_release_items(c);
    CHECK_INT(index_file_check(sample_path_, NULL), -ERR_NOTFOUND);
    found_as_ever(); /* and one that was so before */
    catalog_release_items(c);
    CHECK_INT(index_file_make(sample_path_, NULL), 0);
}

TEST(one_of_another_catalogue)
{
    char other[160], moved[200];

    snprintf(other, sizeof other, "%s/other.db", sample_folder());
    snprintf(moved, sizeof moved, "%s/other.index", sample_folder());
    CHECK_INT(sample_build_from("tests/catalogues/look-up", other, 8, NULL), 0);
    CHECK_INT(index_file_make(other, NULL), 0);
    CHECK_INT(rename(moved, index_path), 0);
    CHECK_INT(index_file_check(sample_path_, NULL), -ERR_CHECKSUM);
    found_as_ever();
    catalog_release_items(c);
    index_file_remove(sample_path_);
    CHECK_INT(index_file_check(sample_path_, NULL), -ERR_NOTFOUND);
}

TEST(finish)
{
    sample_close();
}

TEST_MAIN(SETUP(begin), T(with_it_the_same_is_found), T(it_is_the_same_whoever_makes_it),
          T(a_damaged_one_is_found_by_its_hash), T(numbers_that_lead_nowhere_are_not_followed),
          T(one_that_is_cut_short_while_it_is_mapped), T(one_of_another_catalogue), TEARDOWN(finish))
