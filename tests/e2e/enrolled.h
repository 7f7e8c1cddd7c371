/* SPDX-License-Identifier: Apache-2.0
 *
 * One hall with one enrolled terminal, on the stage: what kioskctl and a technician would have done.
 */
#ifndef E2E_ENROLLED_H
#define E2E_ENROLLED_H

#include "e2e/stage.h"

#include "base/fs.h"
#include "base/text.h"
#include "crypto/random.h"
#include "hall/database.h"
#include "wire/enrol.h"

#define ENROLLED_TERMINAL "t-1103-003"
#define ENROLLED_OFFICE 1103

static inline bool enrolled_hall(struct stage_hall *h)
{
    stage_write("place.json", "{\"zone\":\"城东政务服务 24 小时自助\",\"spot\":\"示范区城东街道\",\"device\":\"03 号机\","
                              "\"hotline\":\"12345\",\"supervision\":\"12345\"}");
    const char *uri = database_new();
    return stage_run("hallctl", "keys", "init", "--keys", stage_path("keys"), "--data", stage_path("hall"), "--test",
                     uri ? "--database" : NULL, uri, NULL) == 0 &&
           stage_hall_start(h);
}

/* Writes a fresh sheet.json. */
static inline int enrolled_sheet(const struct stage_hall *h)
{
    return stage_run("hallctl", "terminal", "add", "--data", stage_path("hall"), "--id", ENROLLED_TERMINAL, "--office",
                     "1103", "--place", stage_path("place.json"), "--hall", h->url, "--out", stage_path("sheet.json"), NULL);
}

/* A terminal's folder with a new epoch and signing key, as kioskctl prepares it. */
static inline bool enrolled_prepare_as(const char *terminal, const char *folder, uint8_t epoch[EPOCH_LEN],
                                       struct private_key **signing)
{
    struct err e = {0};
    struct buf json;
    struct enrol_register r = {0};
    char path[100];

    text_copy(r.terminal, sizeof r.terminal, terminal);
    mkdir(stage_path(folder), 0755);
    snprintf(path, sizeof path, "%s/sync", folder);
    mkdir(stage_path(path), 0755);
    snprintf(path, sizeof path, "%s/sync/register.json", folder);
    random_bytes(epoch, EPOCH_LEN);
    memcpy(r.epoch, epoch, EPOCH_LEN);
    buf_init(&json, 4096);
    bool ok = !key_generate(signing, &e) && !enrol_register_sign(*signing, &r, &e) && !enrol_register_encode(&r, &json) &&
              !fs_write_atomic(stage_path(path), json.data, json.len, 0644, &e);
    buf_finish(&json);
    return ok;
}

static inline bool enrolled_prepare(uint8_t epoch[EPOCH_LEN], struct private_key **signing)
{
    return enrolled_prepare_as(ENROLLED_TERMINAL, "data", epoch, signing);
}

static inline int enrolled_enrol(const char *sheet)
{
    return stage_run("kiosk-sync", "enrol", "--sheet", stage_path(sheet), "--data", stage_path("data"), NULL);
}

#endif
