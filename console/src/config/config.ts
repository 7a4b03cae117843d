/** Where the server is, as it says itself in `config.json` beside the page. */
export type Config = {
  /** The origin and path of tenant `default`, whose Management API the console calls. */
  endpoint: string;
  /** The origin and path of tenant `admin`, in which administrators sign in. */
  adminEndpoint: string;
  version: string;
};

/** The console's own address, with a slash at its end. */
export const consoleUrl = () => document.baseURI;

/** The path below which the routes are, without a slash at its end. */
export const basePath = () => new URL(consoleUrl()).pathname.replace(/\/$/, '');

let loaded: Config | undefined;

export const loadConfig = async (): Promise<Config> => {
  const answer = await fetch(new URL('config.json', consoleUrl()), { cache: 'no-store' });
  if (!answer.ok) throw new Error(`the server answered ${answer.status} when it was asked for its settings`);
  loaded = (await answer.json()) as Config;
  return loaded;
};

/** Known from the first render on: main.tsx loads it before. */
export const config = (): Config => {
  if (!loaded) throw new Error('the settings are not loaded yet');
  return loaded;
};
