/* SPDX-License-Identifier: Apache-2.0
 *
 * What a terminal knows about itself: DATA/terminal.json, written once by enrolment, read by every program at start.
 *   {"v":1,"terminal":id,"office":n,"registration":n,"epoch":"<32 hex>","hall":"https://host:port",
 *    "place":{…}}   see model/place.h
 */
#ifndef MODEL_TERMINAL_H
#define MODEL_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/place.h"
#include "model/record.h"

#define TERMINAL_URL_MAX 127
#define TERMINAL_CONFIG_MAX 4096 /* bytes of the file */

struct terminal_config {
    char terminal[TERMINAL_ID_MAX + 1];
    int office;       /* 0..9999 */
    int registration; /* 0..999 */
    uint8_t epoch[EPOCH_LEN];
    char hall[TERMINAL_URL_MAX + 1];
    struct place place; /* its `terminal` is the same as above */
};

/* [a-z0-9-], starts with a letter, 1..TERMINAL_ID_MAX bytes. */
bool terminal_id_valid(const char *id);

/* *ret is untouched on failure. -ERR_INVALID, -ERR_RANGE, -ERR_TOOLONG. */
int terminal_config_decode(const void *data, size_t len, struct terminal_config *ret, struct err *e);
/* The file. -ERR_NOTFOUND: it is not there, this terminal is not enrolled; every other error: it is, and cannot be read. */
int terminal_config_read(const char *path, struct terminal_config *ret, struct err *e);
int terminal_config_encode(const struct terminal_config *t, struct buf *out, struct err *e);

#endif
