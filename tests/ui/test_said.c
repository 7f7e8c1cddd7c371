/* SPDX-License-Identifier: Apache-2.0
 *
 * What a voice says of a page, and where the keypad goes.
 */
#include "ui/node/said.h"

#include "test.h"

static struct node list[] = {
    {.id = "title", .role = NODE_TITLE, .label = "核对", .words = "看一遍，没错再交", .enabled = true},
    {.id = "", .role = NODE_TEXT, .label = "", .words = "一共 2 页", .enabled = true},
    {.id = "mobile", .role = NODE_FIELD, .label = "", .words = "手机号", .value = "", .enabled = true, .secret = true},
    {.id = "urgent.no", .role = NODE_RADIO, .label = "", .words = "不急", .enabled = true, .checked = true},
    {.id = "qr", .role = NODE_TEXT, .label = "", .words = "", .value = "1103", .enabled = true},
    {.id = "next", .role = NODE_BUTTON, .label = "", .words = "下一步", .enabled = false},
    {.id = "key.1", .role = NODE_KEY, .label = "", .words = "1", .enabled = true},
};
#define N (int)(sizeof list / sizeof *list)
#define COPY(to) memcpy(to, list, sizeof list)

static const struct said zh = {LANGUAGE_ZH_CN, false, list, N}, en = {LANGUAGE_EN, false, list, N};
static struct buf out;

static const char *node_said(const struct said *s, int i)
{
    said_node(s, &s->list[i], &out);
    return buf_str(&out);
}

TEST(a_node)
{
    CHECK_STR(node_said(&zh, 0), "看一遍，没错再交。");
    CHECK_STR(node_said(&zh, 2), "手机号，还没有填，填写框，第 1 个，共 3 个。");
    CHECK_STR(node_said(&zh, 3), "不急，已选中，第 2 个，共 3 个。");
    CHECK_STR(node_said(&zh, 5), "下一步，按钮，现在按不了，第 3 个，共 3 个。");
    CHECK_STR(node_said(&zh, 6), "1。");
    CHECK_STR(node_said(&en, 3), "不急, chosen, 2 of 3. ");
}

TEST(a_page)
{
    said_page(&zh, &out);
    CHECK_STR(buf_str(&out),
              "看一遍，没错再交。一共 2 页。这一页有 2 个可以按的。按下键一项一项听，按右键只听能按的，按确认键选。");
    const struct said nothing = {LANGUAGE_EN, false, list, 2};

    said_page(&nothing, &out);
    CHECK_STR(buf_str(&out), "看一遍，没错再交. 一共 2 页. Nothing to choose on this page. Please wait. ");
}

/* A text of any length is cut between sentences, never beyond what an order takes. */
TEST(a_long_page)
{
    static char text[SAID_MAX / 2];
    struct node many[20];

    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < 20; i++)
        many[i] = (struct node){.role = NODE_TEXT, .label = text, .words = text, .enabled = true};
    const struct said s = {LANGUAGE_EN, false, many, 20};

    said_page(&s, &out);
    CHECK(out.len > sizeof text && out.len <= SAID_MAX);
    said_node(&s, &many[0], &out);
    CHECK_INT(out.len, sizeof text + 1);
}

TEST(somebodys_own)
{
    struct node own[N];
    struct said private = {LANGUAGE_ZH_CN, false, own, N}, aloud = {LANGUAGE_ZH_CN, true, own, N};

    COPY(own);
    own[2].value = "13800000123";
    own[1].secret = true;
    CHECK_STR(node_said(&private, 2), "手机号，13800000123，填写框，第 1 个，共 3 个。");
    CHECK_STR(node_said(&aloud, 2), "手机号，已填好，填写框，第 1 个，共 3 个。");
    CHECK_STR(node_said(&private, 1), "一共 2 页。");
    CHECK_STR(node_said(&aloud, 1), "屏幕上有您的信息。");
    said_page(&aloud, &out);
    CHECK(!strstr(buf_str(&out), "13800000123") && !strstr(buf_str(&out), "一共"));
}

static const char *news(const struct node *before, const struct node *after, bool aloud)
{
    const struct said was = {LANGUAGE_ZH_CN, aloud, before, N}, is = {LANGUAGE_ZH_CN, aloud, after, N};

    said_news(&was, &is, &out);
    return buf_str(&out);
}

TEST(what_is_new)
{
    struct node after[N];

    COPY(after);
    CHECK_STR(news(list, after, false), "");
    after[1].words = "一共 3 页"; /* a countdown is not said each second */
    CHECK_STR(news(list, after, false), "");
    after[1].words = "还差 1 位";
    CHECK_STR(news(list, after, false), "还差 1 位。");
    COPY(after);
    after[3].checked = false;
    CHECK_STR(news(list, after, false), "不急，没选。");
    after[4].words = "为什么，不急"; /* what shows the choice need not be said too */
    CHECK_STR(news(list, after, false), "不急，没选。");
}

TEST(what_is_typed)
{
    struct node before[N], after[N];

    COPY(before);
    COPY(after);
    before[2].typed = before[2].value = "13";
    after[2].typed = after[2].value = "138";
    CHECK_STR(news(before, after, false), "8。");
    CHECK_STR(news(before, after, true), "*。");
    CHECK_STR(news(after, before, false), "删掉了 8。");
    CHECK_STR(news(after, before, true), "删掉了一个字。");
    after[2].typed = after[2].value = "13张";
    CHECK_STR(news(before, after, false), "张。");
    after[2].typed = after[2].value = "13 8";
    CHECK_STR(news(before, after, false), "8。");
    after[2].typed = after[2].value = "13 ";
    CHECK_STR(news(before, after, false), "空格。");
    COPY(before); /* the field is opened with what stands in it: the page says that */
    CHECK_STR(news(before, after, false), "");
}

static const char *walk(const char *from, bool backwards, bool targets)
{
    static char name[NODE_ID_MAX];
    const struct node *n = said_next(&zh, from, backwards, targets);

    name[0] = '\0';
    if (n)
        said_name(&zh, n, name);
    return name;
}

TEST(where_the_keypad_goes)
{
    CHECK_STR(walk("", false, true), "mobile");
    CHECK_STR(walk("mobile", false, true), "urgent.no");
    CHECK_STR(walk("key.1", false, true), "key.1"); /* on the keyboard it stays */
    CHECK_STR(walk("key.1", false, false), "title");
    CHECK_STR(walk("mobile", true, true), "key.1");
    CHECK_STR(walk("", true, true), "key.1");
    CHECK_STR(walk("title", false, true), "mobile");
    CHECK_STR(walk("title", false, false), "#1");
    CHECK_STR(walk("#1", false, false), "mobile");
    CHECK_STR(walk("urgent.no", false, false), "next"); /* nothing can be heard of a code */
    CHECK_STR(walk("gone", false, false), "title");
    CHECK(said_find(list, N, "#1") == &list[1]);
    CHECK(!said_find(list, N, "#2") && !said_find(list, N, "#99") && !said_find(list, N, "gone"));
    const struct said none = {LANGUAGE_EN, false, list, 0};

    CHECK(!said_next(&none, "", false, true) && !said_next(&none, "", false, false));
}

static void room(void)
{
    buf_init(&out, 2 * SAID_MAX);
}

static void room_again(void)
{
    buf_finish(&out);
}

TEST_MAIN(SETUP(room), T(a_node), T(a_page), T(a_long_page), T(somebodys_own), T(what_is_new), T(what_is_typed),
          T(where_the_keypad_goes), TEARDOWN(room_again))
