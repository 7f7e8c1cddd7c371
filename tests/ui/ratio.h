/* SPDX-License-Identifier: Apache-2.0
 *
 * Contrast of two colours by WCAG 2.1.
 */
#ifndef TESTS_UI_RATIO_H
#define TESTS_UI_RATIO_H

#include <math.h>

#include "ui/draw/theme.h"

static double linear(unsigned c)
{
    double v = c / 255.0;

    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double light(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
}

static double ratio(enum token a, enum token b, bool contrast)
{
    double x = light(theme_rgb(a, contrast)) + 0.05, y = light(theme_rgb(b, contrast)) + 0.05;

    return x > y ? x / y : y / x;
}

#endif
