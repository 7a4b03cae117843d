/** Edits the phrases of one language: what is left empty says what the product says. */
import {
  Button,
  Drawer,
  Group,
  ScrollArea,
  type ScrollAreaAutosizeProps,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useConfirm } from '@/components/Confirm';
import { Loaded } from '@/components/Loaded';
import { LinesLoading } from '@/components/Loading';
import { toast } from '@/components/toast';
import { UnsavedChanges } from '@/components/UnsavedChanges';
import { useI18n, useT } from '@/i18n/I18n';
import { languageName } from './languages';
import { builtInPhrases, flatten, type PhraseTree, unflatten } from './preview/wording';
import { useSavePhrases } from './queries';

/** Down only: sideways its content would be as wide as the longest phrase. */
const Scroll = (props: ScrollAreaAutosizeProps) => <ScrollArea.Autosize scrollbars="y" {...props} />;

type Props = { tag: string; own: PhraseTree; onClose: () => void };

export const PhrasesEditor = ({ tag, own, onClose }: Props) => {
  const t = useT();
  const { tag: language } = useI18n();
  const confirm = useConfirm();
  const name = languageName(tag, language);
  const [texts, setTexts] = useState<Record<string, string>>(() => Object.fromEntries(flatten(own)));
  const [isChanged, setChanged] = useState(false);
  const builtIn = useQuery({ queryKey: ['built-in-phrases', tag], queryFn: () => builtInPhrases(tag) });
  const save = useSavePhrases();
  const close = async () => {
    const isSure =
      !isChanged ||
      (await confirm({
        title: t('common.unsaved.title'),
        message: t('common.unsaved.message'),
        action: t('common.unsaved.leave'),
      }));
    if (isSure) onClose();
  };
  const submit = async () => {
    try {
      await save.mutateAsync({ languageTag: tag, translation: unflatten(texts) });
    } catch {
      // The failure is shown where mutations fail; what was typed stays.
      return;
    }
    toast(t('signInExperience.phrases.saved', { language: name }));
    onClose();
  };
  const change = (key: string, text: string) => {
    setTexts((before) => ({ ...before, [key]: text }));
    setChanged(true);
  };
  return (
    <Drawer
      opened
      onClose={() => void close()}
      position="right"
      size="xl"
      title={t('signInExperience.phrases.of', { language: name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      scrollAreaComponent={Scroll}
    >
      <UnsavedChanges when={isChanged && !save.isPending} />
      <Loaded query={builtIn} loading={<LinesLoading lines={6} />}>
        {(tree) => <Fields phrases={flatten(tree)} texts={texts} onChange={change} />}
      </Loaded>
      <Group
        justify="flex-end"
        gap="sm"
        py="md"
        pos="sticky"
        bottom={0}
        bg="var(--mantine-color-body)"
        style={{ borderTop: '1px solid var(--line)' }}
      >
        <Button variant="default" onClick={() => void close()}>
          {t('common.cancel')}
        </Button>
        <Button onClick={() => void submit()} disabled={!isChanged} loading={save.isPending}>
          {t('common.saveChanges')}
        </Button>
      </Group>
    </Drawer>
  );
};

type FieldsProps = {
  phrases: [string, string][];
  texts: Record<string, string>;
  onChange: (key: string, text: string) => void;
};

const Fields = ({ phrases, texts, onChange }: FieldsProps) => {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [onlyOwn, setOnlyOwn] = useState(false);
  const search = useDeferredValue(typed.trim().toLowerCase());
  const shown = phrases.filter(
    ([key, text]) =>
      (!onlyOwn || texts[key]) && [key, text, texts[key] ?? ''].some((candidate) => candidate.toLowerCase().includes(search)),
  );
  return (
    <Stack gap="md" pb="md">
      <Text size="sm" c="dimmed">
        {t('signInExperience.phrases.hint')}
      </Text>
      <TextInput
        type="search"
        aria-label={t('signInExperience.phrases.search')}
        placeholder={t('signInExperience.phrases.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      <Switch
        label={t('signInExperience.phrases.onlyOwn')}
        checked={onlyOwn}
        onChange={(event) => setOnlyOwn(event.currentTarget.checked)}
      />
      {shown.length === 0 && (
        <Text size="sm" c="dimmed" ta="center" py="lg">
          {t('common.noMatch.title')}
        </Text>
      )}
      {shown.map(([key, text]) => (
        <Textarea
          key={key}
          label={key}
          labelProps={{ ff: 'monospace', fz: 12 }}
          placeholder={text}
          value={texts[key] ?? ''}
          onChange={(event) => onChange(key, event.currentTarget.value)}
          autosize
          minRows={1}
          maxRows={6}
        />
      ))}
    </Stack>
  );
};
