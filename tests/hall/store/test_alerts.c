/* SPDX-License-Identifier: Apache-2.0
 *
 * Alerts on their way to the database: a flood is one row, and a full disk loses none.
 */
#include "hall/store/alert_count.h"
#include "test.h"

#include "hall/database.h"

#include <stdlib.h>

#include "tools/hall/store/alerts.h"
#include "tools/hall/store/disk.h"

static struct event_base *base;
static struct store *store;
static struct writer *writer;
static struct alerts *alerts;
static char dir[64];

static void begin(void)
{
    snprintf(dir, sizeof dir, "/tmp/tongban-alerts-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    base = event_base_new();
    CHECK_INT(database_make(dir, NULL), 0);
    CHECK_INT(store_open(dir, &store, NULL), 0);
    CHECK_INT(writer_create(base, store, &writer, NULL), 0);
    CHECK_INT(alerts_create(base, writer, &alerts, NULL), 0);
}

/* Everything told is written. */
static void wait_for(const char *what, int n)
{
    struct store *reader = NULL;
    CHECK_INT(store_open(dir, &reader, NULL), 0);
    while (alert_count(reader, 7, what, NULL) < n)
        event_base_loop(base, EVLOOP_ONCE);
    store_close(reader);
}

static void end(void)
{
    char command[100];
    writer_destroy(writer);
    alerts_destroy(alerts);
    store_close(store);
    event_base_free(base);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

static int rows;
static struct store_alert_row last;

static int on_row(void *ctx, const struct store_alert_row *a)
{
    rows++;
    last = *a;
    last.terminal = last.what = last.detail = NULL;
    return 0;
}

static void read_rows(void)
{
    rows = 0;
    CHECK_INT(store_each_alert(store, on_row, NULL, NULL), 0);
}

TEST(a_flood_is_one_row)
{
    begin();
    for (int i = 0; i < 20000; i++)
        alerts_tell(alerts, 7, "t-1", "fork", "again");
    wait_for("fork", 20000);
    end();
    begin();
    alerts_tell(alerts, 7, "t-1", "fork", "one");
    alerts_tell(alerts, 7, "t-2", "fork", "two");
    alerts_tell(alerts, 7, "t-2", "fork", "three");
    wait_for("fork", 3);
    writer_destroy(writer);
    writer = NULL;
    read_rows();
    CHECK_INT(rows, 2);
    CHECK_INT(last.count, 2);
    CHECK(last.first <= last.last);
    end();
}

TEST(a_full_disk_loses_none)
{
    begin();
    store_set_full(store, true);
    for (int i = 0; i < 3; i++) {
        alerts_tell(alerts, 7, "t-1", "fork", "while it is full");
        event_base_loop(base, EVLOOP_ONCE);
    }
    CHECK_INT(alert_count(store, 7, "fork", NULL), 0);
    store_set_full(store, false);
    wait_for("fork", 3);
    end();
}

TEST(room_on_the_disk)
{
    const uint64_t mb = 1024 * 1024;
    CHECK_INT(disk_judge(10 * mb, 1000 * mb), DISK_FULL);
    CHECK_INT(disk_judge(63 * mb, 100 * mb), DISK_FULL);
    CHECK_INT(disk_judge(100 * mb, 3000 * mb), DISK_LOW);
    CHECK_INT(disk_judge(200 * mb, 3000 * mb), DISK_FINE);
    CHECK_INT(disk_judge(3000 * mb, 1000000 * mb), DISK_FINE); /* few per cent of much are much */
}

TEST_MAIN(T(a_flood_is_one_row), T(a_full_disk_loses_none), T(room_on_the_disk))
