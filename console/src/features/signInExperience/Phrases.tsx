/** The languages in which the tenant says something in its own words. */
import { Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconEdit, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { Loaded } from '@/components/Loaded';
import { LinesLoading } from '@/components/Loading';
import { Surface } from '@/components/Surface';
import { toast } from '@/components/toast';
import { useI18n, useT } from '@/i18n/I18n';
import { languageName, offeredTags } from './languages';
import { PhrasesEditor } from './PhrasesEditor';
import { builtInTags, flatten } from './preview/wording';
import { type OwnPhrases, ownPhrasesQuery, useDeletePhrases } from './queries';
import { Section } from './Section';

export const Phrases = () => {
  const t = useT();
  const [edited, setEdited] = useState<string>();
  return (
    <Section title={t('signInExperience.phrases.title')} description={t('signInExperience.phrases.description')}>
      <Loaded query={useQuery(ownPhrasesQuery)} loading={<LinesLoading lines={2} />}>
        {(own) => (
          <>
            <Stack gap="xs">
              {rowsOf(own).map(({ tag, count }) => (
                <Row key={tag} tag={tag} count={count} onEdit={() => setEdited(tag)} />
              ))}
            </Stack>
            <AddLanguage taken={rowsOf(own).map(({ tag }) => tag)} onAdd={setEdited} />
            {edited && (
              <PhrasesEditor
                key={edited}
                tag={edited}
                own={own.find(({ languageTag }) => languageTag === edited)?.translation ?? {}}
                onClose={() => setEdited(undefined)}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
};

/** Built-in languages are there always, others with their first phrase. */
const rowsOf = (own: OwnPhrases[]) => {
  const tags = new Set([...builtInTags, ...own.map(({ languageTag }) => languageTag)]);
  return [...tags].toSorted().map((tag) => {
    const translation = own.find(({ languageTag }) => languageTag === tag)?.translation;
    return { tag, count: translation ? flatten(translation).length : 0 };
  });
};

const Row = ({ tag, count, onEdit }: { tag: string; count: number; onEdit: () => void }) => {
  const t = useT();
  const { tag: language } = useI18n();
  const remove = useRemove();
  const name = languageName(tag, language);
  return (
    <Surface px="md" py="xs" bg="var(--page)">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {builtInTags.includes(tag) && (
            <Badge size="sm" variant="light" color="gray" tt="none">
              {t('signInExperience.phrases.builtIn')}
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            {t('signInExperience.phrases.count', { count })}
          </Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-sm" variant="subtle" onClick={onEdit} aria-label={`${t('common.edit')}: ${name}`}>
            {t('common.edit')}
          </Button>
          {count > 0 && (
            <ActionMenu
              label={name}
              actions={[
                { label: t('common.edit'), icon: IconEdit, onClick: onEdit },
                {
                  label: t('signInExperience.phrases.reset'),
                  icon: IconTrash,
                  isDangerous: true,
                  onClick: () => void remove(tag, name),
                },
              ]}
            />
          )}
        </Group>
      </Group>
    </Surface>
  );
};

const AddLanguage = ({ taken, onAdd }: { taken: string[]; onAdd: (tag: string) => void }) => {
  const t = useT();
  const { tag: language } = useI18n();
  const left = offeredTags.filter((tag) => !taken.includes(tag));
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          disabled={left.length === 0}
        >
          {t('signInExperience.phrases.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={300} style={{ overflowY: 'auto' }}>
        {left.map((tag) => (
          <Menu.Item key={tag} onClick={() => onAdd(tag)}>
            {languageName(tag, language)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const useRemove = () => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useDeletePhrases();
  return async (tag: string, language: string) => {
    const isSure = await confirm({
      title: t('signInExperience.phrases.resetTitle', { language }),
      message: t('signInExperience.phrases.resetMessage'),
      action: t('signInExperience.phrases.reset'),
    });
    if (!isSure) return;
    await mutateAsync(tag);
    toast(t('signInExperience.phrases.wasReset', { language }));
  };
};
