/* SPDX-License-Identifier: Apache-2.0
 *
 * Old and new keys side by side, found by their ids.
 */
#include "test.h"

#include "crypto/key_folder.h"

static char dir[64];

static void id_of(const struct public_key *k, uint8_t id[8])
{
    public_key_id(k, id);
}

TEST(each_is_found_by_its_id)
{
    struct private_key *first = NULL, *k = NULL;
    struct public_key one, two, three, is;
    uint8_t id[8];
    char junk[100];
    snprintf(dir, sizeof dir, "/tmp/tongban-keys-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(key_generate(&first, NULL), 0);
    key_public(first, &one);
    CHECK_INT(key_folder_save(dir, "sealing", first, NULL), 0); /* the name of the first one of a hall */
    CHECK_INT(key_folder_save(dir, "sealing", first, NULL), -ERR_EXISTS);
    CHECK_INT(key_folder_new(dir, "sealing", &two, NULL), 0);
    CHECK_INT(key_folder_new(dir, "ask", &three, NULL), 0);
    snprintf(junk, sizeof junk, "echo nonsense >'%s/sealing-junk.pem'", dir);
    CHECK_INT(system(junk), 0);
    const struct public_key *const there[] = {&one, &two};
    for (int i = 0; i < 2; i++) {
        id_of(there[i], id);
        CHECK_INT(key_folder_find(dir, "sealing", id, &k, NULL), 0);
        key_public(k, &is);
        CHECK_MEM(is.point, there[i]->point, sizeof is.point);
        key_free(k);
        k = NULL;
    }
    id_of(&three, id);
    CHECK_INT(key_folder_find(dir, "sealing", id, &k, NULL), -ERR_NOTFOUND); /* another role's */
    CHECK_INT(key_folder_find(dir, "seal", id, &k, NULL), -ERR_NOTFOUND);
    CHECK_INT(key_folder_find(dir, "ask", id, &k, NULL), 0);
    key_free(k);
    CHECK_INT(key_folder_find("/nowhere", "ask", id, &k, NULL), -ERR_NOTFOUND);
    key_free(first);
    snprintf(junk, sizeof junk, "rm -rf '%s'", dir);
    CHECK_INT(system(junk), 0);
}

TEST_MAIN(T(each_is_found_by_its_id))
