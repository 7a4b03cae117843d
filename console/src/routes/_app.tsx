/** Everything for people who are signed in. Others are sent to sign in, and come back to where they wanted to go. */
import { createFileRoute, Outlet } from '@tanstack/react-router';
import { isSignedIn, signIn } from '@/auth/client';
import { Shell } from '@/features/shell/Shell';

const AppRoute = () => (
  <Shell>
    <Outlet />
  </Shell>
);

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
