/* SPDX-License-Identifier: Apache-2.0
 *
 * icons.bin: every icon at the sizes used, the shadows and the illustrations, made by the build (tools/assets/pack.c)
 * and mapped here. Little endian, as built:
 *   "TBPACK1\n", u32 count, u32 0, then count × { char name[24]; u16 kind, w, h, 0; u32 offset, 0 }, then the data.
 *   kind 0: coverage, w × h bytes.  kind 1: runs, see canvas_runs().
 */
#ifndef UI_DRAW_PACK_H
#define UI_DRAW_PACK_H

#include "base/err.h"
#include "ui/draw/canvas.h"

struct pack;

int pack_open(const char *folder, struct pack **ret, struct err *e);
void pack_close(struct pack *p); /* takes NULL */
/* Gives mapped pages back; they come again from the page cache when they are drawn from. For the end of a visit. */
void pack_rest(const struct pack *p);
/* The mask of that name whose width is `size`, or any when size is 0. false: it is not there. */
bool pack_mask(const struct pack *p, const char *name, int size, struct mask *ret);
bool pack_runs(const struct pack *p, const char *name, int *ret_w, int *ret_h, const uint32_t **ret);

#endif
