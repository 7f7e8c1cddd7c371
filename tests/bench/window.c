/* SPDX-License-Identifier: Apache-2.0
 *
 * The peer for kiosk's start: a bare SDL2 window that opens the same face and puts the same amount of text on its surface,
 * then ends. What any program on this machine must spend before its first frame.
 */
#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>

#define FACE "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"

int main(int argc, char **argv)
{
    static const char *const lines[] = {"20:46", "现在能办什么", "轻触屏幕 开始办事", "办事申请 取号排队 办事指南",
                                        "城东政务服务 24 小时自助"};
    static const int sizes[] = {192, 48, 72, 32, 32};
    const SDL_Color ink = {23, 33, 43, 255};
    SDL_Window *window;
    SDL_Surface *screen;

    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) < 0 || TTF_Init() < 0)
        return 1;
    window = SDL_CreateWindow("peer", 0, 0, 1080, 1920, 0);
    screen = SDL_GetWindowSurface(window);
    SDL_FillRect(screen, NULL, SDL_MapRGB(screen->format, 245, 242, 235));
    for (int i = 0; i < 5; i++) {
        TTF_Font *font = TTF_OpenFontIndex(FACE, sizes[i], 2);
        SDL_Surface *text = font ? TTF_RenderUTF8_Blended(font, lines[i], ink) : NULL;
        SDL_Rect at = {40, 100 + 300 * i, 0, 0};

        if (!text)
            return 1;
        SDL_BlitSurface(text, NULL, screen, &at);
        SDL_FreeSurface(text);
        TTF_CloseFont(font);
    }
    SDL_UpdateWindowSurface(window);
    for (SDL_Event e; argc > 1 && SDL_WaitEvent(&e);) /* until it is killed */
        if (e.type == SDL_WINDOWEVENT)
            SDL_UpdateWindowSurface(window);
    return 0;
}
