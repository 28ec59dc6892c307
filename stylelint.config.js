export default {
  extends: ['stylelint-config-standard'],
  reportNeedlessDisables: true,
  reportDescriptionlessDisables: true,
  rules: {
    'color-named': 'never',
    'color-no-invalid-hex': true,
    'color-no-hex': [true, { message: 'Colours are named among the tokens.' }],
    'declaration-no-important': true,
    'selector-max-id': 0,
    'selector-class-pattern': [
      '^[a-z][a-z0-9]*(-[a-z0-9]+)*(__[a-z]+)?(--[A-Za-z]+)?$',
      { message: 'A class is block, block-part, block__part or block--kind.' },
    ],
    // The side on which a line begins is its language's matter.
    'property-disallowed-list': [
      'left',
      'right',
      '/^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)/',
    ],
    'declaration-property-value-disallowed-list': { '/^(text-align|float|clear)$/': ['left', 'right'] },
    // (min-width: …) is understood by older browsers, too.
    'media-feature-range-notation': 'prefix',
    // It compares what never meets in one page; between files, the layers decide.
    'no-descending-specificity': null,
    'value-keyword-case': ['lower', { ignoreProperties: ['/^--/'] }],
    // The linter's tables do not know this value yet.
    'declaration-property-value-no-unknown': [true, { ignoreProperties: { 'text-spacing-trim': 'normal' } }],
  },
  referenceFiles: ['site/newsroom/static/newsroom/tokens.css'],
  overrides: [
    // Every token that readers' styles name is one.
    { files: ['site/**/*.css'], rules: { 'no-unknown-custom-properties': true } },
    // The tokens; and two pages that stand by themselves.
    { files: ['**/tokens.css', '**/preview.css', '**/sheet.css'], rules: { 'color-no-hex': null } },
  ],
};
