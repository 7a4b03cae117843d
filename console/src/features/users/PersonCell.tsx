/** A person in a list: picture, name, and an identifier that tells them apart. */
import { Avatar, Box, Group, Text } from '@mantine/core';
import { AnchorLink } from '@/components/links';
import { personDetail, personName } from './person';

type Props = {
  person: Parameters<typeof personName>[0] & { avatar?: string | null };
  /** Behind the name: a badge. */
  badge?: React.ReactNode;
};

export const PersonCell = ({ person, badge }: Props) => {
  const name = personName(person);
  const detail = personDetail(person);
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar src={person.avatar || null} name={name} color="signet" size={34} alt="" />
      <Box miw={0}>
        <Group gap="xs">
          <AnchorLink to="/users/$id" params={{ id: person.id }} fw={600} size="sm" className="breakable">
            {name}
          </AnchorLink>
          {badge}
        </Group>
        {detail && (
          <Text size="xs" c="dimmed" className="breakable">
            {detail}
          </Text>
        )}
      </Box>
    </Group>
  );
};
