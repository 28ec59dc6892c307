import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';

export default defineConfig([
  globalIgnores(['.venv/', 'var/']),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    rules: {
      'array-callback-return': 'error',
      'consistent-return': 'error',
      'curly': 'error',
      'eqeqeq': 'error',
      'no-implicit-globals': 'error',
      'no-shadow': 'error',
      'no-unused-vars': ['error', { args: 'all' }],
      'no-use-before-define': ['error', { functions: false }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-arrow-callback': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
    },
  },
  {
    // What browsers get, as it is: plain scripts, no modules and no build.
    files: ['*/static/**/*.js', 'site/*/static/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'script', globals: globals.browser },
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Text goes in by textContent. HTML that the server made goes in by newsroom.fill.',
        })),
      ],
      'no-restricted-globals': ['error', 'event', 'name', 'status', 'close', 'find', 'open', 'parent', 'top'],
      'no-console': 'error',
      'no-alert': 'error',
      'strict': ['error', 'never'],
    },
  },
  // What news/admin.js gives to the scripts after it.
  { files: ['news/static/**/*.js'], languageOptions: { globals: { newsroom: 'readonly' } } },
  { files: ['*.config.js'], languageOptions: { globals: globals.node } },
]);
