/* SPDX-License-Identifier: Apache-2.0
 *
 * A font file as FreeType likes it: it seeks far more often than it reads. Seeking costs nothing here, where stdio goes to
 * the kernel each time and throws its buffer away. Not a mapping: the kernel would map the neighbours of each glyph too,
 * and a terminal's memory is small.
 */
#ifndef UI_DRAW_FONT_FILE_H
#define UI_DRAW_FONT_FILE_H

#include <SDL2/SDL_rwops.h>

/* Read only. NULL when there is no such file. SDL_RWclose() frees it. */
SDL_RWops *font_file_open(const char *path);

#endif
