import { openOperator } from '../../../cli/operator.ts';
import { ExamId } from '../../../contract/words/ids.ts';
import { type Act, castOf, kioskOf, siteOf, wholeClip } from '../stage.ts';

/** The course that a center has from its first start. */
const COURSE = ExamId.parse('ex_learn-first-day');

/** Somebody chooses a course, sees its film, reads, answers, and goes. */
export const learning: Act = {
  faces: true,
  async play(stage) {
    const { shoot, people } = stage;
    const [who] = people;
    await using site = await siteOf(stage, 'learning');
    await openOperator(site.centerUrl(), site.operatorToken).giveCourse({ examId: COURSE, whom: { by: 'all' } });
    await using kiosk = await kioskOf(stage, 'learner', wholeClip(castOf(stage).candidate));
    const { page } = kiosk;
    await kiosk.open(site.url());
    // The station hears of the course at its next turn.
    const asked = page.locator('[data-screen="choosing"], [data-screen="consenting"]');
    for (;;) {
      await kiosk.screen('idle');
      await site.swipe(who);
      await asked.waitFor();
      if (await page.locator('[data-screen="choosing"]').isVisible()) break;
      await kiosk.tap('leave');
    }
    await shoot(page, '24-choosing');
    await page.locator(`[data-exam="${COURSE}"]`).click();
    await kiosk.screen('consenting');
    await kiosk.tap('consent');
    await kiosk.screen('awaiting-unlock');
    await kiosk.tap('begin');
    await kiosk.screen('learning');
    await kiosk.tap('play');
    await page.waitForFunction(() => (document.querySelector('video[preload]') as HTMLVideoElement).currentTime > 12);
    await kiosk.tap('play');
    await shoot(page, '24-film');
    const lesson = (at: number) => page.locator('[data-lesson]').nth(at).click();
    await lesson(1);
    await page.locator('article').waitFor();
    await shoot(page, '24-reading');
    await lesson(2);
    await page.waitForFunction(() => (document.querySelector('.document canvas') as HTMLCanvasElement).width > 300);
    await shoot(page, '24-document');
    await lesson(3);
    await page.locator('input[data-option]').first().check();
    await page.locator('[data-action="check"]:enabled').click();
    await page.locator('.feedback').first().waitFor();
    await shoot(page, '24-questions');
    await kiosk.tap('end-learning');
    await kiosk.tap('confirm-end');
    await page.locator('[data-receipt="verified"]').waitFor();
    await shoot(page, '24-studied');
    await kiosk.tap('done');
    await kiosk.screen('idle');
  },
};
