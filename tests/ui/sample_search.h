/* SPDX-License-Identifier: Apache-2.0
 *
 * Made-up views of the search, for sample.h.
 */
#ifndef TESTS_UI_SAMPLE_SEARCH_H
#define TESTS_UI_SAMPLE_SEARCH_H

static struct item_row *sample_found(struct view *v, const char *name, const char *dept, int days, bool here,
                                     const char *match)
{
    struct item_row *r = &v->search.rows[v->search.n_rows++];
    const char *at = strstr(name, match);

    *r = sample_row(name, dept, "elder", days, here);
    snprintf(r->task_code, sizeof r->task_code, "found-%d", v->search.n_rows);
    if (at) {
        r->match_from = (int)(at - name);
        r->match_to = r->match_from + (int)strlen(match);
    }
    return r;
}

static void sample_also(struct item_row *r, const char *name)
{
    strcpy(r->also, name);
}

static void sample_keys_of(struct view *v, const char *live)
{
    v->keys = (struct view_keys){.kind = KEYBOARD_SEARCH,
                                 .pages = 1u << KEYS_LETTERS | 1u << KEYS_SYMBOLS | 1u << KEYS_STROKES | 1u << KEYS_WRITING,
                                 .greyed = ~0u};
    for (; *live; live++)
        v->keys.greyed &= ~(1u << (*live - 'a'));
}

static void sample_totals(struct view *v, int all, int here, int person, int company)
{
    v->search.total[FOUND_ALL] = all;
    v->search.total[FOUND_HERE] = here;
    v->search.total[FOUND_PERSON] = person;
    v->search.total[FOUND_COMPANY] = company;
}

static void sample_search(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_SEARCH;
    v->can_back = true;
    v->search.text = "glj";
    sample_totals(v, 5, 3, 4, 1);
    sample_found(v, "高龄津贴申领", "区民政局", 5, true, "高龄津");
    sample_found(v, "高龄津贴停发", "区民政局", 0, true, "高龄津");
    sample_found(v, "公路建设项目施工许可", "区交通运输局", 8, false, "公路建");
    sample_found(v, "公路建设工程竣工验收", "区交通运输局", 8, false, "公路建");
    sample_keys_of(v, "st");
}

static void sample_search_writing(struct view *v)
{
    sample_search(v);
    v->keys.page = KEYS_WRITING;
}
static void sample_search_closed(struct view *v)
{
    sample_search(v);
    v->keys.kind = KEYBOARD_NONE;
    v->search.kind = FOUND_HERE;
    v->search.first = 3;
    v->search.total[FOUND_ALL] = 1128;
    v->search.total[FOUND_HERE] = 86;
    v->search.total[FOUND_PERSON] = 902;
    v->search.total[FOUND_COMPANY] = 226;
}

static void sample_search_long(struct view *v)
{
    sample_search(v);
    v->search.text = "wxh";
    v->search.n_rows = 0;
    sample_totals(v, 7, 0, 0, 7);
    sample_found(v, "危险化学品经营许可证核发（首次）", "区应急管理局", 15, false, "危险化");
    sample_found(v,
                 "除从事剧毒、易制爆、汽油加油站、专用危化品仓储的企业外，除中央企业所属省级、设区的市级公司（分公司）从事"
                 "危险化学品经营活动的企业，不带有储存设施经营除剧毒化学品、易制爆危险化学品以外的其他危险化学品企业"
                 "经营许可证变更审查",
                 "区应急管理局", 10, false, "危险化");
    sample_found(v, "危险化学品安全使用许可", "区应急管理局", 20, false, "危险化");
    sample_keys_of(v, "x");
}

static void sample_search_start(struct view *v)
{
    sample_search(v);
    v->search.text = "";
    for (int i = 0; i < v->search.n_rows; i++)
        v->search.rows[i].match_to = 0;
    sample_totals(v, 1128, 86, 902, 226);
    sample_keys_of(v, "abcdefghjklmnopqrstwxyz");
}

static void sample_search_nearly(struct view *v)
{
    sample_search(v);
    v->search.text = "老人补助";
    v->search.n_rows = 0;
    v->search.forgiven = true;
    sample_totals(v, 4, 2, 4, 0);
    sample_also(sample_found(v, "高龄津贴申领", "区民政局", 5, true, ""), "老年补贴");
    sample_also(sample_found(v, "经济困难老人补贴", "区民政局", 5, true, ""), "低保老人补贴");
    sample_also(sample_found(v, "八十岁以上老人体检", "区卫健委", 5, false, ""), "老年体检");
    sample_found(v, "老年人优待证", "城东街道", 5, false, "老年");
    sample_keys_of(v, "");
    v->health.reader = READER_ABSENT;
}

static void sample_search_nothing(struct view *v)
{
    sample_search(v);
    v->search.text = "换火星户口";
    v->search.n_rows = 0;
    sample_totals(v, 0, 0, 0, 0);
    sample_keys_of(v, "");
}

static void sample_search_none(struct view *v)
{
    sample_search(v);
    v->search.n_rows = 0;
    v->search.kind = FOUND_COMPANY;
    sample_totals(v, 5, 3, 5, 0);
}

#endif
