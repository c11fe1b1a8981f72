import type { CaptureOutcome, IncidentPolicy, Watched } from '../../contract/words/exam.ts';
import { LightPolicy, WATCHED, watchRule } from '../../contract/words/exam.ts';
import { HOSTS } from '../../contract/words/hosts.ts';
import { usePlatform } from './context.tsx';
import { type ExamDraft, templateDaysOf, withTemplateDays } from './exam-draft.ts';
import { CheckField, ChoiceField, TextField } from './fields.tsx';
import { NumberField } from './number-field.tsx';
import { shortOf } from './words-of.ts';

type Fields = { readonly draft: ExamDraft; readonly onChange: (typed: Partial<ExamDraft>) => void };

const MODES = ['formal', 'mock', 'gate'] as const;

/** What everybody asks of an exam first. */
export function RulesFields({ draft, marks, onChange }: Fields & { readonly marks: number }) {
  const { t } = usePlatform();
  const mode = (value: string) => onChange({ mode: MODES.find((one) => one === value) ?? 'formal' });
  return (
    <div className="fields">
      <TextField
        name="title"
        label={t('exams.name')}
        value={draft.title}
        onChange={(title) => onChange({ title })}
        required
      />
      <ChoiceField
        name="mode"
        label={t('exams.mode')}
        value={draft.mode}
        onChange={mode}
        choices={MODES.map((one) => ({ value: one, label: t(`mode.${one}`) }))}
      />
      <NumberField
        name="minutes"
        label={t('exams.minutes')}
        value={draft.minutes}
        onChange={(minutes) => onChange({ minutes })}
      />
      <NumberField
        name="pass"
        label={t('exams.pass')}
        hint={t('exams.of-marks', { marks })}
        value={draft.passMarks}
        onChange={(passMarks) => onChange({ passMarks })}
      />
      <NumberField
        name="attempts"
        label={t('exams.attempts')}
        value={draft.attempts}
        onChange={(attempts) => onChange({ attempts })}
      />
    </div>
  );
}

/** What few change: camera, pictures, where it is sat, what takes two. */
export function MoreRules({ draft, onChange }: Fields) {
  const { t } = usePlatform();
  const { hosts = [], twoProctors = [], recapture } = draft;
  const liveness = draft.liveness ?? '';
  return (
    <>
      <details className="more">
        <summary>{t('exams.more')}</summary>
        <div className="fields">
          <ChoiceField
            name="liveness"
            label={t('exams.liveness')}
            value={liveness}
            onChange={(value) => onChange({ liveness: value === 'active' || value === 'passive' ? value : undefined })}
            choices={['', 'active', 'passive'].map((one) => ({ value: one, label: livenessWord(one, t) }))}
          />
          {liveness !== 'passive' && (
            <ChoiceField
              name="light"
              label={t('exams.light')}
              value={draft.light ?? ''}
              onChange={(value) => onChange({ light: LightPolicy.options.find((one) => one === value) })}
              choices={[
                { value: '', label: t('exams.as-usual') },
                { value: 'incident', label: t('rule.incident') },
                { value: 'note', label: t('rule.note') },
                { value: 'off', label: t('light.off') },
              ]}
            />
          )}
          {liveness !== 'passive' && (
            <NumberField
              name="template-days"
              label={t('exams.template-days')}
              hint={t('exams.template-days-hint')}
              value={templateDaysOf(draft)}
              onChange={(days) => onChange(withTemplateDays(draft, days))}
            />
          )}
          <NumberField
            name="evidence-days"
            label={t('exams.evidence-days')}
            hint={t('exams.evidence-days-hint')}
            value={draft.evidenceDays}
            onChange={(evidenceDays) => onChange({ evidenceDays })}
          />
          <NumberField
            name="pin-digits"
            label={t('exams.pin-digits')}
            hint={t('exams.pin-digits-hint')}
            value={draft.pinDigits}
            onChange={(pinDigits) => onChange({ pinDigits })}
          />
          {draft.mode === 'gate' && (
            <NumberField
              name="pass-hours"
              label={t('exams.pass-hours')}
              hint={t('exams.pass-hours-hint')}
              value={draft.passHours}
              onChange={(passHours) => onChange({ passHours })}
            />
          )}
        </div>
        <fieldset className="checks">
          <legend>{t('exams.hosts')}</legend>
          {HOSTS.map((host) => (
            <CheckField
              key={host}
              name={`host-${host}`}
              label={t(`host.${host}`)}
              value={hosts.includes(host)}
              onChange={(on) => onChange({ hosts: toggled(hosts, host, on) })}
            />
          ))}
          <small className="muted">{t('exams.hosts-hint')}</small>
        </fieldset>
        <fieldset className="checks">
          <legend>{t('exams.check-in')}</legend>
          <CheckField
            name="slips"
            label={t('exams.slips')}
            value={draft.slips === 'allowed'}
            onChange={(on) => onChange({ slips: on ? 'allowed' : undefined })}
          />
          <small className="muted">{t('exams.slips-hint')}</small>
        </fieldset>
        <fieldset className="checks">
          <legend>{t('exams.two-proctors')}</legend>
          {(['override', 'terminate'] as const).map((one) => (
            <CheckField
              key={one}
              name={`two-${one}`}
              label={t(`two.${one}`)}
              value={twoProctors.includes(one)}
              onChange={(on) => onChange({ twoProctors: toggled(twoProctors, one, on) })}
            />
          ))}
        </fieldset>
        {draft.mode === 'mock' && (
          <fieldset className="checks">
            <legend>{t('mode.mock')}</legend>
            <CheckField
              name="home"
              label={t('exams.home')}
              value={draft.home === 'allowed'}
              onChange={(on) => onChange({ home: on ? 'allowed' : undefined })}
            />
            <CheckField
              name="reveals-keys"
              label={t('exams.reveals-keys')}
              value={draft.revealsKeys === true}
              onChange={(on) => onChange({ revealsKeys: on || undefined })}
            />
          </fieldset>
        )}
      </details>
      <details className="more">
        <summary>{t('exams.camera')}</summary>
        <div className="fields">
          <NumberField
            name="min-seconds"
            label={t('exams.min-seconds')}
            value={recapture.minSeconds}
            onChange={(seconds) => onChange({ recapture: { ...recapture, minSeconds: seconds ?? 0 } })}
          />
          <NumberField
            name="max-seconds"
            label={t('exams.max-seconds')}
            value={recapture.maxSeconds}
            onChange={(seconds) => onChange({ recapture: { ...recapture, maxSeconds: seconds ?? 0 } })}
          />
          {OUTCOMES.map((outcome) => (
            <PolicyField
              key={outcome}
              what={outcome}
              value={recapture.onOutcome[outcome]}
              onChange={(rule) =>
                onChange({ recapture: { ...recapture, onOutcome: { ...recapture.onOutcome, [outcome]: rule } } })
              }
            />
          ))}
          {WATCHED.map((what) => (
            <PolicyField
              key={what}
              what={what}
              value={watchRule({ watch: draft.watch }, what)}
              onChange={(rule) => onChange({ watch: { ...draft.watch, [what]: rule } })}
            />
          ))}
        </div>
      </details>
    </>
  );
}

/** Nothing where none is chosen: it is as it usually is then. */
function toggled<T>(all: readonly T[], one: T, on: boolean): readonly T[] | undefined {
  const chosen = on ? [...all, one] : all.filter((other) => other !== one);
  return chosen.length > 0 ? chosen : undefined;
}

const livenessWord = (one: string, t: ReturnType<typeof usePlatform>['t']): string =>
  t(one === 'active' || one === 'passive' ? `liveness.${one}` : 'exams.as-usual');

const OUTCOMES = ['no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain'] as const;
const RULES: Readonly<Record<'note' | 'incident' | 'match' | 'proctor', IncidentPolicy>> = {
  note: { action: 'note' },
  incident: { action: 'incident' },
  match: { action: 'pause', until: 'match' },
  proctor: { action: 'pause', until: 'proctor' },
};
const NAMES = ['note', 'incident', 'match', 'proctor'] as const;

type PolicyFieldProps = {
  readonly what: Watched | Exclude<CaptureOutcome, 'match'>;
  readonly value: IncidentPolicy;
  readonly onChange: (rule: IncidentPolicy) => void;
};

function PolicyField({ what, value, onChange }: PolicyFieldProps) {
  const { t, explain } = usePlatform();
  const name = value.action === 'pause' ? value.until : value.action;
  return (
    <ChoiceField
      name={what}
      label={shortOf(explain(what))}
      value={name}
      onChange={(typed) => onChange(RULES[NAMES.find((one) => one === typed) ?? 'incident'])}
      choices={NAMES.map((one) => ({ value: one, label: t(`rule.${one}`) }))}
    />
  );
}
