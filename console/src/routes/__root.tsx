/** The root of all pages: those with the frame are below `_app`, those for signing in beside it. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });
