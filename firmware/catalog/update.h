/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifies what kiosk-sync downloaded and installs it: signatures up from the root, versions never below one seen before,
 * hash of the file while copying or patching it into DATA/catalog/, which only kiosk writes. Two steps: update_prepare does
 * what takes long, in a process of its own (base/work.h) while the screen goes on; update_switch makes the result the
 * present catalogue, between visits. State (highest versions seen) is stored only after all checks.
 */
#ifndef CATALOG_UPDATE_H
#define CATALOG_UPDATE_H

#include <stdbool.h>

#include "base/err.h"
#include "crypto/keys.h"
#include "wire/manifest.h"

/* Checks the installed catalogue against the recorded manifest (signature, version, size; not the whole hash) and gives
 * its path, PATH_MAX bytes. Where it is of no use: the one before it, if the newest one's min_version permits that.
 * -ERR_NOTFOUND: none installed yet. */
int update_current(const char *data_dir, char *path, int *ret_version, struct err *e);
/* The whole file against its manifest; reads as long as that takes. An error: it is not to be used any longer. The search
 * index beside it is looked at too, and made anew where it is missing or damaged. */
int update_check(const char *data_dir, int version, struct err *e);
/* It has turned out to be damaged: its file is removed, so that update_current passes it over and the next update_prepare
 * makes it anew. Whoever has it open may go on reading what is left of it. */
void update_spoil(const char *data_dir, int version);

/* What the hall's newest head says of today; zeros before the first one. */
struct update_head {
    int64_t catalogue;  /* the version the hall offers */
    int64_t at_ms;      /* the hall's time when it was signed: it is no earlier */
    int64_t expires_ms; /* past that, news may be kept from this terminal: tell the centre, go on serving */
};
int update_head(const char *data_dir, struct update_head *ret, struct err *e);

/* What update_prepare found; plain bytes, so that it passes between processes. */
#define UPDATE_WHOLE_ANY (-1) /* of `whole`: there is no usable catalogue, so whatever the hall has */
struct update_found {
    bool root;         /* a newer root is in use: load the keys anew */
    bool head;         /* a newer head was noted */
    bool patched;      /* `catalogue` came of a patch */
    bool head_older;   /* the head that lies there is older than one seen before: somebody keeps news away */
    int64_t catalogue; /* ready to be switched to; 0: none */
    int64_t whole;     /* what came of this version is of no use here: it must be fetched whole; 0: nothing to fetch */
    int64_t tried;     /* the version that was refused, by what its manifest says of itself; 0 with no manifest to read */
    int needs;         /* the level of a newer catalogue that is for software of a higher level; 0: there is none */
    int rc;            /* 0, or why the incoming files were refused */
    struct err why;
};
/* Looks into DATA/sync/incoming for root.json (optional; one version above, or with root.<version>.json of each in between),
 * head.json, catalog.json, their *.sig and the file the manifest names or a patch to it; newer.json (verify.h). A refused
 * catalogue is removed from there by nobody (kiosk cannot write there) but not looked at again: it is remembered by hash, so
 * the second call gives 0. Blocks as long as writing the catalogue takes, and may end the process when the disk cannot read
 * the old one. -ERR_NOSPACE and -ERR_IO are worth another try, with the same files. Returns ret->rc. */
int update_prepare(const char *data_dir, struct update_found *ret);
/* update_prepare's process died over the files that lie there, or took too long: refuses them, and asks for the whole file
 * in *ret. */
void update_crashed(const char *data_dir, struct update_found *ret);
/* From now on the prepared catalogue is the present one, also after a power cut. */
int update_switch(const char *data_dir, const struct update_found *found, struct err *e);

/* The newest root that was seen. -ERR_NOTFOUND: not enrolled; -ERR_VERSION: it is lost, and an older one counts no more. */
int update_root(const char *data_dir, struct manifest_root *ret, struct err *e);
/* The hall's sealing key from the newest signed root, if it is good at `now_ms`; -ERR_NOTFOUND, -ERR_SIGNATURE,
 * -ERR_EXPIRED.
 */
int update_sealing_key(const char *data_dir, int64_t now_ms, struct public_key *ret, struct err *e);

#endif
