import { useState } from 'react';
import {
  BELOW,
  ORGANISATION_KINDS,
  type Organisation,
  OrganisationKind,
  organisationEndpoints,
} from '../../contract/platform/organisations.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form } from './fields.tsx';
import { detailsOf, NOTHING_TYPED, OrganisationFields } from './organisation-fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import { usePlaces } from './use-lists.ts';
import { kindWord } from './words-of.ts';

type AddProps = {
  /** Below which; where none is named, whoever adds it chooses a place. */
  readonly parent?: Pick<Organisation, 'id' | 'kind'>;
  readonly onClose: () => void;
  readonly onAdded: (added: Organisation) => void;
};

const LICENSED: readonly OrganisationKind[] = ['firm', 'agency', 'vendor'];

export function AddOrganisation({ parent, onClose, onAdded }: AddProps) {
  const { t, ask, me } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const places = usePlaces();
  const own =
    me?.roles.map(({ organisationId, organisation }) => ({ value: organisationId, label: organisation })) ?? [];
  const known = new Map([...own, ...places].map((place) => [place.value, place]));
  const [place, setPlace] = useState<string>(parent?.id ?? own[0]?.value ?? '');
  const kinds = parent ? BELOW[parent.kind] : ORGANISATION_KINDS.filter((kind) => kind !== 'platform');
  const [kind, setKind] = useState<string>(kinds.includes('firm') ? 'firm' : (kinds[0] ?? 'firm'));
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const chosen = OrganisationKind.exclude(['platform']).catch('firm').parse(kind);
  const send = () =>
    run(async () =>
      onAdded(
        await ask(organisationEndpoints.add, {
          body: { ...detailsOf(typed), kind: chosen, parentId: OrganisationId.parse(place) },
        }),
      ),
    );
  return (
    <Dialog title={t('organisations.add')} place="wide" onClose={onClose}>
      <Form onSend={send}>
        <div className="fields">
          <ChoiceField
            name="kind"
            label={t('organisations.kind')}
            value={kind}
            onChange={setKind}
            choices={kinds.map((one) => ({ value: one, label: t(kindWord(one)) }))}
          />
          {!parent && (
            <ChoiceField
              name="place"
              label={t('organisations.place')}
              value={place}
              onChange={setPlace}
              choices={[...known.values()]}
              required
            />
          )}
        </div>
        <OrganisationFields typed={typed} onType={setTyped} licensed={LICENSED.includes(chosen)} />
        <Problem {...problem} />
        <div className="sheet-deeds">
          <Button action="cancel" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button look="primary" submits action="add" disabled={busy}>
            {t('organisations.add')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
