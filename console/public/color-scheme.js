// Sets the colour scheme before the first paint, so that nobody who chose the dark one sees a white flash. It is a file
// because the content security policy allows no inline script.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('signet.console.color-scheme') ?? 'auto';
  } catch {
    // Storage may be forbidden; the system's scheme is then a good answer.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
