/**
 * Takes the styles of components that the console does not use out of the build. The component library ships one style
 * sheet for all of them; each of its classes is a hash that also stands in the code of its component, so a class that no
 * script mentions styles nothing.
 */
import postcss from 'postcss';
import type { Plugin } from 'vite';

const hashed = /\.(m_[0-9a-f]+)/g;

export const purge = (): Plugin => ({
  name: 'purge',
  apply: 'build',
  enforce: 'post',
  generateBundle: (_options, bundle) => {
    const files = Object.values(bundle);
    const code = files.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
    const used = new Set(code.match(/m_[0-9a-f]+/g));
    const isUsed = (selector: string) => [...selector.matchAll(hashed)].every(([, name]) => name !== undefined && used.has(name));
    for (const file of files) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
      const sheet = postcss.parse(String(file.source));
      sheet.walkRules((rule) => {
        const kept = rule.selectors.filter(isUsed);
        if (kept.length === 0) rule.remove();
        else if (kept.length < rule.selectors.length) rule.selectors = kept;
      });
      sheet.walkAtRules((rule) => {
        if (rule.nodes?.length === 0) rule.remove();
      });
      file.source = sheet.toString();
    }
  },
});
