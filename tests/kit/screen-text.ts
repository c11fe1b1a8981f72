import type { Page } from '@playwright/test';

/** What people read on a screen, or have read to them: its text, and names that are not seen. */
export const textsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const shown = node.parentElement?.closest('script, style, template') === null;
      if (shown && node.textContent?.trim()) texts.push(node.textContent.trim());
    }
    for (const name of ['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext'])
      for (const one of document.querySelectorAll(`body [${name}]`)) texts.push(one.getAttribute(name) ?? '');
    return texts;
  });

/** What may end in an ellipsis: all of it is said elsewhere, or to be read in full where one goes on. */
const MAY_END_EARLY = '.bar-middle > strong, .staff-line .place, .topic-name';

/** Whether the page is wider than the screen, and every text that is cut off or runs out of what it stands in. */
export const troublesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate((mayEndEarly) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = scrollWidth > clientWidth + 1 ? [`the page is ${scrollWidth - clientWidth} px wider`] : [];
    const holdsText = (one: Element): boolean =>
      [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
    const seen = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (one) =>
        holdsText(one) &&
        one.checkVisibility() &&
        !one.matches(mayEndEarly) &&
        !one.closest('.visually-hidden, [aria-hidden="true"]'),
    );
    /** A dialog lies upon a screen, and is meant to. */
    const layerOf = (one: Element): Element | null =>
      one.closest('[role="dialog"], [role="alert"], [role="status"], main');
    /** What one does stays in sight while the rest scrolls beneath it. */
    const sticks = (one: Element | null): boolean =>
      one !== null && (getComputedStyle(one).position === 'sticky' || sticks(one.parentElement));
    const sameLayer = (one: Element, other: Element): boolean =>
      layerOf(one) === layerOf(other) && sticks(one) === sticks(other);
    const nameOf = (one: Element): string =>
      `${one.tagName.toLowerCase()}.${one.className} “${one.textContent?.slice(0, 40)}”`;
    const cut = seen.flatMap((one) => {
      // What flows in a line has no box of its own: the first one around it that has.
      let box: HTMLElement | null = one;
      while (box && getComputedStyle(box).display === 'inline') box = box.parentElement;
      if (!box) return [];
      const range = document.createRange();
      range.selectNodeContents(one);
      const text = range.getBoundingClientRect();
      const around = box.getBoundingClientRect();
      const { overflowX, clipPath } = getComputedStyle(box);
      // What is clipped to nothing is there to be read out.
      if (clipPath !== 'none') return [];
      if (overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1)
        return [`${nameOf(one)} is wider than its box`];
      if (text.left < around.left - 1 || text.right > around.right + 1) return [`${nameOf(one)} runs out of its box`];
      if (text.left < -1 || text.right > innerWidth + 1) return [`${nameOf(one)} runs out of the screen`];
      const button = box.closest('button')?.getBoundingClientRect();
      if (button && (text.top < button.top - 2 || text.bottom > button.bottom + 2))
        return [`${nameOf(one)} is higher than its button`];
      const clipped = getComputedStyle(box).overflowY === 'hidden' && box.scrollHeight > box.clientHeight + 2;
      return clipped ? [`${nameOf(one)} is cut off below`] : [];
    });
    // One text upon another: where both are hit by one point, neither is scrolled out of sight.
    const upon = seen.flatMap((one, at) =>
      seen.slice(at + 1).flatMap((other) => {
        if (one.contains(other) || other.contains(one)) return [];
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        const [left, right] = [Math.max(a.left, b.left), Math.min(a.right, b.right)];
        const [top, bottom] = [Math.max(a.top, b.top), Math.min(a.bottom, b.bottom)];
        if (right - left < 3 || bottom - top < 3) return [];
        const hit = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
        return hit.includes(one) && hit.includes(other) && sameLayer(one, other)
          ? [`${nameOf(one)} lies upon ${nameOf(other)}`]
          : [];
      }),
    );
    return [...wide, ...cut, ...upon];
  }, MAY_END_EARLY);
