import { useMemo, useState } from 'react';
import {
  BANK_ROW_SHOWS,
  BankRowShow,
  type BankUpload,
  type BankUploadRow,
  bankUploadEndpoints,
} from '../../contract/platform/bank-uploads.ts';
import { Button } from '../design/button.tsx';
import { BankRowNotes } from './bank-row-notes.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField } from './fields.tsx';
import { Filters, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { MendRow } from './mend-row.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Props = { readonly firm: Firm; readonly upload: BankUpload; readonly onChanged: () => void };

/** The rows of a file, sorted by what somebody may do about them; refused ones first. */
export function BankRows({ firm, upload, onChanged }: Props) {
  const { t, locale } = usePlatform();
  const [first] = useState<BankRowShow>((upload.rows?.rejected ?? 0) > 0 ? 'rejected' : 'all');
  const [shown, setShown] = useFilter('show');
  const [reason, setReason] = useFilter('reason');
  const show = BankRowShow.safeParse(shown).data ?? first;
  const [mending, setMending] = useState<BankUploadRow>();
  const changes = useChangedRows();
  const asked = useMemo(
    () => ({
      params: { firm: firm.id, id: upload.id },
      query: { show, ...(reason && show === 'rejected' ? { reason } : {}) },
    }),
    [firm.id, upload.id, show, reason],
  );
  const change = (row: BankUploadRow) => {
    changes.put(row);
    onChanged();
  };
  const columns: readonly Column<BankUploadRow>[] = [
    { name: 'place', title: t('uploads.place'), cell: (row) => <Where row={row} /> },
    { name: 'stem', title: t('uploads.question'), cell: (row) => changes.now(row).stem || '–' },
    { name: 'notes', title: t('uploads.what'), cell: (row) => <BankRowNotes row={changes.now(row)} /> },
    {
      ...{ name: 'deeds', title: t('uploads.deeds') },
      cell: (row) => (
        <Deeds
          {...{ firm, upload }}
          row={changes.now(row)}
          onMend={() => setMending(changes.now(row))}
          onChanged={change}
        />
      ),
    },
  ];
  const all = BANK_ROW_SHOWS.filter((one) => one === show || one === 'all' || (upload.rows?.[one] ?? 0) > 0);
  return (
    <div className="part">
      <h3>{t('uploads.rows-of')}</h3>
      <Filters>
        <ChoiceField
          name="show"
          label={t('uploads.show')}
          value={show}
          onChange={setShown}
          choices={all.map((one) => ({
            value: one,
            label: `${t(`uploads.show.${one}`)} (${upload.rows?.[one] ?? 0})`,
          }))}
        />
        {show === 'rejected' && upload.reasons.length > 1 && (
          <ChoiceField
            name="reason"
            label={t('uploads.reason')}
            value={reason}
            onChange={setReason}
            choices={[
              { value: '', label: t('list.all') },
              ...upload.reasons.map((one) => ({
                ...{ value: one.reason, label: `${one.words[locale] ?? one.words.zh} (${one.rows})` },
              })),
            ]}
          />
        )}
      </Filters>
      <List
        caption={t('uploads.rows-of')}
        endpoint={bankUploadEndpoints.rows}
        asked={asked}
        columns={columns}
        keyOf={({ at }) => String(at)}
        filtered={show !== 'all'}
      />
      {mending && (
        <MendRow
          {...{ firm, upload }}
          row={mending}
          onMended={(row) => {
            change(row);
            setMending(undefined);
          }}
          onClose={() => setMending(undefined)}
        />
      )}
    </div>
  );
}

/** What became of rows here: the list stays where it is, however far somebody has read. */
function useChangedRows() {
  const [changed, setChanged] = useState<ReadonlyMap<number, BankUploadRow>>(new Map());
  return {
    now: (row: BankUploadRow): BankUploadRow => changed.get(row.at) ?? row,
    put: (row: BankUploadRow) => setChanged((before) => new Map([...before, [row.at, row]])),
  };
}

function Where({ row: { sheet, row, problem } }: { readonly row: BankUploadRow }) {
  const { t } = usePlatform();
  return (
    <>
      {sheet} {problem?.cell ?? t('banks.row', { row })}
    </>
  );
}

type DeedsProps = {
  readonly firm: Firm;
  readonly upload: BankUpload;
  readonly row: BankUploadRow;
  readonly onMend: () => void;
  readonly onChanged: (row: BankUploadRow) => void;
};

/** A refused row is mended, dropped, or opened again. */
function Deeds({ firm, upload, row, onMend, onChanged }: DeedsProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  if (row.outcome !== 'rejected') return null;
  const settle = (dropped: boolean) =>
    run(async () => {
      const params = { firm: firm.id, id: upload.id, at: row.at };
      const body = { dropped, of: { sheet: row.sheet, row: row.row }, version: row.version };
      onChanged((await ask(bankUploadEndpoints.settle, { params, body })).row);
    });
  return (
    <span className="deeds">
      {row.settled !== 'dropped' && (
        <Button small action="mend-row" disabled={busy} onPress={onMend}>
          {t('uploads.mend')}
        </Button>
      )}
      {row.settled ? (
        <Button small look="quiet" action="open-row" disabled={busy} onPress={() => settle(false)}>
          {t('uploads.open')}
        </Button>
      ) : (
        <Button small look="quiet" action="drop-row" disabled={busy} onPress={() => settle(true)}>
          {t('uploads.drop-row')}
        </Button>
      )}
      <Problem {...problem} />
    </span>
  );
}
