// The prelude catches what listeners throw and goes on. A denial is not such a thing.
// expect: denied: from a listener

const getCustomJwtClaims = async ({ api }) => {
  const controller = new AbortController();
  controller.signal.addEventListener('abort', () => api.denyAccess('from a listener'));
  controller.abort();
  return { through: true };
};
