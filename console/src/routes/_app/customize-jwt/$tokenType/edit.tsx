/** The script of a kind of tokens. */
import { createFileRoute, notFound } from '@tanstack/react-router';
import { tabSearch } from '@/components/listState';
import { ScriptPage } from '@/features/scripts/ScriptPage';
import { isTokenType } from '@/features/scripts/tokenTypes';

const Page = () => {
  const { kind } = Route.useRouteContext();
  return <ScriptPage key={kind} kind={kind} mode="edit" />;
};

export const Route = createFileRoute('/_app/customize-jwt/$tokenType/edit')({
  validateSearch: tabSearch,
  beforeLoad: ({ params: { tokenType } }) => {
    if (!isTokenType(tokenType)) throw notFound();
    return { kind: tokenType };
  },
  component: Page,
});
