/** Starts the console: settings and phrases first, then the page. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { loadConfig } from './config/config';
import { loadLanguage } from './i18n/I18n';

const start = async () => {
  const place = document.getElementById('root');
  if (!place) return;
  const root = createRoot(place);
  const language = await loadLanguage();
  const isReady = await loadConfig().then(
    () => true,
    () => false,
  );
  root.render(<App language={language} isReady={isReady} />);
};

void start();
