// Light, dark, or as the system is.
const KEY = 'orderflow.theme';
const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };

export const theme = () => localStorage.getItem(KEY) ?? 'auto';

export function applyTheme() {
  document.documentElement.dataset.theme = theme();
}

export function switchTheme() {
  localStorage.setItem(KEY, NEXT[theme()]);
  applyTheme();
}
