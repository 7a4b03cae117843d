/** Every other address. */
import { createFileRoute } from '@tanstack/react-router';
import { NotFound } from '@/features/shell/NotFound';

export const Route = createFileRoute('/_app/$')({ component: NotFound });
