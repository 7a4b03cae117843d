/** The rows of environment variables. What is stored is not shown: it is kept, replaced, or removed. */
import { ActionIcon, Badge, Button, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '@/i18n/I18n';
import type { ScriptEditorState } from '../useScriptEditor';
import { emptyVariable, problemOf, type Variable } from '../variables';
import classes from './Variables.module.css';

export const Variables = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const { draft, change, isChecked } = editing;
  const { variables } = draft;
  const replace = (id: string, changed: Partial<Variable>) =>
    change({ variables: variables.map((row) => (row.id === id ? { ...row, ...changed } : row)) });
  const drop = (id: string) => change({ variables: variables.filter((row) => row.id !== id) });
  const rows = variables.map((row) => ({ row, problem: problemOf(row, variables) }));
  return (
    <Stack gap="xs" component="fieldset" className={classes.rows ?? ''}>
      <legend className={classes.legend}>{t('customJwt.variables.title')}</legend>
      {variables.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('customJwt.variables.empty')}
        </Text>
      )}
      {rows.map(({ row, problem }) =>
        row.state === 'new' ? (
          <NewRow
            key={row.id}
            row={row}
            problem={problem}
            isChecked={isChecked}
            onChange={(changed) => replace(row.id, changed)}
            onDrop={() => drop(row.id)}
          />
        ) : (
          <StoredRow
            key={row.id}
            row={row}
            problem={isChecked ? problem : undefined}
            onChange={(changed) => replace(row.id, changed)}
          />
        ),
      )}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => change({ variables: [...variables, emptyVariable()] })}
        >
          {t('customJwt.variables.add')}
        </Button>
      </Group>
    </Stack>
  );
};

type RowProps = {
  row: Variable;
  problem: ReturnType<typeof problemOf>;
  onChange: (changed: Partial<Variable>) => void;
};

const NewRow = ({ row, problem, isChecked, onChange, onDrop }: RowProps & { isChecked: boolean; onDrop: () => void }) => {
  const t = useT();
  const [isTouched, setTouched] = useState(false);
  // A name that is wrong says so at once; what is missing, only when the row was left.
  const isShown = isChecked || isTouched || problem === 'nameInvalid' || problem === 'nameTwice';
  const said = isShown && problem ? t(`customJwt.variables.problems.${problem}`) : undefined;
  const isOfValue = problem === 'valueMissing';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left its fields
    <div className={classes.row} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setTouched(true)}>
      <TextInput
        size="xs"
        aria-label={t('customJwt.variables.name')}
        placeholder={t('customJwt.variables.name')}
        value={row.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={!isOfValue && said}
        autoComplete="off"
        spellCheck={false}
        ff="monospace"
      />
      <PasswordInput
        size="xs"
        aria-label={row.name ? t('customJwt.variables.valueOf', { name: row.name }) : t('customJwt.variables.value')}
        placeholder={t('customJwt.variables.value')}
        value={row.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
        error={isOfValue && said}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('customJwt.variables.show'), tabIndex: 0 }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={onDrop}
        aria-label={t('common.removeThis', { what: row.name || t('customJwt.variables.one') })}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  );
};

const StoredRow = ({ row, problem, onChange }: RowProps) => {
  const t = useT();
  const { name, state } = row;
  const undo = () => onChange({ state: 'kept', value: '' });
  return (
    <div className={classes.stored} data-state={state}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Code className={classes.name ?? ''}>{name}</Code>
          <Badge
            size="sm"
            tt="none"
            fw={500}
            variant="light"
            color={state === 'removed' ? 'red' : state === 'replaced' ? 'signet' : 'gray'}
          >
            {t(`customJwt.variables.states.${state as 'kept' | 'replaced' | 'removed'}`)}
          </Badge>
        </Group>
        <Group gap={4}>
          {state === 'kept' ? (
            <>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => onChange({ state: 'replaced' })}
                aria-label={t('customJwt.variables.replaceThis', { name })}
              >
                {t('customJwt.variables.replace')}
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                onClick={() => onChange({ state: 'removed' })}
                aria-label={t('common.removeThis', { what: name })}
              >
                {t('common.remove')}
              </Button>
            </>
          ) : (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconArrowBackUp size={13} />}
              onClick={undo}
              aria-label={t('customJwt.variables.keepThis', { name })}
            >
              {t('customJwt.variables.keep')}
            </Button>
          )}
        </Group>
      </Group>
      {state === 'replaced' && (
        <PasswordInput
          size="xs"
          mt={6}
          aria-label={t('customJwt.variables.valueOf', { name })}
          placeholder={t('customJwt.variables.newValue')}
          value={row.value}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
          error={problem && t(`customJwt.variables.problems.${problem}`)}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('customJwt.variables.show'), tabIndex: 0 }}
          data-autofocus
          autoFocus
        />
      )}
    </div>
  );
};
