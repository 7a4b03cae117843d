/** What a script is given, part by part: what it is, when it is there, its type, and a sample to begin with. */
import { Accordion, Badge, Box, Button, Code, Collapse, Group, Stack, Text } from '@mantine/core';
import { IconCodePlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton } from '@/components/CopyButton';
import { LinesLoading } from '@/components/Loading';
import { useI18n, useT } from '@/i18n/I18n';
import { CodeBlock } from '../CodeBlock';
import { declarationOf, declarations } from '../declarations';
import { type Guide, guidesOf, guideTextsQuery } from '../guides/guides';
import type { TokenType } from '../tokenTypes';
import { useEditorRef } from '../useEditorRef';
import type { ScriptEditorState } from '../useScriptEditor';
import classes from './DataSource.module.css';
import { Variables } from './Variables';

export const DataSource = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const { tag } = useI18n();
  const { data: texts } = useQuery(guideTextsQuery(tag));
  // Wrong variables have to be seen, whatever else is open.
  const [open, setOpen] = useState<string[]>(editing.isChecked ? ['variables'] : ['token']);
  const shown = editing.isChecked && !open.includes('variables') ? [...open, 'variables'] : open;
  if (!texts) {
    return (
      <Box p="md">
        <LinesLoading lines={6} />
      </Box>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" px="md" pt="md" pb="xs">
        {t('customJwt.panel.dataHint')}
      </Text>
      <Accordion
        multiple
        value={shown}
        onChange={setOpen}
        classNames={{ item: classes.item ?? '', control: classes.control ?? '' }}
      >
        {guidesOf(editing.kind).map((guide) => (
          <Accordion.Item key={guide.id} value={guide.id}>
            <Accordion.Control icon={<guide.icon size={18} stroke={1.6} />}>
              <Text size="sm" fw={600}>
                {texts[guide.id].title}
              </Text>
              <Code className={classes.path ?? ''}>{guide.path}</Code>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <Text size="sm">{texts[guide.id].text}</Text>
                {texts[guide.id].when && <When text={texts[guide.id].when ?? ''} />}
                {guide.id === 'variables' && <Variables editing={editing} />}
                <Sample guide={guide} title={texts[guide.id].title} />
                {guide.type && <TypeOf kind={editing.kind} name={guide.type} />}
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  );
};

const When = ({ text }: { text: string }) => {
  const t = useT();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Badge variant="light" color="gray" size="sm" style={{ flex: 'none' }} mt={2}>
        {t('customJwt.panel.when')}
      </Badge>
      <Text size="xs" c="dimmed">
        {text}
      </Text>
    </Group>
  );
};

const Sample = ({ guide, title }: { guide: Guide; title: string }) => {
  const t = useT();
  const handle = useEditorRef();
  return (
    <div className={classes.sample}>
      <CodeBlock text={guide.sample} label={t('customJwt.panel.sampleOf', { what: title })} />
      <Group justify="flex-end" gap={4} mt={6}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconCodePlus size={14} />}
          onClick={() => handle.current?.insert(guide.sample)}
          aria-label={t('customJwt.panel.insertThis', { what: title })}
        >
          {t('customJwt.panel.insert')}
        </Button>
        <CopyButton value={guide.sample} label={title} />
      </Group>
    </div>
  );
};

const TypeOf = ({ kind, name }: { kind: TokenType; name: string }) => {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const text = declarationOf(declarations[kind], name);
  if (!text) return null;
  return (
    <div>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} ml={-8}>
        {isOpen ? t('customJwt.panel.hideType', { name }) : t('customJwt.panel.showType', { name })}
      </Button>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <div className={classes.sample}>
            <CodeBlock text={text} language="typescript" label={name} />
          </div>
        )}
      </Collapse>
    </div>
  );
};
