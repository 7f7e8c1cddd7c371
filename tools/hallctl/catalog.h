/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl catalog import|build|lint|sign|publish: from a folder of item files to a signed catalogue in the hall's public
 * folder.
 */
#ifndef HALLCTL_CATALOG_H
#define HALLCTL_CATALOG_H

#include "base/err.h"
#include "tools/hallctl/catalog_source.h"
#include "wire/manifest.h"

/* What stood on the command line; NULL: it did not. */
struct catalog_words {
    const char *verb, *what, *second; /* positional */
    const char *out, *version, *calendar, *icons, *keys, *data, *expires, *min_version, *theme, *where;
    const char *office, *staff, *reason, *terminals, *percent, *at, *stop_after, *html, *item, *zh, *en;
    bool json;
};

/* argv[0] is "catalog". The exit code. */
int hallctl_catalog(int argc, char **argv);

/* Compiles what was read and linted without an error into a catalogue file: whole, or the old one stays. The same source,
 * version and day make the same bytes. */
int catalog_build(struct catalog_source *s, const char *out, int version, struct err *e);

/* Reads a district's list of items, a JSON array of {department, main_item, name, item_code, area_code, task_type,
 * dept_code} as found, and writes one item file each into `out`, to be looked up. What is wrong is told on stdout, each
 * defect with its item; what cannot be an item is left out, the rest is taken. Fails only where the list or the folder
 * fails. Writes over files of the same items only: -ERR_EXISTS, and nothing was written. */
struct import_options {
    const char *file, *out;
    const char *theme; /* NULL: the theme for all that has no other */
    const char *where; /* where it is done; NULL: the department's window */
    bool json;
};
int catalog_import(const struct import_options *o, struct err *e);

/* Stages `file` in DATA/staging with its manifest, signed with each key KEYS/catalogue-*.pem that the root names. A second
 * call with other keys adds their signatures. */
struct sign_options {
    const char *file, *keys, *data;
    int64_t expires_ms; /* 0: a year from now */
    int min_version;
};
struct catalog_signed {
    struct manifest_catalog manifest;
    int signatures, needed;
};
int catalog_sign(const struct sign_options *o, struct catalog_signed *ret, struct err *e);
/* Moves what is staged, verified once more as a terminal will, into DATA/public. `version` is written last. */
int catalog_publish(const char *data, struct manifest_catalog *ret, struct err *e);

#endif
