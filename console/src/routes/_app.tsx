/** Everything for people who are signed in. Others are sent to sign in, and come back to where they wanted to go. */
import { createFileRoute, Outlet, useRouterState } from '@tanstack/react-router';
import { isSignedIn, signIn } from '@/auth/client';
import { PageLoading } from '@/components/Loading';
import { Shell } from '@/features/shell/Shell';
import { useI18n } from '@/i18n/I18n';

/** The phrases of the dashboard come with the frame; those of all other pages a moment later. */
const AppRoute = () => {
  const { isComplete } = useI18n();
  const isFirst = useRouterState({
    select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname.endsWith('/dashboard'),
  });
  return <Shell>{isComplete || isFirst ? <Outlet /> : <PageLoading />}</Shell>;
};

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ location, preload }) => {
    // A link that is only pointed at sends nobody away, least of all while they sign out.
    if (preload || (await isSignedIn())) return;
    await signIn(location.href);
    // The browser is on its way to the sign-in page; nothing of this one should show.
    await new Promise(() => {});
  },
  component: AppRoute,
});
