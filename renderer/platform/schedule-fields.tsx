import { useState } from 'react';
import { BULLETIN_FORMATS, BULLETIN_GROUPINGS, type BulletinFormat } from '../../contract/platform/bulletin.ts';
import { BULLETIN_READERS } from '../../contract/platform/jobs.ts';
import { LAST_DAY, NewSchedule, SCHEDULE_PERIODS } from '../../contract/platform/schedules.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import type { Deed } from './use-deed.ts';

type Ways = { readonly folder: boolean; readonly mail: boolean };
type AddProps = {
  readonly ways: Ways;
  /** What is looked at above, where that is one place. */
  readonly below: string;
  readonly grouping: string;
  readonly deed: Deed;
  readonly onAdd: (wish: NewSchedule) => Promise<boolean>;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${hour}:00` }));

/** Which bulletin is to come, when, and where to. */
export function AddSchedule({ ways, below, grouping: looked, deed, onAdd }: AddProps) {
  const { t, me, locale } = usePlatform();
  const held = (me?.roles ?? []).filter(({ role }) => BULLETIN_READERS.some((one) => one === role));
  const [typed, setTyped] = useState({
    ...{ organisationId: held[0]?.organisationId ?? '', grouping: looked, period: 'month', day: '3', hour: '8' },
    mails: '',
  });
  const [formats, setFormats] = useState<readonly BulletinFormat[]>(['xlsx']);
  const [to, setTo] = useState({ folder: ways.folder, hook: false });
  const put = (name: keyof typeof typed) => (value: string) => setTyped({ ...typed, [name]: value });
  const mails = typed.mails.split(/[\s,;，；]+/).filter(Boolean);
  const wish = NewSchedule.safeParse({
    ...{ organisationId: below || typed.organisationId, grouping: typed.grouping, period: typed.period, formats },
    ...{ day: Number(typed.day), hour: Number(typed.hour), language: locale, to: { ...to, mails } },
  }).data;
  const check = (name: string, label: string, checked: boolean, onChange: (on: boolean) => void) => (
    <label key={name} className="check">
      <input type="checkbox" {...{ name, checked }} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
  return (
    <Form onSend={() => wish && onAdd(wish)}>
      <div className="fields">
        {!below && held.length > 1 && (
          <ChoiceField
            {...{ name: 'where', label: t('schedules.where'), value: typed.organisationId }}
            onChange={put('organisationId')}
            choices={held.map((one) => ({ value: one.organisationId, label: one.organisation }))}
          />
        )}
        <ChoiceField
          {...{ name: 'schedule-grouping', label: t('bulletin.grouping'), value: typed.grouping }}
          onChange={put('grouping')}
          choices={BULLETIN_GROUPINGS.map((one) => ({ value: one, label: t(`bulletin.by-${one}`) }))}
        />
        <ChoiceField
          {...{ name: 'schedule-period', label: t('schedules.period'), value: typed.period, onChange: put('period') }}
          choices={SCHEDULE_PERIODS.map((one) => ({ value: one, label: t(`schedules.${one}`) }))}
        />
        <TextField
          {...{ name: 'day', type: 'number', min: 1, max: LAST_DAY, label: t('schedules.day'), value: typed.day }}
          {...{ hint: t('schedules.day-hint'), onChange: put('day') }}
        />
        <ChoiceField
          {...{ name: 'hour', label: t('schedules.hour'), value: typed.hour, onChange: put('hour'), choices: HOURS }}
        />
      </div>
      <fieldset>
        <legend>{t('schedules.formats')}</legend>
        {BULLETIN_FORMATS.map((one) =>
          check(one, one === 'xlsx' ? t('jobs.xlsx') : one.toUpperCase(), formats.includes(one), (on) =>
            setFormats(on ? [...formats, one] : formats.filter((other) => other !== one)),
          ),
        )}
      </fieldset>
      <fieldset>
        <legend>{t('schedules.to')}</legend>
        {ways.folder && check('folder', t('schedules.folder'), to.folder, (folder) => setTo({ ...to, folder }))}
        {check('hook', t('schedules.hook'), to.hook, (hook) => setTo({ ...to, hook }))}
      </fieldset>
      {ways.mail && (
        <label className="field">
          <span className="label">{t('schedules.mails')}</span>
          <textarea name="mails" rows={2} value={typed.mails} onChange={({ target }) => put('mails')(target.value)} />
        </label>
      )}
      <Problem refused={deed.refused} detail={deed.detail} />
      <div className="deeds">
        <Button action="add-schedule" submits disabled={deed.busy || !wish}>
          {t('schedules.add')}
        </Button>
      </div>
    </Form>
  );
}
