/* SPDX-License-Identifier: Apache-2.0
 *
 * See keyring.h.
 */
#include "tools/hall/open/keyring.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "crypto/key_folder.h"

static void drop(struct keyring_key *k)
{
    key_free(k->key);
    *k = (struct keyring_key){0};
}

void keyring_forget(struct keyring *r)
{
    for (int i = 0; i < KEYRING_KEPT; i++)
        drop(&r->kept[i]);
    drop(&r->asked);
    r->n = r->next = 0;
}

/* A folder that changed, or is not there, has nothing that is known; nor one that changed just now, for its time goes in
 * steps, and what comes in the same one is not seen. */
static void look_at_folder(struct keyring *r)
{
    struct stat st = {0};

    if (stat(r->dir, &st) == 0 && st.st_mtim.tv_sec == r->changed.tv_sec && st.st_mtim.tv_nsec == r->changed.tv_nsec &&
        time(NULL) > st.st_mtim.tv_sec + 1)
        return;
    keyring_forget(r);
    r->changed = st.st_mtim;
}

static struct private_key *known(const struct keyring *r, const char *stem, const uint8_t id[8])
{
    for (int i = 0; i < r->n; i++)
        if (strcmp(r->kept[i].stem, stem) == 0 && memcmp(r->kept[i].id, id, sizeof r->kept[i].id) == 0)
            return r->kept[i].key;
    return NULL;
}

/* In the place of the one that has been there longest. */
static void keep(struct keyring *r, const char *stem, const uint8_t id[8], struct private_key *key)
{
    struct keyring_key *k = &r->kept[r->next];

    drop(k);
    text_copy(k->stem, sizeof k->stem, stem);
    memcpy(k->id, id, sizeof k->id);
    k->key = key;
    r->next = (r->next + 1) % KEYRING_KEPT;
    if (r->n < KEYRING_KEPT)
        r->n++;
}

int keyring_find(struct keyring *r, const char *stem, const uint8_t id[8], const struct private_key **ret, struct err *e)
{
    struct private_key *k = NULL;

    look_at_folder(r);
    if ((*ret = known(r, stem, id)))
        return 0;
    drop(&r->asked);
    int rc = key_folder_find(r->dir, stem, id, &k, e);
    if (rc == 0)
        keep(r, stem, id, k);
    else if (r->token && (rc = token_find(r->token, stem, id, &k, e)) == 0)
        r->asked.key = k;
    *ret = k;
    return rc;
}
