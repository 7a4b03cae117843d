/** How a person is called: the first of their names that they have. */
type Person = {
  id: string;
  name?: string | null;
  username?: string | null;
  primaryEmail?: string | null;
  primaryPhone?: string | null;
};

const names = ({ name, username, primaryEmail, primaryPhone }: Person) =>
  [name, username, primaryEmail, primaryPhone && `+${primaryPhone}`].filter((text): text is string => Boolean(text));

export const personName = (person: Person) => names(person)[0] ?? person.id;

/** What tells them apart from somebody with the same name: an identifier that is not shown already. */
export const personDetail = (person: Person) => {
  const [shown, ...others] = names({ ...person });
  return others.find((text) => text !== shown);
};
