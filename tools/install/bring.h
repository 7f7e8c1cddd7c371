/* SPDX-License-Identifier: Apache-2.0
 *
 * How a stick brings the image that it installs. The root file system that it runs from is the image's own, byte for byte,
 * so it is not there twice: beside NAME.bmap and NAME.sig (tools/flash/image_wire.h) the stick holds NAME.rest, the image's
 * used blocks outside that root file system, one after the other as the map names them. Together they are NAME.img again:
 * all of it in memory, for the stick may be pulled out.
 */
#ifndef INSTALL_BRING_H
#define INSTALL_BRING_H

#include "tools/flash/image.h"

/* Where the root file system lies in the image; in whole blocks. */
struct bring_root {
    uint64_t at, len;
};

/* The build's side: from NAME.img and NAME.bmap, NAME.rest. */
int bring_make(const char *name, struct bring_root root, struct err *e);
/* From FROM/system.{bmap,sig,rest} into the folder `into`, which lies in memory; the root file system is read from
 * `root_fd`. Every used block is checked against what was signed. -ERR_CHECKSUM, -ERR_SIGNATURE: the stick is damaged, or
 * not ours. */
int bring_open(const char *from, const char *into, struct bring_root root, int root_fd, const struct public_key *key,
               struct image *ret, struct err *e);

#endif
