/** What is around every page: language, looks, the query cache, toasts, the question before something is destroyed. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ComponentProps, type ReactNode, useMemo, useRef } from 'react';
import { errorText } from './api/errors';
import { createQueryClient } from './api/query';
import { ConfirmProvider } from './components/Confirm';
import { ErrorTextContext } from './components/ErrorText';
import { toastFailure } from './components/toast';
import { Unreachable } from './features/shell/Unreachable';
import { I18nProvider, useT } from './i18n/I18n';
import { createConsoleRouter } from './router';
import { themeFor, variables } from './theme/theme';

const colorSchemes = localStorageColorSchemeManager({ key: 'signet.console.color-scheme' });

type Language = ComponentProps<typeof I18nProvider>['initial'];

type Props = { language: Language /** False when the server did not even say where it is. */; isReady: boolean };

export const App = ({ language, isReady }: Props) => (
  <I18nProvider initial={language}>
    <Looks>
      <Notifications position="bottom-right" />
      {isReady ? <Pages /> : <Unreachable />}
    </Looks>
  </I18nProvider>
);

const Looks = ({ children }: { children: ReactNode }) => {
  const t = useT();
  const close = t('common.close');
  const theme = useMemo(() => themeFor(close), [close]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" colorSchemeManager={colorSchemes}>
      {children}
    </MantineProvider>
  );
};

const Pages = () => {
  const t = useT();
  const say = useMemo(() => (error: unknown) => errorText(error, t), [t]);
  // The cache outlives a change of language, its messages do not.
  const latest = useRef(say);
  latest.current = say;
  const queryClient = useMemo(() => createQueryClient((error) => toastFailure(latest.current(error))), []);
  const router = useMemo(() => createConsoleRouter(queryClient), [queryClient]);
  return (
    <ErrorTextContext value={say}>
      <QueryClientProvider client={queryClient}>
        <ConfirmProvider>
          <RouterProvider router={router} />
        </ConfirmProvider>
      </QueryClientProvider>
    </ErrorTextContext>
  );
};
