/** The right side of the editor page: where data comes from, what to test on, what happens on errors. */
import { Tabs } from '@mantine/core';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';
import classes from '../ScriptPage.module.css';
import type { PanelTab, ScriptEditorState } from '../useScriptEditor';
import { DataSource } from './DataSource';
import { ErrorHandling } from './ErrorHandling';
import { TestContext } from './TestContext';

type Props = { editing: ScriptEditorState; tab: PanelTab; onTab: (tab: PanelTab) => void };

export const Panel = ({ editing, tab, onTab }: Props) => {
  const t = useT();
  return (
    <Surface className={classes.panel} aria-label={t('customJwt.panel.label')}>
      <Tabs
        value={tab}
        onChange={(next) => onTab(next as PanelTab)}
        keepMounted={false}
        style={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1 }}
      >
        <Tabs.List px="xs" pt={4}>
          <Tabs.Tab className={classes.tab ?? ''} value="data">
            {t('customJwt.panel.data')}
          </Tabs.Tab>
          <Tabs.Tab className={classes.tab ?? ''} value="test">
            {t('customJwt.panel.test')}
          </Tabs.Tab>
          <Tabs.Tab className={classes.tab ?? ''} value="errors">
            {t('customJwt.panel.errors')}
          </Tabs.Tab>
        </Tabs.List>
        <div className={classes.scroll}>
          <Tabs.Panel value="data">
            <DataSource editing={editing} />
          </Tabs.Panel>
          <Tabs.Panel value="test" p="md">
            <TestContext editing={editing} />
          </Tabs.Panel>
          <Tabs.Panel value="errors" p="md">
            <ErrorHandling editing={editing} />
          </Tabs.Panel>
        </div>
      </Tabs>
    </Surface>
  );
};
