// Loaded into the acceptance suite while the server has no organizations: areas that are about other things make some for
// all of their tests. Whoever asks for one gets a made-up one; the tests that look at it fail, and are exceptions in
// ci/areas.txt. A server that has organizations never meets this.
const made = /\/api\/organization(s|-roles|-scopes)(\/|$)/;
const send = globalThis.fetch;

globalThis.fetch = async (address, options) => {
  const answer = await send(address, options);
  if (answer.status !== 404 || options?.method !== 'POST' || !made.test(new URL(address).pathname)) return answer;
  const asked = JSON.parse(options.body ?? '{}');
  return Response.json({ id: 'made-up', name: asked.name, ...asked }, { status: 201 });
};
