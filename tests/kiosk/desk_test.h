/* SPDX-License-Identifier: Apache-2.0
 *
 * A terminal with journal, catalogue and the hall's keys, without devices: for the sides that read those. Included by one
 * file of a test program.
 */
#ifndef TESTS_KIOSK_DESK_TEST_H
#define TESTS_KIOSK_DESK_TEST_H

#include "catalog/update_test.h"
#include "journal/anchor.h"
#include "kiosk/authority.h"
#include "kiosk/catalogue.h"
#include "kiosk/port_test.h"
#include "kiosk/records.h"

#define NINE INT64_C(1767574800000) /* Monday 2026-01-05 09:00 in China */

static struct loop *loop;
static struct terminal_config terminal;
static struct private_key *signing;
static struct records *records;
static struct catalogue *catalogue;
static struct authority *authority;

static inline void desk_nothing(void *ctx)
{
}

static inline void desk_unfinished(void *ctx, const char *role)
{
}

/* With the catalogue of `version` in use where it is not 0. */
static inline void desk_begin(int version)
{
    static const struct records_events on_records = {.unfinished = desk_unfinished, .opened = desk_nothing};
    static const struct catalogue_events on_catalogue = {desk_nothing, desk_nothing, desk_nothing};
    static const struct authority_events on_authority = {desk_nothing, desk_nothing};
    struct records_config config = {.data = data, .terminal = &terminal};
    char dir[160];
    bool changed;
    struct err e = {0};

    clock_set_built(NINE - 30 * DAY);
    clock_set_wall(NINE);
    fresh();
    if (!signing && key_generate(&signing, NULL))
        abort();
    config.signing = &signing;
    terminal = (struct terminal_config){
        .terminal = "t-1103-003", .epoch = "0123456789abcde", .office = 1103, .registration = 3};
    snprintf(dir, sizeof dir, "%s/journal", data);
    CHECK_INT(fs_mkdirs(dir, 0755, NULL), 0);
    CHECK_INT(anchor_make(dir, terminal.terminal, terminal.epoch, NULL), 0);
    hear_anew();
    loop = loop_create();
    records = records_create(loop, &config, &on_records, NULL, &port);
    catalogue = catalogue_create(loop, data, &on_catalogue, NULL, &port);
    authority = authority_create(data, &on_authority, NULL, &port);
    CHECK_INT(records_open(records, &e), 0);
    CHECK_STR(e.text, "");
    if (version) {
        deliver((struct delivery){.version = version});
        CHECK_INT(install(&changed, &e), 0);
        CHECK_INT(catalogue_open(catalogue, &e), 0);
    }
    authority_load_root(authority);
}

static inline void desk_end(void)
{
    authority_destroy(authority);
    catalogue_destroy(catalogue);
    records_end(records, false);
    records_destroy(records);
    loop_destroy(loop);
}

#endif
