import type { LightAnswer, ScreenColour } from '../../contract/words/light.ts';
import { usePage } from '../context.ts';

/** Whether the face gave back the light of the screen: in words, and what was shown above what was seen. */
export function ByLight({ outcome, why, shown, seen }: LightAnswer) {
  const { t, explain } = usePage();
  return (
    <div className="by-light" data-light={outcome}>
      <p>
        {t(`light.${outcome}`)}
        {why && <span className="measured">{explain(why)}</span>}
      </p>
      {shown && <Strip colours={shown} label={t('light.shown')} />}
      {seen && <Strip colours={seen} label={t('light.seen')} />}
    </div>
  );
}

function Strip({ colours, label }: { readonly colours: readonly ScreenColour[]; readonly label: string }) {
  const steps = colours.map((colour, at) => ({ colour, key: `${at} ${colour}` }));
  return (
    <div className="light-strip" role="img" aria-label={label}>
      {steps.map(({ colour, key }) => (
        <i key={key} style={{ background: colour }} />
      ))}
    </div>
  );
}
