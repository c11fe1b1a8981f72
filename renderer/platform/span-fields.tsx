import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';

/** From when until when, as it is typed by the clock of whoever types. */
export type Span = { readonly from: string; readonly until: string };

type SpanProps = { readonly span: Span; readonly onChange: (span: Span) => void };

export function SpanFields({ span, onChange }: SpanProps) {
  const { t } = usePlatform();
  return (
    <>
      {(['from', 'until'] as const).map((end) => (
        <TextField
          key={end}
          name={end}
          type="datetime-local"
          label={t(`span.${end}`)}
          value={span[end]}
          onChange={(value) => onChange({ ...span, [end]: value })}
          required
        />
      ))}
    </>
  );
}
