/* SPDX-License-Identifier: Apache-2.0
 *
 * Administrative divisions (GB/T 2260): 2 digits a province, 4 a prefecture, 6 a county. Read from a text of lines
 * "code<TAB>name", each below what it belongs to; "<TAB>zone" behind the name marks a development zone, which statistics
 * count among the counties and GB/T 2260 does not.
 */
#ifndef MODEL_DIVISION_H
#define MODEL_DIVISION_H

#include <stddef.h>

#define DIVISIONS_MAX 40 /* below one: more than any has */
#define DIVISION_NAME_MAX 160

struct division {
    char code[7], name[49];
};

/* What lies directly below `code` ("": the provinces), zones left out; returns how many. A level that is only a heading
 * (市辖区 alone) is stepped over. */
int division_below(const char *text, const char *code, struct division out[DIVISIONS_MAX]);
/* "四川省广安市前锋区", headings left out; of a zone too, which older records may hold; "" when there is no such code. */
void division_name(const char *text, const char *code, char *out, size_t cap);

#endif
