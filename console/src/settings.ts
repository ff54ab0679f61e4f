/** Language and colours, kept by this browser. Nothing else is: no key, no payment. */
import { effect, signal } from '@preact/signals';

export const LANGUAGES = { en: 'English', ru: 'Русский', kk: 'Қазақша' } as const;
export type Language = keyof typeof LANGUAGES;
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`otkel.${name}`);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`otkel.${name}`, value);
  } catch {
    // A browser that keeps nothing shows the page all the same.
  }
}

const isLanguage = (text: string | undefined | null): text is Language => text != null && text in LANGUAGES;
const preferred = (): Language => navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
const keptLanguage = kept('language');
const keptTheme = kept('theme');

export const language = signal<Language>(isLanguage(keptLanguage) ? keptLanguage : preferred());
export const theme = signal<Theme>(THEMES.find((one) => one === keptTheme) ?? 'system');

effect(() => {
  document.documentElement.lang = language.value;
  keep('language', language.value);
});
effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
  keep('theme', theme.value);
});

/** What is seen now, whatever decided it. */
export const isDark = (): boolean =>
  theme.value === 'dark' || (theme.value === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
export const toggleTheme = (): void => {
  theme.value = isDark() ? 'light' : 'dark';
};
