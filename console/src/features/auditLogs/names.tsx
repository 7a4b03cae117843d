/** Names in the place of identifiers, as long as what they name exists. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AnchorLink } from '@/components/links';
import { personName } from '@/features/users/person';
import { userQuery } from '@/features/users/queries';
import { applicationNamesQuery } from './queries';

const Nobody = () => (
  <Text size="sm" c="dimmed">
    –
  </Text>
);

export const UserName = ({ id }: { id: string | undefined }) => {
  const { data, error } = useQuery({ ...userQuery(id ?? ''), enabled: id !== undefined, staleTime: 300_000 });
  if (id === undefined) return <Nobody />;
  // Somebody who was deleted, or who administers the server.
  if (error)
    return (
      <Text size="sm" ff="monospace" className="breakable">
        {id}
      </Text>
    );
  return (
    <AnchorLink to="/users/$id" params={{ id }} size="sm" className="breakable">
      {data ? personName(data) : id}
    </AnchorLink>
  );
};

export const ApplicationName = ({ id }: { id: string | undefined }) => {
  const { data } = useQuery(applicationNamesQuery);
  if (id === undefined) return <Nobody />;
  const name = data?.find((application) => application.id === id)?.name;
  if (name)
    return (
      <AnchorLink to="/applications/$id" params={{ id }} size="sm" className="breakable">
        {name}
      </AnchorLink>
    );
  // One that was deleted, or that is built in.
  return (
    <Text size="sm" ff="monospace" className="breakable">
      {id}
    </Text>
  );
};
