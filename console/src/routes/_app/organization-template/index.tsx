import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/organization-template/')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/_app/organization-template/"!</div>;
}
