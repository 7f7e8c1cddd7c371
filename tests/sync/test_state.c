/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include <sys/stat.h>

#include "sync/state.h"

TEST(numbers_stay_with_their_journal)
{
    char dir[64], sub[80], command[100];
    struct state *s = NULL;
    const uint8_t one[EPOCH_LEN] = {1}, two[EPOCH_LEN] = {2};
    snprintf(dir, sizeof dir, "/tmp/tongban-state-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(sub, sizeof sub, "%s/sync", dir);
    mkdir(sub, 0755);
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 0);
    CHECK_INT(state_set(s, STATE_ACKED, 41, NULL), 0);
    CHECK_INT(state_set(s, STATE_ACKED, 42, NULL), 0);
    state_close(s);
    CHECK_INT(state_open(dir, one, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 42);
    state_close(s);
    CHECK_INT(state_open(dir, two, &s, NULL), 0);
    CHECK_INT(state_get(s, STATE_ACKED), 0);
    state_close(s);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(numbers_stay_with_their_journal))
