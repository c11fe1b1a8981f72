import { setTimeout } from 'node:timers/promises';
import { type Keys, keysOf } from '../../cli/demo/keys.ts';
import type { Kiosk } from '../../cli/demo/kiosk.ts';
import type { DemoCandidate, Site } from '../../cli/demo/site.ts';
import type { Bank } from '../../contract/words/items.ts';
import type { FilmCamera } from './camera.ts';

/** Who and what is filmed. */
export type Scene = {
  readonly kiosk: Kiosk;
  readonly site: Site;
  readonly who: DemoCandidate;
  readonly bank: Bank;
  readonly film: FilmCamera;
};

/** How long a screen stands until somebody has read it. */
const read = (seconds: number): Promise<void> => setTimeout(seconds * 1000);

/** From the card to the center, as it is. Only what the mirror shows is drawn. */
export async function playJourney(scene: Scene): Promise<void> {
  await checkIn(scene);
  await unlock(scene);
  await sit(scene);
  await pause(scene);
  await handIn(scene);
  await learn(scene);
  await atTheCenter(scene);
}

const press = ({ kiosk, film }: Scene, action: string): Promise<void> =>
  film.touch(kiosk.page.locator(`[data-action="${action}"]:visible`).first());

async function checkIn(scene: Scene): Promise<void> {
  const { kiosk, site, who, film } = scene;
  await kiosk.screen('idle');
  film.say('考站等人来：身份证放在读卡器上');
  await read(4);
  await site.swipe(who);
  await kiosk.screen('consenting');
  film.say('先问同意：人脸数据只留在本机，也可以请监考员人工核对');
  await read(5);
  await press(scene, 'consent');
  film.say('看镜头：是不是真人，和登记照片是不是同一个人（人像为示意图）');
  await kiosk.screen('awaiting-unlock');
  await read(1);
  film.say('身份核验通过，等监考员解锁');
  await read(3);
}

/** A proctor does something, as hands do it: the PIN, then what, on their sheet. */
async function decide(scene: Scene, action: string): Promise<void> {
  const { kiosk, site, film } = scene;
  await press(scene, 'proctor');
  await read(1);
  const pin = kiosk.page.locator('input[name="pin"]');
  await film.touch(pin);
  await pin.pressSequentially(site.proctorPin, { delay: 180 });
  await read(1);
  await press(scene, 'proctor-enter');
  await kiosk.page.locator('[data-desk] [data-deed]').first().waitFor();
  await read(3);
  await film.touch(kiosk.page.locator(`[data-desk] [data-deed="${action}"]`).first());
  const close = kiosk.page.locator('[data-action="close-desk"]');
  if (action === 'pause') await film.touch(close);
}

async function unlock(scene: Scene): Promise<void> {
  scene.film.say('监考员用自己的 PIN 解锁，谁解的锁写进台账');
  await decide(scene, 'unlock');
  await scene.kiosk.screen('exam');
}

async function sit(scene: Scene): Promise<void> {
  const { film } = scene;
  const keys = keysOf(scene.bank);
  film.say('开考：一次一题，字大、按钮大');
  await read(2);
  for (let at = 0; at < 3; at++) await answerOne(scene, keys);
  film.say('每个答案先写进硬盘，再说“已保存”');
  await answerOne(scene, keys);
  await press(scene, 'flag');
  await read(1);
  film.say('随时换语言，也可以放大字号');
  await press(scene, 'language');
  await read(2);
  await press(scene, 'larger-text');
  await read(2);
  await press(scene, 'smaller-text');
  await press(scene, 'language');
}

async function answerOne(scene: Scene, keys: Keys): Promise<void> {
  const { page } = scene.kiosk;
  const options = page.locator('input[data-option]');
  await options.first().waitFor();
  const item = keys.get((await options.first().getAttribute('name')) ?? '');
  for (const option of item?.key ?? []) await scene.film.touch(page.locator(`label:has([data-option="${option}"])`));
  await page.locator('[data-saving="false"]').waitFor();
  await read(1);
  await press(scene, 'next');
}

async function pause(scene: Scene): Promise<void> {
  const { kiosk, film } = scene;
  film.say('监考员可以暂停：时间停住，答案还在');
  await decide(scene, 'pause');
  await kiosk.screen('paused');
  await read(4);
  await decide(scene, 'resume');
  await kiosk.screen('exam');
  film.say('继续作答，谁暂停、谁恢复都记下了');
  await kiosk.answer(keysOf(scene.bank), 4, Number.POSITIVE_INFINITY);
  await read(2);
}

async function handIn(scene: Scene): Promise<void> {
  const { kiosk, film } = scene;
  film.say('交卷，马上出成绩');
  await press(scene, 'hand-in');
  await read(3);
  await press(scene, 'confirm-hand-in');
  await kiosk.page.locator('[data-receipt="verified"]').waitFor();
  film.say('签名的成绩已送到考务中心，回执验过才算数');
  await read(5);
  await press(scene, 'topics');
  await read(3);
  await kiosk.page.keyboard.press('Escape');
  await press(scene, 'done');
  await kiosk.screen('idle');
}

/** The course that a center has from its first start. */
const COURSE = 'ex_learn-first-day';

async function learn(scene: Scene): Promise<void> {
  const { kiosk, site, who, film } = scene;
  film.say('也在这台终端上学习：刷卡，选课程');
  await site.swipe(who);
  await kiosk.page.locator('[data-screen="choosing"]').waitFor();
  await read(3);
  await film.touch(kiosk.page.locator(`[data-exam="${COURSE}"]`));
  await kiosk.screen('consenting');
  await press(scene, 'consent');
  await kiosk.screen('awaiting-unlock');
  await press(scene, 'begin');
  await kiosk.screen('learning');
  film.say('人在镜头前，学时才算；没看过的不能快进');
  await press(scene, 'play');
  await read(12);
  await press(scene, 'end-learning');
  await read(2);
  await press(scene, 'confirm-end');
  await kiosk.page.locator('[data-receipt="verified"]').waitFor();
  film.say('学时和考试一样签名、上传，下次接着学');
  await read(4);
  await press(scene, 'done');
  await kiosk.screen('idle');
}

async function atTheCenter({ kiosk, site, film }: Scene): Promise<void> {
  film.say('考务中心：每份成绩都能单独验证');
  await kiosk.page.goto(site.resultsUrl);
  await read(6);
  film.say('也看得到每台考站是否就绪');
  await kiosk.page.goto(`${site.centerUrl()}/stations`);
  await read(5);
}
