/* SPDX-License-Identifier: Apache-2.0
 *
 * Where notices go: a file that others read, or whoever answers at a URL (an SMS gateway, a message platform). Each message
 * is one object of JSON with an id that stays; a second one with the same id is the same.
 */
#ifndef HALLCTL_NOTICE_OUT_H
#define HALLCTL_NOTICE_OUT_H

#include "base/buf.h"
#include "base/err.h"

/* Appends the line, unless the file's last megabyte has one with that id. It is on disk when it returns. `mode`:
 * of a file that is new or empty. */
int notice_to_file(const char *path, unsigned mode, const char *id, const struct buf *json, struct err *e);
#endif
