/* SPDX-License-Identifier: Apache-2.0
 *
 * The sample catalogue, built afresh into a folder of its own, for the tests of this folder. Run from the project's root.
 */
#ifndef TESTS_CATALOG_CATALOG_TEST_H
#define TESTS_CATALOG_CATALOG_TEST_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "catalog/catalog.h"
#include "tools/hallctl/catalog.h"

static char sample_dir_[64], sample_path_[128];
static struct catalog *sample_;

/* A new folder under /tmp; static. */
static inline const char *sample_folder(void)
{
    if (!sample_dir_[0]) {
        snprintf(sample_dir_, sizeof sample_dir_, "/tmp/tongban-test-XXXXXX");
        if (!mkdtemp(sample_dir_))
            abort();
    }
    return sample_dir_;
}

/* Builds the items of `dir` as `version` into `path`. */
static inline int sample_build_from(const char *dir, const char *path, int version, struct err *e)
{
    struct source_options o = {.dir = dir, .icons = "assets/icons", .calendar = "tests/catalogues/zone/calendar"};
    struct catalog_source *s = NULL;
    struct report report;
    int rc;

    report_open(&report, stdout, false);
    rc = source_read(&o, &report, &s, e);
    if (rc == 0 && report.errors)
        rc = err_set(e, ERR_INVALID, "the sample has errors");
    if (rc == 0)
        rc = catalog_build(s, path, version, e);
    source_free(s);
    report_close(&report);
    return rc;
}

static inline int sample_build(const char *path, int version, struct err *e)
{
    return sample_build_from("tests/catalogues/zone", path, version, e);
}

static inline struct catalog *sample_open(void)
{
    struct err e = {0};

    if (sample_)
        return sample_;
    snprintf(sample_path_, sizeof sample_path_, "%s/sample.db", sample_folder());
    if (sample_build(sample_path_, 7, &e) < 0 || catalog_open(sample_path_, &sample_, &e) < 0) {
        printf("# %s\n", e.text);
        abort();
    }
    return sample_;
}

/* Removes the folder with all in it. */
static inline void sample_close(void)
{
    char command[128];

    catalog_close(sample_);
    sample_ = NULL;
    snprintf(command, sizeof command, "rm -rf %s", sample_folder());
    if (system(command))
        abort();
    sample_dir_[0] = '\0';
}

#endif
