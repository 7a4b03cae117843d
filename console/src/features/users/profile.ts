/** The standard claims of a profile (OpenID Connect Core §5.1), as a form holds them and as the API does. */
export const profileMembers = [
  'givenName',
  'familyName',
  'middleName',
  'nickname',
  'preferredUsername',
  'profile',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
] as const;

export const addressMembers = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'] as const;

type Address = Record<(typeof addressMembers)[number], string>;
export type ProfileValues = Record<(typeof profileMembers)[number], string> & { address: Address };

const read = <Name extends string>(names: readonly Name[], from: object) => {
  const members = from as Partial<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, String(members[name] ?? '')])) as Record<Name, string>;
};

export const profileValues = (profile: object): ProfileValues => ({
  ...read(profileMembers, profile),
  address: read(addressMembers, (profile as { address?: object }).address ?? {}),
});

const given = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** Without what is empty. */
export const profileOf = ({ address, ...members }: ProfileValues): object => {
  const place = given(address);
  return { ...given(members), ...(Object.keys(place).length > 0 && { address: place }) };
};
