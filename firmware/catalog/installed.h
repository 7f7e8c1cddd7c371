/* SPDX-License-Identifier: Apache-2.0
 *
 * What lies in DATA/catalog and what of it counts. Two rules stand here:
 * - What was seen only rises. It stands in both copies of the state and once more in the signed files beside them; each of
 *   the three alone is enough, and where they differ the highest counts. When all are gone, the terminal is as one that was
 *   just enrolled: then nothing but the head the hall signs says what is too old.
 * - An older catalogue than the newest one is used only while that cannot be, and only if the newest one's min_version
 *   permits it.
 * For update.c only.
 */
#ifndef CATALOG_INSTALLED_H
#define CATALOG_INSTALLED_H

#include <limits.h>
#include <stdbool.h>

#include "catalog/state.h"
#include "catalog/verify.h"

struct installed { /* a plain value */
    const char *data_dir;
    char folder[PATH_MAX];      /* DATA/catalog */
    struct manifest_root root;  /* the newest that can be shown */
    struct catalog_state state; /* what was seen; its root is above `root` when that one is lost or damaged */
    bool stale;                 /* both copies of the state do not say so: save it */
};

/* -ERR_NOTFOUND: not enrolled. `data_dir` is borrowed. */
int installed_load(struct installed *s, const char *data_dir, struct err *e);
/* Takes in the kept head too, which the start of the screen need not wait for. */
void installed_load_head(struct installed *s);
/* The root that was seen is at hand; otherwise nothing new is trusted until it comes again. -ERR_VERSION. */
int installed_root_check(const struct installed *s, struct err *e);

/* The manifest of a catalogue here, verified by the newest root that signed for it. *ret_raw (may be NULL): its bytes. */
int installed_manifest(const struct installed *s, int64_t version, struct manifest_catalog *ret, struct verify_raw *ret_raw,
                       struct err *e);
/* Its manifest, and that its file has the size; the hash is update_check's. `path` holds PATH_MAX bytes. */
int installed_usable(const struct installed *s, int64_t version, char *path, struct manifest_catalog *ret, struct err *e);
/* The one to use now. -ERR_NOTFOUND: none was ever installed; -ERR_VERSION: what is here was called back; or why the newest
 * one is of no use. */
int installed_choose(const struct installed *s, char *path, int64_t *ret_version, struct err *e);

/* Keeps a signed file and its *.sig as DATA/catalog/NAME.json and NAME.sig, and does not write what is there already. */
int installed_keep(const struct installed *s, const char *name, const struct verify_raw *raw, struct err *e);
/* DATA/root.json and kiosk's copy of it: each is made of the other when it is lost or damaged. A failure is logged. */
void installed_keep_pinned(const struct installed *s);

#define INSTALLED_HEAD "head"   /* the newest head.json */
#define INSTALLED_LEAST "least" /* the manifest with the highest min_version, whether or not its file could be installed */

#endif
