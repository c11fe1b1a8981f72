import { FirmSize, type Organisation } from '../../contract/platform/organisations.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { useSectors } from './use-lists.ts';
import { sizeWord } from './words-of.ts';

/** What an organisation says of itself, as it is typed. */
export type TypedOrganisation = {
  readonly name: string;
  readonly licence: string;
  readonly sector: string;
  readonly size: string;
  readonly contact: string;
  readonly phone: string;
};

export const NOTHING_TYPED: TypedOrganisation = {
  ...{ name: '', licence: '', sector: '', size: '', contact: '', phone: '' },
};

/** What is left empty is not there. */
export const detailsOf = ({ name, licence, sector, size, contact, phone }: TypedOrganisation) => ({
  name: name.trim(),
  licence: licence.trim().toUpperCase() || null,
  sector: sector || null,
  size: FirmSize.safeParse(size).data ?? null,
  contact: contact.trim() || null,
  phone: phone.trim() || null,
});

export const typedOf = ({ name, licence, sector, size, contact, phone }: Organisation): TypedOrganisation => ({
  ...{ name, licence: licence ?? '', sector: sector ?? '', size: size ?? '' },
  ...{ contact: contact ?? '', phone: phone ?? '' },
});

type FieldsProps = {
  readonly typed: TypedOrganisation;
  readonly onType: (typed: TypedOrganisation) => void;
  /** Whether it is somebody who has a licence: a county has none. */
  readonly licensed: boolean;
  readonly licenceRequired?: boolean;
};

export function OrganisationFields({ typed, onType, licensed, licenceRequired = false }: FieldsProps) {
  const { t } = usePlatform();
  const sectors = useSectors();
  const set = (name: keyof TypedOrganisation) => (value: string) => onType({ ...typed, [name]: value });
  const field = (name: keyof TypedOrganisation) => ({
    ...{ name, label: t(`organisations.${name}`), value: typed[name], onChange: set(name) },
  });
  const none = { value: '', label: t('app.none') };
  return (
    <div className="fields">
      <TextField {...field('name')} autoComplete="organization" required />
      {licensed && (
        <>
          <TextField
            {...field('licence')}
            hint={t('organisations.licence-hint')}
            pattern="[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}"
            required={licenceRequired}
          />
          <ChoiceField {...field('sector')} choices={[none, ...sectors]} />
          <ChoiceField
            {...field('size')}
            choices={[none, ...FirmSize.options.map((size) => ({ value: size, label: t(sizeWord(size)) }))]}
          />
        </>
      )}
      <TextField {...field('contact')} autoComplete="name" />
      <TextField {...field('phone')} autoComplete="tel" />
    </div>
  );
}
